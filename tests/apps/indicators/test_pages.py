"""The pages of the indicators: what they say, and to whom."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from styrkedja.indicators.models import DataLoad, Indicator
from styrkedja.organisations.models import County, Organisation
from styrkedja.steering.models import GoalArea, GoalIndicator
from tests.apps.indicators.reading import LEVEL, county, sign_in, text_of
from tests.factories.accounts import MADE_AT
from tests.factories.counties import body
from tests.factories.observations import LAST, monthly_index, observe, observe_years, read_in
from tests.factories.steering import make, make_goal, make_plan

__all__ = ["county"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def index(county: County) -> Indicator:
    found = monthly_index()
    for role in ("region", "forvaltningen", "primarvarden", "alen", "arnas"):
        observe(found, body(county, role), [*LEVEL, 0.43, 0.46])
    return found


def tie(county: County, index: Indicator) -> None:
    """A goal under a heading of a decided plan, reached when the index is."""
    plan = make_plan(county)
    area = make(GoalArea, county=county, document=plan, title="God vård")
    make(
        GoalIndicator, county=county, goal=make_goal(plan, title="Samma läkare", area=area), indicator=index,
        target_value="0.42", target_on=date(2027, 12, 31),
    )  # fmt: skip


def test_nobody_reads_without_signing_in(client: Client, index: Indicator) -> None:
    for address in (reverse("indicators:indicators"), reverse("indicators:indicator", args=[index.key])):
        assert client.get(address).status_code == 302


def test_the_list_tells_how_each_stands(client: Client, county: County, index: Indicator) -> None:
    sign_in(client, county)
    text = text_of(client, "indicators")
    assert "Senaste värdet för Region Exempellän." in text
    assert "Kontinuitetsindex, läkare" in text
    assert "<strong>0,46</strong>" in text
    assert "Förbättring" in text
    assert "Målet nås inte" in text


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ({"q": "LÄKARE kontinuitet"}, True),
        ({"q": "vårdplatser"}, False),
        ({"perspektiv": "listed"}, True),
        ({"perspektiv": "economy"}, False),
        ({"signal": "forbattring"}, True),
        ({"signal": "forsamring"}, False),
        ({"signal": "mal"}, True),
        ({"mal": "ja"}, True),
        ({"mal": "nej"}, False),
        ({"omrade": "God vård"}, True),
        ({"omrade": "Ekonomi"}, True),  # nothing has that area: as if it was not asked
        ({"kalla": "computed"}, True),
        ({"kalla": "kolada"}, False),
        ({"signal": "vad som helst"}, True),
    ],
)
def test_the_list_is_narrowed(client: Client, county: County, index: Indicator, query: dict[str, str], is_found: bool) -> None:
    sign_in(client, county)
    tie(county, index)
    read_in("fortroende-vardcentral")
    text = text_of(client, "indicators", **query)
    assert (f'href="/indikatorer/{index.key}/' in text) is is_found
    assert ("Ingen indikator stämmer med filtret" in text) is not (is_found or "/indikatorer/fortroende-vardcentral/" in text)


def test_an_indicator_without_values_says_so(client: Client, county: County) -> None:
    sign_in(client, county)
    found = read_in("medelvardtid-utskrivningsklar")
    for text in (text_of(client, "indicators"), text_of(client, "indicator", found.key)):
        assert "Siffror har inte räknats ännu" in text
    other = read_in("kontinuitetsindex-lakare")
    observe(other, body(county, "region"), LEVEL)
    assert "Värde saknas" in text_of(client, "indicators")
    assert "Siffror har inte räknats ännu" not in text_of(client, "indicators")
    assert "Inga värden är beräknade eller hämtade än." in text_of(client, "indicator", found.key)


def test_the_page_opens_on_the_readers_region(client: Client, county: County, index: Indicator) -> None:
    sign_in(client, county, "alen", "UNIT_MANAGER")
    text = text_of(client, "indicator", index.key)
    assert "<title>Kontinuitetsindex, läkare, Region Exempellän – Styrkedja</title>" in text
    assert "Mål till 31 dec 2028. Målet nås inte" in text
    assert "okt 2025. Förändring +0,11" in text
    assert "Det senaste värdet ligger över den övre styrgränsen: en verklig förbättring, inte slump." in text
    assert "Kontinuitet beräknas för listade patienter som gjort minst 3 besök de senaste 18 månaderna." in text
    assert "SKR, Primärvårdskvalitet" in text


@pytest.mark.parametrize(("latest", "met", "said"), [(0.52, "Målet nås", False), (0.37, "Målet nås inte", True)])
def test_the_sentence_on_the_limits_never_gainsays_the_value(
    client: Client, county: County, index: Indicator, latest: float, met: str, said: bool
) -> None:
    observe(index, body(county, "odeborg"), [*LEVEL, latest])
    sign_in(client, county)
    text = text_of(client, "indicator", index.key, enhet="odeborg-exempellan")
    assert f"Mål till 31 dec 2028. {met}<" in text
    assert ("Inga värden inom slumpens gränser når målet." in text) is said


def test_it_is_broken_down_one_level_at_a_time(client: Client, county: County, index: Indicator) -> None:
    sign_in(client, county)
    region = text_of(client, "indicator", index.key)
    assert "?enhet=forvaltningen-exempellan" in region
    assert "?enhet=alen-exempellan" not in region
    department = text_of(client, "indicator", index.key, enhet="primarvarden-exempellan")
    assert "?enhet=alen-exempellan" in department
    assert "?enhet=region-exempellan" in department  # the way up
    assert "2 av 3 har ett värde för perioden." in department
    assert "Enheter utan värde (1)" in department
    assert 'Ödeborgs hälsocentral</a> <span class="ui-meta">Inga uppgifter' in department  # nobody has counted it


def test_all_units_at_once_when_the_level_is_chosen(client: Client, county: County, index: Indicator) -> None:
    sign_in(client, county)
    text = text_of(client, "indicator", index.key, niva="UNIT")
    assert "?enhet=alen-exempellan" in text
    assert "?enhet=primarvarden-exempellan" not in text


def test_an_earlier_period_is_shown_as_it_was(client: Client, county: County, index: Indicator) -> None:
    sign_in(client, county)
    text = text_of(client, "indicator", index.key, till="2026-08-31")
    assert "index 0–1, aug 2026" in text
    assert "0,46" not in text
    assert "till=2026-08-31" in text  # carried on to the level below


def test_a_part_of_the_population(client: Client, county: County, index: Indicator) -> None:
    observe(index, body(county, "region"), [0.11, 0.12], dimensions={"sex": "K"})
    sign_in(client, county)
    text = text_of(client, "indicator", index.key, **{"del-sex": "K"})
    assert "0,12" in text
    assert "Mål till" not in text  # the target is the whole population's
    assert "Det finns inga värden för Region Exempellän" in text_of(client, "indicator", index.key, **{"del-sex": "M"})


def test_values_that_share_months_are_not_judged_against_chance(client: Client, county: County) -> None:
    rate = read_in("hembesok-per-1000")
    observe(rate, body(county, "region"), [41.0 + number for number in range(20)])
    sign_in(client, county)
    text = text_of(client, "indicator", rate.key)
    assert "Serien bedöms inte mot slumpen." in text
    assert "Tecken på" not in text
    assert "Bedöms inte" in text_of(client, "indicators")


def test_values_over_a_window_longer_than_their_period_are_not_judged_either(client: Client, county: County) -> None:
    index = read_in("kontinuitetsindex-lakare")
    for role in ("region", "forvaltningen"):
        observe(index, body(county, role), [*LEVEL, 0.43, 0.46])
    sign_in(client, county)
    text = text_of(client, "indicator", index.key)
    assert "Varje värde bygger på 18 månader och delar månader med nästa" in text
    assert "varje värde bygger på 18 månader" in text
    assert "Målet nås inte" in text  # the value against the target needs no chance
    for wrong in ("inte slump.", "Tecken på", "Övre", "Medel 0", "Förbättring", "slumpens gränser når"):
        assert wrong not in text


def test_fetched_values_are_shown_with_their_source(client: Client, county: County) -> None:
    trust = read_in("fortroende-vardcentral")
    observe_years(trust, body(county, "region"), [57.0, 61.0, 62.0], source="kolada:U70455")
    sign_in(client, county)
    text = text_of(client, "indicator", trust.key)
    assert "%, 2025" in text
    assert "Värdena är för få för att skilja en förändring från slump." in text


def test_small_numbers_are_hidden_from_who_has_no_right_of_access(client: Client, county: County, index: Indicator) -> None:
    observe(index, body(county, "odeborg"), [0.77, 0.88], denominator=4, numerator=3)
    sign_in(client, county, "lpo", "CHAIR")
    for query in ({"enhet": "primarvarden-exempellan"}, {"enhet": "odeborg-exempellan"}):
        text = text_of(client, "indicator", index.key, **query)
        assert "Visas inte (röjandeskydd)" in text
        assert "0,88" not in text
        assert "0,77" not in text


def test_what_is_computed_for_a_part_is_never_shown_to_who_has_no_right_of_access(client: Client, county: County, index: Indicator) -> None:
    observe(index, body(county, "odeborg"), [0.77, 0.88])
    sign_in(client, county, "lpo", "CHAIR")
    assert "0,88" not in text_of(client, "indicator", index.key, enhet="odeborg-exempellan")
    region = client.get(reverse("indicators:indicator", args=[index.key]), {"enhet": body(county, "region").key})
    assert "0,88" not in region.content.decode()


@pytest.mark.parametrize(("role", "function", "is_seen"), [("primarvarden", "HEAD_OF_OPERATIONS", True), ("alen", "UNIT_MANAGER", False)])
def test_who_works_over_a_unit_sees_its_small_numbers(
    client: Client, county: County, index: Indicator, role: str, function: str, is_seen: bool
) -> None:
    observe(index, body(county, "odeborg"), [0.77, 0.88], denominator=4, numerator=3)
    sign_in(client, county, role, function)
    text = text_of(client, "indicator", index.key, enhet="odeborg-exempellan")
    assert ("0,88" in text) is is_seen


def test_generated_data_say_that_they_are(client: Client, county: County, index: Indicator) -> None:
    sign_in(client, county)
    assert "Genererade data" not in text_of(client, "indicator", index.key)
    DataLoad.objects.create(
        source="visits", month=date(2026, 10, 1), sha256="0" * 64, rows_read=1000, rows_rejected=5, is_generated=True, loaded_at=MADE_AT
    )
    text = text_of(client, "indicator", index.key)
    assert "Genererade data" in text
    assert "2026-10 till 2026-10. 1 000 rader lästa, 5 avvisade (0,5 procent)." in text
    assert "Genererade data" in text_of(client, "indicators")


def test_what_does_not_exist(client: Client, county: County, index: Indicator) -> None:
    sign_in(client, county)
    assert client.get("/indikatorer/finns-inte/").status_code == 404
    assert "Adressen gäller ett organ som inte finns." in text_of(client, "indicator", index.key, enhet="finns-inte")


def test_a_closed_indicator_keeps_its_page_and_leaves_the_list(client: Client, county: County, index: Indicator) -> None:
    Indicator.objects.filter(pk=index.pk).update(closed_at=MADE_AT)
    sign_in(client, county)
    assert "Indikatorn är avslutad" in text_of(client, "indicator", index.key)
    assert "Kontinuitetsindex" not in text_of(client, "indicators")


def test_units_are_held_against_each_other_when_their_values_are_counted(client: Client, county: County) -> None:
    share = read_in("medicinsk-bedomning-tre-dagar")
    for role, value in (("alen", 90.0), ("arnas", 88.0), ("odeborg", 60.0), ("primarvarden", 80.0)):
        observe(share, body(county, role), [value], numerator=value * 10, denominator=1000)
    sign_in(client, county)
    for role in ("primarvarden", "alen"):
        text = text_of(client, "indicator", share.key, enhet=f"{role}-exempellan")
        assert "3 skiljer sig mer från de andra än vad slumpen gör: Arnäs hälsocentral, Ålens hälsocentral, Ödeborgs hälsocentral." in text
        assert "<title>Enheterna under Primärvården</title>" in text.replace(' id="jamforelse-wide-title"', "")


def test_the_page_says_which_chart_it_draws_and_draws_the_one_that_is_asked_for(client: Client, county: County) -> None:
    share = read_in("medicinsk-bedomning-tre-dagar")
    for number, denominator in enumerate((400, 500, 900, 450) * 4):
        observe(share, body(county, "region"), [80.0], last=LAST - 15 + number, numerator=denominator * 0.8, denominator=denominator)
    sign_in(client, county)
    assert "Styrdiagram för andelar (p′)" in text_of(client, "indicator", share.key)
    assert "Styrdiagram för enskilda värden (XmR)" in text_of(client, "indicator", share.key, diagram="xmr")
    run = text_of(client, "indicator", share.key, diagram="run")
    assert "Linjediagram med median" in run
    assert "Medel" not in run.partition("Nedbrytning")[0].partition("Utvecklingen")[2]
    assert "diagram=run" in run  # carried on


def test_the_page_leads_to_the_goals_that_use_it(client: Client, county: County, index: Indicator) -> None:
    tie(county, index)
    sign_in(client, county)
    text = text_of(client, "indicator", index.key)
    assert "Mål och åtgärder" in text
    assert '>Samma läkare</a><span class="ui-meta">God vård</span>' in text
    assert "Målet ovan är definitionens. Mål i styrningen" in text
    assert ": 0,42 till 31 dec 2027. <" in text.replace(".</p>", ". <")
    assert "Mål i styrningen</dt>" in text
    assert "0,42 till 31 dec 2027: Samma läkare" in text


def test_many_goals_are_told_together(client: Client, county: County, index: Indicator) -> None:
    plan = make_plan(county)
    for number in range(6):
        goal = make_goal(plan, title=f"Mål {number}")
        make(GoalIndicator, county=county, goal=goal, indicator=index, target_value=f"0.4{number}", target_on=date(2027, 12, 31 - number))
    sign_in(client, county)
    text = text_of(client, "indicator", index.key)
    assert "6 mål med värden från 0,40 till 0,45" in text
    assert text.partition('id="styrning"')[2].count(" dec 2027") == 6  # each with its goal


def test_what_no_distribution_is_known_for_has_no_funnel(client: Client, county: County, index: Indicator) -> None:
    observe(index, body(county, "odeborg"), [0.4, 0.5])
    sign_in(client, county)
    assert "Enheterna mot varandra" not in text_of(client, "indicator", index.key, enhet="primarvarden-exempellan")


def test_a_region_is_held_against_those_that_are_like_it(client: Client, county: County) -> None:
    trust = read_in("fortroende-vardcentral")
    Organisation.objects.filter(key="region-exempellan").update(code="22")
    for code, value in (("04", 60.0), ("08", 66.0)):
        other = Organisation.objects.create(key=f"region-{code}", name=f"Region {code}", kind="REGION", code=code)
        observe_years(trust, other, [value], source="kolada:U70455")
    observe_years(trust, body(county, "region"), [61.0, 62.0], source="kolada:U70455")
    sign_in(client, county)
    text = text_of(client, "indicator", trust.key)
    assert "Liknande regioner, hälso- och sjukvård, Västernorrland" in text
    assert "<strong>63</strong>" in text
    assert "Ovägt medel av 2. RKA, Kolada, april 2026" in text


def test_what_is_computed_of_one_region_is_not_the_country(client: Client, county: County, index: Indicator) -> None:
    Organisation.objects.filter(key="region-exempellan").update(code="22")
    nation = Organisation.objects.create(key="sverige", name="Sverige", kind="NATION")
    other = Organisation.objects.create(key="region-04", name="Region Fyra", kind="REGION", code="04")
    observe(index, nation, [*LEVEL, 0.43, 0.47])
    sign_in(client, county)
    assert "Jämfört med andra" not in text_of(client, "indicator", index.key)
    observe(index, other, [*LEVEL, 0.43, 0.48])
    text = text_of(client, "indicator", index.key)
    assert "<strong>0,47</strong>" in text[text.index("Riket") :]
    assert "Alla regioner" in text


def test_several_sources_stand_side_by_side(client: Client, county: County, index: Indicator) -> None:
    observe_years(index, body(county, "region"), [0.51], source="file:primarvardskvalitet")
    sign_in(client, county)
    text = text_of(client, "indicator", index.key)
    assert "Samma sak ur flera källor" in text
    assert "Inläst fil, primarvardskvalitet" in text
    assert "0,51" in text
    assert "<title>Kontinuitetsindex" in text
    other = text_of(client, "indicator", index.key, kalla="file:primarvardskvalitet")
    assert "index 0–1, 2025" in other
