"""Findings as rows, groups and figures."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from styrkedja.controls.forms import BY_OBJECT, BY_RULE
from styrkedja.controls.models import SEVERITIES
from styrkedja.controls.presenters.links import object_url
from styrkedja.controls.presenters.listing import rule_and_check
from styrkedja.controls.presenters.questions import QUESTIONS
from styrkedja.controls.presenters.sources import source_name
from styrkedja.controls.selectors.findings import Found
from styrkedja.core.collation import swedish_key
from styrkedja.core.controls.life import FindingState
from styrkedja.core.controls.rule import Severity
from styrkedja.core.controls.snapshot import ObjectKind, Ref
from styrkedja.organisations.models import Body
from styrkedja.ui.components import Figure, Status
from styrkedja.ui.wording import sentence_text

_TONES = {Severity.FAULT: "danger", Severity.WARNING: "warn", Severity.INFO: "info"}
_KINDS = {
    ObjectKind.BODY: gettext_lazy("organ"),
    ObjectKind.SEAT: gettext_lazy("funktion"),
    ObjectKind.FORUM: gettext_lazy("forum"),
    ObjectKind.VISION: gettext_lazy("målbild"),
    ObjectKind.DOCUMENT: gettext_lazy("styrdokument"),
    ObjectKind.GOAL_AREA: gettext_lazy("målområde"),
    ObjectKind.GOAL: gettext_lazy("mål"),
    ObjectKind.MILESTONE: gettext_lazy("delmål"),
    ObjectKind.ASSIGNMENT: gettext_lazy("uppdrag"),
    ObjectKind.PROGRAMME: gettext_lazy("åtgärdsprogram"),
    ObjectKind.ACTION: gettext_lazy("åtgärd"),
    ObjectKind.ESTIMATE: gettext_lazy("ekonomisk beräkning"),
    ObjectKind.OBSTACLE: gettext_lazy("hinder"),
    ObjectKind.GOAL_CONFLICT: gettext_lazy("målkonflikt"),
    ObjectKind.MANDATE: gettext_lazy("mandat"),
    ObjectKind.DECISION: gettext_lazy("beslut"),
    ObjectKind.AUDIT: gettext_lazy("granskning"),
    ObjectKind.RECOMMENDATION: gettext_lazy("rekommendation"),
    ObjectKind.REPORT: gettext_lazy("återrapport"),
    ObjectKind.INDICATOR: gettext_lazy("indikator"),
    ObjectKind.PROGRAMME_GROUP: gettext_lazy("programområde"),
    ObjectKind.PROPOSAL: gettext_lazy("förslag till resurssättning"),
    ObjectKind.WORKING_GROUP: gettext_lazy("arbetsgrupp"),
    ObjectKind.BRIEF: gettext_lazy("beslutsunderlag"),
    ObjectKind.IMPLEMENTATION: gettext_lazy("införande"),
}


@dataclass(frozen=True)
class Row:
    """A finding in a list. `url` is its own page, `object_url` that of the thing ("" for none), `rule` what the filter calls its rule."""

    url: str
    severity: Status
    state: Status | None
    rule: str
    name: str
    kind: str
    object_url: str
    explanation: str
    clears: str
    bodies: str
    since: date


@dataclass(frozen=True)
class Group:
    """Findings under one heading. `lead` says what they have in common, `anchor` is its place on the page."""

    anchor: str
    title: str
    lead: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Other:
    """A thing that a finding is also about; `url` is "" where it has no page."""

    name: str
    kind: str
    url: str


def others(refs: Iterable[Ref], names: Mapping[Ref, str]) -> list[Other]:
    """Those that have a name; the explanation has told of the rest."""
    return [Other(names[ref], kind_word(ref.kind), object_url(ref)) for ref in refs if ref in names]


def severity_status(severity: Severity) -> Status:
    return Status(str(SEVERITIES[severity]), _TONES[severity])


def state_status(state: FindingState) -> Status | None:
    """Nothing for what is simply there."""
    words = {FindingState.ACCEPTED: (_("Godtagen"), "neutral"), FindingState.REAPPEARED: (_("Återkommen"), "warn")}
    word = words.get(state)
    return Status(*word) if word else None


def kind_word(kind: ObjectKind) -> str:
    return str(_KINDS[kind])


def row(found: Found, names: Mapping[str, Body]) -> Row:
    fault, (_rule, check) = found.line.fault, rule_and_check(found)
    return Row(
        url=reverse("controls:finding", args=[found.row.pk]),
        severity=severity_status(fault.severity),
        state=state_status(found.line.state),
        rule=fault.rule,
        name=fault.name,
        kind=kind_word(fault.ref.kind),
        object_url=object_url(fault.ref),
        explanation=sentence_text(fault.explanation),
        clears=sentence_text(check.clears),
        bodies=", ".join(str(names[key]) if key in names else key for key in fault.bodies),
        since=found.line.found_on,
    )


def figures(found: Sequence[Found]) -> list[Figure]:
    """How many of each severity that nobody has accepted, and how many that somebody has."""
    standing = [one for one in found if one.line.state is not FindingState.ACCEPTED]
    counted = [
        Figure(str(sum(one.line.fault.severity is severity for one in standing)), str(label), _TONES[severity])
        for severity, label in ((Severity.FAULT, _("fel")), (Severity.WARNING, _("varningar")), (Severity.INFO, _("upplysningar")))
    ]
    return [*counted, Figure(str(len(found) - len(standing)), _("godtagna"), "neutral")]


def groups(found: Iterable[Found], by: str, names: Mapping[str, Body]) -> list[Group]:
    """By body, rule or object; a finding that stands in several bodies' lists is shown in each."""
    gathered: dict[tuple[object, str, str, str], list[Row]] = {}
    for one in found:
        for order, anchor, title, lead in _headings(one, by, names):
            gathered.setdefault((order, anchor, title, lead), []).append(row(one, names))
    return [
        Group(anchor, title, lead, tuple(rows))
        for (_order, anchor, title, lead), rows in sorted(gathered.items(), key=lambda item: item[0][0])
    ]


