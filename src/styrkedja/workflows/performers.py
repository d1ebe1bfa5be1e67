"""From a role in a routine to functions in bodies, for one open step of one case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from styrkedja.core.process.engine import EngineFault, Token
from styrkedja.core.process.model import Role, Routine
from styrkedja.organisations.models import Body, County
from styrkedja.organisations.selectors import bodies_by_key, seat_titles


@dataclass(frozen=True)
class Performers:
    """Who may do a step: `functions` in any of `bodies`. `label` is what people read; `vacant` says that nobody can hold it there."""

    bodies: tuple[Body, ...]
    functions: tuple[str, ...]
    label: str
    vacant: bool


def _keys(role: Role, token: Token, county: County) -> list[str]:
    source, _colon, name = role.body.partition(":")
    if source == "item":
        return [token.item]
    if source == "key":
        return [name]
    value = county.lists.get(name) if source == "list" else token.variables.get(name)
    if not value:
        raise EngineFault(f"Rollen {role.name} hämtar organ från {name}, som saknar värde i ärendet.")
    return list(value) if isinstance(value, list) else [str(value)]


def resolve(routine: Routine, token: Token, *, role: Role, county: County, on: date) -> Performers:
    """The performers of `role` for the open step `token`. Raises EngineFault when a body does not exist."""
    keys = _keys(role, token, county)
    bodies: Mapping[str, Body] = bodies_by_key(keys)
    missing = [key for key in keys if key not in bodies]
    if missing:
        raise EngineFault(
            f"Rollen {role.name} i rutinen pekar på organet {missing[0]}, som inte finns. Läs in länet på nytt eller rätta rutinen."
        )
    titles = sorted({title for body in bodies.values() for title in seat_titles(body=body, functions=role.functions, on=on)})
    return Performers(
        bodies=tuple(bodies[key] for key in keys),
        functions=role.functions,
        label=_label(titles, [str(bodies[key]) for key in keys], role, county),
        vacant=not titles,
    )


def performers_of(routine: Routine, token: Token, *, county: County, on: date) -> Performers:
    """Who may do the open step, or end the open wait, `token`. Raises EngineFault when a body does not exist."""
    node = routine.nodes[token.node_id]
    performed = node.step or node.wait
    assert performed is not None
    return resolve(routine, token, role=routine.roles[performed.role], county=county, on=on)


def _label(titles: list[str], bodies: list[str], role: Role, county: County) -> str:
    """For example "Ordförande eller processledare, LPO psykisk hälsa"."""
    names = titles or [county.functions.get(function, function) for function in role.functions]
    head = _(" eller ").join([names[0], *(name[:1].lower() + name[1:] for name in names[1:])])
    return f"{head}, {', '.join(bodies)}"[:350]
