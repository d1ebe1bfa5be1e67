"""Loads facts: every row is checked first, then the load is recorded, and then its months take the place of those that held."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import numpy as np
from django.db import connection

from styrkedja.accounts.models import User
from styrkedja.core.indicators.definition.source import FactSource
from styrkedja.core.indicators.intake.faults import FileRefused, RowFault
from styrkedja.core.indicators.intake.identities import IdentityWatch
from styrkedja.core.indicators.intake.report import NEW, REMOVED, REPLACED, UNCHANGED, Faults, LoadReport, MonthLoaded
from styrkedja.core.indicators.intake.rows import RawRows, ReadRows, month_numbers, read_rows
from styrkedja.core.indicators.intake.units import UnitCheck
from styrkedja.core.indicators.months import Month
from styrkedja.core.indicators.tree import Structure
from styrkedja.core.policies.refusal import Refused
from styrkedja.indicators.facts import FactFiles
from styrkedja.indicators.intake.opening import Given
from styrkedja.indicators.intake.staging import Staging, settle, unsettled
from styrkedja.indicators.selectors.loads import Held, held_loads, is_recorded
from styrkedja.indicators.services.loads import NewLoad, check_may_load, record_loads
from styrkedja.ui.clock import day

Progress = Callable[[int], None]
# With so many rows read and none of them right there is no need to read on.
_ENOUGH = 50_000
_LISTED_GAPS = 6
_OTHER_MONTH = "Raden hör till en annan månad än de som läses in."


@dataclass(frozen=True)
class FactLoading:
    """What a load needs to know besides the data. With `months` rows of others are rejected, and a month without rows is loaded as empty.

    `allow_fewer`: a month may lose more than half of its rows. `is_generated`: the data are made for demonstration.
    """

    source: FactSource
    files: FactFiles
    structure: Structure
    at: datetime
    months: frozenset[Month] = frozenset()
    allow_fewer: bool = False
    is_generated: bool = False

    @property
    def on(self) -> date:
        return day(self.at)


def load_facts(*, actor: User | None, loading: FactLoading, given: Given, progress: Progress = lambda _rows: None) -> LoadReport:
    """Loads what is given. Raises Refused (FileRefused for what is wrong with the file), and then nothing has changed.

    Never call it inside a transaction that may be rolled back: files follow what has been recorded.
    """
    check_may_load(actor)
    source, files = loading.source, loading.files
    with _alone(source), Staging(files, source) as staging:
        settle(files, source.id, is_recorded=is_recorded, but=staging.id)
        held = {Month.of(month): one for month, one in held_loads(source.id).items() if month}
        _refuse_generated_over_real(loading, held)
        read = _read(loading, given, staging, progress)
        loaded = list(_months(loading, staging))
        gone = _generated(loading, held) - {month.month for month in loaded}
        loaded += [MonthLoaded(month, 0, files.rows(source.id, month), REMOVED) for month in sorted(gone)]
        report = _report(loading, given, staging, read, loaded)
        told = [month for month in loaded if _is_news(month, report, held)]
        for month in loaded:
            if month.change == UNCHANGED:
                staging.leave_out(month.month)
        if not told:
            return report
        staging.remove(gone)
        news = [NewLoad(source.id, *_counted(month, report, read)) for month in told]
        as_json = report.as_json() | {"load": staging.id}
        record_loads(actor=actor, loads=news, report=as_json, is_generated=loading.is_generated, at=loading.at)
        staging.place()
        return report


def settle_all(files: FactFiles) -> None:
    """Ends what broken-off loads have left. Sources that somebody else is loading are let be."""
    for source in unsettled(files):
        with _lock(source) as is_ours:
            if is_ours:
                settle(files, source, is_recorded=is_recorded)


@contextmanager
def _alone(source: FactSource) -> Iterator[None]:
    with _lock(source.id) as is_ours:
        if not is_ours:
            raise Refused(f"Källan ”{source.title}” läses redan in av någon annan. Försök igen när det är klart.")
        yield


@contextmanager
def _lock(source: str) -> Iterator[bool]:
    name = f"styrkedja.indicators.load.{source}"
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(hashtextextended(%s, 0))", [name])
        is_ours = bool(cursor.fetchone()[0])
        try:
            yield is_ours
        finally:
            if is_ours:
                cursor.execute("select pg_advisory_unlock(hashtextextended(%s, 0))", [name])


def _refuse_generated_over_real(loading: FactLoading, held: dict[Month, Held]) -> None:
    if loading.is_generated and any(not one.is_generated for one in held.values()):
        raise Refused(f"Källan ”{loading.source.title}” har riktiga data. Genererade data läggs aldrig över dem.")


def _generated(loading: FactLoading, held: dict[Month, Held]) -> set[Month]:
    """Generated months that hold. They go when others come, real or generated anew: two worlds are never mixed."""
    there = loading.files.months(loading.source.id)
    return {month for month, one in held.items() if one.is_generated and month in there}


@dataclass
class _Read:
    rows: int = 0
    rejected: int = 0
    faults: Faults = field(default_factory=Faults)
    rejected_by_month: Counter[int] = field(default_factory=Counter)
    units: UnitCheck | None = None


def _read(loading: FactLoading, given: Given, staging: Staging, progress: Progress) -> _Read:
    source = loading.source
    watch = IdentityWatch({column.name: column.type for column in source.stored})
    units = UnitCheck(source, loading.structure)
    found = _Read(units=units)
    try:
        for raw in given.rows(source):
            _watch(watch, raw)
            _keep(found, _of_months(read_rows(source, raw, units, on=loading.on), loading), staging)
            progress(found.rows)
            _refuse_all_wrong(found, given, _ENOUGH)
        watch.finish()
        _refuse_all_wrong(found, given, 1)
        for month in loading.months:
            staging.add_month(month)
        if not staging.rows:
            raise FileRefused(f"{given.name} har inga rader. En månad då inget hände läses in med --month.")
        staging.close()
    except OSError as error:
        raise Refused(f"Det går inte att skriva i {loading.files.root}: {error.strerror}. Inget har lästs in.") from error
    return found


def _watch(watch: IdentityWatch, raw: RawRows) -> None:
    for name, values in raw.columns.items():
        watch.see(name, values, raw.lines)


def _of_months(read: ReadRows, loading: FactLoading) -> ReadRows:
    """Without the rows of other months than those that are asked for."""
    if not loading.months or not read.table.num_rows:
        return read
    numbers = month_numbers(read.table[loading.source.date])
    other = ~np.isin(numbers, [month.number for month in loading.months])
    faults = [RowFault(int(line), loading.source.date, _OTHER_MONTH) for line in read.lines[other]]
    return ReadRows(
        table=read.table.filter(~other),
        lines=read.lines[~other],
        faults=sorted([*read.faults, *faults], key=lambda fault: fault.line),
        read=read.read,
        rejected_months=read.rejected_months,
    )


def _keep(found: _Read, read: ReadRows, staging: Staging) -> None:
    found.rows += read.read
    found.rejected += read.rejected
    found.faults.add(read.faults)
    found.rejected_by_month.update(read.rejected_months.tolist())
    if read.table.num_rows:
        staging.add(read.table)


def _refuse_all_wrong(found: _Read, given: Given, fewest: int) -> None:
    if found.rows < fewest or found.rejected < found.rows:
        return
    told = [f"{kind.column}: {kind.reason}" if kind.column else kind.reason for kind in found.faults.by_kind[:3]]
    first = found.faults.listed[0].message if found.faults.listed else ""
    raise FileRefused(
        f"Ingen av de {found.rows} första raderna i {given.name} är rätt. Inget har lästs in. {' '.join(told)} Först: {first}"
    )


def _months(loading: FactLoading, staging: Staging) -> Iterator[MonthLoaded]:
    """How each month changes. Raises FileRefused for what would lose data or cannot be one state."""
    source, files = loading.source, loading.files
    there = files.months(source.id)
    alike = staging.duplicates()
    for month, rows in sorted(staging.rows.items()):
        before = files.rows(source.id, month) if month in there else None
        _refuse_two_days(loading, staging, month)
        if before and 2 * rows < before and not loading.allow_fewer:
            raise FileRefused(
                f"Månaden {month} har {before} rader och skulle ersättas av {rows}. Inget har lästs in. "
                "Ange med --month vilka månader filen gäller, eller tillåt det med --allow-fewer."
            )
        change = NEW if before is None else UNCHANGED if staging.is_as_before(month) else REPLACED
        yield MonthLoaded(month, rows, before, change, alike.get(month, 0))


def _refuse_two_days(loading: FactLoading, staging: Staging, month: Month) -> None:
    if loading.source.snapshot is None or month not in staging.days:
        return
    first, last = (date(1970, 1, 1) + timedelta(days=day) for day in staging.days[month])
    if first != last:
        raise FileRefused(
            f"Källan ”{loading.source.title}” är en ögonblicksbild, men raderna i {month} gäller flera dagar, {first} till {last}. "
            "Inget har lästs in. Lämna en dag i varje månad."
        )


def _report(loading: FactLoading, given: Given, staging: Staging, read: _Read, loaded: Sequence[MonthLoaded]) -> LoadReport:
    assert read.units is not None
    return LoadReport(
        source=loading.source.id,
        title=loading.source.title,
        file=given.name,
        sha256=given.sha256 or staging.sha256(),
        rows_read=read.rows,
        rows_rejected=read.rejected,
        months=loaded,
        faults=read.faults,
        unplaced=read.units.unplaced,
        warnings=list(_warnings(loading, loaded)),
    )


def _warnings(loading: FactLoading, loaded: Sequence[MonthLoaded]) -> Iterator[str]:
    months = [month.month for month in loaded if month.change != REMOVED]
    if loading.source.snapshot is None:
        gaps = [Month(number) for number in range(min(months).number, max(months).number) if Month(number) not in months]
        if gaps:
            told = (
                ", ".join(map(str, gaps))
                if len(gaps) <= _LISTED_GAPS
                else f"{len(gaps)} av månaderna från {min(months)} till {max(months)}"
            )
            yield f"Filen har inga rader för {told}. De månaderna är som förut."
    if any(month.change == REMOVED for month in loaded):
        yield "Genererade demonstrationsdata som källan hade har tagits bort."


def _is_news(month: MonthLoaded, report: LoadReport, held: dict[Month, Held]) -> bool:
    """What has changed, and what comes out the same of another file."""
    return month.change != UNCHANGED or month.month not in held or held[month.month].sha256 != report.sha256


def _counted(month: MonthLoaded, report: LoadReport, read: _Read) -> tuple[Month, str, int, int]:
    rejected = read.rejected_by_month[month.month.number]
    return month.month, report.sha256, month.rows + rejected, rejected
