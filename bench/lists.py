"""The start page and the case list, as the program answers them: how long, and whether closed cases make them slower."""

import gc
from http import HTTPStatus
from statistics import median
from time import perf_counter

from django.conf import settings
from django.db.models import Count, F
from django.test import Client

from bench.cases import registrar, walked
from bench.population import STEPS_A_CASE, add_cases, prepare, settle
from bench.report import Report, p95
from styrkedja.accounts.models import User
from styrkedja.ui.clock import now
from styrkedja.workflows.models import Offer

CASES = 100_000
OPEN_CASES = 3_000
MILLISECONDS = 50
GROWTH = 1.25  # what differs more than chance between ten times as many closed cases
ROUNDS = 25

PAGES = {
    "start page": "/",
    "case list": "/arenden/",
    "case list, by due date": "/arenden/?sortera=datum",
    "case list, late": "/arenden/?status=forsenade",
    "case list, one step": "/arenden/?steg=17",
    "case list, closed": "/arenden/?status=avslutade",
    "case list, closed, page 20": "/arenden/?status=avslutade&page=20",
    "case list, all": "/arenden/?status=alla",
    "case list, a word in 2 500 cases": "/arenden/?status=alla&q=stroke",
    "case list, a number": "/arenden/?status=alla&q=RVN/777",
}


Seconds = dict[tuple[str, str], list[float]]


def measure(report: Report, *, scale: float) -> None:
    """All pages for several readers with a tenth of the closed cases, and with all."""
    still_open = int(OPEN_CASES * scale)
    closed = int(CASES * scale) - still_open
    report.title(f"Lists with {int(CASES * scale):,} cases and {int(CASES * scale) * STEPS_A_CASE:,} work items".replace(",", " "))
    started = perf_counter()
    scene = prepare(walked(), at=now())
    add_cases(scene, still_open, is_open=True)
    add_cases(scene, closed // 10, is_open=False)
    settle()
    few = _all_pages(scale)
    add_cases(scene, closed - closed // 10, is_open=False)
    settle()
    report.line("made ready in", f"{perf_counter() - started:.0f} s, the pages with few closed cases included")
    _tell(report, few, _all_pages(scale))


def _all_pages(scale: float) -> Seconds:
    """Seconds of every answer, by page and reader. The readers take turns, so that each meets the same machine."""
    gc.collect()
    gc.freeze()  # as the web server does, and what made the cases ready is no part of it
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    clients = {name: _signed_in(user) for name, user in _readers().items()}
    seconds: Seconds = {(page, name): [] for page in PAGES for name in clients}
    for _round in range(max(8, int(ROUNDS * scale))):
        for page, path in PAGES.items():
            for name, client in clients.items():
                seconds[page, name].append(_get(client, path))
    return {key: values[2:] for key, values in seconds.items()}


def _readers() -> dict[str, User]:
    """Who has the most open work, who has a middling amount, who has done the most, and who sees every county."""
    offers = Offer.objects.filter(body__seats__function=F("function"), item__is_wait=False).values("body__seats__memberships__account")
    work = list(
        offers.annotate(items=Count("item", distinct=True)).order_by("-items").values_list("body__seats__memberships__account", flat=True)
    )
    administrator, _made = User.objects.get_or_create(username="bench-admin", defaults={"is_administrator": True, "created_at": now()})
    busiest, middling = (User.objects.get(pk=pk) for pk in (work[0], work[len(work) // 2]))
    return {"the busiest": busiest, "somebody": middling, "the registrar": registrar(), "an administrator": administrator}


def _signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _get(client: Client, path: str) -> float:
    started = perf_counter()
    response = client.get(path)
    taken = perf_counter() - started
    if response.status_code != HTTPStatus.OK:
        raise RuntimeError(f"{path} answers {response.status_code}")
    return taken


def _tell(report: Report, few: Seconds, many: Seconds) -> None:
    """For each page its slowest reader, and how much slower the middle answer has become for all readers together."""
    for page in PAGES:
        slowest = max((key for key in many if key[0] == page), key=lambda key: p95(many[key]))
        growth = _middle(many, page) / _middle(few, page)
        report.demand(f"{page}: p95 for {slowest[1]}", p95(many[slowest]) * 1000, MILLISECONDS, unit=" ms")
        report.demand(f"{page}: against a tenth of the closed cases", growth, GROWTH, unit=" times")


def _middle(seconds: Seconds, page: str) -> float:
    return sum(median(values) for (shown, _reader), values in seconds.items() if shown == page)
