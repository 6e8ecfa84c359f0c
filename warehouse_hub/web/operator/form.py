"""The form of a listing: fields to facts and back, with everything typed kept when something is refused.

The one thing to get wrong: an empty field is unknown, not zero and not "no"; a service has three answers.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.i18n import translations
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
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from warehouse_hub.core.errors import Problem
from warehouse_hub.directory.rules.facts import GEOCODE_PRECISIONS, ListingFacts, Statement, in_own_words
from warehouse_hub.vocabulary.codes import (
    CURRENCIES,
    GOODS_CLASSES,
    LANGUAGES,
    PLATFORMS,
    PRICE_UNITS,
    RECORD_CLASSES,
    SERVICES,
    STAGES,
    TENURES,
    CodeList,
)
from warehouse_hub.vocabulary.countries import COUNTRIES, is_overseas
from warehouse_hub.web.country_order import by_sound
from warehouse_hub.web.fields import field_names
from warehouse_hub.web.locale import gettext as _
from warehouse_hub.web.locale import lang
from warehouse_hub.web.wording import code_text

BASES_IN_THE_FORM = ("available", "rentable", "gross", "commissioned")
LARGEST_M2 = 10_000_000
_TEXTS = (
    "name_zh",
    "name_en",
    "subdivision",
    "city",
    "city_zh",
    "address",
    "hub",
    "rate_hint",
    "description",
)

# One of a list, or nothing: that is unknown.
_CHOSEN = ("tenure", "stage", "storage_price_currency", "storage_price_unit")


class Ticks(SelectMultipleField):  # type: ignore[misc]
    """Several codes as check boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, form: Any) -> None:
        known = {choice[0] for choice in self.iter_choices()}
        if set(self.data or ()) - known:
            raise ValidationError(_("This is not one of the choices."))


class CapacityForm(PlainForm):  # type: ignore[misc]
    """One area on one basis with its date; both empty is unknown."""

    class Meta:
        """A form inside a form: its refusals are in the reader's language too."""

        def get_translations(self, _form: PlainForm) -> Any:
            return translations

    value = DecimalField(validators=[Optional(), NumberRange(0, LARGEST_M2)])
    as_of = DateField(validators=[Optional()])


