"""The project's own definitions, and indicators made of some of them."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache

from styrkedja.core.indicators.definition.definition import Definition
from styrkedja.core.indicators.definition.library import Library, read_library
from styrkedja.indicators.services.definitions import sync_indicators
from tests.architecture.sources import ROOT


@cache
def library() -> Library:
    folders = (
        {path.name: path.read_bytes() for path in (ROOT / "definitions" / part).glob("*.toml")} for part in ("sources", "indicators")
    )
    return read_library(*folders, on=date(2026, 9, 16))


def definitions() -> Mapping[str, Definition]:
    return library().definitions


def sync(*keys: str) -> None:
    chosen = {key: definitions()[key] for key in keys}
    texts = {key: (ROOT / "definitions" / "indicators" / f"{key}.toml").read_text(encoding="utf-8") for key in keys}
    sync_indicators(actor=None, definitions=chosen, texts=texts, at=datetime(2026, 9, 1, tzinfo=UTC))
