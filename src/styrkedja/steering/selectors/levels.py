"""The same thing followed down the organisation, and side by side over the units of a level (source 003: "både vertikalt och horisontellt")."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from styrkedja.accounts.models import User
from styrkedja.core.collation import swedish_key
from styrkedja.core.organisations.kinds import OrganisationKind
from styrkedja.organisations.selectors import BodyOn, Branch, in_order, tree_on
from styrkedja.steering.models import Action, ChainObject, Goal, SteeringDocument
from styrkedja.steering.selectors.chain import Link, below

# From council to unit.
LEVELS: tuple[OrganisationKind, ...] = (
    OrganisationKind.REGION,
    OrganisationKind.COUNCIL,
    OrganisationKind.EXECUTIVE_BOARD,
    OrganisationKind.COMMITTEE,
    OrganisationKind.ADMINISTRATION,
    OrganisationKind.AREA,
    OrganisationKind.DEPARTMENT,
    OrganisationKind.UNIT,
)


@dataclass(frozen=True)
class Share:
    """What a body has of a goal or an action: the goals and actions that it answers for, and what hangs in them. Empty is a gap."""

    body: BodyOn | None
    goals: tuple[Goal, ...] = ()
    actions: tuple[Action, ...] = ()
    rest: tuple[ChainObject, ...] = ()

    @property
    def is_gap(self) -> bool:
        return not (self.goals or self.actions)


@dataclass(frozen=True)
class Level:
    """A level of the organisation and what its bodies have, body by body; bodies with nothing are in `without`."""

    kind: str
    shares: tuple[Share, ...]
    without: tuple[BodyOn, ...]


def vertical(user: User, row: Goal | Action, *, on: date) -> tuple[Level, ...]:
    """`row` and everything below it, level by level down the organisation; what no body of the county answers for stands last,
    under the kind "".

    Levels that the county has no bodies of are left out, and so is what stands in plans that are over.
    """
    bodies = _bodies(user, row, on=on)
    held = _by_body([Link(row, 0, ()), *_still(row, below(user, row, on=on), on)], {})
    levels = [_level(kind.value, [body for body in bodies.values() if body.kind == kind], held) for kind in LEVELS]
    placed = {body.id for body in bodies.values() if body.kind in LEVELS}
    others = in_order(body for body in bodies.values() if body.id in held and body.id not in placed)
    nobodys = [row for body, rows in held.items() if body not in bodies for row in rows]
    if others or nobodys:
        levels.append(Level("", (*(_share(body, held[body.id]) for body in others), *([_share(None, nobodys)] if nobodys else [])), ()))
    return tuple(level for level in levels if level.shares or level.without)


def horizontal(user: User, row: Goal | Action, *, level: OrganisationKind, on: date) -> tuple[Share, ...]:
    """Every body of the level, in Swedish order, with what it and the bodies under it have of `row`. A body with nothing is there too.

    What stands in plans that are over is left out.
    """
    tree = _forest(user, row, on=on)
    wanted = [branch for branch in _branches(tree) if branch.body.kind == level]
    belongs = {body.id: branch.body.id for branch in wanted for body in _under(branch)}
    held = _by_body(_still(row, below(user, row, on=on), on), belongs)
    bodies = sorted({branch.body.id: branch.body for branch in wanted}.values(), key=lambda body: swedish_key(body.name))
    return tuple(_share(body, held.get(body.id, [])) for body in bodies)


def lowest(user: User, row: Goal | Action, *, among: Sequence[OrganisationKind], on: date) -> OrganisationKind:
    """The lowest level of `among` that has something of `row`, or the last of them where none has. They are given from the top down."""
    with_something = {
        level.kind
        for level in vertical(user, row, on=on)
        if any(one != row for share in level.shares for one in (*share.goals, *share.actions))
    }
    return next((level for level in reversed(among) if level.value in with_something), among[-1])


def _still(row: Goal | Action, links: Iterable[Link], on: date) -> list[Link]:
    """What does not stand in a plan that is over; all of it when `row` itself does."""
    over = set(SteeringDocument.objects.filter(valid_until__lte=on).values_list("pk", flat=True))
    if row.document_id in over:
        return list(links)
    return [link for link in links if getattr(link.row, "document_id", None) not in over]


def _level(kind: str, bodies: Iterable[BodyOn], held: Mapping[int | None, list[ChainObject]]) -> Level:
    ordered = in_order(bodies)
    shares = tuple(_share(body, held[body.id]) for body in ordered if body.id in held)
    return Level(kind, shares, tuple(body for body in ordered if body.id not in held))


def _share(body: BodyOn | None, rows: Iterable[ChainObject]) -> Share:
    rows = list(rows)
    goals = tuple(row for row in rows if isinstance(row, Goal))
    actions = tuple(row for row in rows if isinstance(row, Action))
    return Share(body, goals, actions, tuple(row for row in rows if not isinstance(row, Goal | Action)))


def _by_body(links: Iterable[Link], belongs: Mapping[int, int]) -> dict[int | None, list[ChainObject]]:
    """What each body has. An action is its unit's, anything else its accountable body's, which may belong to another.

    What is neither goal nor action, and has no body of its own, is that of what it hangs in.
    """
    found: defaultdict[int | None, list[ChainObject]] = defaultdict(list)
    bodies: dict[ChainObject, int | None] = {}
    for link in links:
        row = link.row
        body = (row.unit_id if isinstance(row, Action) else None) or row.accountable_body_id
        if body is None and link.towards and not isinstance(row, Goal | Action):
            body = bodies.get(link.towards[0])
        bodies[row] = body
        found[belongs.get(body, body) if body is not None else None].append(row)
    return dict(found)


def _forest(user: User, row: ChainObject, *, on: date) -> tuple[Branch, ...]:
    tree = tree_on(user, county=row.county, on=on)
    return tree.county if row.county else tree.national


def _bodies(user: User, row: ChainObject, *, on: date) -> dict[int, BodyOn]:
    return {branch.body.id: branch.body for branch in _branches(_forest(user, row, on=on))}


def _branches(branches: Iterable[Branch]) -> Iterable[Branch]:
    for branch in branches:
        yield branch
        yield from _branches(branch.children)


def _under(branch: Branch) -> Iterable[BodyOn]:
    return (found.body for found in _branches([branch]))
