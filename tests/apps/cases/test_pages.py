import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from styrkedja.accounts.models import User
from styrkedja.cases.models import Case, Document, StoredFile
from styrkedja.cases.services import assign_registry_number, register_document
from styrkedja.organisations.models import County
from tests.factories.accounts import make_user
from tests.factories.cases import make_case, make_file, make_series
from tests.factories.counties import make_county, make_holder

AT = datetime(2026, 9, 16, 8, 30, tzinfo=UTC)
PDF = b"%PDF-1.7 remiss"


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def case(county: County, registrar: User) -> Case:
    case = make_case(registrar, county, subject="Vårdprogram för stroke")
    assign_registry_number(actor=registrar, case=case, series=make_series(county), at=AT)
    return case


@pytest.fixture
def remiss(case: Case, registrar: User) -> Document:
    return register_document(
        actor=registrar,
        case=case,
        direction="RECEIVED",
        dated_on=date(2026, 9, 15),
        title="Remiss av vårdprogram",
        public_title="Remiss",
        counterpart="Socialstyrelsen",
        file=make_file(registrar, name="Remiss åäö.pdf", content=PDF),
        at=AT,
    )


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def filled(**change: object) -> dict[str, object]:
    whole = {
        "submission": str(uuid4()),
        "direction": "RECEIVED",
        "dated_on": "2026-09-15",
        "title": "Yttrande",
        "counterpart": "Ånge kommun",
        "public_title": "",
    }
    return whole | change


def test_the_registry_lists_documents_with_what_the_law_asks_for(remiss: Document, chair: User) -> None:
    response = signed_in(chair).get("/diarium/")
    assert response.status_code == 200
    page = text_of(response.text)
    for said in (
        "RVN/1/2026:1",
        "15 sep 2026",
        "Inkommen",
        "Socialstyrelsen",
        "Remiss av vårdprogram",
        "Offentlig rubrik: Remiss",
        "Vårdprogram för stroke",
    ):
        assert said in page
    assert f'href="/diarium/handling/{remiss.pk}/"' in response.text


def test_the_public_view_shows_only_the_public_wording(remiss: Document, case: Case, chair: User) -> None:
    Case.objects.filter(pk=case.pk).update(public_subject="Vårdprogram")
    html = signed_in(chair).get("/diarium/", {"public": "on"}).text
    page = text_of(html)
    assert "Remiss av vårdprogram" not in page
    assert "/diarium/handling/" not in html
    assert "/diarium/fil/" not in html
    assert "/diarium/arende/" not in html
    assert "Offentlig rubrik" not in page
    assert "stroke" not in page
    assert "Vårdprogram" in page
    found = text_of(signed_in(chair).get("/diarium/", {"public": "on", "q": "stroke"}).text)
    assert "Ingen registrerad handling stämmer med urvalet" in found


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"q": "socialstyrelsen"}, True),
        ({"q": "tandvård"}, False),
        ({"direction": "RECEIVED"}, True),
        ({"direction": "DISPATCHED"}, False),
        ({"year": "2026"}, True),
        ({"series": "none", "year": "1999"}, True),
        ({"page": "99"}, True),
    ],
)
def test_the_registry_is_narrowed_by_its_address(query: dict[str, str], shown: bool, remiss: Document, chair: User) -> None:
    response = signed_in(chair).get("/diarium/", query)
    assert response.status_code == 200
    assert ("RVN/1/2026:1" in response.text) is shown


def test_the_registry_comes_in_pages_and_in_print_in_one(case: Case, registrar: User, settings) -> None:
    settings.PAGE_SIZE = 2
    for number in range(3):
        register_document(
            actor=registrar,
            case=case,
            direction="DRAWN_UP",
            dated_on=date(2026, 9, 16),
            title=f"Notering {number}",
            counterpart="",
            file=None,
            at=AT,
        )
    client = signed_in(registrar)
    pages = [text_of(client.get("/diarium/", {"q": "notering", "page": page}).text) for page in (1, 2)]
    assert ["Notering 2" in page for page in pages] == [True, False]
    assert ["Notering 0" in page for page in pages] == [False, True]
    printed = client.get("/diarium/", {"q": "notering", "utskrift": "1"})
    assert "3 av 3 handlingar, utskrivet 16 sep 2026." in text_of(printed.text)
    assert 'href="?q=notering"' in printed.text
    assert "Filtrera" not in printed.text


def test_an_empty_registry_says_when_it_will_not_be(chair: User) -> None:
    assert "När en handling diarieförs står den här." in text_of(signed_in(chair).get("/diarium/").text)


