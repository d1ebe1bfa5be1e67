"""What the pages of the real routine say of its steps, word for word."""

import pytest
from django.test import Client
from lxml import html

from styrkedja.organisations.models import LeadTime
from styrkedja.workflows.models import ProcessDefinition
from tests.apps.ui.drawing import one, text
from tests.apps.workflows.reading import NAME, Visit, rows, steps
from tests.factories.cases import make_definition
from tests.factories.counties import make_county, make_holder


class TestTheOverview:
    def test_says_what_the_routine_is_and_by_whom_it_was_decided(self, visit: Visit) -> None:
        page = visit()
        assert text(one(page, "//h1")) == NAME
        assert text(one(page, "//*[@class='ui-lead']")) == "Västernorrlands län, version 3"
        assert "Gäller tills vidare och ska regelbundet följas upp samt revideras vid behov." in text(one(page, "//*[@class='ui-prose']"))
        facts = {text(row.find("dt")): text(row.find("dd")) for row in page.xpath("//div[@class='ui-facts__row']")}
        assert facts == {
            "Version": "3",
            "Läge": "Gäller",
            "Gäller från": "5 jun 2026",
            "Beslutad": "Länsledningen för HälSam, 17 maj 2024",
            "Reviderad": "5 jun 2026",
            "Pågår i versionen": "0 ärenden",
        }

    def test_leads_to_every_step_of_every_phase(self, visit: Visit) -> None:
        page = visit()
        phases = {text(card.find(".//h3")): card.xpath(".//li") for card in page.xpath("//section[contains(@class, 'ui-card')][.//ol]")}
        assert {name: len(items) for name, items in phases.items()} == {
            "1 Remiss": 15,
            "2 Nationellt beslut": 2,
            "3 Lokal hantering": 31,
            "4 Beslut": 4,
            "5 Implementering": 18,
        }
        own = next(item for item in phases["1 Remiss"] if text(item).startswith("4-regionintern"))
        assert text(own) == "4-regionintern Lämna över till regionens egen rutin LPO som håller samman ärendet"
        everywhere = [text(item) for items in phases.values() for item in items]
        assert len(set(everywhere)) == len(everywhere)
        assert own.find("a").get("href") == "?fas=consultation#steg-hand_over_to_regional_routine"

    def test_has_a_tab_for_each_phase_and_for_words_times_and_versions(self, visit: Visit) -> None:
        tabs = visit().xpath("//nav[@class='ui-tabs']//a")
        assert [(text(tab), tab.get("href")) for tab in tabs] == [
            ("Översikt", "?flik=oversikt"),
            ("1 Remiss", "?fas=consultation"),
            ("2 Nationellt beslut", "?fas=national_decision"),
            ("3 Lokal hantering", "?fas=local"),
            ("4 Beslut", "?fas=decision"),
            ("5 Implementering", "?fas=implementation"),
            ("Ordlista", "?flik=ordlista"),
            ("Ledtider", "?flik=ledtider"),
            ("Versioner", "?flik=versioner"),
        ]

    @pytest.mark.parametrize("query", [{"fas": "nothing"}, {"flik": "nothing"}])
    def test_stands_in_for_what_there_is_not(self, visit: Visit, query: dict[str, str]) -> None:
        assert text(one(visit(**query), "//nav[@class='ui-tabs']//a[@aria-current]")) == "Översikt"


