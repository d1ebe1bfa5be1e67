"""What an address of the analysis page asks for that was not understood, and what is shown in its place."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from styrkedja.indicators.forms import PART
from styrkedja.indicators.presenters.analysing import part_choices
from styrkedja.indicators.presenters.structures import ON_DAY
from styrkedja.indicators.selectors.analysing import WHOLE, Analysis, Question
from styrkedja.ui.wording import day_text


def misunderstood(given: Mapping[str, str], asked: Question, found: Analysis) -> list[str]:
    """A sentence each. `given` is what the address says; `asked` what was read of it."""
    return [
        *_indicators(given, found),
        *_places(given, asked, found),
        *_parts(given, found),
        *_periods(given, asked),
        *_structure(given, asked),
    ]


def _indicators(given: Mapping[str, str], found: Analysis) -> Iterator[str]:
    shown = {one.indicator.key: one.indicator.title for one in found.threads}
    leading = found.threads[0].indicator.title
    if (key := given.get("indikator", "")) and key not in shown:
        yield _("Indikatorn ”%(key)s” finns inte. I stället visas %(shown)s.") % {"key": key, "shown": leading}
    if (key := given.get("med", "")) and key not in shown:
        yield _("Indikatorn ”%(key)s” finns inte. %(shown)s visas utan jämförelse.") % {"key": key, "shown": leading}


def _places(given: Mapping[str, str], asked: Question, found: Analysis) -> Iterator[str]:
    if asked.within and asked.within != found.body.key:
        yield _("Organet ”%(key)s” finns inte. I stället visas %(shown)s.") % {"key": asked.within, "shown": found.body.name}
    if asked.level and asked.level != WHOLE and asked.level not in found.levels:
        yield _("Nivån ”%(level)s” finns inte inom %(body)s. I stället visas nästa nivå.") % {
            "level": given["niva"],
            "body": found.body.name,
        }
    told = {place.key for place in found.bodies}
    if asked.bodies and not told & set(asked.bodies):
        yield _("De enheter som är valda finns inte på den nivå som visas. I stället visas alla.")
    elif set(asked.bodies) - told:
        yield _("Några av de enheter som är valda finns inte på den nivå som visas och är utelämnade.")


def _parts(given: Mapping[str, str], found: Analysis) -> Iterator[str]:
    choices = part_choices(found.threads[0])
    if (split := given.get("dela", "")) and split not in choices:
        yield _("Värdena går inte att dela upp efter ”%(split)s”. De visas utan uppdelning.") % {"split": split}
    for name, code in given.items():
        column = name.removeprefix(PART)
        if not name.startswith(PART) or not code:
            continue
        if column not in choices:
            yield _("Värdena går inte att välja efter ”%(column)s”. De visas för alla.") % {"column": column}
        elif code not in {known for known, _label in choices[column][1]}:
            yield _("”%(code)s” finns inte under %(column)s. Välj en annan del.") % {"code": code, "column": choices[column][0]}


def _periods(given: Mapping[str, str], asked: Question) -> Iterator[str]:
    for name, label, read in (("fran", _("Från"), asked.first), ("till", _("Till"), asked.last)):
        if (text := given.get(name, "")) and read is None:
            words = {"label": label, "text": text}
            yield (
                _("%(label)s: ”%(text)s” är inte ett datum. Skriv år, månad och dag, som 2026-01-31. Serien visas utan den gränsen.")
                % words
            )
    if asked.is_backwards:
        yield _("Från ligger efter Till. I stället visas hela serien.")


def _structure(given: Mapping[str, str], asked: Question) -> Iterator[str]:
    structure = given.get("struktur", "")
    if not structure or asked.as_on is not None:
        return
    if structure == ON_DAY and not given.get("den", ""):
        yield _("Ange ett datum för att se organisationen som den är just då. Så länge visas den som den var i varje period.")
        return
    text = given.get("den", "") if structure == ON_DAY else structure
    yield _("”%(text)s” är inte en dag som organisationen kan visas efter. I stället visas den som den var i varje period.") % {
        "text": text
    }


def early_notes(as_on: date | None, changes: Sequence[date]) -> list[str]:
    """For a day before the first of the `changes` of the organisation that are known."""
    if as_on is None or not changes or as_on >= changes[0]:
        return []
    return [
        _("Den första ändringen av organisationen som det finns uppgift om är från %(day)s. Här visas den som den var närmast före.")
        % {"day": day_text(changes[0])}
    ]
