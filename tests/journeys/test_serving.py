"""The served site as its keeper knows it: what dies is started again, what is edited is found, nothing is mixed."""

from __future__ import annotations

import os
import signal
import sqlite3
import threading
import time
from pathlib import Path

import pytest
import requests
from serving import served


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def command_line(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()


def running(site, part: str) -> int | None:
    """The process of the supervisor's that runs `part`, or None just now."""
    try:
        found = [child for child in children_of(site.pid) if part in command_line(child)]
    except (FileNotFoundError, ProcessLookupError):
        return None
    return found[0] if found else None


def wait_for(condition, seconds: float = 30.0):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if value := condition():
            return value
        time.sleep(0.05)
    raise AssertionError("did not happen in time")


@pytest.mark.parametrize("part", ["gunicorn", "warehouse_hub.cli worker"])
def test_a_process_that_is_killed_is_started_again(site, part):
    before = wait_for(lambda: running(site, part))
    os.kill(before, signal.SIGKILL)
    after = wait_for(lambda: running(site, part) not in {None, before} and running(site, part))
    assert after != before
    wait_for(lambda: answers(site))


def answers(site) -> bool:
    try:
        return requests.get(f"{site.url}/readyz", timeout=10).ok
    except requests.RequestException:
        return False


def test_the_site_keeps_answering_while_one_web_process_dies(site):
    failures = []
    stop = threading.Event()

    def visit() -> None:
        while not stop.is_set():
            try:
                requests.get(f"{site.url}/healthz", timeout=20).raise_for_status()
            except requests.ConnectionError:
                continue  # the one request that was in the killed process
            except requests.RequestException as error:
                failures.append(error)

    visitor = threading.Thread(target=visit)
    visitor.start()
    master = wait_for(lambda: running(site, "gunicorn"))
    victim = wait_for(lambda: children_of(master))[0]
    os.kill(victim, signal.SIGKILL)
    wait_for(lambda: victim not in children_of(master) and len(children_of(master)) == 2)
    stop.set()
    visitor.join()
    assert failures == []


def test_an_edit_in_one_process_is_found_by_another_at_once(site, tmp_path):
    """A row imported by the command is found by the web processes at their next request."""
    table = tmp_path / "table.csv"
    table.write_text("名称,国家,城市,记录类别\n示例即搜即得仓,德国,汉堡,公共仓\n", encoding="utf-8")
    assert api_total(site, "即搜即得") == 0
    site.command("import", str(table), "--dataset", "demo", "--as", "editor@demo.invalid")
    assert [api_total(site, "即搜即得") for _ in range(8)] == [1] * 8


def api_total(site, text: str) -> int:
    answer = requests.get(f"{site.url}/api/v1/warehouses", params={"q": text, "dataset": "demo"}, timeout=30)
    return answer.json()["total"]


def test_a_second_server_on_the_same_port_is_refused_in_one_line(site):
    port = site.url.rsplit(":", 1)[1]
    refused = site.command("serve", "--port", port, check=False)
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1
    assert port in refused.stderr


def test_outside_demonstration_mode_nothing_is_a_demonstration(tmp_path):
    with served(tmp_path / "var", WAREHOUSE_HUB_DEMO="0") as site:
        page = site.visitor().get("/").text
        refused = site.visitor().get("/api/v1/warehouses", dataset="demo")
        found = site.visitor().get("/api/v1/warehouses").json()["total"]
    assert "演示" not in page
    assert refused.status_code == 422
    assert found == 44
    assert not (tmp_path / "var" / "demo-accounts.txt").exists()
    with sqlite3.connect(tmp_path / "var" / "hub.sqlite") as connection:
        assert connection.execute("SELECT count(*) FROM account").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM warehouse WHERE dataset = 'demo'").fetchone() == (0,)


def test_the_whole_site_can_be_mounted_under_a_prefix(tmp_path):
    with served(tmp_path / "var", WAREHOUSE_HUB_URL_PREFIX="/hwc") as site:
        page = requests.get(f"{site.url}/hwc/", timeout=30).text
        style = page.split('rel="stylesheet" href="')[1].split('"')[0]
        assert style.startswith("/hwc/")
        assert requests.get(f"{site.url}{style}", timeout=30).ok
