"""Every page of the chain, the audits and the controls in each language, with something to show: as tests/apps/ui/test_english.py, but for these."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from styrkedja.accounts.models import User
from styrkedja.audits import services as audits
from styrkedja.audits.models import FollowUp, ProgressReport, ReadAnswer
from styrkedja.chain.selectors import KINDS
from styrkedja.controls.models import Finding
from styrkedja.controls.services import run_controls
from styrkedja.decisions.models import Mandate
from styrkedja.decisions.services import Grounds, change_mandate, give_mandate, record_decision_outside
from styrkedja.organisations.models import County, Membership, Seat
from styrkedja.steering.models import Goal
from tests.apps.ui.reading import data, left_over
from tests.core.audits.texts import text
from tests.factories.accounts import make_user
from tests.factories.audits import make_answer, make_promise, make_recommendation, make_response, make_review
from tests.factories.counties import body
from tests.factories.steering import make

AT = datetime(2026, 9, 16, 8, 30, tzinfo=UTC)
LANG = {"en": "en-GB", "sv": "sv"}
Addresses = Mapping[str, str]


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def reader(county: County) -> User:
    """Somebody who may do everything and holds a function."""
    user = make_user("reader", name="Reader", administrator=True)
    Membership.objects.create(seat=Seat.objects.get(body=body(county, "styrelsen"), function="CHAIR"), account=user)
    return user


@pytest.fixture
def mandated(county: County) -> Mandate:
    """A mandate that has been changed, with a decision on it."""
    board = body(county, "styrelsen")
    whole = {"title": "Inköp", "level": "POLITICAL", "subject": "ekonomi", "amount_limit": 5_000_00, "body": board, "given_by": board}
    mandate = give_mandate(actor=None, at=AT, **whole)
    grounds = Grounds("POLITICAL", "ekonomi", amount=1_000_00, no_estimate_reason="Litet")
    said = {"registry_number": "RS/1/2026", "decided_on": date(2026, 9, 1), "text": "Inköp samordnas."}
    record_decision_outside(actor=None, body=board, grounds=grounds, at=AT, **said)
    return change_mandate(actor=None, mandate=mandate, version=None, amount_limit=9_000_00, valid_from=date(2026, 1, 1), at=AT)


def of_audits(county: County, reader: User, goal: Goal) -> Addresses:
    """A review with an answer under way, a report, and an answer that has been read."""
    review = make_review(county, key="granskningen")
    recommendation = make_recommendation(review, key="rekommendationen", report_due_on=date(2026, 12, 1))
    response = make_response(review, "styrelsen", key="svaret")
    answer = make_answer(response, recommendation)
    promise = make_promise(answer, key="utlovad")
    audits.follow_up(
        actor=None, recommendation=recommendation, at=AT, level="LOCAL", title="Följs", text="Följs", followed_up_on=date(2026, 9, 1)
    )
    days = {"starts_on": date(2026, 8, 1), "ends_on": date(2026, 8, 31), "due_on": date(2026, 9, 30)}
    own = {"accountable_body": body(county, "styrelsen"), "cycle": "MONTHLY", "title": ""}
    report = make(ProgressReport, county=county, key="rapporten", goals=[goal], **own | days)
    content = text("namndens-svar").encode()
    audits.read_file(actor=reader, body=body(county, "namnden"), review=None, content=content, name="svar.txt", at=AT)
    names = {
        (review.key,): ("review", "change_review", "matrix", "add_recommendation"),
        (review.key, body(county, "namnden").key): ("begin_response",),
        (recommendation.key,): ("recommendation", "change_recommendation", "report_back", "decide_report", "follow_up", "close"),
        (answer.key,): ("promise",),
        (response.key,): ("response", "change_response", "decide_response"),
        (response.key, recommendation.key): ("answer",),
        (promise.key,): ("change_promise", "take_into_chain", "link_promise", "withdraw_promise"),
        (report.key,): ("report", "change_report", "cover_report", "hand_in_report"),
        (FollowUp.objects.get().key,): ("change_follow_up",),
        (ReadAnswer.objects.get().pk,): ("confirm", "discard"),
        (): ("reviews", "register", "reports", "plan_report", "readings", "upload"),
    }
    return {f"audits: {name}": reverse(f"audits:{name}", args=args) for args, found in names.items() for name in found}


def of_chain(mandate: Mandate) -> Addresses:
    rows = {kind: model._default_manager.order_by("pk")[0] for kind, model in KINDS.items()}
    found = {
        f"{view} {kind}": reverse(f"steering:{view}", args=[kind, row.key]) for kind, row in rows.items() for view in ("object", "edit")
    }
    found |= {
        f"{view} {kind}": reverse(f"steering:{view}", args=[kind, rows[kind].key])
        for kind in ("goal", "action")
        for view in ("vertical", "horizontal")
    }
    found |= {f"adopt {kind}": reverse("steering:adopt", args=[kind, rows[kind].key]) for kind in ("document", "target-state")}
    found |= {f"new {kind}": reverse("steering:create", args=[kind]) for kind in KINDS}
    found |= {view: reverse(f"steering:{view}", args=[mandate.key]) for view in ("mandate", "change_mandate", "end_mandate")}
    found |= {"decision": reverse("steering:decision", args=[mandate.decisions.get().pk])}
    one = {"reach": "milestone", "report": "assignment", "next_plan": "document"}
    found |= {view: reverse(f"steering:{view}", args=[rows[kind].key]) for view, kind in one.items()}
    return found | {view: reverse(f"steering:{view}") for view in ("overview", "goals", "actions", "documents", "mandates", "month")}


def of_controls(county: County) -> Addresses:
    finding = Finding.objects.order_by("pk")[0].pk
    found = {view: reverse(f"controls:{view}", args=[finding]) for view in ("finding", "accept")}
    found |= {view: reverse(f"controls:{view}") for view in ("findings", "gaps", "questions")}
    return found | {"settings": reverse("controls:settings", args=[county.key])}


def test_no_page_is_left_in_the_other_language(client: Client, county: County, every_kind: Goal, reader: User, mandated: Mandate) -> None:
    found = {**of_audits(county, reader, every_kind), **of_chain(mandated)}
    run_controls(actor=None, at=AT)
    found |= of_controls(county)
    client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
    proposed = [" ".join(str(field.value()).split()) for field in client.get(found["audits: confirm"]).context["form"]]
    known, left = data(proposed, "Nämnden", "Under året"), {}
    for language in ("en", "sv"):
        User.objects.update(language=language)
        for name, address in found.items():
            response = client.get(address)
            assert response.status_code == 200, (name, address)
            page = response.content.decode()
            assert f'<html lang="{LANG[language]}"' in page
            left |= {f"{language} {name}: {word}": said for word, said in left_over(page, language, known).items()}
    assert left == {}
