"""One fault each in a county that is otherwise right: it is told, in Swedish, on its line."""

import pytest

from tests.core.organisations.folders import FOLDER, added, changed, faults, line_of

KEY_FORM = "får bara innehålla små bokstäver a–z, siffror och bindestreck"
BODY_KINDS = (
    "”NATION”, ”AGENCY”, ”HEALTHCARE_REGION”, ”REGION”, ”MUNICIPALITY”, ”MUNICIPAL_ASSOCIATION”, ”COLLABORATION_STRUCTURE”, ”COUNCIL”, "
    "”EXECUTIVE_BOARD”, ”COMMITTEE”, ”ADMINISTRATION”, ”AREA”, ”DEPARTMENT”, ”UNIT” och ”PRIVATE_PROVIDER”"
)


def test_county_without_faults_has_no_findings():
    assert faults(FOLDER) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        # a value that is wrong in itself
        ("county.toml", 'name = "X län"', "name = 7", "”name” ska vara en text inom citattecken, inte ett heltal."),
        ("county.toml", 'name = "X län"', "name = 2026-01-01", "”name” ska vara en text inom citattecken, inte ett datum eller klockslag."),
        ("county.toml", 'name = "X län"', 'name = " "', "”name” är tom. Fyll i den eller ta bort raden."),
        ("county.toml", 'name = "X län"', 'name = "X län "', "”name” får inte börja eller sluta med blanksteg."),
        ("county.toml", 'name = "X län"', f'name = "{"x" * 201}"', "”name” är 201 tecken. Högst 200 får plats."),
        (
            "county.toml",
            'name = "X län"',
            'name = "X\\u0000l"',
            "”name” innehåller en radbrytning eller ett annat styrtecken. Ta bort det.",
        ),
        ("county.toml", 'name = "X län"', 'name = "X\\nl"', "”name” innehåller en radbrytning eller ett annat styrtecken. Ta bort det."),
        ("county.toml", 'key = "x"', 'key = "Å"', f"”key” har värdet ”Å” men {KEY_FORM}."),
        ("county.toml", 'code = "99"', 'code = "9"', "”code” har värdet ”9” men ska vara en länskod med två siffror."),
        ("county.toml", 'CHAIR = "Ordförande"', 'CHAIR = ["Ordförande"]', "”CHAIR” ska vara en text inom citattecken, inte en lista."),
        (
            "county.toml",
            'principals = ["region-x", "by"]',
            'principals = "by"',
            "”principals” ska vara en lista inom hakparentes, inte en text.",
        ),
        (
            "county.toml",
            'principals = ["region-x", "by"]',
            "principals = []",
            "”principals” är en tom lista. Fyll i den eller ta bort raden.",
        ),
        (
            "county.toml",
            'principals = ["region-x", "by"]',
            'principals = ["by", "by"]',
            "”principals” innehåller ”by” två gånger. Ta bort det ena.",
        ),
        ("county.toml", "2026-05-15", '"2026-13-15"', "”closed_days” ska vara ett datum med år-månad-dag, till exempel 2026-06-05."),
        ("county.toml", "2026-05-15", "2026-05-15T10:00:00", "”closed_days” ska vara ett datum med år-månad-dag, till exempel 2026-06-05."),
        (
            "county.toml",
            "{series}/{number}/{year}",
            "{series}/{year}",
            "”format” är ”{series}/{year}” och kan inte användas. Platshållaren {number} saknas.",
        ),
        (
            "organisations.toml",
            'kind = "COMMITTEE"',
            'kind = "COMITTEE"',
            f"”kind” har det okända värdet ”COMITTEE”. Tillåtna är {BODY_KINDS}. Menade du ”COMMITTEE”?",
        ),
        (
            "organisations.toml",
            'name = "Nämnden"',
            'name = "Nämnden"\norg_number = "232100-0215"',
            "”org_number” är ”232100-0215”, men kontrollsiffran stämmer inte. Rätta numret.",
        ),
        (
            "organisations.toml",
            'name = "Nämnden"',
            'name = "Nämnden"\norg_number = "2321000214"',
            "”org_number” har värdet ”2321000214” men ska vara sex siffror, bindestreck och fyra siffror.",
        ),
        (
            "organisations.toml",
            'name = "Nämnden"',
            'name = "Nämnden"\nhsa_id = "SE232100-0214"',
            "”hsa_id” har värdet ”SE232100-0214” men ska vara ett HSA-id, till exempel ”SE2321000214-A1”.",
        ),
        ("seats.toml", "time_percent = 20", 'time_percent = "20"', "”time_percent” ska vara ett heltal, inte en text."),
        ("seats.toml", "time_percent = 20", "time_percent = true", "”time_percent” ska vara ett heltal, inte true eller false."),
        ("seats.toml", "time_percent = 20", "time_percent = 120", "”time_percent” är 120 men ska vara från 1 till 100."),
        (
            "seats.toml",
            'bodies = "list:lpo"',
            'bodies = "lpo"',
            "”bodies” har värdet ”lpo” men ska vara ”list:” följt av namnet på en lista i county.toml.",
        ),
        ("lead-times.toml", "working_days = 10", "working_days = 0", "”working_days” är 0 men ska vara från 1 till 1000."),
        ("lead-times.toml", "working_days = 10", "working_days = -3", "”working_days” är -3 men ska vara från 1 till 1000."),
        (
            "lead-times.toml",
            'step = "13a"',
            'step = "steg 13a"',
            "”step” har värdet ”steg 13a” men ska vara ett stegnummer, till exempel ”4”, ”13a” eller ”4-regionintern”.",
        ),
        (
            "lead-times.toml",
            '"region-x:COORDINATOR"',
            '"region-x"',
            "”escalate_to” har värdet ”region-x” men ska vara ett organ och en funktion, till exempel ”kfvn:COORDINATOR”.",
        ),
        (
            "accounts.toml",
            "administrator = true",
            'administrator = "ja"',
            "”administrator” ska vara true eller false utan citattecken, inte en text.",
        ),
        # a key or a table that does not exist, or must
        (
            "county.toml",
            'code = "99"',
            'code = "99"\nlanskod = "99"',
            "Okänd nyckel ”lanskod”. Här får ”key”, ”name”, ”code” och ”region” finnas.",
        ),
        (
            "accounts.toml",
            "administrator = true",
            "administrater = true",
            "Okänd nyckel ”administrater”. Menade du ”administrator”? Här får ”username”, ”name”, ”seats” och ”administrator” finnas.",
        ),
        (
            "county.toml",
            'COORDINATOR = "Samordnare"',
            'COORDINATOR = "Samordnare"\nCHEF-A = "Chef"',
            "Namnet har värdet ”CHEF-A” men får bara innehålla stora bokstäver A–Z, siffror och understreck, med en bokstav först.",
        ),
        ("county.toml", 'key = "RS"\n', "", "”key” saknas i [[registry_series]]. Lägg till det."),
        ("county.toml", 'key = "RS"\nauthority = "region-x"\n', "", "”key” och ”authority” saknas i [[registry_series]]. Lägg till dem."),
        (
            "county.toml",
            "[calendar]",
            "[kalender]",
            "Okänd tabell eller nyckel ”kalender”. Menade du ”calendar”? Här får ”county”, ”lists”, ”functions”, ”registry_series” och ”calendar” finnas.",
        ),
        ("county.toml", "[calendar]", "[[calendar]]", "”calendar” ska vara en tabell med rubriken [calendar]."),
        (
            "county.toml",
            "[[registry_series]]",
            "[registry_series]",
            "”registry_series” ska vara en tabell med rubriken [[registry_series]].",
        ),
    ],
)
def test_fault_within_a_table(file, old, new, message):
    folder = changed(file, old, new)
    found = faults(folder)

    line = line_of(folder, file, new.split("\n")[-1] or "[[registry_series]]")
    assert found == [(file, line, message)]


