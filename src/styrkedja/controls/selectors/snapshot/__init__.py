"""The steering chain of all counties that have one, as core.controls looks at it. The number of queries does not grow with the chain."""

from styrkedja.controls.selectors.snapshot import decisions, indicators, organisation, plans, work
from styrkedja.controls.selectors.snapshot.knowledge import knowledge
from styrkedja.controls.selectors.snapshot.scope import Scope, scope_on
from styrkedja.core.controls.snapshot import Snapshot


def snapshot(scope: Scope) -> Snapshot:
    """The chain on the day of the scope."""
    reports, by_goal = decisions.reports(scope)
    cases = knowledge(scope)
    return Snapshot(
        on=scope.on,
        bodies=organisation.bodies(scope),
        seats=organisation.seats(scope),
        forums=organisation.forums(scope),
        visions=plans.visions(scope),
        documents=plans.documents(scope),
        areas=plans.areas(scope),
        goals=plans.goals(scope, by_goal),
        milestones=plans.milestones(scope),
        assignments=plans.assignments(scope),
        transfers=plans.transfers(scope),
        programmes=work.programmes(scope),
        actions=work.actions(scope),
        estimates=work.estimates(scope),
        realised=work.realised(scope),
        requirements=work.requirements(scope),
        obstacles=work.obstacles(scope),
        conflicts=work.conflicts(scope),
        mandates=decisions.mandates(scope),
        decisions=decisions.decisions(scope),
        audits=decisions.reviews(scope),
        recommendations=decisions.recommendations(scope),
        reports=reports,
        indicators=indicators.indicators(scope),
        programme_groups=organisation.programme_groups(scope),
        proposals=cases.proposals,
        working_groups=cases.working_groups,
        briefs=cases.briefs,
        implementations=cases.implementations,
    )


__all__ = ["Scope", "scope_on", "snapshot"]
