"""Loads of facts and ready values: which holds, and what is generated for demonstration."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from styrkedja.indicators.models import DataLoad


@dataclass(frozen=True)
class Held:
    """The load that holds for a source and month."""

    sha256: str
    is_generated: bool


def newest_loads(source: str) -> dict[date | None, DataLoad]:
    """By month: the load of the source that holds. Ready values that cover no month of their own stand under None."""
    loads = DataLoad.objects.filter(source=source).order_by("month", "loaded_at", "id")
    return {load.month: load for load in loads}


def held_loads(source: str) -> dict[date | None, Held]:
    """The same without reports, for whoever only compares."""
    rows = DataLoad.objects.filter(source=source).order_by("loaded_at", "id").values_list("month", "sha256", "is_generated")
    return {month: Held(sha256, is_generated) for month, sha256, is_generated in rows}


def generated_sources(sources: Iterable[str]) -> frozenset[str]:
    """Those of `sources` of which something that holds is generated for demonstration, and no real data."""
    rows = DataLoad.objects.filter(source__in=list(sources)).order_by("loaded_at", "id").values_list("source", "month", "is_generated")
    newest = {(source, month): is_generated for source, month, is_generated in rows}
    return frozenset(source for (source, _month), is_generated in newest.items() if is_generated)


def is_recorded(load: str) -> bool:
    """Whether a load of facts, by its id, was recorded."""
    return DataLoad.objects.filter(report__load=load).exists()


def has_loads(sources: Iterable[str]) -> bool:
    """Whether every one of the sources has been loaded, with real or generated data."""
    wanted = set(sources)
    return set(DataLoad.objects.filter(source__in=wanted).values_list("source", flat=True)) == wanted


def has_real_loads() -> bool:
    return DataLoad.objects.filter(is_generated=False).exists()
