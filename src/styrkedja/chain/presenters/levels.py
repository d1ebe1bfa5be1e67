"""A goal or an action down the organisation and side by side: what each body has of it, and how that stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from styrkedja.chain.presenters.rows import IndicatorRow, ObjectRow, amount, indicator_rows, object_row
from styrkedja.chain.selectors import GoalStanding, Sum
from styrkedja.core.collation import swedish_key
from styrkedja.core.organisations.kinds import OrganisationKind
from styrkedja.organisations.models import ORGANISATION_KINDS
from styrkedja.steering.models import Milestone
from styrkedja.steering.selectors import Level, Share


@dataclass(frozen=True)
class Known:
    """How goals and actions stand, by their ids, and the day of the page."""

    standing: Mapping[int, Sequence[GoalStanding]]
    sums: Mapping[int, Sum]
    today: date


@dataclass(frozen=True)
class GoalLine:
    row: ObjectRow
    indicators: tuple[IndicatorRow, ...]


@dataclass(frozen=True)
class ActionLine:
    """`realised` is what has been brought home this year, "" where nothing has been said."""

    row: ObjectRow
    realised: str


@dataclass(frozen=True)
class ShareRow:
    """What a body has; nothing is a gap. `milestones` says how many are reached and late, "" where there are none."""

    body: str
    goals: tuple[GoalLine, ...]
    actions: tuple[ActionLine, ...]
    milestones: str

    @property
    def is_gap(self) -> bool:
        return not (self.goals or self.actions)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show of it."""
        return self.is_gap and not self.milestones


@dataclass(frozen=True)
class LevelRow:
    title: str
    shares: tuple[ShareRow, ...]
    without: tuple[str, ...]


def level_rows(levels: Iterable[Level], known: Known) -> list[LevelRow]:
    """Levels with something to show. A body that answers for nothing but, say, a calculation stands among those without goals and actions."""
    drawn = (_level_row(level, known) for level in levels)
    return [level for level in drawn if level.shares or level.without]


def _level_row(level: Level, known: Known) -> LevelRow:
    drawn = list(zip(level.shares, share_rows(level.shares, known), strict=True))
    empty = [share.body.name for share, row in drawn if row.is_empty and share.body]
    return LevelRow(
        str(ORGANISATION_KINDS[OrganisationKind(level.kind)]) if level.kind else _("Utanför linjen"),
        tuple(row for _share, row in drawn if not row.is_empty),
        tuple(sorted([*empty, *(body.name for body in level.without)], key=swedish_key)),
    )


def share_rows(shares: Iterable[Share], known: Known) -> tuple[ShareRow, ...]:
    return tuple(_share_row(share, known) for share in shares)


def _share_row(share: Share, known: Known) -> ShareRow:
    return ShareRow(
        body=share.body.name if share.body else _("Utan ansvarigt organ"),
        goals=tuple(GoalLine(object_row(goal), tuple(indicator_rows(known.standing.get(goal.pk, ())))) for goal in share.goals),
        actions=tuple(ActionLine(object_row(action), _realised(known.sums.get(action.pk))) for action in share.actions),
        milestones=_milestones([row for row in share.rest if isinstance(row, Milestone)], known.today),
    )


def _realised(found: Sum | None) -> str:
    return amount(found.realised) if found is not None and found.realised is not None else ""


def _milestones(found: Sequence[Milestone], today: date) -> str:
    if not found:
        return ""
    reached = sum(row.reached_on is not None for row in found)
    late = sum(row.reached_on is None and row.due_on is not None and row.due_on < today for row in found)
    text = ngettext("%(reached)s av %(all)s delmål nått", "%(reached)s av %(all)s delmål nådda", len(found))
    said = text % {"reached": reached, "all": len(found)}
    return _("%(said)s, %(late)s försenat") % {"said": said, "late": late} if late else said
