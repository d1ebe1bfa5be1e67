"""The documents that the sentences behind the rules stand in, as an official would call them.

docs/controls.md keeps the short numbers, which are also those of `Rule.source`.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SOURCES: Mapping[str, Promise] = {
    "001": _("Regionstyrelsens uppföljning av kunskapsbaserad styrning och ledning, efter SKL:s rekommendation från maj 2017"),
    "002": _("Revisorernas granskning av omställningsarbetet mot en god och nära vård, och svaret på den 2025"),
    "003": _("Revisorernas granskning av ekonomisk strategi och planering, och hälso- och sjukvårdsnämndens svar på den 2025"),
    "004": _("Samverkansrutin för kunskapsstöd mellan Region Västernorrland och länets kommuner, beslutad 2024 och reviderad 2026"),
}


def source_name(source: str) -> str:
    """A document that the project calls by a number has its name here; any other is called by its own already."""
    return str(SOURCES.get(source, source))
