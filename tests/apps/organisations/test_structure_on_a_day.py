"""How the structure stood before and after the files changed it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from styrkedja.accounts.models import User
from styrkedja.core.organisations.county import County as CountyValues
from styrkedja.core.periods import Period
from styrkedja.organisations.models import Body, BodyVersion, Counterpart, County, Group, Membership, Placement, Seat, SeatVersion
from styrkedja.organisations.selectors import (
    Branch,
    body_on,
    children_on,
    counterparts_on,
    holders,
    host_on,
    members_on,
    parents_on,
    positions,
    tree_on,
)
from styrkedja.organisations.services import load_county, load_national
from tests.apps.organisations import files
from tests.apps.organisations.test_loading import working_group
from tests.factories.accounts import make_user
from tests.factories.counties import hold

CHANGED = datetime(2026, 9, 16, 8, 30, tzinfo=UTC)
BEFORE, AFTER = date(2026, 9, 15), date(2026, 9, 16)


@pytest.fixture
def reader(db: None) -> User:
    return make_user("reader")


def load(values: CountyValues, *, at: datetime = CHANGED) -> list[str]:
    return load_county(actor=None, values=values, at=at)[1]


def names(branches: tuple[Branch, ...]) -> list[object]:
    """The tree as nested lists: a name, or [name, child, child …]."""
    return [[str(branch.body), *names(branch.children)] if branch.children else str(branch.body) for branch in branches]


def find(branches: tuple[Branch, ...], key: str) -> list[Branch]:
    here = [branch for branch in branches if branch.body.key == key]
    return here + [found for branch in branches for found in find(branch.children, key)]


def keys(bodies: list) -> list[str]:
    return [body.key for body in bodies]


def test_a_renamed_body_has_its_old_name_on_earlier_days(reader: User, vasternorrland: County) -> None:
    changes = load(files.with_group(files.vasternorrland(), "lpo-psykisk-halsa", name="LPO psykiatri", mandate="Nytt uppdrag."))
    assert changes == ["Ändrad: LPO psykiatri (namn: ”LPO psykisk hälsa” blev ”LPO psykiatri”, uppdrag)"]
    before, after = (body_on(reader, "lpo-psykisk-halsa", on=on) for on in (BEFORE, AFTER))
    assert (before.name, before.mandate) == (
        "LPO psykisk hälsa",
        "Tar emot, analyserar och anpassar nationella kunskapsstöd för lokal implementering.",
    )
    assert (after.name, after.mandate) == ("LPO psykiatri", "Nytt uppdrag.")
    assert [str(find(tree_on(reader, county=vasternorrland, on=on).county, "lpo-psykisk-halsa")[0].body) for on in (BEFORE, AFTER)] == [
        "LPO psykisk hälsa",
        "LPO psykiatri",
    ]


def test_a_second_change_the_same_day_is_told_from_what_was_before_the_day(reader: User, vasternorrland: County) -> None:
    load(files.with_group(files.vasternorrland(), "lpo-kirurgi", name="Fel namn"))
    load(files.with_group(files.vasternorrland(), "lpo-kirurgi", name="LPO kirurgi och urologi"))
    assert BodyVersion.objects.count() == 1
    assert [body_on(reader, "lpo-kirurgi", on=on).name for on in (BEFORE, AFTER)] == ["LPO kirurgi", "LPO kirurgi och urologi"]


def test_every_day_between_three_names_shows_its_own(reader: User, vasternorrland: County) -> None:
    for month, name in ((3, "Andra namnet"), (6, "Tredje namnet")):
        load(files.with_group(files.vasternorrland(), "lpo-kirurgi", name=name), at=datetime(2026, month, 1, 8, tzinfo=UTC))
    seen = {
        on: body_on(reader, "lpo-kirurgi", on=on).name for on in (date(2026, 2, 28), date(2026, 3, 1), date(2026, 5, 31), date(2026, 6, 1))
    }
    assert list(seen.values()) == ["LPO kirurgi", "Andra namnet", "Andra namnet", "Tredje namnet"]


def test_a_new_host_is_the_host_from_the_day_of_the_change(reader: User, vasternorrland: County) -> None:
    assert load(files.with_group(files.vasternorrland(), "lpo-kirurgi", host="halsam")) == ["Ändrad: LPO kirurgi (värd)"]
    hosts = [host_on(reader, body_on(reader, "lpo-kirurgi", on=on)).key for on in (BEFORE, AFTER)]
    assert hosts == ["region-vasternorrland", "halsam"]


def test_a_body_that_disappears_is_closed_with_its_seats_and_links_and_its_members_stay_readable(
    reader: User, vasternorrland: County
) -> None:
    seat = Seat.objects.get(body__key="lpo-ogonsjukdomar", function="CHAIR")
    chair = make_user("ordforande", name="Ordförande i LPO")
    hold(chair, seat)
    gone = Body.objects.get(key="lpo-ogonsjukdomar")
    changes = load(files.without_group(files.vasternorrland(), "lpo-ogonsjukdomar"))
    assert "Stängd: LPO ögonsjukdomar (lpo-ogonsjukdomar)" in changes
    for rows in (
        Body.objects.filter(pk=gone.pk),
        Seat.objects.filter(body=gone),
        Placement.objects.filter(child=gone),
        Counterpart.objects.filter(local=gone.pk),
    ):
        assert set(rows.values_list("valid_until", flat=True)) == {AFTER}
    assert Membership.objects.get(seat=seat).valid_until is None
    assert find(tree_on(reader, county=vasternorrland, on=BEFORE).county, "lpo-ogonsjukdomar")
    assert not find(tree_on(reader, county=vasternorrland, on=AFTER).county, "lpo-ogonsjukdomar")
    before, after = (body_on(reader, "lpo-ogonsjukdomar", on=on) for on in (BEFORE, AFTER))
    assert (before.is_valid, after.is_valid) == (True, False)
    assert [holder.name for member in members_on(reader, before) for holder in member.holders] == ["Ordförande i LPO"]
    assert members_on(reader, after) == []
    assert keys(counterparts_on(reader, before)) == ["npo-ogonsjukdomar"]
    assert [keys(counterparts_on(reader, body_on(reader, "npo-ogonsjukdomar", on=on))) for on in (BEFORE, AFTER)] == [
        ["lpo-ogonsjukdomar"],
        [],
    ]
    assert positions(chair, on=BEFORE) == {(gone.pk, "CHAIR")}
    assert positions(chair, on=AFTER) == frozenset()
    assert holders(body=gone, functions=["CHAIR"], on=AFTER) == []


def test_a_body_that_comes_back_was_closed_in_between(reader: User, vasternorrland: County) -> None:
    load(files.without_group(files.vasternorrland(), "lpo-kirurgi"), at=datetime(2026, 3, 1, 8, tzinfo=UTC))
    changes = load(files.vasternorrland())
    assert "Öppnad igen: LPO kirurgi (lpo-kirurgi)" in changes
    days = [date(2026, 2, 28), date(2026, 3, 1), BEFORE, AFTER]
    assert [body_on(reader, "lpo-kirurgi", on=on).is_valid for on in days] == [True, False, False, True]
    assert [bool(find(tree_on(reader, county=vasternorrland, on=on).county, "lpo-kirurgi")) for on in days] == [True, False, False, True]
    assert [len(members_on(reader, body_on(reader, "lpo-kirurgi", on=on))) for on in days] == [6, 0, 0, 6]
    assert [keys(parents_on(reader, body_on(reader, "lpo-kirurgi", on=on))) for on in days] == [
        ["region-vasternorrland"],
        [],
        [],
        ["region-vasternorrland"],
    ]
    assert load(files.vasternorrland(), at=CHANGED + timedelta(days=1)) == []


def test_a_body_that_was_left_out_by_mistake_and_put_back_the_same_day_has_lost_nothing(reader: User, vasternorrland: County) -> None:
    chair = make_user("ordforande")
    hold(chair, Seat.objects.get(body__key="lpo-kirurgi", function="CHAIR"))
    before = [list(model.objects.order_by("pk").values()) for model in (Body, Seat, Placement, Counterpart, BodyVersion)]
    load(files.without_group(files.vasternorrland(), "lpo-kirurgi"))
    load(files.vasternorrland())
    assert [list(model.objects.order_by("pk").values()) for model in (Body, Seat, Placement, Counterpart, BodyVersion)] == before
    assert positions(chair, on=AFTER) == {(Body.objects.get(key="lpo-kirurgi").pk, "CHAIR")}


def test_a_body_that_moves_stands_in_its_old_place_on_earlier_days(reader: User, vasternorrland: County) -> None:
    changes = load(files.with_group(files.vasternorrland(), "lpo-rehabilitering", parent="halsam"))
    assert changes == [
        "Ändrad tillhörighet: LPO rehabilitering, habilitering och försäkringsmedicin (hör nu till HälSam; hör inte längre till RVN)"
    ]
    assert [keys(parents_on(reader, body_on(reader, "lpo-rehabilitering", on=on))) for on in (BEFORE, AFTER)] == [
        ["region-vasternorrland"],
        ["halsam"],
    ]
    halsam = [body_on(reader, "halsam", on=on) for on in (BEFORE, AFTER)]
    assert ["lpo-rehabilitering" in keys(children_on(reader, body)) for body in halsam] == [False, True]


def test_changed_counterparts_hold_from_the_day_of_the_change(reader: User, vasternorrland: County) -> None:
    changes = load(files.with_group(files.vasternorrland(), "lpo-ortopedi", counterparts=("npo-akut-vard",)))
    assert changes == ["Ändrade motsvarigheter: LPO ortopedi (nu NPO akut vård; inte längre NPO rörelseorganens sjukdomar)"]
    seen = [keys(counterparts_on(reader, body_on(reader, "lpo-ortopedi", on=on))) for on in (BEFORE, AFTER)]
    assert seen == [["npo-rorelseorganens-sjukdomar"], ["npo-akut-vard"]]


def test_a_national_group_that_disappears_takes_its_links_along(reader: User, vasternorrland: County) -> None:
    national = files.national()
    groups = tuple(row for row in national.groups if row.key != "npo-ogonsjukdomar")
    changes = load_national(actor=None, national=replace(national, groups=groups), at=CHANGED)
    assert changes == ["Stängd: NPO ögonsjukdomar (npo-ogonsjukdomar)"]
    assert [keys(counterparts_on(reader, body_on(reader, "lpo-ogonsjukdomar", on=on))) for on in (BEFORE, AFTER)] == [
        ["npo-ogonsjukdomar"],
        [],
    ]


def test_dates_that_the_files_state_hold_for_all_days(reader: User, vasternorrland: County) -> None:
    """They are facts about the world, however late somebody wrote them down."""
    dated = Period(date(2020, 1, 1), date(2027, 1, 1))
    changes = load(files.with_group(files.vasternorrland(), "lpo-kirurgi", validity=dated))
    assert changes == ["Ändrad giltighetstid: LPO kirurgi (lpo-kirurgi)"]
    days = [date(2019, 12, 31), date(2020, 1, 1), AFTER, date(2026, 12, 31), date(2027, 1, 1)]
    assert [body_on(reader, "lpo-kirurgi", on=on).is_valid for on in days] == [False, True, True, True, False]
    assert keys(parents_on(reader, body_on(reader, "lpo-kirurgi", on=date(2020, 1, 1)))) == ["region-vasternorrland"]
    values = files.with_group(files.vasternorrland(), "lpo-kirurgi", validity=dated)
    assert load(values, at=CHANGED + timedelta(days=1)) == []
    assert load(values, at=datetime(2027, 5, 1, tzinfo=UTC)) == []


def test_an_end_that_the_files_state_too_late_still_held(reader: User, vasternorrland: County) -> None:
    changes = load(files.with_group(files.vasternorrland(), "lpo-kirurgi", validity=Period(None, date(2026, 6, 1))))
    assert changes == ["Stängd: LPO kirurgi (lpo-kirurgi)"]
    assert [body_on(reader, "lpo-kirurgi", on=on).is_valid for on in (date(2026, 5, 31), date(2026, 6, 1))] == [True, False]


def test_a_body_that_is_new_in_the_files_begins_that_day_unless_they_say_otherwise(reader: User, vasternorrland: County) -> None:
    template = replace(files.group(files.vasternorrland(), "lpo-kirurgi"), counterparts=("npo-akut-vard",))
    new = [
        replace(template, key="lpo-ny", name="LPO ny"),
        replace(template, key="lpo-sen", name="LPO sen", validity=Period(date(2025, 1, 1), None)),
        replace(template, key="lpo-forbi", name="LPO förbi", validity=Period(None, date(2026, 5, 1))),
    ]
    assert load(files.plus(files.vasternorrland(), *new)) == ["Ny: LPO ny (lpo-ny)", "Ny: LPO sen (lpo-sen)", "Ny: LPO förbi (lpo-forbi)"]
    days = [date(2024, 12, 31), date(2025, 1, 1), date(2026, 5, 1), BEFORE, AFTER]
    seen = {row.key: [bool(find(tree_on(reader, county=vasternorrland, on=on).county, row.key)) for on in days] for row in new}
    assert seen == {
        "lpo-ny": [False, False, False, False, True],
        "lpo-sen": [False, True, True, True, True],
        "lpo-forbi": [True, True, False, False, False],
    }
    assert keys(parents_on(reader, body_on(reader, "lpo-sen", on=date(2025, 1, 1)))) == ["region-vasternorrland"]
    assert load(files.plus(files.vasternorrland(), *new), at=CHANGED + timedelta(days=40)) == []


def test_a_body_that_was_to_begin_later_and_disappears_never_was(reader: User, vasternorrland: County) -> None:
    later = replace(
        files.group(files.vasternorrland(), "lpo-kirurgi"), key="lpo-sen", name="LPO sen", validity=Period(date(2027, 1, 1), None)
    )
    load(files.plus(files.vasternorrland(), later))
    assert load(files.vasternorrland(), at=CHANGED + timedelta(days=1)) == ["Stängd: LPO sen (lpo-sen)"]
    assert not any(body_on(reader, "lpo-sen", on=on).is_valid for on in (AFTER, date(2027, 1, 1), date(2028, 1, 1)))


def test_a_renamed_seat_keeps_its_holders_and_its_old_title_on_earlier_days(reader: User, vasternorrland: County) -> None:
    seat = Seat.objects.get(body__key="lpo-kirurgi", function="EXPERT")
    expert = make_user("sakkunnig")
    hold(expert, seat)

    def renamed(row):
        return replace(row, title="Sakkunnig kirurg", time_percent=20) if (row.body, row.function) == ("lpo-kirurgi", "EXPERT") else row

    changes = load(files.with_seats(files.vasternorrland(), renamed))
    assert changes == [
        "Ändrad plats: Sakkunnig kirurg, LPO kirurgi (benämning: ”Sakkunnig” blev ”Sakkunnig kirurg”, avsatt tid: ingen blev 20 %)"
    ]
    assert positions(expert, on=AFTER) == {(seat.body_id, "EXPERT")}
    seen = [
        [
            (member.title, member.time_percent, [holder.username for holder in member.holders])
            for member in members_on(reader, body)
            if member.function == "EXPERT"
        ]
        for body in (body_on(reader, "lpo-kirurgi", on=on) for on in (BEFORE, AFTER))
    ]
    assert seen == [[("Sakkunnig", None, ["sakkunnig"])], [("Sakkunnig kirurg", 20, ["sakkunnig"])]]
    assert SeatVersion.objects.count() == 1


def test_a_seat_that_disappears_is_closed_and_one_that_is_new_begins(reader: User, vasternorrland: County) -> None:
    values = files.with_seats(files.vasternorrland(), lambda row: None if (row.body, row.function) == ("lpo-kirurgi", "EXPERT") else row)
    new = replace(values.seats[0], body="lpo-kirurgi", function="SECRETARY", title="Sekreterare", time_percent=None)
    assert load(files.plus(values, new)) == ["Ny plats: Sekreterare, LPO kirurgi", "Stängd plats: Sakkunnig, LPO kirurgi"]
    seen = [{member.function for member in members_on(reader, body_on(reader, "lpo-kirurgi", on=on))} for on in (BEFORE, AFTER)]
    assert seen[0] - seen[1] == {"EXPERT"}
    assert seen[1] - seen[0] == {"SECRETARY"}


def test_a_seat_with_stated_dates_is_found_again_at_every_load(reader: User, vasternorrland: County) -> None:
    """The same seat may stand at two times; each is the one it was."""
    template = replace(files.vasternorrland().seats[0], body="lpo-kirurgi", function="SECRETARY", title="Sekreterare", time_percent=None)
    past = replace(template, validity=Period(date(2025, 1, 1), date(2026, 1, 1)))
    coming = replace(template, validity=Period(date(2027, 1, 1), None))
    values = files.plus(files.vasternorrland(), past, coming)
    load(values)
    assert Seat.objects.filter(function="SECRETARY", body__key="lpo-kirurgi").count() == 2
    for days in (1, 200, 2000):
        assert load(values, at=CHANGED + timedelta(days=days)) == []
    days = [date(2024, 12, 31), date(2025, 1, 1), date(2026, 1, 1), date(2027, 1, 1)]
    seen = ["SECRETARY" in {member.function for member in members_on(reader, body_on(reader, "lpo-kirurgi", on=on))} for on in days]
    assert seen == [False, True, False, True]


def test_the_tree_of_the_nation_goes_from_the_nation_to_the_regions(reader: User, vasternorrland: County) -> None:
    (sverige,) = tree_on(reader, county=vasternorrland, on=AFTER).national
    assert str(sverige.body) == "Sverige"
    (norra,) = find((sverige,), "sjukvardsregion-norra")
    assert names((norra,)) == [["Norra sjukvårdsregionen", "Region Jämtland Härjedalen", "Region Norrbotten", "Region Västerbotten", "RVN"]]
    (system,) = find((sverige,), "nationell-kunskapsstyrning")
    areas = [branch.body.name for branch in system.children if branch.body.kind == "PROGRAMME_GROUP"]
    assert len(areas) == 26
    assert areas[0] == "NPO akut vård"
    assert areas[-3:] == ["NPO äldres hälsa och palliativ vård", "NPO ögonsjukdomar", "NPO öron-, näs- och halssjukdomar"]


def test_halland_stands_under_both_its_healthcare_regions(reader: User, structure: None) -> None:
    tree = tree_on(reader, county=None, on=AFTER)
    halland = find(tree.national, "region-halland")
    assert [[str(other) for other in branch.also_under] for branch in halland] == [
        ["Västra sjukvårdsregionen"],
        ["Södra sjukvårdsregionen"],
    ]
    assert tree.county == ()


def test_the_tree_of_the_county_has_its_region_first_and_then_the_others_in_swedish_order(reader: User, vasternorrland: County) -> None:
    tree = tree_on(reader, county=vasternorrland, on=AFTER).county
    assert [str(branch.body) for branch in tree] == [
        "RVN",
        "Härnösand",
        "Kramfors",
        "Sollefteå",
        "Sundsvall",
        "Timrå",
        "Ånge",
        "Örnsköldsvik",
        "KFVN",
        "HälSam",
    ]
    assert names(find(tree, "regionfullmaktige-vasternorrland")) == [["Regionfullmäktige", "Regionstyrelsen", "HSN"]]


def test_a_group_whose_parent_is_gone_stands_as_a_root_and_is_not_lost(reader: User, vasternorrland: County) -> None:
    made = working_group(vasternorrland)
    fewer = files.without_group(files.vasternorrland(), "lpo-psykisk-halsa")
    load(fewer)
    before, after = (tree_on(reader, county=vasternorrland, on=on).county for on in (BEFORE, AFTER))
    assert [branch.body.key for branch in find(before, "lpo-psykisk-halsa")[0].children] == [made.key]
    assert made.key in [branch.body.key for branch in after]


def test_bodies_in_a_ring_are_shown_once_and_nobody_waits_for_ever(reader: User, vasternorrland: County) -> None:
    kirurgi, ortopedi = (Body.objects.get(key=key) for key in ("lpo-kirurgi", "lpo-ortopedi"))
    Placement.objects.filter(child__in=[kirurgi, ortopedi]).delete()
    Placement.objects.create(child=kirurgi, parent=ortopedi)
    Placement.objects.create(child=ortopedi, parent=kirurgi)
    tree = tree_on(reader, county=vasternorrland, on=AFTER).county
    assert names(tuple(branch for branch in tree if branch.body.key == "lpo-kirurgi")) == [["LPO kirurgi", "LPO ortopedi"]]
    assert len(find(tree, "lpo-ortopedi")) == 1


def test_the_bodies_where_one_has_a_seat_are_marked(reader: User, vasternorrland: County) -> None:
    hold(reader, Seat.objects.get(body__key="lpo-kirurgi", function="EXPERT"), valid_from=date(2026, 1, 1), valid_until=date(2026, 9, 16))
    marked = [
        [branch.body.key for key in Body.objects.values_list("key", flat=True) for branch in find(tree.county, key) if branch.is_mine]
        for tree in (tree_on(reader, county=vasternorrland, on=on) for on in (BEFORE, AFTER))
    ]
    assert marked == [["lpo-kirurgi"], []]


def test_nobody_but_those_who_have_signed_in_sees_the_structure(vasternorrland: County) -> None:
    from django.contrib.auth.models import AnonymousUser

    for nobody in (AnonymousUser(), make_user("avstangd", active=False)):
        assert tree_on(nobody, county=vasternorrland, on=AFTER).county == ()
        assert body_on(nobody, "lpo-kirurgi", on=AFTER) is None


def test_the_cost_of_the_tree_does_not_grow_with_its_size(reader: User, vasternorrland: County, django_assert_num_queries) -> None:
    with django_assert_num_queries(6):
        tree_on(reader, county=vasternorrland, on=AFTER)
    with django_assert_num_queries(6):
        tree_on(reader, county=None, on=AFTER)
    body = body_on(reader, "lpo-kirurgi", on=AFTER)
    hold(reader, Seat.objects.get(body__key="lpo-kirurgi", function="EXPERT"))
    with django_assert_num_queries(4):
        members_on(reader, body)


def test_a_group_that_is_reactivated_had_another_mandate_before(reader: User, vasternorrland: County) -> None:
    from styrkedja.organisations.services import NewMember, reactivate_group

    made = working_group(vasternorrland)
    Group.objects.filter(pk=made.pk).update(valid_until=date(2026, 6, 1))
    Seat.objects.filter(body=made, function="EXPERT").update(valid_until=date(2026, 6, 1))
    group = Group.objects.get(pk=made.pk)
    reactivate_group(
        actor=reader, group=group, mandate="Uppdatera analysen.", convener=reader, members=[NewMember("Läkare", "Ånge")], at=CHANGED
    )
    days = [date(2026, 5, 31), date(2026, 6, 1), BEFORE, AFTER]
    seen = [body_on(reader, made.key, on=on) for on in days]
    assert [body.is_valid for body in seen] == [True, False, False, True]
    assert [body.mandate for body in seen] == ["Gör en gap- och konsekvensanalys."] * 3 + ["Uppdatera analysen."]
    assert [member.title for member in members_on(reader, seen[-1])] == ["Sammankallande", "Läkare, Ånge"]
