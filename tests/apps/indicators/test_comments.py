"""Comments on values: who may write them, what they hold, and who reads them."""

import json
from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from styrkedja.core.policies.refusal import Forbidden, Refused
from styrkedja.indicators.models import Indicator, IndicatorComment
from styrkedja.indicators.selectors.places import places
from styrkedja.indicators.services.comments import comment_value
from styrkedja.ledger.models import PendingEntry
from styrkedja.organisations.models import County, Seat
from styrkedja.ui.clock import now
from tests.apps.indicators.reading import county, sign_in, text_of
from tests.factories.counties import body
from tests.factories.observations import observe, read_in

__all__ = ["county"]
pytestmark = pytest.mark.django_db
ADDRESS = "/indikatorer/kontinuitetsindex-lakare/kommentera/?enhet=alen-exempellan&till=2026-10-31"
SAID = {"situation": "Kontinuiteten har sjunkit.", "proposal": "Fler fasta läkare.", "signed_by": "Enhetschef, Ålens hälsocentral"}


def filled(**change: str) -> dict[str, str]:
    return SAID | {"submission": str(uuid4())} | change


@pytest.fixture
def index(county: County) -> Indicator:
    found = read_in("kontinuitetsindex-lakare")
    observe(found, body(county, "alen"), [0.4, 0.5])
    return found


def test_a_comment_is_signed_dated_and_kept_when_another_is_written(client: Client, county: County, index: Indicator) -> None:
    sign_in(client, county, "alen", "UNIT_MANAGER")
    sent = filled()
    first, second = client.post(ADDRESS, sent), client.post(ADDRESS, sent)
    assert (first.status_code, first.headers["Location"]) == (302, second.headers["Location"])
    assert IndicatorComment.objects.count() == 1
    client.post(ADDRESS, filled(situation="Den stiger igen."))
    text = text_of(client, "indicator", index.key, enhet="alen-exempellan")
    assert text.index("Den stiger igen.") < text.index("Tidigare kommentarer") < text.index("Kontinuiteten har sjunkit.")
    assert "Fler fasta läkare." in text
    assert "Enhetschef, Ålens hälsocentral, " in text
    assert "Kontinuiteten har sjunkit." not in text_of(client, "indicator", index.key, enhet="alen-exempellan", till="2026-09-30")


def test_only_who_works_in_or_over_the_unit_comments_and_reads(client: Client, county: County, index: Indicator) -> None:
    sign_in(client, county, "alen", "UNIT_MANAGER")
    client.post(ADDRESS, filled())
    sign_in(client, county, "arnas", "UNIT_MANAGER")
    assert client.get(ADDRESS).status_code == 403
    assert client.post(ADDRESS, filled()).status_code == 403
    text = text_of(client, "indicator", index.key, enhet="alen-exempellan")
    assert "Kontinuiteten har sjunkit." not in text
    assert "Kommentera värdet" not in text
    assert IndicatorComment.objects.count() == 1


def test_who_reviews_meets_no_form_and_who_works_over_the_unit_does(client: Client, county: County, index: Indicator) -> None:
    Seat.objects.create(body=body(county, "fullmaktige"), function="AUDITOR", title="Revisor", county=county)
    sign_in(client, county, "fullmaktige", "AUDITOR")
    refused = client.get(ADDRESS)
    assert (refused.status_code, "och inte granskar det" in refused.content.decode()) == (403, True)
    assert client.post(ADDRESS, filled(signed_by="Revisor, Regionfullmäktige")).status_code == 403
    assert "Kommentera värdet" not in text_of(client, "indicator", index.key, enhet="alen-exempellan")
    sign_in(client, county, "fullmaktige", "CHAIR")
    assert client.get(ADDRESS).status_code == 200
    assert not IndicatorComment.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"signed_by": "Direktör"},
        {"said": {"why": "Därför."}},
        {"said": {"situation": "Läget.", "why": "19121212-1212 är sjuk."}},
        {"period_end": date(2030, 1, 31)},
    ],
    ids=["function", "said", "identity", "period"],
)
def test_a_refused_comment_leaves_nothing(client: Client, county: County, index: Indicator, wrong: dict[str, object]) -> None:
    user = sign_in(client, county, "alen", "UNIT_MANAGER")
    place = places()[body(county, "alen").pk]
    given = {"said": {"situation": "Läget."}, "signed_by": SAID["signed_by"], "period_end": date(2026, 10, 31)} | wrong
    before = PendingEntry.objects.count()
    with pytest.raises(Refused) as refused:
        comment_value(actor=user, indicator=index, body=place, at=now(), **given)
    assert not IndicatorComment.objects.exists()
    recorded = [json.loads(row.body)["act"] for row in PendingEntry.objects.order_by("pk")[before:]]
    assert recorded == (["indicator.comment_refused"] if isinstance(refused.value, Forbidden) else [])
    assert isinstance(refused.value, Forbidden) == ("signed_by" in wrong)


def test_a_comment_with_an_identity_number_is_refused_beside_its_field(client: Client, county: County, index: Indicator) -> None:
    sign_in(client, county, "alen", "UNIT_MANAGER")
    page = client.post(ADDRESS, filled(why="Hög frånvaro.\nDoktor Anna Svensson 19121212-1212 är sjuk."))
    assert list(page.context["form"].errors) == ["why"]
    assert "Rad 2 innehåller ett nummer som ser ut som ett personnummer" in page.content.decode()
    assert "Skriv inga personnamn eller personnummer." in page.content.decode()
    assert not IndicatorComment.objects.exists()
