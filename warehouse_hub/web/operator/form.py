"""The form of a listing: fields to facts and back, with everything typed kept when something is refused.

The one thing to get wrong: an empty field is unknown, not zero and not "no"; a service has three answers.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    DecimalField,
    Field,
    FloatField,
    FormField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms import Form as PlainForm
from wtforms.validators import Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from warehouse_hub.core.errors import Problem
from warehouse_hub.directory.rules.facts import GEOCODE_PRECISIONS, ListingFacts, Statement
from warehouse_hub.vocabulary.codes import (
    GOODS_CLASSES,
    LANGUAGES,
    PLATFORMS,
    RECORD_CLASSES,
    SERVICES,
    STAGES,
    TENURES,
    CodeList,
)
from warehouse_hub.vocabulary.countries import COUNTRIES, is_overseas
from warehouse_hub.web.fields import field_names
from warehouse_hub.web.locale import gettext as _
from warehouse_hub.web.locale import lang
from warehouse_hub.web.wording import code_text

BASES_IN_THE_FORM = ("available", "rentable", "gross", "commissioned")
LARGEST_M2 = 10_000_000
_TEXTS = ("name_zh", "name_en", "subdivision", "city", "city_zh", "address", "hub", "rate_hint", "description")


class Ticks(SelectMultipleField):
    """Several codes as check boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class CapacityForm(PlainForm):
    """One area on one basis with its date; both empty is unknown."""

    value = DecimalField(validators=[Optional(), NumberRange(0, LARGEST_M2)])
    as_of = DateField(validators=[Optional()])


