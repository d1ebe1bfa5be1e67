"""The statistics page of a county with many cases: the last year, which is what it shows unless asked, and all the years."""

from datetime import timedelta
from http import HTTPStatus
from statistics import median
from time import perf_counter

from django.conf import settings
from django.db import connection
from django.test import Client

from bench.cases import registrar, walked
from bench.lists import CASES, OPEN_CASES
from bench.population import STEPS_A_CASE, add_cases, prepare, settle
from bench.report import Report
from styrkedja.ui.clock import day, now
from styrkedja.workflows.models import WorkItem

SECONDS = 3
ROUNDS = 5
_YEAR = timedelta(days=365)


def measure(report: Report, *, scale: float) -> None:
    count = int(CASES * scale)
    report.title(f"Statistics with {count:,} cases and {count * STEPS_A_CASE:,} work items".replace(",", " "))
    if "bench_step" not in connection.introspection.table_names():  # the lists have not been measured in this run
        _populate(scale)
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    client = Client()
    client.force_login(registrar(), backend="django.contrib.auth.backends.ModelBackend")
    done = WorkItem.objects.filter(state="DONE", closed_at__gt=now() - _YEAR, closed_at__lt=now()).count()
    report.line("steps done in the last year", f"{done:,}".replace(",", " "))
    rounds = 1 if report.is_smoke else ROUNDS
    report.demand("the last year", median(_seconds(client, "/statistik/") for _round in range(rounds)), SECONDS, unit=" s")
    first = day(now() - 7 * _YEAR)
    report.line("all years", f"{_seconds(client, f'/statistik/?fran={first}'):.1f} s")


def _populate(scale: float) -> None:
    scene = prepare(walked(), at=now())
    still_open = int(OPEN_CASES * scale)
    add_cases(scene, still_open, is_open=True)
    add_cases(scene, int(CASES * scale) - still_open, is_open=False)
    settle()


def _seconds(client: Client, path: str) -> float:
    started = perf_counter()
    response = client.get(path)
    taken = perf_counter() - started
    if response.status_code != HTTPStatus.OK:
        raise RuntimeError(f"{path} answers {response.status_code}")
    return taken
