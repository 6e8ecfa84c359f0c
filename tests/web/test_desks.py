"""From an operator's edit to print: form, review, and who may do what."""

from __future__ import annotations

import re
from datetime import date

import pytest
from web_site import PASSWORD, send

from warehouse_hub.directory.models import Listing
from warehouse_hub.directory.revisions import facts_of

WAREHOUSE = "/operator/warehouses/DEMO-DE-0001"


def form_values(page: str) -> dict[str, object]:
    """What a browser would send back unchanged."""
    values: dict[str, object] = {}
    for tag, name in re.findall(r'(<input[^>]*name="([^"]+)"[^>]*>)', page):
        if 'type="checkbox"' not in tag:
            found = re.search(r'value="([^"]*)"', tag)
            values[name] = found[1] if found else ""
    for tag, value in re.findall(r'(<input[^>]*type="checkbox"[^>]*value="([^"]+)"[^>]*>)', page):
        if " checked" in tag:
            values.setdefault(re.search(r'name="([^"]+)"', tag)[1], []).append(value)
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(
            r'<option[^>]*selected[^>]*value="([^"]*)"|<option[^>]*value="([^"]*)"[^>]*selected', options
        )
        values[name] = (chosen[1] or chosen[2] or "") if chosen else ""
    return values


def edited(client, **changes):
    values = form_values(client.get(WAREHOUSE).text) | changes
    return client.post(WAREHOUSE, data=values)


def test_a_wrong_password_is_refused_and_a_right_one_leads_to_the_desk(site):
    client = site.client()
    refused = send(client, "/sign-in", email="operator@example.invalid", password="no")
    assert refused.status_code == 403
    let_in = send(client, "/sign-in", email="operator@example.invalid", password=PASSWORD)
    assert let_in.location.startswith("/operator/warehouses")
    assert "DEMO-DE-0001" in client.get(let_in.location).text


def test_signing_in_never_leads_to_another_site(site):
    for wanted in ("https://evil.example/", "//evil.example/", "/\\evil.example"):
        client = site.client()
        answer = send(client, f"/sign-in?next={wanted}", email="editor@example.invalid", password=PASSWORD)
        assert "evil" not in answer.location


def test_a_visitor_is_led_to_the_sign_in_page_and_back(client):
    answer = client.get(WAREHOUSE)
    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in?next=/operator/warehouses/DEMO-DE-0001")


def test_a_form_without_its_token_is_refused(site):
    assert site.signed_in("operator").post(WAREHOUSE, data={"name_zh": "x"}).status_code == 400


def test_an_edit_reaches_print_only_after_the_bureau_approved_it(site):
    operator, editor, visitor = site.signed_in("operator"), site.signed_in("editor"), site.client()
    answer = edited(operator, **{"rate_hint": "€11.50 / m²", "available-value": "2900", "then": "submit"})
    assert answer.status_code == 302, answer.text
    assert "11.50" not in visitor.get("/warehouses/DEMO-DE-0001").text

    assert "DEMO-DE-0001" in editor.get("/bureau/review?dataset=demo").text
    diff = editor.get("/bureau/review/DEMO-DE-0001").text
    assert "€11.50 / m²" in diff
    assert "2,900" in diff
    assert "地址" not in diff.split("<tbody>")[1].split("</tbody>")[0]

    approved = send(
        editor,
        "/bureau/review/DEMO-DE-0001/approve",
        form_on="/bureau/review/DEMO-DE-0001",
        version=re.search(r'name="version" value="(\d+)"', diff)[1],
    )
    assert approved.status_code == 302
    page = visitor.get("/warehouses/DEMO-DE-0001").text
    assert "€11.50 / m²" in page
    assert "2,900" in page


def test_a_listing_goes_back_with_a_reason_that_the_operator_reads(site):
    operator, editor = site.signed_in("operator"), site.signed_in("editor")
    edited(operator, rate_hint="cheap", then="submit")
    page = "/bureau/review/DEMO-DE-0001"
    assert send(editor, f"{page}/return", form_on=page, note=" ").status_code == 422
    assert send(editor, f"{page}/return", form_on=page, note="请写明单位").status_code == 302
    assert "请写明单位" in operator.get("/operator/warehouses").text


def test_saving_unchanged_changes_nothing_that_was_stated(site):
    operator = site.signed_in("operator")
    assert edited(operator, then="draft").status_code == 302
    with site.database.reading() as session:
        listing = session.get(Listing, "DEMO-DE-0001")
        before, after = facts_of(listing.published_revision), facts_of(listing.pending_revision)
    assert after.services == before.services
    assert after.capacity == before.capacity
    assert (after.goods, after.platforms, after.languages) == (
        before.goods,
        before.platforms,
        before.languages,
    )