def test_the_pages_need_a_sign_in(remiss: Document, case: Case) -> None:
    for address in ("/diarium/", f"/diarium/arende/{case.pk}/", f"/diarium/handling/{remiss.pk}/", f"/diarium/fil/{remiss.file.uuid}/"):
        response = Client().get(address)
        assert response.status_code == 302
        assert response["Location"].startswith("/konto/")


def test_others_see_nothing(remiss: Document, case: Case) -> None:
    neighbour = signed_in(make_holder(make_county("grannlan", name="Grannlän"), "region", "REGISTRAR"))
    assert "RVN/1/2026" not in neighbour.get("/diarium/").text
    file = f"/diarium/fil/{remiss.file.uuid}/"
    for address in (f"/diarium/arende/{case.pk}/", f"/diarium/arende/{case.pk}/diariefor/", f"/diarium/handling/{remiss.pk}/", file):
        assert neighbour.get(address).status_code == 404


def test_the_series_of_several_counties_say_whose_they_are(remiss: Document, case: Case, chair: User) -> None:
    def offered(reader: User) -> list[str]:
        return [name for _key, name in signed_in(reader).get("/diarium/").context["form"].fields["series"].choices]

    make_series(make_county("grannlan", name="Grannlän"), "RVN")
    assert not any("län)" in name for name in offered(chair))
    assert sum(name.startswith("RVN") for name in offered(chair)) == 1
    of = [name.rpartition(" (")[2] for name in offered(make_user("forvaltare", administrator=True)) if name.startswith("RVN")]
    assert sorted(of) == sorted(["Grannlän)", f"{case.county.name})"])


def test_a_document_is_shown_with_its_file(remiss: Document, chair: User) -> None:
    response = signed_in(chair).get(f"/diarium/handling/{remiss.pk}/")
    page = text_of(response.text)
    for said in (
        "RVN/1/2026:1",
        "Remiss av vårdprogram",
        "Socialstyrelsen",
        "Registrator, Region Exempellän",
        "Remiss åäö.pdf",
        "(15 byte)",
    ):
        assert said in page
    assert f'href="/diarium/fil/{remiss.file.uuid}/"' in response.text


