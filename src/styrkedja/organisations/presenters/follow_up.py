"""The follow-up of the programme areas, on the page and as a file."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from io import StringIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from styrkedja.core.organisations.kinds import GroupLevel
from styrkedja.core.organisations.programme_areas import CHAIR, PROCESS_LEADER, Lack
from styrkedja.organisations.models import GROUP_LEVELS
from styrkedja.organisations.presenters.names import body_url, full_name, kind_name, level_heading
from styrkedja.organisations.selectors import Area, FollowUp
from styrkedja.ui.components import Column, Status, Tone
from styrkedja.ui.wording import day_text

# What the regions joined, word for word (source 001).
COMMITMENTS = {
    "a": "Att alla landsting och regioner anpassar sina sjukvårdsregionala och lokala kunskapsorganisationer till den nationella "
    "programområdes- och samverkansstrukturen.",
    "b": "Att alla landsting och regioner långsiktigt säkrar en sjukvårdsregional och lokal kunskapsorganisation i enlighet med den "
    "nationella strukturen",
    "c": "Att alla landsting och regioner avsätter resurser sjukvårdsregionalt i form av att ta på sig värdskap för ett antal "
    "programområden, tillsätter ordförande och processledare för aktuella programområden samt att landstingen och regionerna avsätter "
    "tid för experter att delta i arbetet i programområden och övriga samverkansgrupper.",
    "d": "Att alla landstingen och regioner, med stöd av SKL, etablerar en gemensam organisations- och styrmodell för sammanhållen "
    "struktur för kunskapsstyrning.",
}
LACKS = {
    Lack.NO_HOST: gettext_lazy("Värd saknas"),
    Lack.NO_CHAIR: gettext_lazy("Plats för ordförande saknas"),
    Lack.VACANT_CHAIR: gettext_lazy("Ordförande är inte utsedd"),
    Lack.NO_PROCESS_LEADER: gettext_lazy("Plats för processledare saknas"),
    Lack.VACANT_PROCESS_LEADER: gettext_lazy("Processledare är inte utsedd"),
    Lack.NO_EXPERT_TIME: gettext_lazy("Avsatt experttid saknas"),
    Lack.NO_COUNTERPART: gettext_lazy("Motsvarighet saknas"),
}
_NONE = {
    GroupLevel.NATIONAL: gettext_lazy("Inga nationella programområden är registrerade."),
    GroupLevel.HEALTHCARE_REGION: gettext_lazy("Inga sjukvårdsregionala programområden är registrerade."),
    GroupLevel.LOCAL: gettext_lazy("Inga lokala programområden är registrerade."),
}


@dataclass(frozen=True)
class Cell:
    """A text, or what is missing instead of it."""

    text: str
    status: Status | None = None


@dataclass(frozen=True)
class AreaRow:
    name: str
    url: str
    host: Cell
    chair: Cell
    leader: Cell
    expert_time: Cell
    counterparts: Cell


@dataclass(frozen=True)
class LevelTable:
    """The areas of a level; `none` says that there are none."""

    heading: str
    counterpart: str
    rows: list[AreaRow]
    none: str


@dataclass(frozen=True)
class LevelSum:
    """How many of a level's areas have what they should; `expert_time` is their time together."""

    level: str
    areas: int
    hosted: int
    chaired: int
    led: int
    staffed: int
    expert_time: str
    whole: int


@dataclass(frozen=True)
class Matched:
    """How many areas of a level have a counterpart, in words, and those that have none, as (name, address)."""

    text: str
    without: list[tuple[str, str]]


@dataclass(frozen=True)
class GroupRow:
    name: str
    url: str
    kind: str
    chair: Cell


SUM_COLUMNS = [
    Column(gettext_lazy("Nivå")),
    Column(gettext_lazy("Områden"), numeric=True),
    Column(gettext_lazy("Med värd"), numeric=True),
    Column(gettext_lazy("Med ordförande"), numeric=True),
    Column(gettext_lazy("Med processledare"), numeric=True),
    Column(gettext_lazy("Med experttid"), numeric=True),
    Column(gettext_lazy("Experttid, procent av heltid"), numeric=True),
    Column(gettext_lazy("Utan brister"), numeric=True),
]


def level_sums(found: FollowUp) -> list[LevelSum]:
    return [_sum(str(GROUP_LEVELS[level]), found.at(level)) for level in GroupLevel]


def _sum(level: str, areas: Sequence[Area]) -> LevelSum:
    def with_all(*lacks: Lack) -> int:
        return sum(not set(lacks) & set(area.lacks) for area in areas)

    return LevelSum(
        level,
        len(areas),
        with_all(Lack.NO_HOST),
        with_all(Lack.NO_CHAIR, Lack.VACANT_CHAIR),
        with_all(Lack.NO_PROCESS_LEADER, Lack.VACANT_PROCESS_LEADER),
        with_all(Lack.NO_EXPERT_TIME),
        f"{sum(area.expert_percent for area in areas)} %",
        with_all(*Lack),
    )