def test_a_refused_form_keeps_everything_that_was_typed_and_names_the_field(site):
    operator = site.signed_in("operator")
    answer = edited(operator, **{"address": "Neue Straße 7", "available-value": "99999"})
    assert answer.status_code == 422
    assert 'value="Neue Straße 7"' in answer.text
    assert 'href="#available-value"' in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_an_operator_cannot_open_anothers_warehouse_or_the_bureaus_desk(site):
    operator = site.signed_in("operator")
    assert operator.get("/operator/warehouses/CNW001?dataset=real").status_code == 403
    assert operator.get("/bureau/review").status_code == 403
    assert operator.get("/bureau/editions").status_code == 403


def test_one_person_prepares_and_another_publishes_an_edition(site):
    editor, publisher = site.signed_in("editor"), site.signed_in("publisher")
    prepared = send(editor, "/bureau/editions?dataset=demo", period="2026-11")
    assert prepared.status_code == 302, prepared.text
    assert "/bureau/editions/DEMO-2026-11" in prepared.location
    assert (
        send(
            editor, "/bureau/editions/DEMO-2026-11/publish", form_on="/bureau/editions?dataset=demo"
        ).status_code
        == 403
    )
    published = send(
        publisher, "/bureau/editions/DEMO-2026-11/publish", form_on="/bureau/editions/DEMO-2026-11"
    )
    assert published.status_code == 302, published.text
    visitor = site.client()
    page = visitor.get("/catalogue/DEMO-2026-11").text
    assert "SHA-256" in page
    with visitor.get("/catalogue/DEMO-2026-11/files/catalogue.csv") as table:
        assert table.status_code == 200
        assert b"DEMO-DE-0001" in table.data
    assert visitor.get("/catalogue/DEMO-2026-11/files/..%2F..%2Fsecret-key").status_code == 404


def test_the_reviewer_sees_only_the_services_that_change(site):
    operator, editor = site.signed_in("operator"), site.signed_in("editor")
    edited(operator, **{"service-cold": "yes", "then": "submit"})
    rows = editor.get("/bureau/review/DEMO-DE-0001").text.split("<tbody>")[1].split("</tbody>")[0]
    assert "冷链" in rows
    assert "保税" not in rows


def test_who_saves_second_is_told_so_and_loses_nothing_that_was_typed(site):
    first, second = site.signed_in("operator"), site.signed_in("operator")
    opened = form_values(second.get(WAREHOUSE).text)
    edited(first, rate_hint="€7 / m²")
    late = second.post(WAREHOUSE, data=opened | {"address": "Neue Straße 7"})
    assert late.status_code == 409
    assert 'value="Neue Straße 7"' in late.text
    compared = late.text.split("<tbody>")[1].split("</tbody>")[0]
    assert "€7 / m²" in compared
    assert "Neue Straße 7" in compared
    assert "€7 / m²" in second.get(WAREHOUSE).text
    meant = second.post(WAREHOUSE, data=form_values(late.text))
    assert meant.status_code == 302
    assert "Neue Straße 7" in second.get(WAREHOUSE).text


@pytest.mark.parametrize("version", ["", "x", "9" * 5000])
def test_a_form_that_does_not_say_what_it_was_written_on_changes_nothing(site, version):
    operator, editor = site.signed_in("operator"), site.signed_in("editor")
    assert edited(operator, rate_hint="blind", version=version).status_code == 409
    edited(operator, rate_hint="seen", then="submit")
    page = "/bureau/review/DEMO-DE-0001"
    assert send(editor, f"{page}/approve", form_on=page, version=version).status_code == 409
    assert "seen" not in site.client().get("/warehouses/DEMO-DE-0001").text


def test_every_refusal_in_the_form_is_in_the_readers_language(site):
    operator = site.signed_in("operator")
    answer = edited(
        operator, **{"available-value": "-1", "gross-as_of": "x", "goods": "zz", "latitude": "91"}
    )
    told = " ".join(re.findall(r'class="field-error".*?</span>', answer.text, re.DOTALL))
    assert answer.status_code == 422
    summary = answer.text.split('class="error-summary"')[1].split("</ul>")[0]
    assert summary.count("<li>") == 4
    for words in ("Number", "valid choice", "valid date"):
        assert words not in told + summary


def test_line_breaks_as_browsers_send_them_are_kept_as_line_breaks(site):
    operator = site.signed_in("operator")
    answer = edited(operator, description="第一行\r\n第二行", then="draft")
    assert answer.status_code == 302, answer.text
    with site.database.reading() as session:
        assert facts_of(session.get(Listing, "DEMO-DE-0001").pending_revision).description == "第一行\n第二行"


def test_a_small_edit_renews_the_evidence_of_that_field_alone(site):
    operator = site.signed_in("operator")
    with site.database.reading() as session:
        before = facts_of(session.get(Listing, "DEMO-DE-0001").published_revision)
    answer = edited(operator, description=before.description or "", name_zh="示例新名字", then="draft")
    assert answer.status_code == 302, answer.text
    with site.database.reading() as session:
        after = facts_of(session.get(Listing, "DEMO-DE-0001").pending_revision)
    assert after.said("name_zh") == ("stated", date(2026, 11, 23))
    assert after.said("tenure") == (before.grade, before.grade_date)