def test_a_file_is_only_ever_downloaded(remiss: Document, chair: User) -> None:
    response = signed_in(chair).get(f"/diarium/fil/{remiss.file.uuid}/")
    assert response.content == PDF
    assert {
        name: response[name] for name in ("Content-Type", "Content-Disposition", "X-Content-Type-Options", "Content-Security-Policy")
    } == {
        "Content-Type": "application/pdf",
        "Content-Disposition": "attachment; filename*=utf-8''Remiss%20%C3%A5%C3%A4%C3%B6.pdf",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    assert response["Cache-Control"] == "private, no-store"


def test_a_page_that_somebody_uploads_is_sent_as_plain_text(case: Case, registrar: User, settings) -> None:
    settings.DOCUMENT_FORMATS = ("html",)
    file = make_file(registrar, name='"a".html', content="<script>å</script>".encode())
    response = signed_in(registrar).get(f"/diarium/fil/{file.uuid}/")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="_a_.html"'
    assert signed_in(registrar).post(f"/diarium/fil/{file.uuid}/").status_code == 405


def test_a_file_that_does_not_exist_is_not_found(chair: User) -> None:
    assert signed_in(chair).get(f"/diarium/fil/{uuid4()}/").status_code == 404


def test_a_document_is_registered_by_hand_with_its_file(case: Case, registrar: User) -> None:
    client = signed_in(registrar)
    address = f"/diarium/arende/{case.pk}/diariefor/"
    assert client.get(address).status_code == 200
    form = filled(file=SimpleUploadedFile("Yttrande.pdf", PDF))
    response = client.post(address, form, follow=True)
    assert response.redirect_chain == [(f"/diarium/arende/{case.pk}/", 302)]
    page = text_of(response.text)
    assert "Handlingen är diarieförd som RVN/1/2026:1." in page
    assert "Yttrande.pdf" in page
    document = Document.objects.get()
    assert (document.title, document.counterpart, document.dated_on, document.registered_at) == (
        "Yttrande",
        "Ånge kommun",
        date(2026, 9, 15),
        AT,
    )
    assert (document.file.instance, document.registered_by) == (case.instance, registrar)


def test_a_double_click_registers_one_document_and_one_file(case: Case, registrar: User) -> None:
    client, form = signed_in(registrar), filled()
    for _click in range(2):
        upload = SimpleUploadedFile("Yttrande.pdf", PDF)
        assert client.post(f"/diarium/arende/{case.pk}/diariefor/", form | {"file": upload}).status_code == 302
    assert (Document.objects.count(), StoredFile.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("change", "messages"),
    [
        ({"title": ""}, ["Ange kort vad handlingen rör."]),
        ({"direction": ""}, ["Ange om handlingen är inkommen, expedierad eller upprättad."]),
        ({"dated_on": ""}, ["Ange vilken dag handlingen kom in"]),
        ({"dated_on": "2026-09-17"}, ["Datumet ligger i framtiden."]),
        ({"counterpart": ""}, ["Ange vem handlingen kom från"]),
        ({"counterpart": "namn@skr.se"}, ["inte en e-postadress"]),
        ({"title": "", "counterpart": ""}, ["Ange kort vad handlingen rör.", "Ange vem handlingen kom från"]),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(
    change: dict[str, str], messages: list[str], case: Case, registrar: User
) -> None:
    response = signed_in(registrar).post(f"/diarium/arende/{case.pk}/diariefor/", filled(public_title="Behållen", **change))
    assert response.status_code == 200
    page = text_of(response.text)
    for message in messages:
        assert message in page
    assert 'value="Behållen"' in response.text
    assert "<title>Fel:" in response.text
    assert Document.objects.count() == 0


def test_what_was_drawn_up_here_needs_no_counterpart(case: Case, registrar: User) -> None:
    response = signed_in(registrar).post(f"/diarium/arende/{case.pk}/diariefor/", filled(direction="DRAWN_UP", counterpart=""))
    assert response.status_code == 302
    assert Document.objects.get().direction == "DRAWN_UP"


def test_an_empty_file_stops_the_registration(case: Case, registrar: User) -> None:
    response = signed_in(registrar).post(f"/diarium/arende/{case.pk}/diariefor/", filled(file=SimpleUploadedFile("Tom.pdf", b"")))
    assert response.status_code == 200
    assert "<title>Fel:" in response.text
    assert (Document.objects.count(), StoredFile.objects.count()) == (0, 0)


@pytest.mark.parametrize("page", ["diariefor", "arendemening", "diarienummer"])
def test_who_may_only_read_is_told_why_and_changes_nothing(page: str, case: Case, chair: User) -> None:
    client = signed_in(chair)
    address = f"/diarium/arende/{case.pk}/{page}/"
    for response in (client.get(address), client.post(address, filled() | {"subject": "Annat", "series": case.registry_series_id})):
        assert response.status_code == 403
        assert "Bara en registrator eller en samordnare i länet kan diarieföra" in text_of(response.text)
    case.refresh_from_db()
    assert (case.subject, Document.objects.count()) == ("Vårdprogram för stroke", 0)
    dossier = client.get(f"/diarium/arende/{case.pk}/")
    assert dossier.status_code == 200
    assert "Diarieför en handling" not in dossier.text


def test_the_wording_of_a_case_is_changed(case: Case, registrar: User) -> None:
    client, address = signed_in(registrar), f"/diarium/arende/{case.pk}/arendemening/"
    assert 'value="Vårdprogram för stroke"' in client.get(address).text
    assert "Ange kort vad ärendet rör." in text_of(client.post(address, {"subject": " ", "public_subject": ""}).text)
    response = client.post(address, {"subject": "Stroke och TIA", "public_subject": "Vårdprogram"}, follow=True)
    assert "Ärendemeningen är ändrad." in text_of(response.text)
    case.refresh_from_db()
    assert (case.subject, case.public_subject) == ("Stroke och TIA", "Vårdprogram")


def test_a_case_gets_its_number_by_hand(county: County, registrar: User) -> None:
    series, case = make_series(county, "RS"), make_case(registrar, county)
    foreign = make_series(make_county("grannlan", name="Grannlän"), "KS")
    client, address = signed_in(registrar), f"/diarium/arende/{case.pk}/diarienummer/"
    page = client.get(address).text
    assert f'value="{series.pk}"' in page
    assert f'value="{foreign.pk}"' not in page
    assert "Välj den serie som ärendet ska diarieföras i." in text_of(client.post(address, {"series": ""}).text)
    assert client.post(address, {"series": foreign.pk}).status_code == 200
    sent = {"series": series.pk, "submission": str(uuid4())}
    response = client.post(address, sent, follow=True)
    assert "Ärendet har fått diarienummer RS/1/2026." in text_of(response.text)
    assert "Ge diarienummer" not in text_of(response.text)
    assert client.post(address, sent).url == f"/diarium/arende/{case.pk}/"
    again = client.post(address, sent | {"submission": str(uuid4())})
    assert "Ärendet har redan diarienummer RS/1/2026." in text_of(again.text)


def test_an_administrator_reads_but_does_not_register(case: Case, remiss: Document) -> None:
    client = signed_in(make_user("forvaltare", administrator=True))
    assert client.get(f"/diarium/handling/{remiss.pk}/").status_code == 200
    assert client.get(f"/diarium/arende/{case.pk}/diariefor/").status_code == 403
