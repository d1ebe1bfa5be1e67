"""The chain from and to a workbook."""

from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from styrkedja.audits.views.acting import posted, refuse
from styrkedja.chain.forms.importing import ImportForm, carried
from styrkedja.chain.policies import check_acts, check_writes, writes
from styrkedja.chain.presenters.links import kind_crumbs
from styrkedja.core.sheets.reading import read_workbook
from styrkedja.core.sheets.tables import Limits, SheetsRefused, Table
from styrkedja.core.sheets.writing import write_workbook
from styrkedja.effects.services import Loaded, load_chain
from styrkedja.effects.workbook.exporting import chain_tables, empty_tables, guide, headings
from styrkedja.ui.clock import day, now
from styrkedja.ui.wording import sentence_text

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@posted
def read_in(request: HttpRequest) -> HttpResponse:
    """Shows what a workbook would change, or what is wrong in it by row and column. Nothing is stored before it is confirmed."""
    at = now()
    refuse(lambda: (check_writes if request.method == "POST" else check_acts)(request.user, on=day(at)))
    form = ImportForm(request.POST or None, request.FILES or None)
    found: Loaded | None = None
    kept = ""
    if form.is_valid():
        is_preview = "confirm" not in request.POST
        content = form.content()
        try:
            found = load_chain(actor=request.user, tables=_tables(content), at=at, is_preview=is_preview)
        except SheetsRefused as refused:
            form.add_error("file", sentence_text(refused.reason))
        else:
            if found.is_stored and not is_preview:
                done = _("Inläsningen är gjord: %(new)s nya, %(changed)s ändrade, %(same)s oförändrade.")
                messages.success(request, done % {"new": len(found.created), "changed": len(found.changed), "same": found.unchanged})
                return redirect("steering:overview")
            kept = carried(content) if not found.faults else ""
    faulty = bool(form.errors or (found and found.faults))
    context = {"form": form, "found": found, "carried": kept, "crumbs": kind_crumbs(""), "may_write": writes(request.user, on=day(at))}
    return render(request, "chain/import.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY if faulty else HTTPStatus.OK)


def _tables(content: bytes) -> tuple[Table, ...]:
    return read_workbook(content, limits=Limits(settings.MAX_UNPACKED_BYTES, settings.MAX_SHEET_ROWS, settings.MAX_SHEET_COLUMNS))


@require_safe
def write_out(request: HttpRequest) -> HttpResponse:
    """Everything of the chain that the reader sees. Read in again it changes nothing."""
    return _workbook(chain_tables(request.user, on=day(now())), "styrkedja.xlsx")


@require_safe
def template(_request: HttpRequest) -> HttpResponse:
    return _workbook(empty_tables(), "styrkedja-mall.xlsx")


def _workbook(tables: list[Table], name: str) -> HttpResponse:
    content = write_workbook(tables, headings(), guide(), at=now())
    return HttpResponse(content, content_type=_XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})
