"""What one would write by hand, without an engine: the references that ratios are against. All of DuckDB 's texts read the same files."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import duckdb
import numpy as np

from bench.indicators.data import CONTACTS, MONTHS, PROFESSIONS
from styrkedja.core.indicators.months import Month
from styrkedja.core.indicators.tree import Structure
from styrkedja.indicators.facts import FactFiles

MEASURES = (
    ["count(*)"]
    + [f"count(*) filter (where contact = '{code}')" for code in CONTACTS[:5]]
    + [f"count(*) filter (where profession = '{code}')" for code in PROFESSIONS[:3]]
    + [f"count(*) filter (where age >= {age} and age < {age + 20})" for age in (0, 20, 40, 60, 80)]
    + ["sum(cost)", "sum(cost) filter (where contact = 'home_visit')", "sum(days)", "sum(cost) filter (where planned)"]
    + ["sum(cost) filter (where age >= 65)", "count(*) filter (where planned and profession = 'doctor')"]
)


class ByHand:
    """A DuckDB with the versions of the organisation as a table: version, unit, validity and the body of each level."""

    def __init__(self, files: FactFiles, structure: Structure, *, threads: int) -> None:
        self._files = files
        self._connection = duckdb.connect()
        self._connection.execute(f"set threads = {threads}")
        self._threads = threads
        rows = _versions(structure)
        self._depth = len(rows[0]) - 4
        levels = ", ".join(f"l{depth} integer" for depth in range(self._depth))
        self._connection.execute(f"create table version (id integer, unit varchar, since date, until date, {levels})")
        self._connection.execute("create table unit (name varchar, number integer)")
        self._insert("version", rows)
        self._insert("unit", [(name, number) for name, number in structure.index.items()])

    def _insert(self, table: str, rows: Sequence[tuple[object, ...]]) -> None:
        for start in range(0, len(rows), 500):
            given = rows[start : start + 500]
            marks = ", ".join([f"({', '.join('?' * len(rows[0]))})"] * len(given))
            self._connection.execute(f"insert into {table} values {marks}", [value for row in given for value in row])

    def _facts(self) -> str:
        return f"read_parquet('{self._files.path('visits', MONTHS.first).parent}/*.parquet')"

    def fused(self) -> int:
        """Base cells of twenty measures in one pass, then every level from the cells. Answers the rows told."""
        measures = ", ".join(f"{measure} as m{number}" for number, measure in enumerate(MEASURES))
        self._connection.execute(
            f"create or replace temp table cell as select version.id, date_trunc('month', visited_on) as month, sex, {measures} "
            f"from {self._facts()} visit join version on visit.unit = version.unit and visited_on >= since and visited_on < until group by all"
        )
        sums = ", ".join(f"sum(m{number}) as m{number}" for number in range(len(MEASURES)))
        levels = " union all ".join(
            f"select {depth} as depth, l{depth} as body, month, sex, {sums} from cell join version using (id) group by all"
            for depth in range(self._depth)
        )
        self._connection.execute(f"create or replace temp table told as {levels}")
        return self._count("told")

    def told(self) -> dict[str, np.ndarray]:
        """What `fused` told: `body`, whether the `sex` is K, the number of the `month`, and the measures."""
        measures = ", ".join(f"m{number}" for number in range(len(MEASURES)))
        when = "year(month) * 12 + month(month) - 1"
        return self._connection.execute(f"select body, sex = 'K' as sex, {when} as month, {measures} from told").fetchnumpy()

    def one_level_and_indicator(self, measure: str, depth: int) -> None:
        """The naive way: everything again for each indicator at each level."""
        self._connection.execute(
            f"create or replace temp table one as select l{depth}, date_trunc('month', visited_on) as month, sex, {measure} as m "
            f"from {self._facts()} visit join version on visit.unit = version.unit and visited_on >= since and visited_on < until group by all"
        )

    def distinct_by_level(self) -> list[int]:
        """count(distinct patient) for each level by the tree at the end of each month; answers the sum of each level."""
        return [self._distinct(depth) for depth in range(self._depth)]

    def _distinct(self, depth: int) -> int:
        self._connection.execute(
            f"create or replace temp table one as select l{depth} as body, date_trunc('month', visited_on) as month, sex, "
            f"count(distinct patient) as m from {self._facts()} visit join version on visit.unit = version.unit "
            "and last_day(visited_on) >= since and last_day(visited_on) < until group by all"
        )
        return int(self._connection.execute("select sum(m) from one").fetchall()[0][0])

    def neighbours(self, structure: Structure) -> np.ndarray:
        """Distinct patients as in the trial: DuckDB scans, NumPy sorts, a path table tells where neighbours part. By body, sex (M, K) and month."""
        with ThreadPoolExecutor(self._threads) as pool:
            return np.stack(list(pool.map(lambda month: self._month(structure, month), MONTHS)), axis=-1)

    def _month(self, structure: Structure, month: Month) -> np.ndarray:
        forest = structure.versions.forest(month.last_day)
        version = structure.versions.of(np.arange(len(structure.bodies)), np.full(len(structure.bodies), month.last_day.toordinal()))
        paths = structure.versions.paths[version][forest.order]
        path = self._files.path("visits", month)
        text = f"select patient, number, sex = 'K' as sex from read_parquet('{path}') visit join unit on visit.unit = unit.name"
        got = self._connection.cursor().execute(text).fetchnumpy()
        keys = ((got["sex"].astype(np.int64) << 40 | got["patient"]) << 14) | forest.rank[got["number"]]
        keys.sort()  # np.unique takes thirteen times as long
        keys = keys[np.concatenate(([True], keys[1:] != keys[:-1]))]
        person, rank = keys >> 14, keys & 0x3FFF
        parted = np.zeros(len(keys), dtype=np.int64)
        same = person[1:] == person[:-1]
        parted[1:][same] = (paths[rank[1:]] != paths[rank[:-1]])[same].argmax(axis=1)
        return self._rolled(paths, rank, keys >> 54, parted)

    def _rolled(self, paths: np.ndarray, rank: np.ndarray, sex: np.ndarray, parted: np.ndarray) -> np.ndarray:
        """By body and sex: at each level those who parted from their neighbour there or above."""
        shape = (len(paths), 2, self._depth)
        cells = np.bincount((rank * 2 + sex) * self._depth + parted, minlength=int(np.prod(shape))).reshape(shape).cumsum(axis=2)
        told = np.zeros(shape[:2], dtype=np.int64)
        for depth in range(self._depth):
            under = paths[:, depth] >= 0
            for one in (0, 1):
                told[:, one] += np.bincount(paths[under, depth], cells[under, one, depth], len(paths)).astype(np.int64)
        return told

    def windows(self, months: int, minimum: int, ends: Sequence[Month]) -> dict[Month, tuple[int, float, float]]:
        """Continuity with a text for each window: persons with an index, and the sums of COC and UPC."""
        return {end: self._window(months, minimum, end) for end in ends}

    def _window(self, months: int, minimum: int, end: Month) -> tuple[int, float, float]:
        first = (end - (months - 1)).first_day
        self._connection.execute(
            "create or replace temp table one as with inside as (select patient, caregiver, listed_unit, sex, visited_on "
            f"from {self._facts()} where visited_on between date '{first}' and date '{end.last_day}'), "
            "met as (select patient, caregiver, count(*) as n from inside group by all), "
            "person as (select patient, sum(n) as total, sum(n * n) as squares, max(n) as most from met group by all), "
            "home as (select patient, arg_max(listed_unit, visited_on) as unit, arg_max(sex, visited_on) as sex from inside group by all) "
            "select unit, sex, count(*) as n, sum((squares - total) / (total * (total - 1.0))) as coc, sum(most / total) as upc "
            f"from person join home using (patient) where total >= {minimum} group by all"
        )
        return tuple(self._connection.execute("select sum(n), sum(coc), sum(upc) from one").fetchall()[0])

    def _count(self, table: str) -> int:
        return int(self._connection.execute(f"select count(*) from {table}").fetchall()[0][0])

    def close(self) -> None:
        self._connection.close()


def _versions(structure: Structure) -> list[tuple[object, ...]]:
    versions, rows = structure.versions, []
    following = np.append(versions.since[1:], 0)
    same = np.append(versions.body[1:] == versions.body[:-1], False)
    for number in range(len(versions.body)):
        path = [int(body) for body in versions.paths[number]]
        if path[-1] < 0:
            continue
        since = np.datetime64("1900-01-01") if not versions.since[number] else _day(versions.since[number])
        until = _day(following[number]) if same[number] else np.datetime64("2100-01-01")
        rows.append((number, structure.bodies[versions.body[number]].key, since.item(), until.item(), *path))
    return rows


def _day(ordinal: int) -> np.datetime64:
    return np.datetime64("0001-01-01") + np.timedelta64(int(ordinal) - 1, "D")
