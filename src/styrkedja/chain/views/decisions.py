"""A decision: what was decided, what it rests on and changes, and where it stands on record."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from styrkedja.cases.presenters import document_rows, file_link
from styrkedja.cases.selectors import documents
from styrkedja.chain.presenters import decisions as presenter
from styrkedja.chain.presenters.economy import calculation_rows
from styrkedja.chain.selectors.decisions import ties_of
from styrkedja.chain.views.objects import findings_of
from styrkedja.core.controls.snapshot import ObjectKind
from styrkedja.decisions import selectors as decided
from styrkedja.decisions.models import Decision
from styrkedja.decisions.presenters import decision_name, nature_status
from styrkedja.ui.clock import day, now


@require_safe
def show(request: HttpRequest, key: str) -> HttpResponse:
    at = now()
    today = day(at)
    row = decided.decision_by_key(request.user, key, on=today)
    if row is None:
        raise Http404
    ties = ties_of(request.user, row, on=today)
    context = {
        "row": row,
        "name": decision_name(row),
        "nature": nature_status(row),
        "facts": presenter.facts(row),
        "grounds": presenter.ground_facts(row, ties, has_rules=bool(decided.rules_of(row.body))),
        "calculations": calculation_rows(ties.estimates),
        "tied": presenter.tied(ties),
        "findings": findings_of(request, ObjectKind.DECISION, row.key or str(row.pk)),
        "on_record": presenter.on_record(decided.entry_of(row)),
        **_papers(request, row),
        "at": at,
        "today": today,
        "crumbs": presenter.crumbs(row),
    }
    return render(request, "chain/decision.html", context)


def _papers(request: HttpRequest, row: Decision) -> dict[str, Any]:
    """The extract of the minutes, and what the same step put into the case's dossier."""
    if row.case is None:
        return {"minutes": file_link(row.minutes), "documents": [], "dossier_url": ""}
    found = documents(request.user, row.case, on=day(now())).filter(item=row.item_id) if row.item_id else ()
    return {
        "minutes": file_link(row.minutes),
        "documents": document_rows(list(found)),
        "dossier_url": reverse("cases:dossier", args=[row.case_id]),
    }
