"""What must hold in the rest of an indicator's file: review, origin, direction, period, targets, ready values."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from styrkedja.core.indicators.definition.building import PERIOD_MONTHS
from styrkedja.core.indicators.definition.kinds import DesiredDirection, Form, IndicatorKind, ReadyKind
from styrkedja.core.toml.findings import FileFinding
from styrkedja.core.toml.tables import TOP, Entry, Tables, repeats

Findings = Iterator[FileFinding]

# What a value of the form can be at all.
_BOUNDS: Mapping[Form, tuple[float, float]] = {Form.PERCENTAGE: (0, 100), Form.INDEX: (0, 1)}
_ID_FORMS: Mapping[ReadyKind, tuple[str, str]] = {
    ReadyKind.KOLADA: (r"[NU][0-9]{5}", "ett nyckeltals id i Kolada, till exempel ”N79173”"),
    ReadyKind.VIS: (r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ett id i Vården i siffror, som är ett guid med små bokstäver"),
    ReadyKind.FILE: (r"[a-z0-9]+(?:-[a-z0-9]+)*", "seriens namn: små bokstäver a–z, siffror och bindestreck"),
}


def check_top(top: Entry, on: date) -> Findings:
    values = top.values
    reviewed, following = values.get("reviewed_on"), values.get("next_review")
    if reviewed is not None and reviewed > on:
        yield top.finding(f"”reviewed_on” är {reviewed}, ett datum som inte har varit. Ange när definitionen granskades.", "reviewed_on")
    if reviewed is not None and following is not None and following <= reviewed:
        yield top.finding(f"”next_review” är {following} men ska ligga efter granskningen den {reviewed}.", "next_review")
    if "author" in values and values["author"] == values.get("checker"):
        yield top.finding("Den som har skrivit definitionen kan inte själv granska den. Ange en annan funktion.", "checker")
    yield from _period(top)
    yield from _direction(top)


def _period(top: Entry) -> Findings:
    frequency, months = top.values.get("frequency"), top.values.get("months")
    if frequency is not None and months is not None and months < PERIOD_MONTHS[frequency]:
        message = (
            f"Ett värde för varje {_PERIODS[PERIOD_MONTHS[frequency]]} kan inte omfatta bara {months} mån: resten skulle aldrig räknas."
        )
        yield top.finding(f"{message} Ange minst {PERIOD_MONTHS[frequency]}.", "months")


_PERIODS = {1: "månad", 3: "kvartal", 12: "år"}


def _direction(top: Entry) -> Findings:
    kind, direction = top.values.get("kind"), top.values.get("direction")
    if kind is None or direction is None:
        return
    if (kind == IndicatorKind.KEY_FIGURE) != (direction == DesiredDirection.NEUTRAL):
        message = "En indikator har en önskad riktning, ett nyckeltal har ingen. Skriv kind = ”KEY_FIGURE” med direction = ”neutral”"
        yield top.finding(f"{message}, eller kind = ”INDICATOR” med ”up” eller ”down”.", "direction")


def check_origin(origin: Entry) -> Findings:
    if not origin.keys & {"wording", "note"}:
        message = "Citera den publicerade definitionen i ”wording”, eller förklara i ”note” varför den saknas."
        yield origin.finding(message)


def check_targets(tables: Tables) -> Findings:
    targets = tables.entries.get("targets", ())
    top, value = tables.first(TOP), tables.first("value")
    direction = None if top is None else top.values.get("direction")
    reviewed = None if top is None else top.values.get("reviewed_on")
    form = None if value is None else value.values.get("form")
    for target in targets:
        if direction == DesiredDirection.NEUTRAL:
            yield target.finding("Ett nyckeltal utan önskad riktning kan inte ha ett målvärde. Ta bort målet eller ange riktning.")
        yield from _target_dates(target, reviewed)
        yield from _target_value(target, form, direction)
    for target, earlier in repeats(targets, lambda entry: entry.values.get("by")):
        yield target.finding(f"Det finns redan ett mål till {target.values['by']} {earlier.place()}. Ta bort det ena.", "by")


def _target_dates(target: Entry, reviewed: date | None) -> Findings:
    by, start = target.values.get("by"), target.values.get("baseline_on")
    if by is not None and reviewed is not None and by <= reviewed:
        message = f"Målet skulle vara nått {by}, innan definitionen granskades den {reviewed}. Ta bort det eller ange ett kommande datum."
        yield target.finding(message, "by")
    if by is not None and start is not None and start >= by:
        yield target.finding(f"”baseline_on” är {start} men ska ligga före {by}, då målet ska vara nått.", "baseline_on")
    if len(target.keys & {"baseline", "baseline_on"}) == 1:
        yield target.finding("Ett utgångsvärde har både ”baseline” och ”baseline_on”: värdet och dagen det gällde.")


def _target_value(target: Entry, form: Form | None, direction: DesiredDirection | None) -> Findings:
    value, baseline = target.values.get("value"), target.values.get("baseline")
    if form is not None and form in _BOUNDS:
        low, high = _BOUNDS[form]
        for key, number in (("value", value), ("baseline", baseline)):
            if number is not None and not low <= number <= high:
                yield target.finding(f"”{key}” är {number:g}, men ett värde av formen ”{form}” ligger mellan {low:g} och {high:g}.", key)
    if value is None or baseline is None:
        return
    if (direction == DesiredDirection.UP and value < baseline) or (direction == DesiredDirection.DOWN and value > baseline):
        yield target.finding(f"Målet {value:g} är sämre än utgångsvärdet {baseline:g}. Rätta målet eller ”direction”.", "value")


def check_ready(tables: Tables) -> Findings:
    value = tables.first("value")
    form = None if value is None else value.values.get("form")
    for ready in tables.entries.get("ready", ()):
        for key in ("id", "reference"):
            yield from _ready_id(ready, key)
        if "reference" in ready.keys and form not in {None, Form.DEVIATION}:
            yield ready.finding("”reference” används bara av formen ”deviation”. Ta bort raden.", "reference")
        if "id" in ready.values and ready.values["id"] == ready.values.get("reference"):
            yield ready.finding("”reference” är samma som ”id”, så avvikelsen är alltid 0.", "reference")
    for ready, earlier in repeats(tables.entries.get("ready", ()), _ready_key):
        yield ready.finding(f"”{ready.values['id']}” finns redan {earlier.place()}. Ta bort det ena.", "id")


def _ready_id(ready: Entry, key: str) -> Findings:
    kind, written = ready.values.get("source"), ready.values.get(key)
    if kind is None or written is None:
        return
    expression, form = _ID_FORMS[kind]
    if not re.fullmatch(expression, written):
        yield ready.finding(f"”{key}” är ”{written}” men ska vara {form}.", key)


def _ready_key(ready: Entry) -> tuple[str, str, str] | None:
    values = ready.values
    return (values["source"], values["id"], values.get("reference", "")) if {"source", "id"} <= values.keys() else None


def warnings(tables: Tables, on: date) -> Findings:
    """What is no fault but ought to be seen to."""
    top = tables.first(TOP)
    if top is None:
        return
    following = top.values.get("next_review")
    if following is not None and following < on:
        yield top.finding(f"Definitionen skulle ha granskats senast {following}. Granska den och flytta fram ”next_review”.", "next_review")
    if "coverage" not in top.keys:
        yield top.finding("”coverage” saknas. Ange vilka utförare och personer som ingår.")
    for target in tables.entries.get("targets", ()):
        by = target.values.get("by")
        if by is not None and by < on:
            yield target.finding(f"Målet skulle vara nått {by}. Sätt ett nytt mål eller ta bort det.", "by")
