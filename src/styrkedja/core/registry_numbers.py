"""Registry numbers (diarienummer): written as an authority has decided, read in every form that Swedish authorities use.

A format is a text with placeholders: `{series}`, `{number}` (or `{number:05}`, padded with zeros to five digits), `{year}` (2025) or `{year2}`
(25), and between them spaces and the marks / - : . _ alone. The same format both writes and reads a number.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from styrkedja.core.sentences import Sentence

# Ordered: a text that suits several is read by the first, so that "KS 2014/18" and "CK 2015-2016" are year and number.
KNOWN_FORMATS = (
    "{series}/{number}/{year}",  # RS/342/2022
    "{series} {year}-{number:04}",  # CK 2015-0430
    "{series} {number}-{year}",  # REV 36-2022
    "{series} {year}/{number}",  # KS 2014/335
    "{series} {number}/{year2}",  # LS 120/18
    "{series}/{year}:{number}",  # KS/2018:12
    "{series}{year}/{number:05}",  # S2022/00610
    "{series}{year2}{number:04}",  # RS160669
    "{year2}{series}{number}",  # 18RS2137
)
_PLACEHOLDER = re.compile(r"\{(?P<name>[^{}:]*)(?::(?P<width>[^{}]*))?\}")
_MARKS = re.compile(r"[ /\-:._]*")
_SERIES = re.compile(r"[A-ZÅÄÖ]{1,8}")
_YEARS = range(1900, 2200)
_SHORT_YEARS = range(1970, 2070)  # what two digits can say: no registry kept in computers is older


class RegistryNumberError(ValueError):
    """A number or a format that cannot be used. `reason` is Swedish and says what to do."""

    def __init__(self, reason: Sentence) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class RegistryNumber:
    """`number` runs within `series` and `year`. `document` is the document's number in the case, after a colon: "P 2019-0254:1"."""

    series: str
    number: int
    year: int
    document: int | None = None


def parse_registry_number(text: str, *, formats: Iterable[str] = ()) -> RegistryNumber:
    """Read `text` by the authority's own `formats`, else by the known ones. Lower-case letters and extra spaces do not matter.

    Raises RegistryNumberError if no format suits.
    """
    wanted = " ".join(text.split()).upper()
    for template in (*formats, *KNOWN_FORMATS):
        if match := _pattern(template).fullmatch(wanted):
            return _number(match.groupdict())
    raise RegistryNumberError(
        Sentence(
            "”%(text)s” är inget diarienummer som kan läsas. Skriv till exempel RS/342/2022, REV 36-2022, CK 2015-0430, 18RS2137 eller S2022/00610.",
            text=text.strip(),
        )
    )


def format_registry_number(template: str, *, series: str, number: int, year: int, document: int | None = None) -> str:
    """Write a number. Raises RegistryNumberError if the format, the series, the number or the year cannot be used."""
    _refuse_faulty(template)
    if not _SERIES.fullmatch(series):
        raise RegistryNumberError(
            Sentence("Serien ”%(series)s” kan inte användas. Ange en till åtta versaler, till exempel RS.", series=series)
        )
    if number < 1:
        raise RegistryNumberError(Sentence("Löpnumret %(number)s kan inte användas. Löpnummer börjar på 1.", number=number))
    years = _SHORT_YEARS if "{year2}" in template else _YEARS
    if year not in years:
        raise RegistryNumberError(
            Sentence(
                "Årtalet %(year)s kan inte användas. Ange ett år från %(first)s till %(last)s.", year=year, first=years[0], last=years[-1]
            )
        )
    written = template.format(series=series, number=number, year=year, year2=f"{year % 100:02}")
    return written if document is None else f"{written}:{document}"


def format_faults(template: str) -> tuple[str, ...]:
    """What is wrong with a format, in Swedish; empty if it can be used."""
    names = [match["name"] for match in _PLACEHOLDER.finditer(template)]
    faults = [fault for match in _PLACEHOLDER.finditer(template) for fault in _placeholder_faults(match["name"], match["width"])]
    faults += [f"Platshållaren {{{name}}} saknas." for name in ("series", "number") if name not in names]
    years = sum(name in {"year", "year2"} for name in names)
    faults += [] if years == 1 else ["Formatet ska innehålla årtalet en gång: {year} (2025) eller {year2} (25)."]
    faults += [f"Platshållaren {{{name}}} får bara stå en gång." for name in ("series", "number") if names.count(name) > 1]
    if not _MARKS.fullmatch(_PLACEHOLDER.sub("", template)) or template != " ".join(template.split()):
        faults.append("Mellan platshållarna får bara enstaka mellanslag och tecknen / - : . _ stå.")
    return tuple(faults)


def parse_paragraph(text: str) -> int:
    """The number of an item in the minutes, from "§ 39", "§39" or "39". Raises RegistryNumberError."""
    if match := re.fullmatch(r"(?:§\s*)?([1-9]\d*)", text.strip()):
        return int(match[1])
    raise RegistryNumberError(Sentence("”%(text)s” är ingen paragraf som kan läsas. Skriv till exempel § 39.", text=text.strip()))


def format_paragraph(number: int) -> str:
    return f"§ {number}"


def _placeholder_faults(name: str, width: str | None) -> Iterable[str]:
    if name not in {"series", "number", "year", "year2"}:
        yield f"Platshållaren {{{name}}} finns inte. Använd {{series}}, {{number}}, {{year}} eller {{year2}}."
    elif width is not None and (name != "number" or not re.fullmatch(r"0[2-9]", width)):
        yield f"”{name}:{width}” kan inte användas. Bara löpnumret kan fyllas ut med nollor, till exempel {{number:05}}."


def _refuse_faulty(template: str) -> None:
    if faults := format_faults(template):
        raise RegistryNumberError(Sentence("Formatet ”%(format)s” kan inte användas. %(faults)s", format=template, faults=" ".join(faults)))


@cache
def _pattern(template: str) -> re.Pattern[str]:
    _refuse_faulty(template)
    parts, position = [], 0
    for match in _PLACEHOLDER.finditer(template):
        parts += [re.escape(template[position : match.start()]), _group(match["name"], match["width"])]
        position = match.end()
    return re.compile("".join(parts) + re.escape(template[position:]) + r"(?::(?P<document>[1-9]\d{0,4}))?")


def _group(name: str, width: str | None) -> str:
    digits = int(width) if width else 1
    shapes = {"series": _SERIES.pattern, "number": rf"(?=\d*[1-9])\d{{{digits},9}}", "year": r"(?:19|20|21)\d\d", "year2": r"\d\d"}
    return f"(?P<{name}>{shapes[name]})"


def _number(found: Mapping[str, str | None]) -> RegistryNumber:
    given = {name: text for name, text in found.items() if text is not None}
    year = int(given["year"]) if "year" in given else _full_year(int(given["year2"]))
    document = int(given["document"]) if "document" in given else None
    return RegistryNumber(given["series"], int(given["number"]), year, document)


def _full_year(short: int) -> int:
    return next(year for year in _SHORT_YEARS if year % 100 == short)
