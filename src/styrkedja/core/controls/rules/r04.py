"""R04: an indicator can be broken down, and means the same wherever it is looked at."""

from collections.abc import Iterator
from dataclasses import dataclass

from styrkedja.core.controls.calendar import period_text
from styrkedja.core.controls.chain import Chain
from styrkedja.core.controls.rule import Check, Gap, Rule, Severity, gap_in, threshold
from styrkedja.core.controls.snapshot import Forum, ForumFigure, Indicator
from styrkedja.core.sentences import Sentence


@dataclass(frozen=True)
class Limits:
    periods: int = threshold(3, Sentence("Nivåerna räknas i så många av de senaste perioderna med värden."))


def levels_with_values(chain: Chain, indicator: Indicator, periods: int) -> frozenset[str]:
    """The levels that have a value in any of the last periods that have one."""
    recent = set(sorted(chain.periods[indicator.key], reverse=True)[: max(periods, 1)])
    return frozenset(cell.level for cell in indicator.cells if cell.period in recent)


def at_one_level_only(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for indicator in chain.planned_indicators:
        levels = levels_with_values(chain, indicator, limits.periods)
        if len(levels) == 1:
            explanation = Sentence("Värden finns bara på en nivå: %(level)s.", level=level_name(next(iter(levels))))
            yield gap_in(indicator, explanation, also_in=chain.users(indicator))


def level_name(level: str) -> Sentence | str:
    """A level in Swedish; as it stands when it is another than the organisation's."""
    return _LEVELS.get(level, level)


_LEVELS = {
    "NATION": Sentence("riket"),
    "HEALTHCARE_REGION": Sentence("sjukvårdsregion"),
    "REGION": Sentence("region"),
    "MUNICIPALITY": Sentence("kommun"),
    "ADMINISTRATION": Sentence("förvaltning"),
    "AREA": Sentence("område"),
    "DEPARTMENT": Sentence("verksamhet"),
    "UNIT": Sentence("enhet"),
    "PRIVATE_PROVIDER": Sentence("privat vårdgivare"),
}


def unlike_the_national(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for indicator in chain.planned_indicators:
        users = chain.users(indicator)
        if indicator.is_national and indicator.own_definition:
            difference = indicator.own_definition
            explanation = Sentence("Den lokala definitionen skiljer sig från den nationella: %(difference)s", difference=difference)
            yield gap_in(indicator, explanation, part="definition", also_in=users)
        required = indicator.required_level
        levels = levels_with_values(chain, indicator, limits.periods)
        if required and levels and required not in levels:
            explanation = Sentence("Indikatorn ska kunna brytas ner till %(level)s men saknar värden där.", level=level_name(required))
            yield gap_in(indicator, explanation, part="level", also_in=users)


def told_differently(chain: Chain, limits: Limits) -> Iterator[Gap]:
    seen: dict[tuple[object, ...], list[tuple[Forum, ForumFigure]]] = {}
    for forum in chain.snapshot.forums:
        for figure in forum.figures:
            seen.setdefault((figure.indicator, figure.body, figure.period), []).append((forum, figure))
    for told in seen.values():
        first, figure = told[0]
        other = next((pair for pair in told if (pair[1].value, pair[1].definition) != (figure.value, figure.definition)), None)
        if other and (indicator := chain.indicators.get(figure.indicator)):
            yield _difference(chain, indicator, (first, figure), other)


def _difference(chain: Chain, indicator: Indicator, one: tuple[Forum, ForumFigure], other: tuple[Forum, ForumFigure]) -> Gap:
    (first, figure), (second, second_figure) = one, other
    values = {
        "period": period_text(indicator.frequency, figure.period),
        "body": chain.body_name(figure.body),
        "first": first.name,
        "one": figure.value,
        "second": second.name,
        "other": second_figure.value,
    }
    if figure.value != second_figure.value:
        pattern = Sentence("För %(body)s %(period)s ser %(first)s värdet %(one)s och %(second)s värdet %(other)s.", **values)
    else:
        pattern = Sentence("För %(body)s %(period)s räknar %(first)s och %(second)s efter olika definitioner.", **values)
    part = f"{figure.body}:{figure.period}"
    return gap_in(indicator, pattern, part=part, others=(first.ref, second.ref), also_in=(first.body, second.body))


RULE = Rule(
    id="R04",
    title=Sentence("Indikatorer som kan brytas ner"),
    source="002",
    quote="indikatorer som följs nationellt också kan följas lokalt och kan brytas ner till flertalet organisatoriska nivåer",
    severity=Severity.FAULT,
    clears=Sentence("Indikatorn har värden på mer än en nivå i organisationen."),
    limits=Limits(),
    checks=(
        Check(
            "R04",
            Severity.FAULT,
            Sentence("En indikator i en plan med värden på en enda nivå."),
            Sentence("Värden kommer in även på en annan nivå."),
            at_one_level_only,
        ),
        Check(
            "A24",
            Severity.FAULT,
            Sentence("En nationell indikator som definieras annorlunda lokalt, eller som inte når den nivå den ska."),
            Sentence("Den nationella definitionen följs, och värden kommer in på den nivå som krävs."),
            unlike_the_national,
        ),
        Check(
            "A26",
            Severity.WARNING,
            Sentence("Samma indikator med olika värde eller definition i två forum."),
            Sentence("Forumen använder samma definition och samma värde."),
            told_differently,
        ),
    ),
)
