"""R03: what a plan is measured by can be followed up."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from styrkedja.core.controls.calendar import last_closed, months_between, period_end, period_text
from styrkedja.core.controls.chain import Chain
from styrkedja.core.controls.rule import Check, Gap, Rule, Severity, gap_in, threshold
from styrkedja.core.controls.snapshot import Indicator, Report
from styrkedja.core.controls.telling import together
from styrkedja.core.sentences import Sentence


@dataclass(frozen=True)
class Limits:
    days_after_period: int = threshold(45, Sentence("Så många dagar efter periodens slut ska värdet finnas."))
    silent_periods: int = threshold(3, Sentence("En indikator utan värde i så många perioder i rad räknas som tyst."))
    unmeasurable_months: int = threshold(12, Sentence("En indikator får vara omöjlig att mäta i högst så många månader."))


def closed_periods(chain: Chain, indicator: Indicator, days: int, count: int) -> list[date]:
    """The last `count` closed periods in which the plan was measured by the indicator, the latest first."""
    since = chain.measured_since(indicator)
    starts = (last_closed(indicator.frequency, chain.on, days=days, back=back) for back in range(count))
    return [start for start in starts if since is None or period_end(indicator.frequency, start) > since]


def without_latest_value(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for indicator in chain.planned_indicators:
        periods = closed_periods(chain, indicator, limits.days_after_period, limits.silent_periods)
        if not periods or periods[0] in chain.periods[indicator.key] or _is_silent(chain, indicator, periods, limits):
            continue
        wanted = period_text(indicator.frequency, periods[0])
        if known := chain.periods[indicator.key]:
            values = {"period": wanted, "last": period_text(indicator.frequency, max(known))}
            explanation = Sentence("Värde saknas för %(period)s. Det senaste gäller %(last)s.", **values)
        else:
            explanation = Sentence("Värde saknas för %(period)s. Indikatorn har aldrig haft något.", period=wanted)
        yield gap_in(indicator, explanation, also_in=chain.users(indicator))


def _is_silent(chain: Chain, indicator: Indicator, periods: list[date], limits: Limits) -> bool:
    return len(periods) == limits.silent_periods > 1 and chain.periods[indicator.key].isdisjoint(periods)


def silent_or_sourceless(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for indicator in chain.planned_indicators:
        users = chain.users(indicator)
        if not indicator.source.strip():
            yield gap_in(indicator, Sentence("Det framgår inte varifrån indikatorns värden hämtas."), part="source", also_in=users)
        periods = closed_periods(chain, indicator, limits.days_after_period, limits.silent_periods)
        if _is_silent(chain, indicator, periods, limits):
            values = {"count": len(periods), "last": period_text(indicator.frequency, periods[0])}
            explanation = Sentence("Värde saknas för de %(count)s senaste perioderna, till och med %(last)s.", **values)
            yield gap_in(indicator, explanation, part="values", also_in=users)


def goals_outside_reports(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for goal in chain.snapshot.goals:
        if goal.reports is not None and not goal.reports:
            yield gap_in(goal, Sentence("Målet följs inte upp i någon månadsrapport, delårsrapport eller årsredovisning."))


def links_without_target(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for goal in chain.snapshot.goals:
        for link in goal.indicators:
            lacking = [
                word
                for word, value in (
                    (Sentence("utgångsvärde"), link.baseline),
                    (Sentence("målvärde"), link.target),
                    (Sentence("måldatum"), link.target_on),
                )
                if value is None
            ]
            if lacking:
                indicator = chain.indicators.get(link.indicator)
                values = {"name": indicator.name if indicator else link.indicator, "lacking": together(lacking)}
                others = (indicator.ref,) if indicator else ()
                yield gap_in(goal, Sentence("Indikatorn ”%(name)s” saknar %(lacking)s.", **values), part=link.indicator, others=others)


def unstated_coverage(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for indicator in chain.planned_indicators:
        if indicator.coverage == "":
            explanation = Sentence("Det framgår inte om värdena gäller både egen regi och privata utförare.")
            yield gap_in(indicator, explanation, also_in=chain.users(indicator))


def long_unmeasurable(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for indicator in chain.planned_indicators:
        since = indicator.not_measurable_since
        if since and months_between(since, chain.on) > limits.unmeasurable_months:
            explanation = Sentence("Indikatorn har inte kunnat mätas sedan %(since)s.", since=since)
            yield gap_in(indicator, explanation, also_in=chain.users(indicator))


def measured_but_not_reported(chain: Chain, limits: Limits) -> Iterator[Gap]:
    latest = _latest_reports(chain)
    for indicator in chain.planned_indicators:
        if not indicator.elsewhere:
            continue
        for body in chain.users(indicator):
            report = latest.get(body)
            if report and indicator.ref not in (report.covers or ()):
                values = {"tool": indicator.elsewhere, "report": report.name}
                explanation = Sentence("Värdena finns i %(tool)s men saknas i ”%(report)s”.", **values)
                yield gap_in(indicator, explanation, bodies=(body,), part=body, others=(report.ref,))


def _latest_reports(chain: Chain) -> dict[str, Report]:
    """By body: its latest report of those whose contents are kept."""
    kept = (report for report in chain.snapshot.reports if report.covers is not None and report.handed_in_on)
    return {report.body: report for report in sorted(kept, key=lambda report: (report.handed_in_on or date.min, report.key))}


RULE = Rule(
    id="R03",
    title=Sentence("Indikatorer som går att följa upp"),
    source="002",
    quote="Det finns dock utmaningar med att följa upp vissa mått, som kontinuitet och antalet hembesök.",
    severity=Severity.FAULT,
    clears=Sentence("Varje indikator i en plan har ett värde för den senast avslutade perioden."),
    limits=Limits(),
    checks=(
        Check(
            "R03",
            Severity.FAULT,
            Sentence("En indikator i en plan utan värde för den senast avslutade perioden."),
            Sentence("Värdet för perioden kommer in."),
            without_latest_value,
        ),
        Check(
            "A12",
            Severity.FAULT,
            Sentence("Ett mål som inte tas upp i någon rapport i kalendern."),
            Sentence("Målet förs till en rapport."),
            goals_outside_reports,
        ),
        Check(
            "A13",
            Severity.FAULT,
            Sentence("En indikator utan datakälla, eller utan värde i flera perioder i rad."),
            Sentence("Datakällan skrivs in och värden kommer in på nytt."),
            silent_or_sourceless,
        ),
        Check(
            "A15",
            Severity.FAULT,
            Sentence("En indikator för ett mål utan utgångsvärde, målvärde eller måldatum."),
            Sentence("Utgångsvärde, målvärde och måldatum skrivs in."),
            links_without_target,
        ),
        Check(
            "A17",
            Severity.WARNING,
            Sentence("En indikator där det inte framgår vilka utförare värdena gäller."),
            Sentence("Det skrivs in om värdena gäller egen regi, privata utförare eller båda."),
            unstated_coverage,
        ),
        Check(
            "A25",
            Severity.WARNING,
            Sentence("En indikator i en plan som länge inte har kunnat mätas."),
            Sentence("Indikatorn börjar mätas, eller planen följs upp med en annan."),
            long_unmeasurable,
        ),
        Check(
            "A27",
            Severity.WARNING,
            Sentence("En indikator som mäts i ett verktyg men saknas i organets senaste rapport."),
            Sentence("Indikatorn tas med i organets nästa rapport."),
            measured_but_not_reported,
        ),
    ),
)