def _headings(found: Found, by: str, names: Mapping[str, Body]) -> list[tuple[object, str, str, str]]:
    fault, (rule, check) = found.line.fault, rule_and_check(found)
    if by == BY_RULE:
        quoted = rule.quoted(check)
        said = {"quote": quoted.quote, "source": source_name(quoted.source)}
        title = f"{fault.rule} {sentence_text(check.looks_for)}"
        return [((fault.rule, fault.check), f"r-{fault.check}", title, _("”%(quote)s” Källa: %(source)s.") % said)]
    if by == BY_OBJECT:
        return [(swedish_key(fault.name), f"o-{fault.ref.kind}-{fault.ref.key}", fault.name, kind_word(fault.ref.kind).capitalize())]
    bodies = fault.bodies or ("",)
    return [
        (swedish_key(str(names[key]) if key in names else key), f"b-{key}", str(names[key]) if key in names else _("Inget organ"), "")
        for key in bodies
    ]


def in_order(bodies: Iterable[Body]) -> list[Body]:
    """In Swedish alphabetical order."""
    return sorted(bodies, key=lambda body: swedish_key(str(body)))


@dataclass(frozen=True)
class Question:
    """What an auditor would ask, the sentence that it comes from, and what would be pointed at."""

    question: str
    source: str
    quote: str
    rows: tuple[Row, ...]


def questions(found: Iterable[Found], names: Mapping[str, Body]) -> list[Question]:
    """By rule, of what nobody has accepted."""
    gathered: dict[str, list[Found]] = {}
    for one in found:
        if one.line.state is not FindingState.ACCEPTED:
            gathered.setdefault(one.line.fault.rule, []).append(one)
    asked = []
    for rule_id, of_rule in sorted(gathered.items()):
        rule, _check = rule_and_check(of_rule[0])
        asked.append(Question(str(QUESTIONS[rule_id]), source_name(rule.source), rule.quote, tuple(row(one, names) for one in of_rule)))
    return asked