def test_fault_in_a_list_stands_on_the_line_of_the_item():
    folder = changed("county.toml", 'principals = ["region-x", "by"]', 'principals = [\n  "region-x",\n\n  "byn",\n]')

    assert faults(folder) == [
        ("county.toml", line_of(folder, "county.toml", '"byn"'), "Det finns inget organ med nyckeln ”byn”. Menade du ”by”?")
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "at", "message"),
    [
        # bodies
        (
            "organisations.toml",
            'key = "namnd"',
            'key = "by"',
            'key = "by"',
            "Nyckeln ”by” finns redan i organisations.toml på rad 1. Välj en annan nyckel.",
        ),
        (
            "organisations.toml",
            'key = "namnd"',
            'key = "npo-a"',
            "npo-a",
            "Nyckeln ”npo-a” finns redan i de nationella uppgifterna. Ta bort organet här eller välj en annan nyckel.",
        ),
        ("organisations.toml", 'parents = ["by"]', 'parents = ["bu"]', '["bu"]', "Det finns inget organ med nyckeln ”bu”."),
        (
            "organisations.toml",
            'parents = ["by"]',
            'parents = ["lpo-a"]',
            "lpo-a",
            "”lpo-a” är en grupp. En organisation kan bara höra till en organisation.",
        ),
        (
            "organisations.toml",
            'parents = ["sverige"]',
            'parents = ["namnd"]',
            '["namnd"]',
            "Organen hör till varandra i en ring: by → namnd → by. Ta bort en av hänvisningarna.",
        ),
        (
            "organisations.toml",
            'parents = ["by"]',
            'parents = ["namnd"]',
            '["namnd"]',
            "Organen hör till varandra i en ring: namnd → namnd. Ta bort en av hänvisningarna.",
        ),
        ("organisations.toml", 'code = "9901"\n', "", "[[organisation]]", "”code” saknas. Ange organisationens kommunkod."),
        ("organisations.toml", '"9901"', '"990"', "990", "”990” är ingen kommunkod. Den ska ha 4 siffror."),
        ("organisations.toml", '"9901"', '"2281"', "2281", "Kommunkoden 2281 hör inte till länet. Den ska börja med länskoden 99."),
        (
            "organisations.toml",
            'kind = "COMMITTEE"',
            'kind = "MUNICIPALITY"\ncode = "9901"',
            "9901",
            "Koden 9901 används redan i organisations.toml på rad 1. Rätta den ena.",
        ),
        (
            "organisations.toml",
            'parents = ["by"]',
            'parents = ["by"]\nvalid_from = 2026-01-01\nvalid_until = 2026-01-01',
            "valid_until",
            "”valid_until” är 2026-01-01 men ska ligga efter ”valid_from”, som är 2026-01-01.",
        ),
        (
            "groups.toml",
            'host = "region-x"',
            'host = "region-y"',
            "region-y",
            "Det finns inget organ med nyckeln ”region-y”. Menade du ”region-x”?",
        ),
        ("groups.toml", '"npo-b"]', '"npo-c"]', "npo-c", "Det finns inget organ med nyckeln ”npo-c”. Menade du ”npo-b”?"),
        ("groups.toml", '"npo-b"]', '"sverige"]', "sverige", "”sverige” är en organisation. En motsvarighet ska vara en grupp."),
        ("county.toml", 'region = "region-x"', 'region = "by"', 'region = "by"', "”by” är ingen region. Ange nyckeln för länets region."),
        ("county.toml", 'region = "region-x"', 'region = "skog"', "skog", "Det finns inget organ med nyckeln ”skog”."),
        # registry series
        (
            "county.toml",
            'authority = "region-x"',
            'authority = "lpo-a"',
            "authority",
            "”lpo-a” är en grupp. En diarieserie hör till en myndighet, alltså en organisation.",
        ),
        (
            "county.toml",
            "[calendar]",
            '[[registry_series]]\nkey = "RS"\nauthority = "by"\nname = "Byns"\nformat = "{series} {year}/{number}"\n[calendar]',
            '"RS"',
            "Serien ”RS” finns redan i county.toml på rad 15. Två diarienummer kunde bli lika. Välj en annan serie.",
        ),
        # seats
        (
            "seats.toml",
            'body = "region-x"',
            'body = "region-y"',
            "region-y",
            "Det finns inget organ med nyckeln ”region-y”. Menade du ”region-x”?",
        ),
        (
            "seats.toml",
            'bodies = "list:lpo"',
            'bodies = "list:lpos"',
            "lpos",
            "Det finns ingen lista ”lpos” i [lists] i county.toml. Menade du ”lpo”?",
        ),
        (
            "seats.toml",
            'function = "CHAIR"',
            'function = "CHIAR"',
            "CHIAR",
            "Funktionen ”CHIAR” är inte angiven i [functions] i county.toml. Menade du ”CHAIR”?",
        ),
        (
            "seats.toml",
            "time_percent = 20\n",
            'time_percent = 20\n[[seat]]\nbody = "lpo-b"\nfunction = "CHAIR"\ntitle = "Ordförande"\nvalid_from = 2026-01-01\n',
            "[[seat]]",
            "Platsen CHAIR i ”lpo-b” finns redan i seats.toml på rad 6. Ta bort den ena eller ge dem olika ”title”.",
        ),
        # lead times
        (
            "lead-times.toml",
            'step = "13a"',
            'step = "1"',
            'step = "1"',
            "Steg 1 har redan en ledtid i lead-times.toml på rad 1. Ta bort den ena.",
        ),
        (
            "lead-times.toml",
            "remind_before = 0",
            "remind_before = 2",
            "remind_before",
            "Påminnelsen ”remind_before” skulle komma innan steget börjar. Ange högst 1, som är stegets arbetsdagar.",
        ),
        (
            "lead-times.toml",
            'escalate_to = "region-x:COORDINATOR"\n',
            "",
            "escalate_after",
            "”escalate_to” saknas. Ange vem som ska få veta att steget är försenat.",
        ),
        (
            "lead-times.toml",
            '"region-x:COORDINATOR"',
            '"by:COORDINATOR"',
            "by:COORDINATOR",
            "Det finns ingen plats COORDINATOR i ”by” i seats.toml.",
        ),
        # accounts
        (
            "accounts.toml",
            '"lpo-a:CHAIR"',
            '"lpo-a:CHAIRS"',
            "CHAIRS",
            "Det finns ingen plats CHAIRS i ”lpo-a” i seats.toml. Menade du ”CHAIR”?",
        ),
        (
            "accounts.toml",
            '"lpo-a:CHAIR"',
            '"lpo-c:CHAIR"',
            "lpo-c",
            "Det finns ingen plats CHAIR i ”lpo-c” i seats.toml. Menade du ”lpo-b”?",
        ),
        (
            "accounts.toml",
            'username = "administrator"',
            'username = "samordnare"',
            'username = "samordnare"',
            "Användarnamnet ”samordnare” finns redan i accounts.toml på rad 1. Välj ett annat.",
        ),
    ],
)
def test_fault_between_tables(file, old, new, at, message):
    folder = changed(file, old, new)
    found = faults(folder)

    occurrence = 0 if at == "[[organisation]]" else -1
    assert found == [(file, line_of(folder, file, at, occurrence), message)]


