"""Every address of the site, walked by every role: open to exactly those whom the permission table names.

A new route fails here until this table says which permission opens it.
"""

from __future__ import annotations

import re
import shutil

import builders
import pytest
from web_site import make_site, open_account
from werkzeug.routing import Rule

from warehouse_hub.accounts.permissions import PERMISSIONS, Actor
from warehouse_hub.catalogue import service
from warehouse_hub.vocabulary.codes import ROLES

# Endpoint -> the permission that opens it; None is open to everybody.
OPENED_BY: dict[str, str | None] = {
    "api.difference": None,
    "api.docs": None,
    "api.edition": None,
    "api.edition_file": None,
    "api.editions": None,
    "api.features": None,
    "api.matches": None,
    "api.one": None,
    "api.read": None,
    "api.search": None,
    "api.sets": None,
    "api.suggestions": None,
    "api.utilisation": None,
    "api.vocabulary": None,
    "bureau_editions.desk": "read_prepared_editions",
    "bureau_editions.draft": "read_prepared_editions",
    "bureau_editions.prepare": "prepare_edition",
    "bureau_editions.prepared": "read_prepared_editions",
    "bureau_editions.publish": "publish_edition",
    "bureau_review.approve": "review_listing",
    "bureau_review.diff": "review_listing",
    "bureau_review.queue": "review_listing",
    "bureau_review.send_back": "review_listing",
    "catalogue.edition": None,
    "catalogue.editions": None,
    "catalogue.file": None,
    "ground.own_file": None,
    "health.healthz": None,
    "health.readyz": None,
    "health.robots": None,
    "health.sitemap": None,
    "home.results": None,
    "home.search": None,
    "home.told": None,
    "needs.match": None,
    "needs.state_need": None,
    "openapi.spec": None,
    "operator.edit": "edit_listing",
    "operator.submit": "submit_listing",
    "operator.warehouses": "edit_listing",
    "signing_in.sign_in": None,
    "signing_in.sign_out": None,
    "static": None,
    "statistics.utilisation": None,
    "styleguide.page": None,
    "warehouse.page": None,
}
# The desk of an enterprise: nobody has one without belonging to an enterprise.
OF_AN_ENTERPRISE = {"operator.warehouses"}
OWN, OF_ANOTHER, EDITION = "DEMO-DE-0001", "CNW001", "DEMO-2026-11"
VALUES = {
    "warehouse_id": OWN,
    "number": EDITION,
    "before": EDITION,
    "after": EDITION,
    "name": "catalogue.csv",
    "filename": "icon.svg",
}
VISITOR = "visitor"
EVERYBODY = [VISITOR, *ROLES.codes]


@pytest.fixture(scope="module")
def peopled_folder(tmp_path_factory, filled_folder):
    """The small site with an account for every role and an edition that waits for its publisher."""
    folder = tmp_path_factory.mktemp("peopled") / "data"
    shutil.copytree(filled_folder, folder)
    site = make_site(folder)
    with site.database.unit_of_work(builders.noon) as uow:
        for role in set(ROLES.codes) - {"operator", "editor", "publisher"}:
            open_account(uow, role)
        editor = Actor(None, "", "", frozenset({"editor"}), None, frozenset({"real", "demo"}))
        service.prepare(uow, "2026-11", dataset="demo", actor=editor)
    site.database.dispose()
    return folder


@pytest.fixture
def walked(tmp_path, peopled_folder):
    folder = tmp_path / "data"
    shutil.copytree(peopled_folder, folder)
    site = make_site(folder)
    yield site
    site.database.dispose()


def someone(site, role: str):
    """A browser in that role, and the token that its forms carry."""
    client = site.client() if role == VISITOR else site.signed_in(role)
    page = client.get("/sign-in" if role == VISITOR else "/").text
    return client, {"csrf_token": re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]}


def walk(site) -> list[tuple[Rule, str]]:
    rules = [(rule, method) for rule in site.app.url_map.iter_rules() for method in rule.methods]
    asked = [(rule, method) for rule, method in rules if method not in {"HEAD", "OPTIONS"}]
    # Signing out ends the walk, so it comes last.
    return sorted(asked, key=lambda one: (one[0].endpoint == "signing_in.sign_out", one[0].rule, one[1]))


def address(site, rule: Rule) -> str:
    with site.app.test_request_context():
        built = site.app.url_map.bind("localhost").build(
            rule.endpoint, {name: VALUES[name] for name in rule.arguments}, append_unknown=False
        )
    return f"{built}?dataset=demo"


def may(role: str, endpoint: str) -> bool:
    permission = OPENED_BY[endpoint]
    if permission is None:
        return True
    return role in PERMISSIONS[permission] and (role == "operator" or endpoint not in OF_AN_ENTERPRISE)


def turned_away(answer) -> bool:
    to_sign_in = answer.status_code == 302 and answer.location.startswith("/sign-in")
    return to_sign_in or answer.status_code in {401, 403}


def test_the_table_names_every_route(site):
    assert {rule.endpoint for rule, _method in walk(site)} == set(OPENED_BY)


@pytest.mark.parametrize("role", EVERYBODY)
def test_a_role_comes_in_exactly_where_the_permission_table_lets_it(walked, role):
    (client, token), wrong = someone(walked, role), []
    for rule, method in walk(walked):
        with client.open(address(walked, rule), method=method, data=token) as answer:
            if answer.status_code >= 500 or turned_away(answer) == may(role, rule.endpoint):
                wrong.append((method, rule.rule, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize("role", EVERYBODY)
def test_whoever_may_not_come_in_is_not_told_what_there_is(walked, role):
    client, token = someone(walked, role)
    for rule, method in walk(walked):
        if may(role, rule.endpoint) or not rule.arguments:
            continue
        nowhere = address(walked, rule).replace(OWN, "DEMO-XX-9999").replace(EDITION, "DEMO-2031-01")
        there = client.open(address(walked, rule), method=method, data=token)
        absent = client.open(nowhere, method=method, data=token)
        assert (there.status_code, there.mimetype) == (absent.status_code, absent.mimetype), rule.rule


def test_every_post_of_a_page_without_its_token_is_refused(site):
    posts = [rule for rule, method in walk(site) if method == "POST" and not rule.rule.startswith("/api/")]
    assert posts
    for role in (VISITOR, "operator", "editor", "publisher"):
        client = site.client() if role == VISITOR else site.signed_in(role)
        for rule in posts:
            answer = client.post(address(site, rule))
            assert answer.status_code == 400, (role, rule.rule)
            assert "form.stale" in answer.text


def test_an_operator_reaches_no_listing_of_another_by_its_id(walked):
    client, token = someone(walked, "operator")
    for path in (f"/operator/warehouses/{OF_ANOTHER}", f"/operator/warehouses/{OF_ANOTHER}?dataset=real"):
        for method in ("GET", "POST"):
            answer = client.open(path, method=method, data={**token, "name_zh": "夺", "version": "1"})
            assert answer.status_code == 403
    handed_in = client.post(f"/operator/warehouses/{OF_ANOTHER}/submit", data={**token, "version": "1"})
    assert handed_in.status_code == 403
    assert "夺" not in walked.client().get(f"/warehouses/{OF_ANOTHER}").text


def test_the_session_of_a_page_opens_nothing_in_the_api(walked):
    editor, _token = someone(walked, "editor")
    assert editor.get(f"/api/v1/editions/{EDITION}?dataset=demo").status_code == 404
    assert editor.get("/api/v1/editions?dataset=demo").json["items"] == []
