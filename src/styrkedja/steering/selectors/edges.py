"""How the kinds of the chain hang together: which fields lead from an object to what stands above it."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.db import connection

from styrkedja.steering.models import KINDS, ChainObject

# Top to bottom: the order in which the kinds are read.
ORDER = tuple(KINDS)
# The first field that leads anywhere is the one that an object hangs in when the chain is drawn as a tree.
ABOVE: Mapping[str, tuple[str, ...]] = {
    "target-state": (),
    "strategy": ("target_state",),
    "document": ("parent", "target_state"),
    "goal-area": ("document",),
    "goal": ("parent", "area", "document", "strategies"),
    "goal-indicator": ("goal",),
    "milestone": ("action", "goal"),
    "assignment": ("parent", "goal", "area", "document"),
    "programme": ("document",),
    "action": ("parent", "goals", "programme", "assignment", "corrects_target", "corrects_milestone", "document"),
    "obstacle": ("action", "goal"),
    "goal-conflict": ("first", "second"),
    "forum": ("goals", "programmes", "assignments"),
}


class Ref(NamedTuple):
    """An object by kind and id."""

    kind: str
    id: int


class Edge(NamedTuple):
    """`below` leads to `above` by its field `field`."""

    below: Ref
    field: str
    above: Ref


def _select(kind: str, name: str) -> str:
    """The edges of one field as SQL. Names of tables and columns are the models' own; nothing of it comes from outside."""
    field = KINDS[kind]._meta.get_field(name)
    to: type[ChainObject] = field.related_model
    if field.many_to_many:
        table, own, other = field.remote_field.through._meta.db_table, field.m2m_column_name(), field.m2m_reverse_name()
    else:
        table, own, other = field.model._meta.db_table, "id", field.column
    said = f"select '{kind}' as kind, {own} as id, '{name}' as field, '{to.KIND}' as up_kind, {other} as up_id from {table}"
    return f"{said} where {other} is not null"


_EDGES = "\nunion all\n".join(_select(kind, name) for kind, names in ABOVE.items() for name in names)
_WALK = f"""
with recursive edge as not materialized ({_EDGES}),
walk(kind, id) as (
    select %(kind)s::text, %(id)s::bigint
    union
    select edge.{{to}}kind, edge.{{to}}id from walk join edge on edge.{{by}}kind = walk.kind and edge.{{by}}id = walk.id
)
select distinct edge.kind, edge.id, edge.field, edge.up_kind, edge.up_id
from walk join edge on edge.{{by}}kind = walk.kind and edge.{{by}}id = walk.id
"""


def edges_above(start: Ref) -> list[Edge]:
    """Every edge on the ways up from `start`. One query."""
    return _walk(_WALK.format(to="up_", by=""), start)


def edges_below(start: Ref) -> list[Edge]:
    """Every edge on the ways down from `start`. One query."""
    return _walk(_WALK.format(to="", by="up_"), start)


def refs(edges: Iterable[Edge]) -> dict[str, set[int]]:
    """The objects that the edges touch: ids by kind."""
    found: dict[str, set[int]] = {}
    for edge in edges:
        for ref in (edge.below, edge.above):
            found.setdefault(ref.kind, set()).add(ref.id)
    return found


def _walk(statement: str, start: Ref) -> list[Edge]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"kind": start.kind, "id": start.id})
        return [Edge(Ref(kind, pk), field, Ref(up_kind, up)) for kind, pk, field, up_kind, up in cursor.fetchall()]
