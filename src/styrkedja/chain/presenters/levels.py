"""A goal or an action down the organisation and side by side."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from styrkedja.chain.presenters.rows import ObjectRow, object_row
from styrkedja.core.organisations.kinds import OrganisationKind
from styrkedja.organisations.models import ORGANISATION_KINDS
from styrkedja.steering.selectors import Level, Share


@dataclass(frozen=True)
class ShareRow:
    """What a body has; nothing is a gap."""

    body: str
    rows: tuple[ObjectRow, ...]

    @property
    def is_gap(self) -> bool:
        return not self.rows


@dataclass(frozen=True)
class LevelRow:
    title: str
    shares: tuple[ShareRow, ...]
    without: tuple[str, ...]


def level_rows(levels: Iterable[Level]) -> list[LevelRow]:
    return [
        LevelRow(
            str(ORGANISATION_KINDS[OrganisationKind(level.kind)]) if level.kind else _("Utanför linjen"),
            share_rows(level.shares),
            tuple(body.name for body in level.without),
        )
        for level in levels
    ]


def share_rows(shares: Iterable[Share]) -> tuple[ShareRow, ...]:
    return tuple(
        ShareRow(
            share.body.name if share.body else _("Utan ansvarigt organ"), tuple(object_row(row) for row in (*share.goals, *share.actions))
        )
        for share in shares
    )
