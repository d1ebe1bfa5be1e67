"""What the controls have found, as it stood on any day, for those who work in the county."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from styrkedja.accounts.models import User
from styrkedja.controls.kept import as_life
from styrkedja.controls.models import ControlRun, Finding
from styrkedja.core.controls import life
from styrkedja.organisations.models import County
from styrkedja.organisations.selectors.readers import counties_of


@dataclass(frozen=True)
class Found:
    """A line of a list: the row, and how it stood on the day."""

    row: Finding
    line: life.Row


def with_lives(rows: QuerySet[Finding]) -> QuerySet[Finding]:
    return rows.select_related("county").prefetch_related("spells__tellings", "spells__acceptances")


def visible_to(user: User | None, *, on: date) -> QuerySet[Finding]:
    """None is the program itself, which sees all."""
    return Finding.objects.all() if user is None else Finding.objects.filter(county__in=counties_of(user, on=on))


def findings_on(
    user: User | None, *, on: date, today: date, counties: Iterable[County] | None = None, body: str | None = None
) -> tuple[Found, ...]:
    """The list of the day `on`, of one body (its key) or of all: the same whenever it is asked for. Four queries. The gravest first."""
    rows = visible_to(user, on=today).filter(spells__found_on__lte=on).distinct()
    if counties is not None:
        rows = rows.filter(county__in=list(counties))
    lives = {(row.county_id, row.fingerprint): row for row in with_lives(rows)}
    standing = [(key, as_life(row)) for key, row in lives.items()]
    by_life = {id(finding): key for key, finding in standing}
    lines = life.standing([finding for _key, finding in standing], on, body)
    return tuple(Found(lives[by_life[id(line.finding)]], line) for line in lines)


def finding_by_id(user: User, pk: int, *, on: date) -> Finding | None:
    return with_lives(visible_to(user, on=on)).filter(pk=pk).first()


def latest(row: Finding) -> Found:
    """What was last said of a finding, on the last day on which it was there or on which it was told."""
    finding = as_life(row)
    spell = finding.spells[-1]
    on = spell.tellings[-1].since
    state = finding.state(on)
    assert state is not None
    return Found(row, life.Row(finding, state, spell.told(on), spell.found_on))


def state_on(row: Finding, on: date) -> life.FindingState | None:
    return as_life(row).state(on)


def findings_about(user: User | None, kind: str, key: str, *, on: date) -> tuple[Found, ...]:
    """What stands open today of one thing."""
    rows = [(row, as_life(row)) for row in with_lives(visible_to(user, on=on).filter(object_kind=kind, object_key=key))]
    lines = {id(line.finding): line for line in life.standing([finding for _row, finding in rows], on)}
    return tuple(Found(row, lines[id(finding)]) for row, finding in rows if id(finding) in lines)


def last_run(county: County) -> ControlRun | None:
    return ControlRun.objects.filter(county=county).order_by("-on").first()


def first_run_on(counties: Iterable[County]) -> date | None:
    """The first day on which the controls looked at any of the counties."""
    return ControlRun.objects.filter(county__in=list(counties)).order_by("on").values_list("on", flat=True).first()
