"""From a role in a routine to functions in bodies, for one open step of one case."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from styrkedja.core.process.engine import EngineFault, Token, Value
from styrkedja.core.process.model import Role, Routine
from styrkedja.organisations.models import Body, County
from styrkedja.organisations.selectors import Position, bodies_by_key, seat_titles


@dataclass(frozen=True)
class Performers:
    """Who may do a step: `functions` in any of `bodies`. `label` is what people read; `vacant` says that nobody can hold it there."""

    bodies: tuple[Body, ...]
    functions: tuple[str, ...]
    label: str
    vacant: bool

    @property
    def positions(self) -> list[Position]:
        """The functions, body by body."""
        return [(body.pk, function) for body in self.bodies for function in self.functions]


def body_keys(role: Role, *, item: str, variables: Mapping[str, Value], lists: Mapping[str, list[str]]) -> list[str]:
    """The keys of the bodies whose functions perform the role, for the part `item` of a step, in a case with `variables` and a county with
    `lists`. Raises EngineFault when a variable or list has no value."""
    source, _colon, name = role.body.partition(":")
    if source == "item":
        return [item]
    if source == "key":
        return [name]
    value = lists.get(name) if source == "list" else variables.get(name)
    if not value:
        raise EngineFault(f"Rollen {role.name} hämtar organ från {name}, som saknar värde i ärendet.")
    return list(value) if isinstance(value, list) else [str(value)]


def all_performers(routine: Routine, tokens: Iterable[Token], *, county: County, on: date) -> list[Performers]:
    """Who may do each open step, or end each open wait, of `tokens`, in their order. Raises EngineFault when a body does not exist."""
    asked = [(role, _keys(role, token, county)) for token in tokens for role in [_role(routine, token)]]
    bodies = bodies_by_key({key for _role, keys in asked for key in keys})
    functions = {function for role, _keys in asked for function in role.functions}
    titles = seat_titles((body.pk for body in bodies.values()), functions=functions, on=on)
    return [_performers(role, keys, bodies, titles, county) for role, keys in asked]


def performers_of(routine: Routine, token: Token, *, county: County, on: date) -> Performers:
    """As `all_performers`, for one token."""
    return all_performers(routine, [token], county=county, on=on)[0]


def _role(routine: Routine, token: Token) -> Role:
    node = routine.nodes[token.node_id]
    performed = node.step or node.wait
    assert performed is not None
    return routine.roles[performed.role]


def _keys(role: Role, token: Token, county: County) -> list[str]:
    return body_keys(role, item=token.item, variables=token.variables, lists=county.lists)


def _performers(role: Role, keys: list[str], known: Mapping[str, Body], titles: Mapping[Position, list[str]], county: County) -> Performers:
    missing = [key for key in keys if key not in known]
    if missing:
        raise EngineFault(
            f"Rollen {role.name} i rutinen pekar på organet {missing[0]}, som inte finns. Läs in länet på nytt eller rätta rutinen."
        )
    bodies = tuple(known[key] for key in keys)
    held = {title for body in bodies for function in role.functions for title in titles.get((body.pk, function), ())}
    return Performers(bodies, role.functions, _label(sorted(held), [str(body) for body in bodies], role, county), vacant=not held)


def _label(titles: list[str], bodies: list[str], role: Role, county: County) -> str:
    """For example "Ordförande eller processledare, LPO psykisk hälsa". It is kept with the item, so it is Swedish whoever acts."""
    names = titles or [county.functions.get(function, function) for function in role.functions]
    head = " eller ".join([names[0], *(name[:1].lower() + name[1:] for name in names[1:])])
    return f"{head}, {', '.join(bodies)}"[:350]
