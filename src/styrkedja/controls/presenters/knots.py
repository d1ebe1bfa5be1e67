"""The chain with its gaps, as it is drawn: a list in lists."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import ngettext

from styrkedja.controls.presenters.findings import kind_word, severity_status
from styrkedja.controls.presenters.links import object_url
from styrkedja.controls.selectors.gaps import Knot
from styrkedja.core.controls.snapshot import ObjectKind, Ref
from styrkedja.ui.components import Status
from styrkedja.ui.wording import sentence_text


@dataclass(frozen=True)
class Gap:
    """What is missing in a place; `url` is the finding's page."""

    url: str
    severity: Status
    explanation: str


@dataclass(frozen=True)
class Drawn:
    """An object in the picture. `below`: how much has been found under it, in words, "" for nothing."""

    name: str
    kind: str
    url: str
    gaps: tuple[Gap, ...]
    below: str
    is_open: bool
    children: tuple["Drawn", ...]


def drawn(knot: Knot) -> Drawn:
    """Whole plans and goal areas are open; below goals what has gaps is."""
    under = knot.all_found - len(knot.found)
    return Drawn(
        name=str(knot.row),
        kind=kind_word(knot.kind),
        url=object_url(Ref(knot.kind, knot.row.key)),
        gaps=tuple(
            Gap(
                reverse("controls:finding", args=[one.row.pk]),
                severity_status(one.line.fault.severity),
                sentence_text(one.line.fault.explanation),
            )
            for one in knot.found
        ),
        below=ngettext("%(count)s iakttagelse längre ned", "%(count)s iakttagelser längre ned", under) % {"count": under} if under else "",
        is_open=knot.kind in (ObjectKind.DOCUMENT, ObjectKind.GOAL_AREA) or bool(under),
        children=tuple(drawn(child) for child in knot.children),
    )
