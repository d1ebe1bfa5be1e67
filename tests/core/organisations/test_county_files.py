from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from styrkedja.core.organisations.county import AccountRow, LeadTimeRow, RegistrySeriesRow, SeatRow
from styrkedja.core.organisations.county_files import read_county, read_national, signature
from styrkedja.core.organisations.kinds import GroupKind, GroupLevel, OrganisationKind
from styrkedja.core.organisations.signature import CountySignature
from styrkedja.core.periods import Period
from tests.core.organisations.folders import FOLDER, NATIONAL_BODIES, added, changed, encoded, faults

ALWAYS = Period()


def read(folder):
    reading = read_county(encoded(folder), known_bodies=NATIONAL_BODIES)
    assert reading.findings == ()
    return reading.county


def test_county_is_read_as_it_is_written():
    county = read(FOLDER)

    assert (county.key, county.name, county.code, county.region) == ("x", "X län", "99", "region-x")
    assert county.lists == {"principals": ("region-x", "by"), "lpo": ("lpo-a", "lpo-b")}
    assert county.functions == {"CHAIR": "Ordförande", "COORDINATOR": "Samordnare"}
    assert county.registry_series == (RegistrySeriesRow("RS", "region-x", "Regionens diarium", "{series}/{number}/{year}"),)
    assert county.closed_days == (date(2026, 5, 15),)
    assert county.bodies == {"by": "MUNICIPALITY", "namnd": "COMMITTEE", "lpo-a": "PROGRAMME_GROUP", "lpo-b": "PROGRAMME_GROUP"}


def test_bodies_have_what_is_said_of_them_and_nothing_else():
    county = read(FOLDER)
    municipality, _ = county.organisations
    first, second = county.groups

    assert (municipality.kind, municipality.parents, municipality.code) == (OrganisationKind.MUNICIPALITY, ("sverige",), "9901")
    assert (municipality.short_name, municipality.org_number, municipality.hsa_id, municipality.validity) == ("", "", "", ALWAYS)
    assert (first.kind, first.level, first.parent, first.host) == (GroupKind.PROGRAMME_GROUP, GroupLevel.LOCAL, "region-x", "region-x")
    assert first.counterparts == ("npo-a", "npo-b")
    assert second == replace(first, key="lpo-b", name="LPO b", host="", counterparts=())
    assert (second.mandate, second.municipal_participation, second.areas) == ("", False, ())


def test_seat_for_a_list_becomes_a_seat_in_each_of_its_bodies():
    assert read(FOLDER).seats == (
        SeatRow("region-x", "COORDINATOR", "Regionens samordnare", None, ALWAYS),
        SeatRow("lpo-a", "CHAIR", "Ordförande", 20, ALWAYS),
        SeatRow("lpo-b", "CHAIR", "Ordförande", 20, ALWAYS),
    )


def test_lead_times_have_their_defaults():
    assert read(FOLDER).lead_times == (
        LeadTimeRow("rutin", "1", 10, remind_before=2, escalate_after=5, escalate_to=None),
        LeadTimeRow("rutin", "13a", 1, remind_before=0, escalate_after=3, escalate_to=("region-x", "COORDINATOR")),
    )


def test_reminder_of_a_short_step_never_comes_before_it_opens():
    county = read(changed("lead-times.toml", "working_days = 1\nremind_before = 0\n", "working_days = 1\n"))

    assert county.lead_times[1].remind_before == 1


def test_accounts_hold_seats():
    assert read(FOLDER).accounts == (
        AccountRow("samordnare", "Samordnare", (("region-x", "COORDINATOR"), ("lpo-a", "CHAIR")), administrator=False),
        AccountRow("administrator", "Administratör", (), administrator=True),
    )


def test_dates_may_be_written_with_or_without_quotation_marks():
    text = 'valid_from = 2026-01-01\nvalid_until = "2027-01-01"\n'

    assert read(added("organisations.toml", text)).organisations[1].validity == Period(date(2026, 1, 1), date(2027, 1, 1))