class TestAPhase:
    @pytest.mark.parametrize(
        ("phase", "sections"),
        [
            ("consultation", {"phase_consultation_1": 7, "phase_consultation_2": 8}),
            ("national_decision", {"phase_national_decision": 2}),
            ("local", {"phase_local_1": 8, "phase_local_2": 8, "phase_local_3": 3, "phase_local_4": 7, "phase_local_5": 5}),
            ("decision", {"phase_decision": 4}),
            ("implementation", {"phase_implementation_1": 5, "phase_implementation_2": 5, "phase_implementation_3": 8}),
        ],
    )
    def test_has_beside_every_map_the_steps_that_it_shows(self, visit: Visit, phase: str, sections: dict[str, int]) -> None:
        page = visit(fas=phase)
        found = page.xpath("//section[contains(@class, 'ui-phase')]/div")
        assert {
            one(part, ".//*[@data-map]").get("data-map-diagram"): len(part.xpath(".//li[starts-with(@id, 'steg-')]")) for part in found
        } == sections

    def test_says_who_does_what_by_when_and_what_comes_next(self, visit: Visit) -> None:
        assert steps(visit(fas="consultation"))["assess_municipal_relevance"] == {
            "Steg": "Steg 4 Bedöm om ärendet berör kommunerna",
            "Vem": "Region: Berört LPO Ordförande eller processledare, var för sig i alla de organ som anges i steg 3 eller 10 (Berörda LPO)",
            "Gör": "Bedöm",
            "Tid": "senast 25 arbetsdagar före den dag som anges i steg 1 (Svarsdatum)",
            "Utfall": "Ja, kommunerna berörs / Nej, endast regionen berörs",
            "Sedan": "Berörs kommunerna? Ja → steg 4 Skicka remissen till KFVN:s samordnare Nej → steg 4-regionintern Lämna över till regionens egen rutin",
        }

    def test_says_how_the_regions_own_routine_takes_over(self, visit: Visit) -> None:
        assert steps(visit(fas="consultation"))["hand_over_to_regional_routine"] == {
            "Steg": "Steg 4-regionintern Lämna över till regionens egen rutin",
            "Vem": "Gemensamt: LPO som håller samman ärendet Ordförande eller processledare i det organ som anges i steg 3 eller 10"
            " (LPO som håller samman ärendet)",
            "Gör": "Vidarebefordra",
            "Tid": "5 arbetsdagar",
            "Sedan": "ärendet slutar: Handläggs i regionens egen rutin",
        }

    def test_says_what_goes_on_at_the_same_time_and_what_waits_for_what(self, visit: Visit) -> None:
        found = steps(visit(fas="consultation"))
        assert (
            found["send_to_association"]["Sedan"] == "samtidigt: steg 5 Samla in svar från sakkunniga steg 4 Sprid remissen till kommunerna"
        )
        assert found["send_municipal_summary"]["Sedan"] == (
            "steg 7 Sammanställ samtliga svar, när även det som görs samtidigt är klart, till och med 6 Skicka LPO:s sammanställning till RVN:s samordnare"
        )
        assert found["send_municipal_summary"]["Kan pågå samtidigt"] == (
            "5 Samla in svar från sakkunniga 6 Skicka LPO:s sammanställning till RVN:s samordnare"
        )

    def test_says_what_is_done_again(self, visit: Visit) -> None:
        found = steps(visit(fas="local"))
        assert found["prioritise"]["Görs om efter"] == "11a Omprövning"
        assert found["until_reconsideration"]["Sedan"] == "tillbaka till steg 11 Prioritera kunskapsstödet"
        assert found["until_reconsideration"]["Gör"] == "Väntan"
        assert found["until_reconsideration"]["Tid"] == "till den dag som anges i steg 11a (Ompröva den)"
        assert found["revise_gap_analysis"]["Görs om efter"] == (
            "22 Ta del av analysen och lämna synpunkter (Styrgrupp inom Länsledningen)"
            " 22 Ta del av analysen och lämna synpunkter (Länsledningen för HälSam)"
        )

    def test_each_outcome_says_where_it_leads(self, visit: Visit) -> None:
        assert steps(visit(fas="implementation"))["inventory_competence"]["Sedan"] == (
            "LAG är komplett → steg 27 Ge LAG uppdrag att starta implementeringen"
            " Resurser behövs från RVN → steg 26 Fråga RVN:s verksamhetschefer om resurser"
            " Resurser behövs från kommunerna → steg 26 Fråga kommunernas verksamhetschefer om resurser"
            " Resurser behövs från RVN och kommunerna → samtidigt: steg 26 Fråga RVN:s verksamhetschefer om resurser"
            " steg 26 Fråga kommunernas verksamhetschefer om resurser"
        )

    def test_what_is_done_again_follows_from_what_can_be_answered(self, visit: Visit) -> None:
        assert steps(visit(fas="implementation"))["inventory_competence"]["Görs om efter"] == (
            "26 Utse kompletterande sakkunniga i RVN 26 Utse kompletterande sakkunniga i kommunen"
        )

    @pytest.mark.parametrize(
        ("phase", "step", "who"),
        [
            ("consultation", "receive_consultation", "Region: RVN:s registrator Registrator, Region Västernorrland"),
            (
                "consultation",
                "compile_municipal_comments",
                "Kommun: KFVN:s samordnare för kunskapsstyrning Samordnare för kunskapsstyrning, Kommunförbundet Västernorrland",
            ),
            ("local", "decide_regional_implementation", "Region: Områdesdirektör i RVN Områdesdirektör, Region Västernorrland"),
            ("local", "analyse_gaps", "Gemensamt: Lokal arbetsgrupp (LAG) Sammankallande i det organ som anges i steg 16"),
            (
                "local",
                "decide_staffing_in_steering_group",
                "Gemensamt: Styrgrupp inom Länsledningen Ordförande eller sekreterare i det organ som anges i steg 13 (Organ som ska ta ställning)",
            ),
        ],
    )
    def test_names_functions_and_bodies_as_the_county_does(self, visit: Visit, phase: str, step: str, who: str) -> None:
        assert steps(visit(fas=phase))[step]["Vem"] == who

    def test_names_every_body_of_a_list_of_the_county(self, visit: Visit) -> None:
        assert steps(visit(fas="decision"))["decide_implementation"]["Vem"] == (
            "Gemensamt: Länsledningsrepresentant för huvudmannen Länsledningsrepresentant, var för sig hos Region Västernorrland, Ånge kommun, "
            "Timrå kommun, Härnösands kommun, Sundsvalls kommun, Kramfors kommun, Sollefteå kommun och Örnsköldsviks kommun"
        )

    def test_has_the_text_of_the_source_in_a_fold(self, visit: Visit) -> None:
        step = one(visit(fas="consultation"), "//li[@id='steg-register_consultation']")
        fold = one(step, ".//details")
        assert (fold.get("open"), text(fold.find("summary"))) == (None, "Rutinens text")
        assert text(fold.find("div")) == "RVN diarieför och skickar till sin samordnare för kunskapsstyrning."

    def test_shows_the_colours_as_words_too(self, visit: Visit) -> None:
        legend = one(visit(fas="decision"), "//ul[@aria-label='Färger']")
        assert [text(item) for item in legend.xpath("li")] == ["Region", "Kommun", "Gemensamt", "Vitt: steget står på en annan karta"]
        assert [shape.get("fill") for shape in legend.xpath(".//*[local-name()='rect']")] == ["#d6e6f7", "#d8efdb", "#e9ebee", "#ffffff"]

    def test_gives_the_map_its_file_its_diagram_and_the_numbers_of_its_steps(self, visit: Visit, real: ProcessDefinition) -> None:
        page = visit(fas="national_decision")
        box = one(page, "//*[@data-map]")
        assert box.get("data-map") == f"/rutiner/definition/{real.pk}/karta.bpmn"
        assert box.get("aria-label") == "Karta: Nationellt beslut"
        state = one(page, f"//script[@id='{box.get('data-map-state')}']").text
        assert '"register_national_decision": {"number": "9"}' in state
        assert len(page.xpath("//script[contains(@src, 'vendor/map.js')] | //link[contains(@href, 'vendor/map.css')]")) == 2

    def test_links_lead_to_the_step_in_its_own_phase(self, visit: Visit) -> None:
        page = visit(fas="consultation")
        onward = one(page, "//li[@id='steg-submit_response']//dd//a")
        assert (text(onward), onward.get("href")) == ("8 Invänta nationellt beslut", "?fas=national_decision#steg-await_national_decision")
        assert one(page, "//li[@id='steg-receive_consultation']//dd//a").get("href") == "#steg-register_consultation"