class ListingForm(FlaskForm):  # type: ignore[misc]
    """Every field of a listing that its operator states."""

    version = HiddenField()
    name_zh = StringField(validators=[Length(max=200)])
    name_en = StringField(validators=[Length(max=200)])
    country = SelectField()
    subdivision = StringField(validators=[Length(max=80)])
    city = StringField(validators=[Length(max=120)])
    city_zh = StringField(validators=[Length(max=120)])
    address = StringField(validators=[Length(max=400)])
    latitude = FloatField(validators=[Optional(), NumberRange(-90, 90)])
    longitude = FloatField(validators=[Optional(), NumberRange(-180, 180)])
    geocode_precision = SelectField()
    hub = StringField(validators=[Length(max=120)])
    hub_km = FloatField(validators=[Optional(), NumberRange(0, 5000)])
    record_class = SelectField()
    tenure = SelectField()
    stage = SelectField()
    opened = DateField(validators=[Optional()])
    lease_end = DateField(validators=[Optional()])
    available = FormField(CapacityForm)
    rentable = FormField(CapacityForm)
    gross = FormField(CapacityForm)
    commissioned = FormField(CapacityForm)
    goods = Ticks()
    platforms = Ticks()
    languages = Ticks()
    systems = StringField(validators=[Length(max=400)])
    rate_hint = StringField(validators=[Length(max=200)])
    description = TextAreaField(validators=[Length(max=2000)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, text in field_names().items():
            if name in self._fields:
                self._fields[name].label.text = text
        self.country.choices = sorted(
            ((each.code, each.label(lang())) for each in COUNTRIES if is_overseas(each.code)), key=lambda pair: pair[1]
        )
        self.geocode_precision.choices = [(code, _PRECISIONS[code]()) for code in GEOCODE_PRECISIONS]
        self.record_class.choices = _choices(RECORD_CLASSES)
        self.tenure.choices = [("", _("Not reported")), *_choices(TENURES)]
        self.stage.choices = [("", _("Not reported")), *_choices(STAGES)]
        self.goods.choices = _choices(GOODS_CLASSES)
        self.platforms.choices = _choices(PLATFORMS)
        self.languages.choices = _choices(LANGUAGES)


def filled_form(facts: ListingFacts, version: int) -> ListingForm:
    """The form as it shows these facts; a submitted form wins over them."""
    values: dict[str, Any] = {name: getattr(facts, name) or "" for name in _TEXTS}
    for name in ("country", "latitude", "longitude", "geocode_precision", "hub_km", "record_class", "opened", "lease_end"):
        values[name] = getattr(facts, name)
    values |= {"tenure": facts.tenure or "", "stage": facts.stage or ""}
    values |= {name: list(getattr(facts, name)) for name in ("goods", "platforms", "languages")}
    values |= {basis: _capacity_values(facts, basis) for basis in BASES_IN_THE_FORM}
    return ListingForm(data=values | {"systems": ", ".join(facts.systems), "version": str(version)})


def facts_from(form: ListingForm, services: dict[str, bool], before: ListingFacts, today: date) -> ListingFacts:
    """The facts that the form states, now the operator's own word of today.

    What the form does not show (other capacity statements, evidence) stays as it was.
    """
    said = {name: _text(form[name]) for name in _TEXTS}
    return replace(
        before,
        **said,
        country=form.country.data,
        latitude=form.latitude.data,
        longitude=form.longitude.data,
        geocode_precision=form.geocode_precision.data,
        hub_km=form.hub_km.data,
        record_class=form.record_class.data,
        tenure=form.tenure.data or None,
        stage=form.stage.data or None,
        opened=form.opened.data,
        lease_end=form.lease_end.data,
        services=services,
        goods=tuple(form.goods.data or ()),
        platforms=tuple(form.platforms.data or ()),
        languages=tuple(form.languages.data or ()),
        systems=tuple(part for text in (form.systems.data or "").replace("，", ",").split(",") if (part := text.strip())),
        capacity=_capacity(form, before, today),
        grade="stated",
        grade_date=today,
    )


def services_from(answers: Any) -> dict[str, bool]:
    """The services that were answered: offered or not; what was left open is not in it."""
    said = {code: answers.get(f"service-{code}") for code in SERVICES.codes}
    return {code: answer == "yes" for code, answer in said.items() if answer in {"yes", "no"}}


def show_problems(form: ListingForm, problems: tuple[Problem, ...]) -> None:
    """Put each problem beside its field."""
    for problem in problems:
        text = code_text(problem.code, problem.facts) or problem.code
        name = {"name": "name_zh"}.get(problem.column or "", problem.column or "")
        field: Field = form._fields.get(name, form.name_zh)
        target = field.form.value if isinstance(field, FormField) else field
        target.errors = (*target.errors, text)


def _capacity(form: ListingForm, before: ListingFacts, today: date) -> tuple[Statement, ...]:
    stated = []
    for basis in BASES_IN_THE_FORM:
        entered = form[basis].form
        if entered.value.data is None:
            continue
        kept = _own_statement(before, basis)
        same = kept is not None and kept.area_m2 == entered.value.data and kept.as_of == entered.as_of.data
        stated.append(
            kept if same and kept else Statement(entered.value.data, "m2", basis, as_of=entered.as_of.data or today)
        )
    others = tuple(
        line for line in before.capacity if line.basis not in BASES_IN_THE_FORM or line.area_m2 is None
    )
    return (*stated, *others)


def _own_statement(facts: ListingFacts, basis: str) -> Statement | None:
    areas = [line for line in facts.capacity if line.basis == basis and line.area_m2 is not None]
    return max(areas, key=lambda line: line.as_of or date.min, default=None)


def _capacity_values(facts: ListingFacts, basis: str) -> dict[str, Any]:
    line = _own_statement(facts, basis)
    if line is None or line.area_m2 is None:
        return {"value": None, "as_of": None}
    return {"value": line.area_m2.quantize(Decimal("0.01")), "as_of": line.as_of}


def _text(field: Field) -> str | None:
    text = " ".join((field.data or "").split()) if field.name != "description" else (field.data or "").strip()
    return text or None


def _choices(codes: CodeList[Any]) -> list[tuple[str, str]]:
    return [(code, codes.label(code, lang())) for code in codes.codes]


_PRECISIONS = {
    "address": lambda: _("position: street address"),
    "city": lambda: _("position: centre of the town"),
    "region": lambda: _("position: centre of the region"),
    "country": lambda: _("position: centre of the country"),
    "unknown": lambda: _("position: precision not known"),
}