@pytest.mark.parametrize("bodies", ["", 'body = "by"\nbodies = "list:lpo"\n'])
def test_seat_has_either_a_body_or_a_list(bodies):
    folder = changed("seats.toml", 'bodies = "list:lpo"\n', bodies)

    message = "Platsen ska ha antingen ”body” eller ”bodies”. Ange ett organ eller en lista."
    assert faults(folder) == [("seats.toml", 6, message)]


def test_group_cannot_have_the_key_of_an_organisation():
    folder = added("groups.toml", '[[group]]\nkey = "namnd"\nkind = "NETWORK"\nlevel = "LOCAL"\nname = "Nätverk"\nparent = "by"\n')

    message = "Nyckeln ”namnd” finns redan i organisations.toml på rad 8. Välj en annan nyckel."
    assert faults(folder) == [("groups.toml", line_of(folder, "groups.toml", "namnd"), message)]


def test_what_is_wrong_in_a_seat_casts_no_blame_on_those_who_hold_it():
    folder = changed("seats.toml", "time_percent = 20", "time_percent = 20\n[[seat]]\nbody = 1\nfunction = 2")
    folder |= {"accounts.toml": FOLDER["accounts.toml"].replace("lpo-a:CHAIR", "by:CHAIR")}

    assert {file for file, _, _ in faults(folder)} == {"seats.toml"}


