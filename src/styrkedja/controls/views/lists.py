"""What the controls have found, in lists, in the chain, and as an auditor would ask."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from styrkedja.controls import selectors
from styrkedja.controls.forms import BY_BODY, FindingFilterForm
from styrkedja.controls.policies import can_accept
from styrkedja.controls.presenters import findings as presenter
from styrkedja.controls.presenters.knots import drawn
from styrkedja.controls.presenters.life import turns
from styrkedja.controls.presenters.listing import rule_and_check
from styrkedja.controls.presenters.sources import source_name
from styrkedja.controls.selectors.findings import Found
from styrkedja.core.controls.life import FindingState
from styrkedja.organisations.models import Body, County
from styrkedja.organisations.selectors import bodies_by_key
from styrkedja.organisations.selectors.readers import counties_read
from styrkedja.ui.addresses import clean_address
from styrkedja.ui.clock import day, now
from styrkedja.ui.components import Crumb
from styrkedja.ui.navigation import steering_tabs
from styrkedja.ui.wording import sentence_text


@require_safe
@clean_address
def findings(request: HttpRequest) -> HttpResponse:
    """The list of a day, narrowed and grouped as asked for."""
    today = day(now())
    form, county, shown, names = _asked(request, today)
    on = form.day()
    by = form.chosen("ordna")
    context = {
        "form": form,
        "county": county,
        "on": on,
        "today": today,
        "figures": presenter.figures(shown),
        "groups": presenter.groups(shown, by, names),
        "is_by_body": by == BY_BODY,
        "count": len(shown),
        "run": selectors.last_run(county) if county else None,
        "first": selectors.first_run_on([county]) if county else None,
        "tabs": steering_tabs(request.path),
        "may_set": request.user.is_administrator,
    }
    return render(request, "controls/findings.html", context)


@require_safe
def gaps(request: HttpRequest) -> HttpResponse:
    """The chain from plan to action, with what is missing in each place."""
    today = day(now())
    county = _county(request, today, request.GET.get("lan", ""))
    found = selectors.findings_on(request.user, on=today, today=today, counties=[county])
    plans = selectors.knots(request.user, county, found, on=today)
    context = {
        "county": county,
        "plans": [drawn(knot) for knot in plans],
        "tabs": steering_tabs(request.path),
        "crumbs": _crumbs(),
        "today": today,
    }
    return render(request, "controls/gaps.html", context)


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """What an auditor would ask a body, or all of them."""
    today = day(now())
    form, county, shown, names = _asked(request, today)
    body = names.get(form.chosen("organ"))
    context = {
        "questions": presenter.questions(shown, names),
        "body": body,
        "county": county,
        "today": today,
        "tabs": steering_tabs(request.path),
        "crumbs": _crumbs(),
    }
    return render(request, "controls/questions.html", context)


@require_safe
def finding(request: HttpRequest, pk: int) -> HttpResponse:
    """One finding: what, why, by which sentence, what clears it, and its life."""
    today = day(now())
    row = selectors.finding_by_id(request.user, pk, on=today)
    if row is None:
        raise Http404
    found = selectors.latest(row)
    fault, (rule, check) = found.line.fault, rule_and_check(found)
    names = bodies_by_key(fault.bodies)
    state = selectors.state_on(row, today)
    context = {
        "row": presenter.row(found, names),
        "rule": f"{rule.id} {sentence_text(rule.title)}",
        "check": check.code,
        "looks_for": sentence_text(check.looks_for),
        "quoted": (quoted := rule.quoted(check)),
        "source": source_name(quoted.source),
        "others": presenter.others(fault.others, selectors.names_of(request.user, fault.others, on=today)),
        "bodies": [names[key] for key in fault.bodies if key in names],
        "is_cleared": state is FindingState.CLEARED,
        "is_accepted": state is FindingState.ACCEPTED,
        "may_accept": state is not FindingState.CLEARED and can_accept(request.user, row, on=today),
        "turns": turns(row, at=today),
        "today": today,
        "pk": pk,
        "tabs": steering_tabs(request.path),
        "crumbs": _crumbs(),
    }
    return render(request, "controls/finding.html", context)


def _asked(request: HttpRequest, today: date) -> tuple[FindingFilterForm, County | None, tuple[Found, ...], dict[str, Body]]:
    """The form, the county, what is left of the list, and the bodies that it speaks of."""
    counties = list(counties_read(request.user, on=today))
    county = next((one for one in counties if one.key == request.GET.get("lan")), counties[0] if counties else None)
    form = FindingFilterForm(request.GET, counties=counties, bodies=(), today=today)
    on = form.day()
    found = selectors.findings_on(request.user, on=on, today=today, counties=[county]) if county else ()
    names = bodies_by_key({key for one in found for key in one.line.fault.bodies})
    form = FindingFilterForm(request.GET, counties=counties, bodies=presenter.in_order(names.values()), today=today)
    return form, county, tuple(one for one in found if _wanted(one, form)), dict(names)


def _wanted(found: Found, form: FindingFilterForm) -> bool:
    fault, body, rule = found.line.fault, form.chosen("organ"), form.chosen("regel")
    severity, state = form.chosen("grad"), form.chosen("lage")
    return (
        (not body or body in fault.bodies)
        and (not rule or rule == fault.rule)
        and (not severity or severity == fault.severity)
        and (not state or state == found.line.state)
    )


def _county(request: HttpRequest, today: date, key: str) -> County:
    """The county that is asked for, or the reader's first. 404 for who works in none."""
    counties = list(counties_read(request.user, on=today))
    found = next((one for one in counties if one.key == key), counties[0] if counties else None)
    if found is None:
        raise Http404
    return found


def _crumbs() -> list[Crumb]:
    return [Crumb(_("Revisionskontroll"), reverse("controls:findings"))]
