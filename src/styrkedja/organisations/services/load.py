"""One load of files on its way: what has changed so far, in words. Used by the other services only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from styrkedja.core.policies.refusal import Refused
from styrkedja.organisations.models import Body, County

_LABELS = {
    "name": gettext_lazy("namn"),
    "short_name": gettext_lazy("kortnamn"),
    "kind": gettext_lazy("slag"),
    "level": gettext_lazy("nivå"),
    "code": gettext_lazy("kod"),
    "org_number": gettext_lazy("organisationsnummer"),
    "hsa_id": gettext_lazy("HSA-id"),
    "mandate": gettext_lazy("uppdrag"),
    "host_id": gettext_lazy("värd"),
    "municipal_participation": gettext_lazy("kommunmedverkan"),
    "areas": gettext_lazy("delområden"),
    "title": gettext_lazy("benämning"),
    "time_percent": gettext_lazy("avsatt tid"),
}
# What is short enough to be told as it was and as it became.
_QUOTED = {"name", "short_name", "code", "org_number", "hsa_id", "title"}


@dataclass
class Load:
    """`county` is None for the national data. New things count from `since`; None at the first load: they have always been there."""

    county: County | None
    on: date
    since: date | None
    changes: list[str] = field(default_factory=list)

    @property
    def is_first(self) -> bool:
        return self.since is None

    def tell(self, what: str, of: object, detail: str = "") -> None:
        self.changes.append(f"{what}: {of}" + (f" ({detail})" if detail else ""))

    def sum_up(self, text: str) -> None:
        self.changes.append(text)

    def is_over(self, valid_until: date | None) -> bool:
        """Has what holds until then ended by the day of the load?"""
        return valid_until is not None and valid_until <= self.on


def difference(before: Mapping[str, object], now: object) -> str:
    """What has changed in `now`, as words in a parenthesis: "namn: ”A” blev ”B”, uppdrag"."""
    return ", ".join(_one_difference(name, value, getattr(now, name)) for name, value in before.items())


def _one_difference(name: str, before: object, after: object) -> str:
    label = str(_LABELS[name])
    if name == "time_percent":
        return _("%(label)s: %(before)s blev %(after)s") % {"label": label, "before": _percent(before), "after": _percent(after)}
    if name in _QUOTED and before and after:
        return _("%(label)s: ”%(before)s” blev ”%(after)s”") % {"label": label, "before": before, "after": after}
    return label


def _percent(value: object) -> str:
    return _("ingen") if value is None else f"{value} %"


def ids_of(keys: Iterable[str]) -> dict[str, int]:
    """The id of each body. Raises Refused if one is missing: files are read against the national files, but loaded after them."""
    wanted = set(keys)
    found = dict(Body.objects.filter(key__in=wanted).values_list("key", "id"))
    missing = sorted(wanted - found.keys())
    if missing:
        text = ngettext(
            "Filerna hänvisar till organet %(keys)s, som inte är inläst. Läs in de nationella uppgifterna först.",
            "Filerna hänvisar till organen %(keys)s, som inte är inlästa. Läs in de nationella uppgifterna först.",
            len(missing),
        )
        raise Refused(text % {"keys": ", ".join(missing)})
    return found
