"""Keys are names for good: one body each, among all counties and all that cases have made. Used by the other services only."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from styrkedja.core.organisations.county import GroupRow, OrganisationRow
from styrkedja.core.policies.refusal import Refused
from styrkedja.organisations.models import Body, Group
from styrkedja.organisations.services.load import Load

# Words that stand where a key stands in the address of a page.
RESERVED = frozenset({"uppfoljning"})


class KeysTaken(Refused):
    """`faults`: what is wrong with each key, in Swedish, so that whoever has the files can say on which line."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__("\n".join(faults.values()))
        self.faults = faults


def refuse_taken_keys(load: Load, rows: Iterable[OrganisationRow | GroupRow]) -> None:
    """Raises KeysTaken if a row would take over a body that is not the files' own."""
    by_key = {row.key: row for row in rows}
    faults = {key: _("är upptagen av en sida i programmet") for key in by_key.keys() & RESERVED}
    groups = set(Group.objects.filter(key__in=by_key).values_list("key", flat=True))
    for body in Body.objects.filter(key__in=by_key).select_related("county"):
        fault = _fault(load, body, was_group=body.key in groups, is_group=isinstance(by_key[body.key], GroupRow))
        if fault:
            faults[body.key] = fault
    if faults:
        sentence = _("Nyckeln ”%(key)s” %(fault)s. Välj en annan nyckel.")
        raise KeysTaken({key: sentence % {"key": key, "fault": faults[key]} for key in by_key if key in faults})


def _fault(load: Load, body: Body, *, was_group: bool, is_group: bool) -> str:
    if body.county != load.county:
        where = _("i %(county)s") % {"county": body.county.name} if body.county else _("i de nationella uppgifterna")
        return _("används redan %(where)s") % {"where": where}
    if not body.declared:
        return _("används redan av %(body)s, som har bildats i ett ärende") % {"body": body.name}
    if was_group != is_group:
        was = _("en grupp") if was_group else _("en organisation")
        return _("hör sedan tidigare till %(body)s, som är %(was)s") % {"body": body.name, "was": was}
    return ""
