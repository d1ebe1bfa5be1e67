"""What running Swedish text says of when and who: dates, stretches of time, bodies and functions, each with its place."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from styrkedja.core.prose import Span, flow

MONTHS = ("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december")
_MONTH = "|".join([*MONTHS, *(rf"{month[:3]}\.?(?=\s)" for month in MONTHS), r"sept\.?(?=\s)"])
_UNTIL = r"\s*(?:-{1,3}|[–—/]|till\s+och\s+med|till|t\.?\s?o\.?\s?m\.?)\s*"
_DASH = rf"(?:{_UNTIL}|\s+och\s+)"
_YEAR = r"(?:19|20|21)\d\d"
_ISO = re.compile(
    rf"(?<![\d/-])(?P<year>{_YEAR})-(?P<month>\d\d)-(?P<day>\d\d)"
    rf"(?:{_UNTIL}(?:(?:(?P<year2>{_YEAR})-)?(?P<month2>\d\d)-)?(?P<day2>\d\d)(?![\d-]))?(?!\d)"
)
_WRITTEN = re.compile(
    rf"(?<![\d/-])(?P<day>\d{{1,2}})(?:{_DASH}(?:den\s+)?(?P<day2>\d{{1,2}}))?\s+(?P<month2>{_MONTH})\s+(?P<year2>{_YEAR})(?!\d)",
    re.IGNORECASE,
)
_WRITTEN_RANGE = re.compile(
    rf"(?<![\d/-])(?P<day>\d{{1,2}})\s+(?P<month>{_MONTH})(?:\s+(?P<year>{_YEAR}))?{_UNTIL}(?:den\s+)?(?P<day2>\d{{1,2}})"
    rf"\s+(?P<month2>{_MONTH})\s+(?P<year2>{_YEAR})(?!\d)",
    re.IGNORECASE,
)
_MONTHLY = re.compile(rf"(?<!\w)(?<!\d\s)(?P<month>{_MONTH})\s+(?P<year>{_YEAR})(?!\d)", re.IGNORECASE)

_SEASON = r"(?:våren|sommaren|hösten|vintern|vårterminen|höstterminen)"
_TIME = re.compile(
    rf"(?<!\w)(?:(?:senast|före|efter|under|till|från|inför|vid|i)\s+)*(?:"
    rf"(?:inledningen|början|slutet|mitten|utgången)\s+av\s+(?:{_SEASON}|år(?:et)?)?\s*(?:{_YEAR})?|"
    rf"{_SEASON}(?:\s+{_YEAR})?|(?:(?:första|andra|tredje|fjärde)\s+)?(?:kvartal(?:et)?|tertial(?:et)?|halvår(?:et)?)(?:\s+\d)?(?:\s+{_YEAR})?|"
    rf"[QT][1-4](?:\s+{_YEAR})?|vecka\s+\d{{1,2}}|(?:årsskiftet|halvårsskiftet|månadsskiftet|årets\s+slut)(?:\s+{_YEAR}(?:[/-]\d{{2,4}})?)?|"
    rf"nästa\s+år|kommande\s+år|innevarande\s+år|året)(?!\w)",
    re.IGNORECASE,
)
_IN_YEAR = re.compile(
    rf"(?<!\w)(?:under|senast|före|efter|inför|från(?:\s+och\s+med)?|fr\.?o\.?m\.?|till|i|år)\s+{_YEAR}(?!\d|-\d)", re.IGNORECASE
)

_ADJECTIVE = r"(?:(?:regionala|gemensamma|tekniska|sociala|norra|södra|västra|östra|nya)\s+)?"
_HEADS = r"(?:[^\W\d_]{1,40}-(?:,\s{0,5}|\s{0,5}(?:och|samt)\s{1,5})){0,4}"
_BODY = re.compile(
    rf"(?<![\w-]){_ADJECTIVE}{_HEADS}(?:[^\W\d_]{{2,60}}(?:nämnden|styrelsen)|[^\W\d_]{{0,40}}fullmäktige)(?P<genitive>s)?(?!\w)"
    r"|(?<!\w)(?-i:[A-ZÅÄÖ]{2,}:s)\s+[^\W\d_]+styrelsen?(?P<of>s)?(?!\w)"
    r"|(?<!\w)nämnden\s+för\s+[^\W\d_]+(?:-?\s*och\s+[^\W\d_]+)?(?!\w)",
    re.IGNORECASE,
)
_AUDITORS = re.compile(
    r"(?<!\w)(?:(?:regionens|landstingets|kommunens)\s{1,5})?(?:förtroendevalda\s{1,5})?(?:revisorer(?:na|nas|s)?|revisionens?)(?!\w)",
    re.IGNORECASE,
)
AUDITORS = "Revisorerna"
_NO_BODY = {"ovannämnden", "förutnämnden"}

_ROLE = (
    r"(?:(?:vice|tf\.?|t\.?f\.?|biträdande|ställföreträdande|förste|andre|1:e|2:e)\s{1,5}){0,4}"
    rf"{_HEADS}[^\W\d_]{{0,60}}(?:direktör|chef|ordförande|sekreterare|strateg|controller|handläggare|utredare|samordnare|koordinator|processledare|"
    r"projektledare|ekonom|jurist|registrator|regionråd|kommunalråd|landstingsråd|oppositionsråd)"
)
_FUNCTION = re.compile(rf"(?<![\w-]){_ROLE}(?:en|n|erna|na|er)?(?P<genitive>s)?(?!\w)", re.IGNORECASE)
_UNIT = re.compile(
    rf"(?<![\w-]){_HEADS}[^\W\d_]{{1,60}}(?:förvaltningen|ledningen|staben|avdelningen|enheten|kansliet|kontoret|sekretariatet)(?P<genitive>s)?(?!\w)"
    r"|(?<!\w)(?:nämnden|styrelsen)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class DateMention:
    """A day, or the days from `first` to `last` (both included), as a text writes them. `exact` is False where only the month is said."""

    span: Span
    first: date
    last: date
    exact: bool = True

    @property
    def shown(self) -> str:
        """The form of ISO 8601: 2025-03-25, 2025-03-25--26, 2025-03-31--04-01; a month as 2017-05."""
        if not self.exact:
            return f"{self.first:%Y-%m}"
        if self.first == self.last:
            return self.first.isoformat()
        last = self.last.isoformat()
        kept = (
            8 if (self.first.year, self.first.month) == (self.last.year, self.last.month) else 5 if self.first.year == self.last.year else 0
        )
        return f"{self.first.isoformat()}--{last[kept:]}"


@dataclass(frozen=True)
class BodyMention:
    """A body named in a text. `name` is its basic form, "Hälso- och sjukvårdsnämnden", however it was written."""

    span: Span
    name: str
    genitive: bool = False


def dates(text: str) -> list[DateMention]:
    """Every date in order. What looks like one but is no day of the calendar is left out."""
    found: list[DateMention] = []
    for pattern, reader in ((_ISO, _iso), (_WRITTEN_RANGE, _written), (_WRITTEN, _written), (_MONTHLY, _monthly)):
        for match in pattern.finditer(text):
            mention = reader(match)
            if mention and not any(mention.span.start < one.span.end and one.span.start < mention.span.end for one in found):
                found.append(mention)
    return sorted(found, key=lambda one: one.span)


def time_words(text: str) -> list[Span]:
    """Every stretch that says when: dates, "hösten 2025", "under 2026", "kvartal 2", "årsskiftet". Not how often, and no year in a name."""
    spans = [one.span for one in dates(text)]
    for pattern in (_TIME, _IN_YEAR):
        spans += [Span(*match.span()) for match in pattern.finditer(text)]
    return _outermost(spans)


def bodies(text: str) -> list[BodyMention]:
    """Every committee, board and council in order, and the auditors under the name AUDITORS. Only what is called …nämnden, …styrelsen,
    fullmäktige or revisorerna: "nämnden" alone names nobody."""
    found = [
        BodyMention(Span(*match.span()), body_name(match[0]), bool(match["genitive"] or match["of"])) for match in _BODY.finditer(text)
    ]
    auditors = [BodyMention(Span(*match.span()), AUDITORS, match[0].endswith("s")) for match in _AUDITORS.finditer(text)]
    return sorted((one for one in [*found, *auditors] if one.name.lower() not in _NO_BODY), key=lambda one: one.span)


def body_name(written: str) -> str:
    """The basic form of a body's name: one line, "Hälso- och", no genitive, small letters but for the first and for abbreviations."""
    name = re.sub(r"-(och|samt)\b", r"- \1", flow(written), flags=re.IGNORECASE)
    name = re.sub(r"(?<=(?:nämnden|yrelsen|mäktige))s$", "", name, flags=re.IGNORECASE)
    words = [word if re.match(r"[A-ZÅÄÖ]{2,}:s$", word) else word.lower() for word in name.split()]
    joined = " ".join(words)
    return joined[:1].upper() + joined[1:]


