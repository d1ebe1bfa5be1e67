"""What has happened to a body, in words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from styrkedja.organisations.models import GROUP_KINDS, GROUP_LEVELS, ORGANISATION_KINDS
from styrkedja.organisations.selectors import Happening, What

_LABELS: Mapping[str, Promise] = {
    "name": gettext_lazy("Namnet"),
    "short_name": gettext_lazy("Kortnamnet"),
    "kind": gettext_lazy("Slaget"),
    "level": gettext_lazy("Nivån"),
    "code": gettext_lazy("Koden"),
    "org_number": gettext_lazy("Organisationsnumret"),
    "hsa_id": gettext_lazy("HSA-id"),
    "mandate": gettext_lazy("Uppdraget"),
    "host": gettext_lazy("Värden"),
    "municipal_participation": gettext_lazy("Kommunmedverkan"),
    "areas": gettext_lazy("Delområdena"),
    "title": gettext_lazy("Benämningen"),
    "time_percent": gettext_lazy("Avsatt tid"),
}
_KINDS = {key.value: label for table in (ORGANISATION_KINDS, GROUP_KINDS) for key, label in table.items()}
_LEVELS = {key.value: label for key, label in GROUP_LEVELS.items()}

_SENTENCES: Mapping[What, Promise] = {
    "began": gettext_lazy("Inrättades"),
    "ended": gettext_lazy("Upphörde"),
    "reopened": gettext_lazy("Inrättades på nytt"),
    "placed": gettext_lazy("Hör till %(name)s"),
    "moved": gettext_lazy("Hör inte längre till %(name)s"),
    "paired": gettext_lazy("Motsvarighet: %(name)s"),
    "parted": gettext_lazy("Inte längre motsvarighet: %(name)s"),
    "seat_made": gettext_lazy("Ny plats: %(name)s"),
    "seat_ended": gettext_lazy("Plats som upphörde: %(name)s"),
    "appointed": gettext_lazy("%(name)s utsågs till %(seat)s"),
    "left": gettext_lazy("%(name)s lämnade platsen %(seat)s"),
}


@dataclass(frozen=True)
class ChangeLine:
    on: date
    text: str


def change_lines(happenings: Iterable[Happening]) -> list[ChangeLine]:
    """A line for each, in the order given."""
    return [ChangeLine(item.on, _sentence(item)) for item in happenings]


def _sentence(item: Happening) -> str:
    if item.what in _SENTENCES:
        return _SENTENCES[item.what] % {"name": item.name, "seat": item.seat}
    values = {
        "what": _LABELS[item.field],
        "seat": item.name,
        "before": _value(item.field, item.before),
        "after": _value(item.field, item.after),
    }
    if item.field == "mandate":
        return _("Uppdraget skrevs om")
    if item.what == "seat_changed":
        return _("%(what)s för platsen %(seat)s ändrades från %(before)s till %(after)s") % values
    return _("%(what)s ändrades från %(before)s till %(after)s") % values


def _value(field: str, value: Any) -> str:
    if value in ("", None, []):
        return _("ingen") if field == "time_percent" else _("inget")
    shown: Mapping[str, Callable[[Any], str]] = {
        "kind": lambda kind: str(_KINDS[kind]).lower(),
        "level": lambda level: str(_LEVELS[level]).lower(),
        "municipal_participation": lambda takes_part: _("ja") if takes_part else _("nej"),
        "areas": ", ".join,
        "time_percent": lambda percent: f"{percent} %",
    }
    return shown.get(field, lambda text: f"”{text}”")(value)
