"""The organisation as figures are rolled up in it, from bodies and placements."""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from django.db.models import Max

from styrkedja.core.indicators.tree import Structure, TreeBody, TreePlacement
from styrkedja.core.indicators.tree_building import build
from styrkedja.core.organisations.kinds import OrganisationKind
from styrkedja.core.periods import Period
from styrkedja.core.policies.refusal import Refused
from styrkedja.organisations.models import Body, BodyVersion, Organisation, Placement, Validity


def structure() -> Structure:
    """The organisation on every day. Raises Refused, with every fault on a line, if figures cannot be rolled up in it."""
    built = build(tree_bodies(), tree_placements())
    if isinstance(built, Structure):
        return built
    raise Refused("%(faults)s", faults="\n".join(fault.message for fault in built))


def held_structure() -> Structure:
    """The same for pages, built anew only when something that it is made of has changed. Raises Refused."""
    bodies = Organisation.objects.order_by("key").values_list("pk", "key", "kind", "hsa_id", "valid_from", "valid_until")
    placements = Placement.objects.order_by("pk").values_list("child_id", "parent_id", "valid_from", "valid_until")
    return _structure_of(hash((tuple(bodies), tuple(placements), BodyVersion.objects.aggregate(last=Max("pk"))["last"])))


@lru_cache(maxsize=2)
def _structure_of(_mark: int) -> Structure:
    return structure()


def tree_bodies() -> list[TreeBody]:
    """Every organisation, with the HSA-ids that it has or has had: old rows name the old ones."""
    rows = list(Organisation.objects.order_by("key"))
    names = {row.key: {row.hsa_id, *earlier} - {"", row.key} for row, earlier in _with_earlier(rows)}
    taken = Counter(name for own in names.values() for name in own)
    current = {row.hsa_id for row in rows if row.hsa_id}
    return [
        TreeBody(row.key, OrganisationKind(row.kind), valid, _aliases(row, names[row.key], taken, current))
        for row in rows
        if (valid := _period(row)) is not None
    ]


def _with_earlier(rows: list[Organisation]) -> Iterator[tuple[Organisation, set[str]]]:
    earlier: dict[int, set[str]] = {}
    for body, description in BodyVersion.objects.filter(description__has_key="hsa_id").values_list("body", "description"):
        earlier.setdefault(body, set()).add(str(description["hsa_id"]))
    return ((row, earlier.get(row.pk, set())) for row in rows)


def _aliases(row: Organisation, names: set[str], taken: Counter[str], current: set[str]) -> tuple[str, ...]:
    """An id that has passed to another body means that one now; two that once had the same cannot be told apart by it."""
    return tuple(sorted(name for name in names if name == row.hsa_id or (taken[name] == 1 and name not in current)))


def tree_placements() -> list[TreePlacement]:
    """Every placement of an organisation under another. One that is valid on no day is none."""
    rows = Placement.objects.filter(child__organisation__isnull=False, parent__organisation__isnull=False).select_related("child", "parent")
    return [TreePlacement(row.child.key, row.parent.key, valid) for row in rows if (valid := _period(row)) is not None]


def _period(row: Validity) -> Period | None:
    if row.valid_from is not None and row.valid_until is not None and row.valid_until <= row.valid_from:
        return None
    return Period(row.valid_from, row.valid_until)


def body_ids() -> dict[str, int]:
    """The id of every body, by key."""
    return dict(Body.objects.values_list("key", "pk"))