def functions(text: str) -> list[Span]:
    """Every function: "hälso- och sjukvårdsdirektören", "vice ordförande". A genitive is no owner of what follows: "regiondirektörens förslag"."""
    return [Span(*match.span()) for match in _FUNCTION.finditer(text) if not match["genitive"]]


def owners(text: str) -> list[Span]:
    """Whoever could answer for something, in order: functions, bodies and parts of the administration; the auditors never."""
    named = [one.span for one in bodies(text) if not one.genitive and one.name != AUDITORS]
    units = [Span(*match.span()) for match in _UNIT.finditer(text) if not match["genitive"]]
    return _outermost([*functions(text), *named, *units])


def _iso(match: re.Match[str]) -> DateMention | None:
    first = _day(match["year"], match["month"], match["day"])
    last = _day(match["year2"] or match["year"], match["month2"] or match["month"], match["day2"] or match["day"])
    return _mention(match, first, last)


def _written(match: re.Match[str]) -> DateMention | None:
    given = match.groupdict()
    year, month = given.get("year") or match["year2"], given.get("month") or match["month2"]
    first = _day(year, str(_month(month)), match["day"])
    last = _day(match["year2"], str(_month(match["month2"])), match["day2"] or match["day"])
    return _mention(match, first, last)


def _monthly(match: re.Match[str]) -> DateMention | None:
    year, month = int(match["year"]), _month(match["month"])
    return DateMention(Span(*match.span()), date(year, month, 1), date(year, month, monthrange(year, month)[1]), exact=False)


def _mention(match: re.Match[str], first: date | None, last: date | None) -> DateMention | None:
    return DateMention(Span(*match.span()), first, last) if first and last and first <= last else None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _month(word: str) -> int:
    return next(number for number, month in enumerate(MONTHS, 1) if month.startswith(word.lower().rstrip(".")[:3]))


def _outermost(spans: list[Span]) -> list[Span]:
    """The spans in order, without those that lie inside another or overlap an earlier one."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept
