"""Where an indicator comes from, whom it covers and how good its data are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from styrkedja.core.indicators.definition.definition import Definition
from styrkedja.core.indicators.definition.source import FactSource
from styrkedja.indicators.models import DIRECTIONS, FREQUENCIES, INDICATOR_KINDS, PERSPECTIVES, DataLoad, Indicator, IndicatorComment
from styrkedja.ui.components import Fact
from styrkedja.ui.wording import day_text, number_text


def definition_facts(indicator: Indicator, definition: Definition | None, sources: Mapping[str, FactSource]) -> list[Fact]:
    """What it is, by whom and since when."""
    found = [
        Fact(_("Slag"), str(INDICATOR_KINDS[indicator.kind])),  # type: ignore[index]
        Fact(_("Perspektiv"), str(PERSPECTIVES[indicator.perspective])),  # type: ignore[index]
        Fact(_("Önskad riktning"), str(DIRECTIONS[indicator.direction])),  # type: ignore[index]
        Fact(_("Enhet"), indicator.unit),
        Fact(_("Period"), _period(indicator, definition)),
    ]
    if definition is not None:
        found += _from_file(definition, sources)
    found.append(Fact(_("Granskad"), day_text(indicator.reviewed_on)))
    return [*found, Fact(_("Nästa granskning"), day_text(indicator.next_review))]


def _period(indicator: Indicator, definition: Definition | None) -> str:
    """How often there is a value, and of how long a time."""
    often = str(FREQUENCIES[indicator.frequency])  # type: ignore[index]
    count = definition.reach if definition is not None and definition.is_computed else indicator.months
    months = ngettext("%(count)s månad", "%(count)s månader", count) % {"count": count}
    return _("%(often)s, varje värde bygger på %(months)s") % {"often": often, "months": months}


def _from_file(definition: Definition, sources: Mapping[str, FactSource]) -> list[Fact]:
    facts = [
        Fact(_("Täckning"), definition.coverage),
        Fact(_("Minsta antal"), number_text(definition.minimum_n)),
        *(Fact(_("Mål"), _target(one.value, one.by, one.origin, definition)) for one in definition.targets),
        Fact(_("Framtagen av"), definition.author),
        Fact(_("Granskad av"), definition.checker),
    ]
    used = dict.fromkeys(measure.source for measure in definition.cell_measures)
    names = [sources[source].title for source in used if source in sources]
    return [*facts[:1], Fact(_("Data från"), ", ".join(names)), *facts[1:]] if names else facts


def _target(value: float, by: date, origin: str, definition: Definition) -> str:
    words = {"value": number_text(value), "unit": definition.value.unit, "by": day_text(by), "origin": origin}
    return _("%(value)s %(unit)s till %(by)s. %(origin)s") % words


def load_facts(loads: Iterable[DataLoad], sources: Mapping[str, FactSource]) -> list[Fact]:
    """By source: how far its data reach, and what was turned away of them."""
    by_source: dict[str, list[DataLoad]] = {}
    for load in loads:
        by_source.setdefault(load.source, []).append(load)
    return [Fact(sources[source].title if source in sources else source, _quality(found)) for source, found in by_source.items()]


def _quality(loads: list[DataLoad]) -> str:
    read, rejected = sum(one.rows_read for one in loads), sum(one.rows_rejected for one in loads)
    months = sorted(one.month for one in loads if one.month)
    words = {
        "rows": number_text(read),
        "rejected": number_text(rejected),
        "share": number_text(round(100 * rejected / read, 2)) if read else "0",
        "first": f"{months[0]:%Y-%m}" if months else "",
        "last": f"{months[-1]:%Y-%m}" if months else "",
    }
    if months:
        return _("%(first)s till %(last)s. %(rows)s rader lästa, %(rejected)s avvisade (%(share)s procent).") % words
    return _("%(rows)s rader lästa, %(rejected)s avvisade (%(share)s procent).") % words


@dataclass(frozen=True)
class CommentRow:
    """`parts` are the headings that something is said under, in their fixed order."""

    at: datetime
    signed_by: str
    parts: tuple[tuple[str, str], ...]


def comment_rows(comments: Iterable[IndicatorComment]) -> list[CommentRow]:
    return [_comment_row(one) for one in comments]


def _comment_row(one: IndicatorComment) -> CommentRow:
    said = (
        (_("Läget"), one.situation),
        (_("Varför"), one.why),
        (_("Utvecklingen"), one.development),
        (_("Påverkansfaktorer"), one.factors),
        (_("Förslag"), one.proposal),
    )
    return CommentRow(one.commented_at, one.signed_by, tuple((heading, text) for heading, text in said if text))
