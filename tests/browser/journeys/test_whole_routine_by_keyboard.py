"""One case goes through all 33 steps of Västernorrland's routine, and nobody touches a mouse. Axe looks at each kind of step on the way."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from styrkedja.procedures.kinds.catalogue import CATALOGUE
from tests.browser.demonstration import Demonstration
from tests.browser.office import Office

pytestmark = pytest.mark.browser

CASE = "Vårdförlopp: prövat med enbart tangentbord"
LPO, OTHER_LPO = "LPO barn- och ungdomars hälsa", "LPO primärvård och levnadsvanor"
STEERING_GROUP, LSG = "Styrgrupp inom Länsledningen", "Lokal samverkansgrupp (LSG) inom HälSam"
PRINCIPALS = ("region", "ange", "timra", "harnosand", "sundsvall", "kramfors", "solleftea", "ornskoldsvik")


def test_a_case_walks_all_33_steps_by_keyboard_alone(visit: Callable[..., Page], demonstration: Demonstration) -> None:
    office = Office(visit, demonstration.password, CASE)
    the_consultation(office)
    the_national_decision(office)
    the_staffing(office)
    the_analysis(office)
    the_decisions(office)
    the_implementation(office)
    the_follow_up(office)
    # A form of the routine's own is headed by what the routine calls the step.
    assert office.kinds == {str(kind.label) for kind in CATALOGUE.values()} - {"Vänta", "Formulär"} | {"Ta emot remissen"}


def the_consultation(office: Office) -> None:
    """Steps 1–7: the remiss comes in, is spread, answered and sent back."""
    office["registrator"].opens_the_case({"Hur kommer kunskapsstödet in?": "På nationell remiss"})
    office["registrator"].finishes("1", {"Avsändare": "Sveriges Kommuner och Regioner"})
    office["registrator"].does("2 Diarieför remissen och skicka den till samordnaren", {"Handlingens rubrik": "Remiss: vårdförlopp"})
    office["samordnare"].does(
        "3 Vidarebefordra remissen till berörda LPO", {"Berörda LPO": [LPO, OTHER_LPO], "LPO som håller samman ärendet": LPO}
    )
    for lpo in ("lpo-barn-ungdomar", "lpo-primarvard-levnadsvanor"):
        office[lpo].does("4 Bedöm om ärendet berör kommunerna", {"Utfall": "Ja, kommunerna berörs"})
    office["lpo-barn-ungdomar"].does("4 Skicka remissen till KFVN:s samordnare")
    office["kfvn-samordnare"].does(
        "4 Sprid remissen till kommunerna", {"Nätverk som remissen sprids genom": ["Kommunalt nätverk med verksamhetschefer"]}
    )
    for lpo in ("lpo-barn-ungdomar", "lpo-primarvard-levnadsvanor"):
        office[lpo].does("5 Samla in svar från sakkunniga")
    office["kfvn-samordnare"].does("5 Sammanställ kommunernas synpunkter", {"Utfall": "Verksamhetschef har deltagit i beredningen"})
    office["lpo-barn-ungdomar"].does("6 Skicka LPO:s sammanställning till RVN:s samordnare")
    office["kfvn-samordnare"].does("6 Skicka kommunernas sammanställning till RVN:s samordnare")
    office["samordnare"].does("7 Sammanställ samtliga svar")
    office["samordnare"].does("7 Delge LPO och RVN:s verksamhetschefer svaret")
    office["samordnare"].does("7 Skicka det formella remissvaret till SKR", {"Mottagare": "Sveriges Kommuner och Regioner"})


def the_national_decision(office: Office) -> None:
    """Steps 8–10: the decision to introduce comes in and everybody is told."""
    office["registrator"].does("8 Invänta nationellt beslut", {"Avsändare": "Nationella styrgruppen", "Utfall": "Beslut om införande"})
    office["registrator"].does("9 Diarieför beslutet och förmedla det till samordnaren", {"Handlingens rubrik": "Nationellt beslut"})
    office["samordnare"].does(
        "10 Informera LPO, KFVN och andra berörda", {"Berörda LPO": [LPO, OTHER_LPO], "LPO som håller samman ärendet": LPO}
    )
    office["kfvn-samordnare"].does(
        "10 Förmedla informationen till relevanta nätverk", {"Nätverk som får informationen": ["Kommunalt nätverk med verksamhetschefer"]}
    )


def the_staffing(office: Office) -> None:
    """Steps 11–16: it is prioritised, decided and staffed, and the working group is there."""
    office["lpo-barn-ungdomar"].does("11 Prioritera kunskapsstödet", {"Sammanvägd rang 1–10": "2", "Utfall": "Gå vidare med arbetet"})
    needed = {"Rad 1, Funktion": "Barnläkare", "Rad 1, Huvudman eller verksamhet": "Region Västernorrland", "Rad 1, Antal": "1"}
    office["lpo-barn-ungdomar"].does("12 Ta fram underlag och föreslå funktioner till LAG", {"Arbetsgrupp": "Ny grupp tillsätts", **needed})
    office["lpo-barn-ungdomar"].does("13 Skicka ärendet till samverkanskoordinatorn")
    office["samverkanskoordinator"].does(
        "13 Fördela ärendet till styrgrupp eller Länsledningen", {"Organ som ska ta ställning": STEERING_GROUP, "Utfall": "Till styrgrupp"}
    )
    office["styrgrupp"].does("13 Ta ställning till fortsatt arbete i samverkan", {"Utfall": "Arbeta vidare i samverkan"})
    office["styrgrupp"].does("14 Besluta om resurssättning och förmedla den")
    for principal in PRINCIPALS:
        named = {"Rad 1, Funktion": "Sakkunnig", "Rad 1, Profession": "Sjuksköterska"}
        office[f"vc-{principal}"].does("15 Utse sakkunniga till LAG", named)
    office["samordnare"].does("15 Vidarebefordra de utsedda till LPO")
    members = {"Rad 1, Funktion": "Sakkunnig", "Rad 1, Huvudman eller verksamhet": "Ånge kommun"}
    office["lpo-barn-ungdomar"].does(
        "16 Sätt samman LAG", {"Gruppens namn": "LAG tangentbord", "Sammankallande": "lag-sammankallande", **members}
    )


def the_analysis(office: Office) -> None:
    """Steps 17–22: gaps and consequences, sent round, adjusted and laid before the steering group."""
    office["lag-sammankallande"].does("17 Analysera gap och konsekvenser")
    office["lpo-barn-ungdomar"].does("17 Granska analysen och lämna synpunkter", {"Utfall": "LPO är nöjd med analysen"})
    office["kommunrepresentant"].does("18 Informera nätverk och samordnare om analysen")
    office["lpo-barn-ungdomar"].does("18 Skicka analysen till HälSam för remiss")
    office["samverkanskoordinator"].does("19 Fördela remissen", {"Grupper som får remissen": [LSG]})
    office["lsg-halsam"].does("19 Svara på remissen")
    office["samverkanskoordinator"].does("19 Sammanställ gruppernas synpunkter")
    office["lpo-barn-ungdomar"].does("20 Gå igenom synpunkterna och justera analysen")
    office["lpo-barn-ungdomar"].does("21 Anmäl ärendet till styrgrupp eller Länsledningen", {"Föredragande": "Representant i LPO"})
    office["styrgrupp"].does("22 Ta del av analysen och lämna synpunkter", {"Utfall": "Underlaget är tillräckligt"})
    office["styrgrupp"].does("22 Skicka underlag och utlåtande till Länsledningen")


def the_decisions(office: Office) -> None:
    """Steps 23–25: a recommendation, eight decisions of principals, and how to go about it."""
    office["lansledningen"].does("23 Besluta om rekommendation till huvudmännen", {"Utfall": "Implementera helt på länsnivå"})
    for principal in PRINCIPALS:
        decided = {"Paragraf": "§ 39", "Beslutad av": "Nämnden", "Utfall": "Implementera helt"}
        office[f"huvudman-{principal}"].does("24 Besluta om implementering hos huvudmannen", decided)
    office["lansledningen"].does("25 Ta ställning till hur implementeringen ska göras", {"Utfall": "Implementera"})
    office["samverkanskoordinator"].does("25 Återkoppla beslutet till LPO")


def the_implementation(office: Office) -> None:
    """Steps 26–31: competence, commission, plan, responsibility and who does what."""
    office["lpo-barn-ungdomar"].does("26 Inventera kompetensen i LAG", {"Utfall": "LAG är komplett"})
    office["lpo-barn-ungdomar"].does("27 Ge LAG uppdrag att starta implementeringen")
    activity = {"Rad 1, Aktivitet": "Utbilda", "Rad 1, Omfattning": "Länsgemensam", "Rad 1, Ansvarig funktion": "Processledare"}
    office["lag-sammankallande"].does(
        "28 Ta fram plan för aktiviteter, tid och kommunikation",
        {**activity, "Rad 1, Klart senast": "2027-03-31", "Utfall": "Alla i LAG har chefsmandat"},
    )
    office["lpo-barn-ungdomar"].does("29 Förankra planen i LPO", {"Utfall": "Planen är förankrad"})
    for principal in PRINCIPALS:
        office[f"vc-{principal}"].does("30 Ta ansvar för huvudmannens interna aktiviteter")
    office["lpo-barn-ungdomar"].does("30 Informera om planen")
    office["samverkanskoordinator"].does("30 Förmedla planen till Länsledningen eller styrgruppen")
    office["styrgrupp"].does("31 Fördela de länsgemensamma insatserna", {"Grupper som utför insatserna": [LSG]})


def the_follow_up(office: Office) -> None:
    """Steps 32–33: reports come back, everybody follows up, and the case is closed."""
    office["lsg-halsam"].does("32 Utför insatserna och återrapportera")
    for principal in PRINCIPALS:
        office[f"vc-{principal}"].does("33 Följ upp huvudmannens insatser")
    office["lpo-barn-ungdomar"].does("33 Följ upp de gemensamma insatserna", {"Utfall": "Avsluta ärendet"})
    office["lpo-barn-ungdomar"].reads_that_the_case_ended("Avslutat efter uppföljning")
