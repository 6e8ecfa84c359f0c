"""The wheel stands alone: installed elsewhere and started from / it serves the same pages."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import requests
from serving import free_port, installation

TOP = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """A virtual environment with the wheel, built from a copy of what git has, and nothing of the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    source.mkdir()
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=TOP,
        capture_output=True,
        check=True,
    )
    for name in filter(None, listing.stdout.decode().split("\0")):
        if (TOP / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((TOP / name).read_bytes())
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(source)]
    subprocess.run(build, check=True, capture_output=True)
    wheel = next(folder.glob("*.whl"))
    environment = folder / "venv"
    # The dependencies come from the environment that runs the tests, through a path file; the product does not.
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True)
    site = next(environment.glob("lib/python*/site-packages"))
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(site), str(wheel)]
    subprocess.run(pip, check=True)
    ours = next(path for path in sys.path if path.endswith("site-packages"))
    (site / "dependencies.pth").write_text(f"import site; site.addsitedir({ours!r}, set())\n")
    return environment


def in_wheel(installed: Path, program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [installed / "bin" / "python", "-c", program], cwd="/", capture_output=True, text=True, check=True
    )


@pytest.mark.wheel
def test_the_wheel_carries_its_templates_static_files_and_migrations(installed):
    program = (
        "import warehouse_hub; from warehouse_hub.core.resources import resource; "
        "print(warehouse_hub.__file__); print(resource('templates', 'base.html').exists(), "
        "resource('static', 'css', 'tokens.css').exists(), resource('migrations', 'env.py').exists())"
    )
    where, shipped = in_wheel(installed, program).stdout.splitlines()
    assert Path(where).is_relative_to(installed)
    assert shipped == "True True True"


@pytest.mark.wheel
def test_the_wheel_serves_a_page_and_a_static_file_from_the_root_folder(installed, tmp_path):
    port = free_port()
    environ = installation(tmp_path, PORT=str(port))
    environ.pop("PYTHONPATH", None)
    command = [str(installed / "bin" / "python"), "-m", "warehouse_hub.cli", "serve", "--workers", "1"]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd="/", env=environ, stdout=log, stderr=log)
        try:
            page = _first_answer(f"http://127.0.0.1:{port}/", process, tmp_path / "log")
            style = requests.get(f"http://127.0.0.1:{port}/static/css/tokens.css", timeout=10)
        finally:
            process.terminate()
            process.wait(30)
    assert "<main" in page
    assert style.ok


def _first_answer(url: str, process: subprocess.Popen, log: Path) -> str:
    for _ in range(600):
        if process.poll() is not None:
            break
        try:
            return requests.get(url, timeout=10).text
        except requests.ConnectionError:
            try:
                process.wait(0.2)
            except subprocess.TimeoutExpired:
                continue
    raise AssertionError(log.read_text(encoding="utf-8"))
