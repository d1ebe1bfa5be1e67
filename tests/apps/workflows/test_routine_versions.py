"""The versions of a routine: which are shown, their files, and who may read them."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from styrkedja.workflows.models import InstanceStatus, ProcessDefinition
from styrkedja.workflows.services import start_instance
from tests.apps.ui.drawing import one, text
from tests.apps.workflows.reading import AT, LIST, NAME, PAGE, Visit, revised, rows, steps
from tests.factories.accounts import make_user
from tests.factories.counties import hold, make_county, make_holder
from tests.factories.walks import ROUTINE

pytestmark = pytest.mark.usefixtures("today")


class TestTheList:
    def test_names_each_version_with_its_dates_and_how_many_cases_run_in_it(self, visit: Visit, real: ProcessDefinition) -> None:
        start_instance(actor=make_user(), definition=real, givens={"entry": "consultation", "principals": ["ange"]}, at=AT)
        page = visit(LIST)
        assert [text(heading) for heading in page.xpath("//h2 | //h3")] == ["Västernorrlands län", NAME]
        assert rows(page) == [["Version 3", "Gäller", "5 jun 2026", "Länsledningen för HälSam, 17 maj 2024", "5 jun 2026", "1"]]
        assert one(page, "//h3/a").get("href") == PAGE

    def test_tells_of_a_coming_version(self, visit: Visit, real: ProcessDefinition) -> None:
        revised(real)
        assert [row[:3] for row in rows(visit(LIST))] == [["Version 4", "Kommande", "1 jan 2027"], ["Version 3", "Gäller", "5 jun 2026"]]

    def test_tells_of_an_earlier_version_whose_cases_still_run(self, visit: Visit, real: ProcessDefinition) -> None:
        start_instance(actor=make_user(), definition=real, givens={"entry": "consultation", "principals": ["ange"]}, at=AT)
        revised(real, valid_from="2026-09-01")
        assert [(row[0], row[1], row[5]) for row in rows(visit(LIST))] == [("Version 4", "Gäller", "0"), ("Version 3", "Tidigare", "1")]

    def test_counts_no_case_that_has_ended(self, visit: Visit, real: ProcessDefinition) -> None:
        instance = start_instance(actor=make_user(), definition=real, givens={"entry": "consultation", "principals": ["ange"]}, at=AT)
        instance.status = InstanceStatus.CLOSED
        instance.save()
        assert rows(visit(LIST))[0][5] == "0"

    def test_costs_the_same_however_many_versions_and_cases_there_are(
        self, reader: Client, real: ProcessDefinition, django_assert_num_queries: Any
    ) -> None:
        with CaptureQueriesContext(connection) as alone:
            reader.get(LIST)
        revised(real)
        for number in range(3):
            start_instance(
                actor=make_user(f"konto-{number}"), definition=real, givens={"entry": "consultation", "principals": ["ange"]}, at=AT
            )
        with django_assert_num_queries(len(alone)):
            reader.get(LIST)

    def test_has_nothing_for_who_works_in_no_county_with_a_routine(self, real: ProcessDefinition, db: None, client: Client) -> None:
        client.force_login(make_holder(make_county(), "region", "REGISTRAR"))
        page = html.fromstring(client.get(LIST).content.decode())
        assert page.xpath("//table") == []
        assert "Inga rutiner" in text(one(page, "//main"))

    def test_has_no_script_for_maps(self, visit: Visit) -> None:
        assert visit(LIST).xpath("//script[contains(@src, 'map')] | //link[contains(@href, 'map')]") == []


class TestVersions:
    def test_the_valid_one_is_shown_although_a_later_is_published(self, visit: Visit, real: ProcessDefinition) -> None:
        revised(real)
        page = visit(fas="consultation")
        assert steps(page)["receive_consultation"]["Steg"] == "Steg 1 Ta emot remissen"
        assert page.xpath("//*[contains(@class, 'ui-alert')]") == []

    def test_a_coming_one_says_from_when_and_what_is_valid_now(self, visit: Visit, real: ProcessDefinition) -> None:
        revised(real)
        page = visit(f"{PAGE}4/", fas="consultation")
        assert steps(page)["receive_consultation"]["Steg"] == "Steg 1 Ta emot remissen och öppna ärendet"
        notice = one(page, "//*[contains(@class, 'ui-alert')]")
        assert text(notice) == (
            "Gäller från 1 jan 2027 Ärenden som öppnas före den dagen följer en tidigare version. Läs version 3, som gäller nu"
        )
        assert one(notice, ".//a").get("href") == PAGE

    def test_an_earlier_one_says_that_it_is_past(self, visit: Visit, real: ProcessDefinition) -> None:
        revised(real, valid_from="2026-09-01")
        notice = one(visit(f"{PAGE}3/"), "//*[contains(@class, 'ui-alert')]")
        assert text(notice) == "Tidigare version Nya ärenden följer en senare version. Läs version 4, som gäller nu"
        assert steps(visit(fas="consultation"))["receive_consultation"]["Steg"] == "Steg 1 Ta emot remissen och öppna ärendet"

    def test_one_that_is_not_yet_valid_is_shown_where_there_is_no_other(self, visit: Visit, real: ProcessDefinition) -> None:
        ProcessDefinition.objects.filter(pk=real.pk).update(valid_from=date(2027, 1, 1))
        notice = one(visit(), "//*[contains(@class, 'ui-alert')]")
        assert text(notice) == "Gäller från 1 jan 2027 Ärenden som öppnas före den dagen följer en tidigare version."


class TestTheFile:
    def test_is_given_to_the_map_and_kept_by_its_hash(self, reader: Client, real: ProcessDefinition) -> None:
        answer = reader.get(f"/rutiner/definition/{real.pk}/karta.bpmn")
        assert answer.content == ROUTINE.read_bytes()
        assert answer["Content-Type"] == "application/xml; charset=utf-8"
        assert answer["ETag"] == f'"{real.sha256}"'
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert answer["Cache-Control"] == "private, no-cache"
        assert answer["Content-Disposition"] == 'inline; filename="vasternorrland_kunskapsstod-3.bpmn"'

    def test_is_not_sent_again_to_who_has_it(self, reader: Client, real: ProcessDefinition) -> None:
        answer = reader.get(f"/rutiner/definition/{real.pk}/karta.bpmn", headers={"If-None-Match": f'"{real.sha256}"'})
        assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", f'"{real.sha256}"')
        again = reader.get(f"/rutiner/definition/{real.pk}/karta.bpmn", headers={"If-None-Match": '"something else"'})
        assert again.status_code == 200

    def test_can_be_downloaded(self, reader: Client, real: ProcessDefinition) -> None:
        answer = reader.get(f"/rutiner/definition/{real.pk}/rutin.bpmn")
        assert answer["Content-Disposition"] == 'attachment; filename="vasternorrland_kunskapsstod-3.bpmn"'
        assert answer.content == ROUTINE.read_bytes()


def addresses(definition: ProcessDefinition) -> list[str]:
    file = f"/rutiner/definition/{definition.pk}"
    return [PAGE, f"{PAGE}3/", f"{PAGE}?utskrift=1", f"{file}/karta.bpmn", f"{file}/rutin.bpmn"]


class TestRights:
    def test_nobody_of_another_county_finds_a_routine_or_its_file(self, real: ProcessDefinition, db: None, client: Client) -> None:
        client.force_login(make_holder(make_county(), "region", "COORDINATOR"))
        assert [client.get(address).status_code for address in addresses(real)] == [404] * 5
        has_it = client.get(addresses(real)[3], headers={"If-None-Match": f'"{real.sha256}"'})
        assert has_it.status_code == 404

    def test_a_seat_that_is_no_longer_held_opens_nothing(self, real: ProcessDefinition, db: None, client: Client) -> None:
        user = make_user("tidigare")
        seat = real.county.bodies.get(key="lpo-psykisk-halsa").seats.get(function="CHAIR")
        hold(user, seat, valid_until=date(2026, 9, 16))
        client.force_login(user)
        assert [client.get(address).status_code for address in addresses(real)] == [404] * 5

    def test_a_seat_in_the_region_itself_and_an_administrator_open_everything(
        self, real: ProcessDefinition, db: None, client: Client
    ) -> None:
        registrar = make_user("registrator-rvn")
        assert real.county.region is not None
        hold(registrar, real.county.region.seats.get(function="REGISTRAR"))
        for user in (registrar, make_user("driftansvarig", administrator=True)):
            client.force_login(user)
            assert [client.get(address).status_code for address in addresses(real)] == [200] * 5

    def test_who_has_not_signed_in_is_asked_to(self, real: ProcessDefinition, db: None, client: Client) -> None:
        found = [client.get(address) for address in (LIST, *addresses(real))]
        assert {(answer.status_code, answer["Location"].partition("?")[0]) for answer in found} == {(302, "/konto/logga-in/")}

    def test_what_there_is_not_is_not_found(self, reader: Client, real: ProcessDefinition) -> None:
        wrong = [
            "/rutiner/vasternorrland/annan/",
            "/rutiner/annat-lan/vasternorrland_kunskapsstod/",
            f"{PAGE}7/",
            "/rutiner/definition/0/karta.bpmn",
        ]
        assert [reader.get(address).status_code for address in wrong] == [404] * 4
