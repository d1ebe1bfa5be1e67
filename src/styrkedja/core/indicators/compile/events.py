"""Rows that are followed by another row of the same entity: a readmission within thirty days."""

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from styrkedja.core.indicators.asks import Ask
from styrkedja.core.indicators.compile.rows import group_keys, with_pieces
from styrkedja.core.indicators.compile.tables import Dialect, facts, holds, text, where
from styrkedja.core.indicators.definition.cells import FollowingEvent

STARTS = "event_starts"
FOLLOWING = "event_following"


@dataclass(frozen=True)
class EventStages:
    """Texts to run in order. `starts` (with FACTS bound to the months) and `following` (with FACTS bound to every row that may follow one of
    theirs) are made into tables named STARTS and FOLLOWING; `cells` reads those.
    """

    starts: str
    following: str
    cells: str


def event_stages(one: Ask, dialect: Dialect, *, cut: bool) -> EventStages:
    """Columns of the cells as in rows.row_cells, with `count_0`. Rows that are alike in all that matters are counted together, so that no row
    needs a number of its own; a row that could follow itself is known by its own dates, and is taken off.
    """
    event = one.measure.event
    assert event is not None
    starts, following = _starts(one, event, cut=cut), _following(one, event)
    first = ibis.table(starts.schema(), name=STARTS)
    later = ibis.table(following.schema(), name=FOLLOWING)
    near = [first["_entity"] == later["_entity"], later["_day"] >= first["_from"], later["_day"] <= first["_until"]]
    met = first.left_join(later, near)
    keys = [name for name in starts.columns if name != "_rows"]
    followed = met.group_by([*keys, "_rows"]).agg(_met=met["_times"].sum().fill_null(0))
    is_followed = (followed["_met"] - followed["_own"]) > 0
    told = [name for name in keys if not name.startswith("_")]
    cells = followed.group_by(told).agg(count_0=ibis.ifelse(is_followed, followed["_rows"], 0).sum().cast("int64"))
    return EventStages(text(starts, dialect), text(following, dialect), text(cells, dialect))


def _starts(one: Ask, event: FollowingEvent, *, cut: bool) -> ir.Table:
    """Every row of the months; those that are not chosen have no day to be followed from, and so never meet anything."""
    source, grain = one.source, one.grain
    table = facts(source)
    table = table.filter(table[grain.unit].notnull())
    table = with_pieces(table, grain, source) if cut else table
    conditions = holds(table, source, one.measure.where, one.measure.exclude)
    until = table[event.of] + ibis.interval(event.within_days, unit="D")
    follows = holds(table, source, event.where, event.exclude)
    own = (table[event.followed_by] >= table[event.of]) & (table[event.followed_by] <= until)
    keys = group_keys(table, grain, source, by_month=True, cut=cut) | {
        "_entity": table[source.entity],
        "_from": table[event.of] if conditions is None else ibis.ifelse(conditions, table[event.of], ibis.null("date")),
        "_until": until.cast("date"),
        "_own": ibis.ifelse((own if follows is None else own & follows).fill_null(False), 1, 0),
    }
    return table.group_by(**keys).agg(_rows=table.count())


def _following(one: Ask, event: FollowingEvent) -> ir.Table:
    source = one.source
    table = facts(source)
    table = where(
        table.filter(table[source.entity].notnull(), table[event.followed_by].notnull()), holds(table, source, event.where, event.exclude)
    )
    return table.group_by(_entity=table[source.entity], _day=table[event.followed_by]).agg(_times=table.count())
