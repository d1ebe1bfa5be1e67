"""What became of goals and actions when the next plan was made, as rows."""

from collections.abc import Iterable
from dataclasses import dataclass

from styrkedja.chain.presenters.links import object_url
from styrkedja.steering.models import ChainObject, Transfer, TransferKind
from styrkedja.ui.components import Status

_TONES = {TransferKind.KEPT: "ok", TransferKind.CHANGED: "info", TransferKind.MERGED: "info", TransferKind.DROPPED: "neutral"}


@dataclass(frozen=True)
class TransferRow:
    """`new` and `new_url` are empty for what was dropped."""

    old: str
    old_url: str
    new: str
    new_url: str
    how: Status
    reason: str


def transfer_rows(transfers: Iterable[Transfer]) -> list[TransferRow]:
    return [_row(one, one.goal or one.action, one.new_goal or one.new_action) for one in transfers]


def _row(one: Transfer, old: ChainObject, new: ChainObject | None) -> TransferRow:
    how = Status(one.get_kind_display(), _TONES[TransferKind(one.kind)])
    return TransferRow(str(old), object_url(old), str(new or ""), object_url(new) if new else "", how, one.reason)