def test_county_needs_no_file_but_its_own():
    county = read({"county.toml": '[county]\nkey = "x"\nname = "X"\ncode = "99"\nregion = "region-x"\n'})

    assert (county.organisations, county.groups, county.seats, county.lead_times, county.accounts) == ((), (), (), (), ())
    assert (county.lists, county.functions, county.registry_series, county.closed_days) == ({}, {}, (), ())


def test_tables_may_be_written_inline():
    county = read(FOLDER | {"accounts.toml": 'account = [{ username = "a", name = "A", seats = ["lpo-a:CHAIR"] }]\n'})

    assert county.accounts == (AccountRow("a", "A", (("lpo-a", "CHAIR"),), administrator=False),)


def test_seat_may_be_abolished_and_set_up_again_and_a_body_may_have_two_seats_of_different_title():
    county = read(
        added(
            "seats.toml",
            'valid_until = 2026-01-01\n[[seat]]\nbodies = "list:lpo"\nfunction = "CHAIR"\nvalid_from = 2026-01-01\n'
            '[[seat]]\nbody = "lpo-a"\nfunction = "CHAIR"\ntitle = "Vice ordförande"\n',
        )
    )

    assert [(seat.body, seat.title) for seat in county.seats[1:]] == [
        ("lpo-a", "Ordförande"),
        ("lpo-b", "Ordförande"),
        ("lpo-a", "Ordförande"),
        ("lpo-b", "Ordförande"),
        ("lpo-a", "Vice ordförande"),
    ]


def test_signature_is_what_a_routine_may_name():
    national = read_national(
        encoded({"organisations.toml": '[[organisation]]\nkey = "region-x"\nkind = "REGION"\nname = "X"\ncode = "99"\n'})
    ).national

    assert signature(read(FOLDER), national) == CountySignature(
        bodies={"region-x": "REGION", "by": "MUNICIPALITY", "namnd": "COMMITTEE", "lpo-a": "PROGRAMME_GROUP", "lpo-b": "PROGRAMME_GROUP"},
        lists={"principals": ("region-x", "by"), "lpo": ("lpo-a", "lpo-b")},
        functions={"CHAIR": "Ordförande", "COORDINATOR": "Samordnare"},
        seats=frozenset({("region-x", "COORDINATOR"), ("lpo-a", "CHAIR"), ("lpo-b", "CHAIR")}),
    )


def test_national_data_knows_only_bodies():
    reading = read_national(
        encoded({"county.toml": "", "organisations.toml": '[[organisation]]\nkey = "a"\nkind = "REGION"\nname = "A"\n'})
    )

    assert reading.national is None
    assert [(finding.file, finding.line, finding.message) for finding in reading.findings] == [
        ("county.toml", 1, "Filen hör inte hit. Här får ”organisations.toml” och ”groups.toml” finnas."),
        ("organisations.toml", 1, "”code” saknas. Ange organisationens länskod."),
    ]


LINES = [(name, number) for name, text in FOLDER.items() for number in range(text.count("\n"))]


@given(st.lists(st.tuples(st.sampled_from(LINES), st.sampled_from(["", "[", '"', "=", "\n[[seat]]\n", "a = 1\n", "\u0000", "9"]))))
def test_whatever_is_done_to_the_lines_the_reader_answers_with_findings_inside_the_files(changes):
    folder = {name: text.split("\n") for name, text in FOLDER.items()}
    for (name, number), text in changes:
        folder[name][number] = text + folder[name][number][len(text) // 2 :]
    folder = {name: "\n".join(lines) for name, lines in folder.items()}

    for file, line, message in faults(folder):
        assert 1 <= line <= folder[file].count("\n") + 1
        assert message.endswith((".", "?"))


@given(st.binary(max_size=200))
def test_a_file_of_any_bytes_is_answered(data):
    reading = read_county(encoded(FOLDER) | {"seats.toml": data}, known_bodies=NATIONAL_BODIES)

    assert (reading.county is None) == bool(reading.findings)