def test_each_ring_is_told_once():
    text = """
[[organisation]]
key = "a"
kind = "UNIT"
name = "A"
parents = ["sverige", "c"]
[[organisation]]
key = "b"
kind = "UNIT"
name = "B"
parents = ["a"]
[[organisation]]
key = "c"
kind = "UNIT"
name = "C"
parents = ["b"]
[[organisation]]
key = "under"
kind = "UNIT"
name = "Under ringen"
parents = ["c"]
[[organisation]]
key = "d"
kind = "UNIT"
name = "D"
parents = ["d"]
"""

    assert [(line, message) for _, line, message in faults(added("organisations.toml", text))] == [
        (18, "Organen hör till varandra i en ring: a → c → b → a. Ta bort en av hänvisningarna."),
        (38, "Organen hör till varandra i en ring: d → d. Ta bort en av hänvisningarna."),
    ]


def test_unknown_file_is_named_with_the_one_it_resembles():
    folder = FOLDER | {"group.toml": ""}

    files = "”county.toml”, ”organisations.toml”, ”groups.toml”, ”seats.toml”, ”lead-times.toml” och ”accounts.toml”"
    assert faults(folder) == [("group.toml", 1, f"Filen hör inte hit. Menade du ”groups.toml”? Här får {files} finnas.")]