class TestWordsTimesAndVersions:
    def test_glossary_is_the_routines_own(self, visit: Visit) -> None:
        found = {text(row.find("dt")): text(row.find("dd")) for row in visit(flik="ordlista").xpath("//div[@class='ui-facts__row']")}
        assert list(found) == ["HälSam", "Huvudman", "KFVN", "LAG", "LPO", "LSG", "NPO", "RPO", "RVN", "SKR", "VC"]
        assert found["Huvudman"] == "Region Västernorrland eller någon av länets sju kommuner."

    def test_lead_times_are_told_of_every_step(self, visit: Visit) -> None:
        found = rows(visit(flik="ledtider"))
        assert len(found) == 70
        assert found[0] == [
            "1",
            "Ta emot remissen",
            "1 arbetsdag",
            "samma dag",
            "efter 2 arbetsdagar: Samordnare för kunskapsstyrning, RVN",
        ]
        by_name = {row[1]: row for row in found}
        assert by_name["Bedöm om ärendet berör kommunerna"][2:4] == [
            "senast 25 arbetsdagar före den dag som anges i steg 1 (Svarsdatum)",
            "2 arbetsdagar före",
        ]
        assert by_name["Skicka det formella remissvaret till SKR"][2] == "senast den dag som anges i steg 1 (Svarsdatum)"
        assert by_name["Omprövning"] == ["11a", "Omprövning", "till den dag som anges i steg 11a (Ompröva den)", "–", "–"]

    def test_a_step_that_the_county_has_not_planned_has_no_time(self, visit: Visit, real: ProcessDefinition) -> None:
        LeadTime.objects.filter(county=real.county, step="12").delete()
        row = next(row for row in rows(visit(flik="ledtider")) if row[0] == "12")
        assert row == ["12", "Ta fram underlag och föreslå funktioner till LAG", "–", "–", "–"]
        assert steps(visit(fas="local"))["propose_staffing"]["Tid"] == "Ingen planerad tid"

    def test_lateness_is_told_the_coordinators_where_the_county_names_nobody(self, visit: Visit, real: ProcessDefinition) -> None:
        LeadTime.objects.filter(county=real.county, step="12").update(escalate_to_body=None, escalate_to_function="")
        row = next(row for row in rows(visit(flik="ledtider")) if row[0] == "12")
        assert row[4] == "efter 5 arbetsdagar: länets samordnare"

    def test_versions_have_their_checksum_and_their_file(self, visit: Visit, real: ProcessDefinition) -> None:
        page = visit(flik="versioner")
        assert text(one(page, "//code")) == real.sha256
        link = one(page, "//td/a[contains(@href, 'definition')]")
        assert (text(link), link.get("href")) == ("Hämta Version 3", f"/rutiner/definition/{real.pk}/rutin.bpmn")

    def test_pages_without_a_map_load_no_script_for_maps(self, visit: Visit) -> None:
        for query in ({}, {"flik": "ordlista"}, {"flik": "ledtider"}, {"flik": "versioner"}):
            assert visit(**query).xpath("//script[contains(@src, 'map')] | //link[contains(@href, 'map')]") == []


