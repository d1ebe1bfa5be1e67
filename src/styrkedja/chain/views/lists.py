"""The chain at a glance, and its lists."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from styrkedja.audits.policies import acts_anywhere
from styrkedja.chain import selectors as chain
from styrkedja.chain.forms import CountyForm, ListForm
from styrkedja.chain.policies import may_begin, writes
from styrkedja.chain.presenters import rows
from styrkedja.chain.presenters.doing import Act, new_act
from styrkedja.chain.presenters.mandates import decision_rows, mandate_rows
from styrkedja.chain.presenters.overview import figures, late_rows, plan_rows, programme_rows
from styrkedja.chain.selectors.choices import givers
from styrkedja.decisions import selectors as decided
from styrkedja.organisations.models import County
from styrkedja.organisations.selectors.readers import counties_read
from styrkedja.steering import selectors
from styrkedja.steering.models import Goal
from styrkedja.ui.addresses import clean_address
from styrkedja.ui.clock import day, now
from styrkedja.ui.navigation import steering_tabs

_PAGE = 50


@require_safe
@clean_address
def overview(request: HttpRequest) -> HttpResponse:
    """What is in force in a county: plans, goals and how they stand, programmes and what they bring home, what is late."""
    today = day(now())
    form, county = _county(request, today)
    acts = [Act(_("Läs in eller skriv ut"), reverse("steering:import"))] if acts_anywhere(request.user, on=today) else []
    context = _page(request, today, *acts) | {"form": form, "county": county}
    if county is not None:
        found = chain.summary(request.user, county, on=today)
        context |= {
            "figures": figures(found),
            "targets": [rows.object_row(row) for row in found.targets],
            "documents": [rows.object_row(row) for row in found.documents],
            "groups": rows.goal_groups(found.goals, found.standing, on=today),
            "programmes": programme_rows(found),
            "plans": plan_rows(found),
            "late": late_rows(found),
            "year": today.year,
        }
    return render(request, "chain/overview.html", context)


@require_safe
@clean_address
def goals(request: HttpRequest) -> HttpResponse:
    today = day(now())
    form, county = _county(request, today, ListForm)
    found = selectors.goals(request.user, on=today).filter(county=county).select_related("area", "document")
    found = _narrowed(found, form, today)
    page = Paginator(found.order_by("document", "area__position", "position", "title"), _PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    acts = [new_act("goal")] if may_begin(request.user, Goal, {}, on=today) else []
    context = _page(request, today, *acts) | {
        "form": form,
        "page": page,
        "groups": rows.goal_groups(shown, chain.standing(request.user, shown, on=today), on=today),
    }
    return render(request, "chain/goals.html", context)


@require_safe
@clean_address
def actions(request: HttpRequest) -> HttpResponse:
    today = day(now())
    form, county = _county(request, today, ListForm)
    found = _narrowed(selectors.actions(request.user, on=today).filter(county=county).select_related("programme", "document"), form, today)
    page = Paginator(found.order_by("programme__title", "title"), _PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    sums = chain.brought_home(request.user, shown, on=today)
    acts = [Act(_("Rapportera månaden"), reverse("steering:month")), new_act("action"), new_act("programme")]
    context = _page(request, today, *(acts if writes(request.user, on=today) else ())) | {
        "form": form,
        "page": page,
        "rows": rows.action_rows(shown, sums),
        "year": today.year,
    }
    return render(request, "chain/actions.html", context)


@require_safe
@clean_address
def documents(request: HttpRequest) -> HttpResponse:
    today = day(now())
    form, county = _county(request, today)
    found = selectors.documents(request.user, on=today).filter(county=county)
    targets = [rows.object_row(row) for row in selectors.target_states(request.user, on=today).filter(county=county)]
    acts = [new_act("document"), new_act("target-state")]
    context = _page(request, today, *(acts if writes(request.user, on=today) else ())) | {
        "form": form,
        "targets": targets,
        "groups": rows.document_groups(found, on=today),
    }
    return render(request, "chain/documents.html", context)


@require_safe
@clean_address
def mandates(request: HttpRequest) -> HttpResponse:
    """Who may decide what, and what has been decided outside cases."""
    today = day(now())
    form, county = _county(request, today)
    found = decided.mandates(request.user, on=today).filter(county=county)
    page = Paginator(decided.decisions(request.user, on=today).filter(county=county), _PAGE).get_page(request.GET.get("page"))
    acts = [Act(_("Anteckna ett beslut"), reverse("steering:decide"))] if writes(request.user, on=today) else []
    acts += [Act(_("Nytt mandat"), reverse("steering:give_mandate"))] if givers(request.user, on=today) else []
    context = _page(request, today, *acts) | {
        "form": form,
        "rows": mandate_rows(found, on=today),
        "page": page,
        "decisions": decision_rows(page.object_list),
    }
    return render(request, "chain/mandates.html", context)


def _page(request: HttpRequest, today: date, *acts: Act) -> dict[str, Any]:
    """What every list has; `acts` are what the reader may do."""
    return {"tabs": steering_tabs(request.path), "today": today, "tabs_label": _("Styrning"), "acts": acts}


def _county(request: HttpRequest, today: date, kind: type[CountyForm] = CountyForm) -> tuple[CountyForm, County | None]:
    """The county that is asked for, or the reader's first that has a chain, or the first."""
    counties = list(counties_read(request.user, on=today))
    having = set(selectors.documents(request.user, on=today).values_list("county", flat=True))
    ordered = sorted(counties, key=lambda county: county.pk not in having)
    form = kind(request.GET, counties=ordered)
    return form, next((one for one in ordered if one.key == form.chosen("lan")), ordered[0] if ordered else None)


def _narrowed(found: Any, form: CountyForm, today: date) -> Any:
    """By text, and only what stands in plans in force unless all is asked for."""
    if text := form.chosen("q").strip():
        found = found.filter(title__icontains=text)
    if form.chosen("visa") != "alla":
        found = found.filter(document__state="DECIDED").exclude(document__valid_until__lte=today).exclude(document__valid_from__gt=today)
    return found