def level_tables(found: FollowUp, *, on: date | None) -> list[LevelTable]:
    """A table for each level. `on` is the day of the links, None for today's."""
    return [_table(level, found.at(level), on) for level in GroupLevel]


def _table(level: GroupLevel, areas: Sequence[Area], on: date | None) -> LevelTable:
    counterpart = _("Lokal mottagare") if level is GroupLevel.NATIONAL else _("Nationell motsvarighet")
    return LevelTable(level_heading(level), counterpart, [_row(area, on) for area in areas], "" if areas else str(_NONE[level]))


def _row(area: Area, on: date | None) -> AreaRow:
    lacks = area.lacks
    time = f"{area.expert_percent} %"
    others = ", ".join(other.name for other in area.counterparts)
    return AreaRow(
        area.body.name,
        body_url(area.body.key, on=on),
        _cell(area.host.name if area.host else "", lacks, missing=Lack.NO_HOST),
        _cell(", ".join(area.holders(CHAIR)), lacks, missing=Lack.NO_CHAIR, vacant=Lack.VACANT_CHAIR),
        _cell(", ".join(area.holders(PROCESS_LEADER)), lacks, missing=Lack.NO_PROCESS_LEADER, vacant=Lack.VACANT_PROCESS_LEADER),
        _cell(time, lacks, missing=Lack.NO_EXPERT_TIME),
        _cell(others, lacks, missing=Lack.NO_COUNTERPART),
    )


def _cell(text: str, lacks: Sequence[Lack], *, missing: Lack, vacant: Lack | None = None) -> Cell:
    if missing in lacks:
        return Cell("", Status(_("Saknas"), Tone.WARN))
    if vacant in lacks:
        return Cell("", Status(_("Ej utsedd"), Tone.WARN))
    return Cell(text)


def received(found: FollowUp, *, on: date | None) -> Matched:
    """Which national areas somebody in the county receives from."""
    areas = found.at(GroupLevel.NATIONAL)
    text = ngettext(
        "%(matched)s av %(count)s nationellt programområde har en lokal mottagare.",
        "%(matched)s av %(count)s nationella programområden har en lokal mottagare.",
        len(areas),
    )
    return _matched(areas, text, on)


def answering(found: FollowUp, *, on: date | None) -> Matched:
    """Which local areas answer to a national one."""
    areas = found.at(GroupLevel.LOCAL)
    text = ngettext(
        "%(matched)s av %(count)s lokalt programområde har en nationell motsvarighet.",
        "%(matched)s av %(count)s lokala programområden har en nationell motsvarighet.",
        len(areas),
    )
    return _matched(areas, text, on)


def _matched(areas: Sequence[Area], text: str, on: date | None) -> Matched:
    without = [area for area in areas if Lack.NO_COUNTERPART in area.lacks]
    numbers = {"matched": len(areas) - len(without), "count": len(areas)}
    return Matched(text % numbers, [(area.body.name, body_url(area.body.key, on=on)) for area in without])


def ending(found: FollowUp, *, on: date | None) -> list[tuple[str, str, str]]:
    """The areas that have a set end, as (name, address, last day): nothing secures them beyond it."""
    dated = [area.body for area in found.areas if area.body.valid_until]
    return [(body.name, body_url(body.key, on=on), day_text(body.valid_until - timedelta(days=1))) for body in dated if body.valid_until]


def group_rows(areas: Iterable[Area], *, on: date | None) -> list[GroupRow]:
    """The groups in which collaboration and decisions take place, and who chairs them."""
    return [
        GroupRow(
            full_name(area.body),
            body_url(area.body.key, on=on),
            kind_name(area.body),
            _cell(", ".join(area.holders(CHAIR)), area.lacks, missing=Lack.NO_CHAIR, vacant=Lack.VACANT_CHAIR),
        )
        for area in areas
    ]


def as_csv(found: FollowUp) -> str:
    """The programme areas as a file that a Swedish spreadsheet opens: semicolons, and a byte order mark for å, ä and ö."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for row in _lines(found):
        writer.writerow([_harmless(cell) for cell in row])
    return "\ufeff" + text.getvalue()


def _lines(found: FollowUp) -> Iterator[list[str]]:
    head = ["Nivå", "Programområde", "Värd", "Ordförande", "Processledare", "Experttid (procent av heltid)", "Motsvarighet", "Brister"]
    yield [_(label) for label in head]
    for area in found.areas:
        yield [
            str(GROUP_LEVELS[GroupLevel(area.body.level)]),
            area.body.name,
            area.host.name if area.host else "",
            ", ".join(area.holders(CHAIR)),
            ", ".join(area.holders(PROCESS_LEADER)),
            str(area.expert_percent or ""),
            ", ".join(other.name for other in area.counterparts),
            ", ".join(str(LACKS[lack]) for lack in area.lacks),
        ]


def _harmless(cell: str) -> str:
    """A spreadsheet would run a cell that begins like a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
