"""Where an indicator comes from, whom it covers and how good its data are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from styrkedja.core.indicators.definition.definition import Definition, Target
from styrkedja.core.indicators.definition.source import FactSource
from styrkedja.indicators.models import DIRECTIONS, FREQUENCIES, INDICATOR_KINDS, PERSPECTIVES, DataLoad, Indicator, IndicatorComment
from styrkedja.indicators.presenters.wording import figure_text
from styrkedja.indicators.ties import Tie
from styrkedja.ui.components import Fact
from styrkedja.ui.wording import day_text, number_text

# More targets than these are told together.
_FEW = 4


def definition_facts(
    indicator: Indicator, definition: Definition | None, sources: Mapping[str, FactSource], tied: Sequence[Tie] = ()
) -> list[Fact]:
    """What it is, by whom and since when, and what the goals that use it want it to be."""
    found = [
        Fact(_("Slag"), str(INDICATOR_KINDS[indicator.kind])),  # type: ignore[index]
        Fact(_("Perspektiv"), str(PERSPECTIVES[indicator.perspective])),  # type: ignore[index]
        Fact(_("Önskad riktning"), str(DIRECTIONS[indicator.direction])),  # type: ignore[index]
        Fact(_("Enhet"), indicator.unit),
        Fact(_("Period"), _period(indicator, definition)),
    ]
    if definition is not None:
        found += _from_file(definition, sources)
    found += _goal_facts(tied, indicator.decimals)
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


def tie_target_text(tie: Tie, decimals: int) -> str:
    """What a goal wants of the indicator: "0,42 till 31 dec 2027"; "" for one without a figure."""
    if tie.target is None:
        return ""
    value = figure_text(tie.target, decimals)
    return _("%(value)s till %(by)s") % {"value": value, "by": day_text(tie.target_on)} if tie.target_on else value


@dataclass(frozen=True)
class TieRow:
    tie: Tie
    target: str


def tie_rows(tied: Iterable[Tie], decimals: int) -> list[TieRow]:
    return [TieRow(tie, tie_target_text(tie, decimals)) for tie in tied]


def goals_text(tied: Iterable[Tie], target: Target | None, body: str, decimals: int) -> str:
    """That goals have targets of their own, those of the body first; "" where none has another than that of the definition."""
    told = [tie for tie in tied if tie.target is not None]
    if all(target is not None and (tie.target_on, tie.target) == (target.by, target.value) for tie in told):
        return ""
    own, others = [tie for tie in told if tie.body == body], [tie for tie in told if tie.body != body]
    said = [_("Målet ovan är definitionens.")] if target is not None else []
    if own:
        said.append(_("Mål i styrningen för %(body)s: %(targets)s.") % {"body": body, "targets": _targets(own, decimals)})
    if others and own:
        said.append(_("Andra mål i styrningen: %(targets)s.") % {"targets": _targets(others, decimals)})
    elif others:
        said.append(_("Mål i styrningen: %(targets)s.") % {"targets": _targets(others, decimals)})
    return " ".join(said)


def _targets(told: Sequence[Tie], decimals: int) -> str:
    """Each with its day, or of many how many they are and how far they reach."""
    texts = dict.fromkeys(tie_target_text(tie, decimals) for tie in sorted(told, key=lambda tie: tie.target_on or date.max))
    if len(texts) <= _FEW:
        return "; ".join(texts)
    values = [tie.target for tie in told if tie.target is not None]
    words = {"count": len(told), "low": figure_text(min(values), decimals), "high": figure_text(max(values), decimals)}
    return _("%(count)s mål med värden från %(low)s till %(high)s") % words


def _goal_facts(tied: Iterable[Tie], decimals: int) -> list[Fact]:
    told = [tie for tie in tied if tie.target is not None]
    if len(told) > _FEW:
        return [Fact(_("Mål i styrningen"), _targets(told, decimals))]
    return [Fact(_("Mål i styrningen"), f"{tie_target_text(tie, decimals)}: {tie.title}") for tie in told]


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