def _is_finite(_form: FlaskForm, field: Field) -> None:
    """Refuse what `Decimal` reads and nobody can compare, "NaN" for one."""
    if not field.data.is_finite():
        raise ValidationError(_("This is not a number."))


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
    storage_price = DecimalField(places=None, validators=[Optional(), _is_finite])
    storage_price_currency = SelectField()
    storage_price_unit = SelectField()
    description = TextAreaField(validators=[Length(max=2000)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, text in field_names().items():
            if name in self._fields:
                self._fields[name].label.text = text
        self.country.choices = [
            SelectChoice(each.code, each.label(lang()))
            for each in by_sound(COUNTRIES)
            if is_overseas(each.code)
        ]
        self.geocode_precision.choices = [
            SelectChoice(code, _PRECISIONS[code]()) for code in GEOCODE_PRECISIONS
        ]
        self.record_class.choices = _choices(RECORD_CLASSES)
        self.tenure.choices = [SelectChoice("", _("Not reported")), *_choices(TENURES)]
        self.stage.choices = [SelectChoice("", _("Not reported")), *_choices(STAGES)]
        self.storage_price_currency.choices = [
            SelectChoice("", _("Not reported")),
            *(SelectChoice(each.code, f"{each.code} {each.label(lang())}") for each in CURRENCIES),
        ]
        self.storage_price_unit.choices = [SelectChoice("", _("Not reported")), *_choices(PRICE_UNITS)]
        self.goods.choices = _choices(GOODS_CLASSES)
        self.platforms.choices = _choices(PLATFORMS)
        self.languages.choices = _choices(LANGUAGES)


def filled_form(facts: ListingFacts, version: int) -> ListingForm:
    """The form as it shows these facts; a submitted form wins over them."""
    values: dict[str, Any] = {name: getattr(facts, name) or "" for name in _TEXTS}
    for name in (
        "country",
        "latitude",
        "longitude",
        "geocode_precision",
        "hub_km",
        "record_class",
        "opened",
        "lease_end",
        "storage_price",
    ):
        values[name] = getattr(facts, name)
    values |= {name: getattr(facts, name) or "" for name in _CHOSEN}
    values |= {name: list(getattr(facts, name)) for name in ("goods", "platforms", "languages")}
    values |= {basis: _capacity_values(facts, basis) for basis in BASES_IN_THE_FORM}
    return ListingForm(data=values | {"systems": ", ".join(facts.systems), "version": str(version)})


def facts_from(
    form: ListingForm, services: dict[str, bool], before: ListingFacts, today: date
) -> ListingFacts:
    """The facts that the form states; what differs is the operator's own word of today.

    What the form does not show (other capacity statements) stays as it was.
    """
    said: dict[str, Any] = {name: _text(form[name]) for name in _TEXTS}
    said |= {name: form[name].data or None for name in _CHOSEN}
    after = replace(
        before,
        **said,
        country=form.country.data,
        latitude=form.latitude.data,
        longitude=form.longitude.data,
        geocode_precision=form.geocode_precision.data,
        hub_km=form.hub_km.data,
        record_class=form.record_class.data,
        storage_price=form.storage_price.data,
        opened=form.opened.data,
        lease_end=form.lease_end.data,
        services=services,
        goods=_ticked(form.goods, before.goods),
        platforms=_ticked(form.platforms, before.platforms),
        languages=_ticked(form.languages, before.languages),
        systems=tuple(
            part for text in (form.systems.data or "").replace("，", ",").split(",") if (part := text.strip())
        ),
        capacity=_capacity(form, before, today),
    )
    return in_own_words(before, after, today)


def services_from(answers: Any) -> dict[str, bool]:
    """The services that were answered: offered or not; what was left open is not in it."""
    said = {code: answers.get(f"service-{code}") for code in SERVICES.codes}
    return {code: answer == "yes" for code, answer in said.items() if answer in {"yes", "no"}}


def show_problems(form: ListingForm, problems: tuple[Problem, ...]) -> None:
    """Put each problem beside its field."""
    for problem in problems:
        text = code_text(problem.code, problem.facts)
        name = {"name": "name_zh"}.get(problem.column or "", problem.column or "")
        field: Field = form._fields.get(name, form.name_zh)
        target = field.form.value if isinstance(field, FormField) else field
        target.errors = (*target.errors, text)


def _capacity(form: ListingForm, before: ListingFacts, today: date) -> tuple[Statement, ...]:
    """The statements in their old order, so that an untouched form changes nothing; new ones at the end."""
    kept: list[Statement] = []
    entered = {basis: form[basis].form for basis in BASES_IN_THE_FORM}
    shown = {basis: _own_statement(before, basis) for basis in BASES_IN_THE_FORM}
    for line in before.capacity:
        if line.basis not in shown or line is not shown[line.basis]:
            kept.append(line)
        elif (said := _entered(entered[line.basis], line, today)) is not None:
            kept.append(said)
    fresh = [
        Statement(fields.value.data, "m2", basis, as_of=fields.as_of.data or today)
        for basis, fields in entered.items()
        if shown[basis] is None and fields.value.data is not None
    ]
    return (*kept, *fresh)


def _ticked(field: Field, before: tuple[str, ...]) -> tuple[str, ...]:
    """The ticked codes; the same ones keep the order they were stated in, since another order is no change."""
    ticked = tuple(field.data or ())
    return before if set(ticked) == set(before) else ticked


def _entered(fields: Any, line: Statement, today: date) -> Statement | None:
    """The line as the form states it now; itself when neither area nor date was touched, None when cleared."""
    if fields.value.data is None:
        return None
    if fields.value.data == _shown_area(line) and fields.as_of.data == line.as_of:
        return line
    return Statement(fields.value.data, "m2", line.basis, as_of=fields.as_of.data or today)


def _own_statement(facts: ListingFacts, basis: str) -> Statement | None:
    areas = [line for line in facts.capacity if line.basis == basis and line.area_m2 is not None]
    return max(areas, key=lambda line: line.as_of or date.min, default=None)


def _capacity_values(facts: ListingFacts, basis: str) -> dict[str, Any]:
    line = _own_statement(facts, basis)
    return {"value": _shown_area(line), "as_of": line.as_of} if line else {"value": None, "as_of": None}


def _shown_area(line: Statement) -> Decimal | None:
    # To the hundredth, like the field: what comes back untouched compares equal.
    return None if line.area_m2 is None else line.area_m2.quantize(Decimal("0.01"))


def _text(field: Field) -> str | None:
    # Browsers send the line breaks of a text area as CR LF.
    lines = (field.data or "").splitlines()
    text = "\n".join(lines).strip() if field.name == "description" else " ".join(" ".join(lines).split())
    return text or None


def _choices(codes: CodeList[Any]) -> list[SelectChoice]:
    return [SelectChoice(code, codes.label(code, lang())) for code in codes.codes]


_PRECISIONS = {
    "address": lambda: _("position: street address"),
    "city": lambda: _("position: centre of the town"),
    "region": lambda: _("position: centre of the region"),
    "country": lambda: _("position: centre of the country"),
    "unknown": lambda: _("position: precision not known"),
}
