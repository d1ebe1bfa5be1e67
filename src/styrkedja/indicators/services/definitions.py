"""Indicators follow their files: what is new is added, what has changed is changed, what is gone is closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from styrkedja.accounts.models import User
from styrkedja.core.indicators.definition.definition import Definition
from styrkedja.core.indicators.definition.hashing import content_hash
from styrkedja.core.policies.refusal import Refused
from styrkedja.indicators.models import Indicator
from styrkedja.ledger.services import append


@dataclass(frozen=True)
class Synced:
    """The keys of the indicators that were added, changed, closed and opened again."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    reopened: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.closed or self.reopened)


@transaction.atomic
def sync_indicators(
    *, actor: User | None, definitions: Mapping[str, Definition], texts: Mapping[str, str], keep: frozenset[str] = frozenset(), at: datetime
) -> Synced:
    """Make the indicators what the files say. `texts` are the files by id. Those of `keep` have a file in which something is wrong: they stay as
    they are. `actor` is None for the program itself. Raises Refused unless an actor is an administrator.
    """
    if actor and not actor.is_administrator:
        raise Refused(_("Bara en systemförvaltare får läsa in indikatorer."))
    known = {indicator.key: indicator for indicator in Indicator.objects.select_for_update()}
    added = [Indicator(key=key, **_fields(one, texts[key])) for key, one in definitions.items() if key not in known]
    changed, reopened = [], []
    for key, one in definitions.items():
        if key in known:
            different = _apply(known[key], _fields(one, texts[key]))
            (reopened if known[key].closed_at else changed).extend([known[key]] if different or known[key].closed_at else [])
            known[key].closed_at = None
    closed = [one for key, one in known.items() if key not in definitions and key not in keep and one.closed_at is None]
    for one in closed:
        one.closed_at = at
    Indicator.objects.bulk_create(added)
    Indicator.objects.bulk_update([*changed, *reopened, *closed], [*_fields_of(Indicator), "closed_at"])
    synced = Synced(*(tuple(sorted(one.key for one in some)) for some in (added, changed, closed, reopened)))
    if synced:
        payload = {name: list(keys) for name, keys in vars(synced).items() if keys}
        append(actor=actor, act="indicators.synced", object_type="indicators", object_id="", payload=payload, at=at)
    return synced


def _fields(one: Definition, text: str) -> dict[str, Any]:
    return {
        "title": one.title,
        "description": one.description,
        "kind": str(one.kind),
        "perspective": str(one.perspective),
        "direction": str(one.direction),
        "unit": one.value.unit,
        "decimals": one.value.decimals,
        "frequency": str(one.frequency),
        "months": one.months,
        "levels": [str(level) for level in one.levels],
        "dimensions": list(one.dimensions),
        "definition": text,
        "definition_hash": content_hash(one),
        "reviewed_on": one.reviewed_on,
        "next_review": one.next_review,
    }


def _fields_of(model: type[Indicator]) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if field.name not in {"id", "key", "closed_at"}]


def _apply(indicator: Indicator, fields: Mapping[str, Any]) -> bool:
    """Whether anything differed."""
    different = {name: value for name, value in fields.items() if getattr(indicator, name) != value}
    for name, value in different.items():
        setattr(indicator, name, value)
    return bool(different)