class TestThePrintedWhole:
    def test_has_all_phases_maps_words_times_and_versions_on_one_page(self, visit: Visit) -> None:
        page = visit(utskrift="1")
        assert [text(heading) for heading in page.xpath("//h2")] == [
            "Om versionen",
            "1 Remiss",
            "2 Nationellt beslut",
            "3 Lokal hantering",
            "4 Beslut",
            "5 Implementering",
            "Ordlista",
            "Ledtider",
            "Versioner",
        ]
        assert len(steps(page)) == 70
        assert len(page.xpath("//*[@data-map][@data-map-eager]")) == 12
        assert {fold.get("open") is not None for fold in page.xpath("//li//details")} == {True}
        assert {link.get("href")[0] for link in page.xpath("//li[starts-with(@id, 'steg-')]//a")} == {"#"}
        assert page.xpath("//nav[@class='ui-tabs']") == []


class TestAnotherRoutine:
    def test_that_is_not_drawn_has_its_steps_without_a_map(self, client: Client, db: None) -> None:
        county = make_county()
        definition = make_definition(county)
        client.force_login(make_holder(county, "lpo", "CHAIR"))
        page = html.fromstring(client.get(f"/rutiner/{county.key}/provning/", {"fas": "only"}).content.decode())
        assert page.xpath("//*[@data-map]") == []
        assert steps(page) == {
            "register": {
                "Steg": "Steg 1 Diarieför",
                "Vem": "Region: Registrator Registrator eller samordnare för kunskapsstyrning, Region Exempellän",
                "Gör": "Diarieför",
                "Tid": "Ingen planerad tid",
                "Sedan": "ärendet slutar: Klart",
            }
        }
        assert definition.county == county
