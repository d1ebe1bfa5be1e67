"""What has been done to an object, as rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from styrkedja.steering.selectors import FieldChange, HistoryLine


@dataclass(frozen=True)
class HistoryRow:
    at: datetime
    title: str
    who: str
    changes: tuple[FieldChange, ...]


def history_rows(lines: Iterable[HistoryLine]) -> list[HistoryRow]:
    """The first version is only told of: what it held is what the page shows or what later changes say it was."""
    return [
        HistoryRow(
            line.at,
            _("Lades till") if line.version == 1 else _("Ändrades"),
            line.function or (_("Systemförvaltare") if line.account else _("Styrkedja")),
            () if line.version == 1 else line.changes,
        )
        for line in lines
    ]
