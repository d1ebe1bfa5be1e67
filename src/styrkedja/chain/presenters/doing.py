"""What can be done with an object, and what the pages where it is done are called."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import TextField
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from styrkedja.chain.presenters.facts import decision_text
from styrkedja.chain.presenters.links import kind_word
from styrkedja.core.wording import VagueSentence, vague_sentences
from styrkedja.decisions.models import Decision
from styrkedja.steering.models import (
    Assignment,
    ChainObject,
    DocumentState,
    Goal,
    GoalIndicator,
    Milestone,
    SteeringDocument,
)

NEW: Mapping[str, Any] = {
    "target-state": gettext_lazy("Ny målbild"),
    "strategy": gettext_lazy("Ny strategi"),
    "document": gettext_lazy("Nytt styrdokument"),
    "goal-area": gettext_lazy("Nytt målområde"),
    "goal": gettext_lazy("Nytt mål"),
    "goal-indicator": gettext_lazy("Ny målindikator"),
    "milestone": gettext_lazy("Nytt delmål"),
    "assignment": gettext_lazy("Nytt uppdrag"),
    "programme": gettext_lazy("Nytt åtgärdsprogram"),
    "action": gettext_lazy("Ny åtgärd"),
    "obstacle": gettext_lazy("Nytt hinder"),
    "goal-conflict": gettext_lazy("Ny målkonflikt"),
    "forum": gettext_lazy("Nytt forum"),
    "estimate": gettext_lazy("Ny ekonomisk beräkning"),
    "realisation": gettext_lazy("Ny hemtagningseffekt"),
    "balance-requirement": gettext_lazy("Nytt balanskrav"),
}
# What hangs in an object of a kind: the kind of the new one, and the fields of it that name the object ("." for the object itself) or what it names.
_BELOW: Mapping[str, tuple[tuple[str, Mapping[str, str]], ...]] = {
    "target-state": (("strategy", {"target_state": "."}), ("document", {"target_state": "."})),
    "document": (
        ("goal-area", {"document": "."}),
        ("goal", {"document": "."}),
        ("programme", {"document": "."}),
        ("action", {"document": "."}),
        ("assignment", {"document": "."}),
        ("balance-requirement", {"document": "."}),
    ),
    "goal-area": (("goal", {"area": ".", "document": "document"}),),
    "goal": (
        ("goal", {"parent": "."}),
        ("goal-indicator", {"goal": "."}),
        ("milestone", {"goal": "."}),
        ("action", {"goals": ".", "document": "document"}),
        ("obstacle", {"goal": "."}),
        ("goal-conflict", {"first": "."}),
    ),
    "programme": (("action", {"programme": ".", "document": "document"}),),
    "assignment": (("assignment", {"parent": "."}), ("action", {"assignment": "."})),
    "action": (
        ("milestone", {"action": "."}),
        ("estimate", {"action": "."}),
        ("realisation", {"action": "."}),
        ("obstacle", {"action": "."}),
        ("action", {"parent": "."}),
    ),
}


@dataclass(frozen=True)
class Act:
    """A link to where something is done."""

    text: str
    url: str
    variant: str = "secondary"


@dataclass(frozen=True)
class Below:
    """Something that may be added under an object: the kind, and what is known of the new one from the beginning."""

    kind: str
    begun: Mapping[str, Any]

    @property
    def act(self) -> Act:
        return new_act(self.kind, **{name: row.key for name, row in self.begun.items()})


def below(row: ChainObject) -> Iterable[Below]:
    """Everything that may hang in the object, whoever asks."""
    for kind, fields in _BELOW.get(row.KIND, ()):
        begun = {name: row if way == "." else getattr(row, way) for name, way in fields.items()}
        yield Below(kind, {name: found for name, found in begun.items() if found is not None})


def acts(row: ChainObject, *, may_edit: bool, may_adopt: bool, may_withdraw: bool) -> list[Act]:
    """What is done with the object itself. A joint document is adopted by others than those who own it."""
    found = [Act(edit_title(type(row)), _url("edit", row), "primary")] if may_edit else []
    if may_adopt:
        found.append(Act(_("Anteckna antagande"), _url("adopt", row)))
    if may_withdraw:
        found.append(Act(_("Återta antagande"), _url("withdraw", row)))
    if isinstance(row, SteeringDocument) and may_edit and row.state == DocumentState.DECIDED:
        found.append(Act(_("Gör nästa års plan"), reverse("steering:next_plan", args=[row.key])))
    if isinstance(row, Milestone) and may_edit:
        found.append(Act(_("Delmålet är nått"), reverse("steering:reach", args=[row.key])))
    if isinstance(row, Assignment) and may_edit:
        found.append(Act(_("Återrapportera"), reverse("steering:report", args=[row.key])))
    return found


def _url(view: str, row: ChainObject) -> str:
    return reverse(f"steering:{view}", args=[row.KIND, row.key])


def vague_texts(row: ChainObject) -> list[tuple[str, list[VagueSentence]]]:
    """By field, what of its texts says neither when, who nor how much."""
    fields = [field for field in row._meta.concrete_fields if isinstance(field, TextField)]
    found = [(str(field.verbose_name).capitalize(), vague_sentences(getattr(row, field.name))) for field in fields]
    return [(label, sentences) for label, sentences in found if sentences]


def new_url(kind: str, **known: str) -> str:
    """Where an object of the kind is added; `known`: keys of what it hangs in, by field."""
    query = f"?{urlencode(known)}" if known else ""
    return reverse("steering:create", args=[kind]) + query


def new_act(kind: str, **known: str) -> Act:
    return Act(str(NEW[kind]), new_url(kind, **known))


def edit_title(model: type[ChainObject]) -> str:
    """ "Ändra mål"."""
    return _("Ändra %(kind)s") % {"kind": kind_word(model)}


def choice_label(row: Any) -> str:
    """What a row is called among others: a goal with its plan, what hangs in a goal with the goal."""
    if isinstance(row, Goal):
        return f"{row} ({row.document})"
    if isinstance(row, GoalIndicator):
        return f"{row.goal}: {row}"
    if isinstance(row, Milestone) and row.goal_id:
        return f"{row.goal}: {row}"
    if isinstance(row, SteeringDocument) and row.valid_from:
        return f"{row} ({row.valid_from.year})"
    if isinstance(row, Decision):
        return f"{decision_text(row)} {row.outcome}".strip()
    return getattr(row, "name", "") or str(row)