def test_file_under_another_name_casts_no_blame_on_the_others():
    for file in FOLDER:
        folder = {("x" + name if name == file else name): text for name, text in FOLDER.items()}

        missing = {"county.toml"} if file == "county.toml" else set()
        assert {name for name, _, _ in faults(folder)} == {"x" + file} | missing


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("county.toml", "[functions]", "[function]"),
        ("county.toml", "[functions]", "[[functions]]"),
        ("county.toml", "[lists]", "[list]"),
        ("groups.toml", "[[group]]", "[[groups]]"),
        ("seats.toml", "[[seat]]", "[[plats]]"),
    ],
)
def test_table_under_another_name_casts_no_blame_on_the_others(file, old, new):
    folder = FOLDER | {file: FOLDER[file].replace(old, new)}

    assert [(name, line) for name, line, _ in faults(folder)] == [(file, line_of(folder, file, new, 0))]


def test_body_of_unreadable_kind_is_still_a_body():
    folder = changed("county.toml", 'region = "region-x"', 'region = "namnd"')
    folder |= {"organisations.toml": FOLDER["organisations.toml"].replace("COMMITTEE", "?")}

    assert [(name, line) for name, line, _ in faults(folder)] == [("organisations.toml", 10)]


def test_county_file_must_be_there():
    found = faults({})

    assert found == [("county.toml", 1, "Filen saknas. Lägg till den.")]


def test_county_table_must_be_there():
    assert faults({"county.toml": ""}) == [("county.toml", 1, "Tabellen [county] saknas. Lägg till den.")]


def test_file_that_is_no_toml_casts_no_blame_on_the_others():
    for file in FOLDER:
        folder = FOLDER | {file: FOLDER[file] + "fel\n"}

        line = folder[file].count("\n")
        message = "Filen följer inte TOML. Efter nyckeln ska det stå ett likhetstecken och ett värde."
        assert faults(folder) == [(file, line, message)]


def test_all_faults_are_told_at_once_by_file_and_line():
    folder = (
        changed("county.toml", 'code = "99"', 'code = "9a"')
        | {"accounts.toml": FOLDER["accounts.toml"].replace('"lpo-a:CHAIR"', '"lpo-x:MEMBER"')}
        | {"seats.toml": FOLDER["seats.toml"].replace("time_percent = 20", "tim_percent = 0\nvalid_from = 1")}
    )

    assert [(file, line) for file, line, _ in faults(folder)] == [
        ("accounts.toml", 4),
        ("county.toml", 4),
        ("seats.toml", 9),
        ("seats.toml", 10),
    ]
