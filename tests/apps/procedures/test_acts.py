"""What is done with a task besides doing it."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from styrkedja.cases.models import Case
from styrkedja.core.policies.refusal import Refused
from styrkedja.organisations.models import Membership
from styrkedja.workflows.models import Draft, EventKind, HistoryEvent, ItemState, Notice, WorkItem
from styrkedja.workflows.services import change_due
from tests.factories.counties import hold
from tests.factories.walks import AT, AT_ASSESSMENT, MIND, OLD, PARKED, REGISTERED, World, item_of, once, step_post

SignedIn = Callable[[str], Client]
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(scope="module")
def case(case_at: Callable[..., Case]) -> Case:
    return case_at(REGISTERED)


@pytest.fixture
def item(case: Case, world: World) -> WorkItem:
    """Step 3, done by the coordinator; the registrar holds the same function."""
    [held] = Membership.objects.filter(account=world.person("samordnare"))
    hold(world.person("registrator"), held.seat)
    return item_of(case, "forward_consultation")


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def events(item: WorkItem, kind: EventKind) -> list[HistoryEvent]:
    return list(HistoryEvent.objects.filter(instance=item.instance_id, token=item.token, kind=kind))


def told(client: Client, item: WorkItem) -> list[str]:
    return [str(message) for message in client.get(f"/uppgifter/{item.pk}/").context["messages"]]


def test_a_task_is_taken_from_the_inbox(item: WorkItem, world: World, signed_in: SignedIn) -> None:
    client = signed_in("samordnare")
    response = client.post(f"/uppgifter/{item.pk}/ta/")
    assert (response.status_code, response.headers["Location"]) == (302, f"/uppgifter/{item.pk}/")
    item.refresh_from_db()
    assert item.claimed_by == world.person("samordnare")
    assert "Lämna tillbaka" in text_of(client.get(f"/uppgifter/{item.pk}/"))


def test_a_taken_task_cannot_be_taken_by_another(item: WorkItem, world: World, signed_in: SignedIn) -> None:
    signed_in("samordnare").post(f"/uppgifter/{item.pk}/ta/")
    response = signed_in("registrator").post(f"/uppgifter/{item.pk}/ta/")
    assert response.status_code == 409
    assert "tog uppgiften 16 sep kl. 10:30." in text_of(response)
    item.refresh_from_db()
    assert item.claimed_by == world.person("samordnare")


def test_a_colleague_frees_the_task_of_one_who_is_away(item: WorkItem, world: World, signed_in: SignedIn) -> None:
    signed_in("samordnare").post(f"/uppgifter/{item.pk}/ta/")
    colleague = signed_in("registrator")
    assert text_of(colleague.get(f"/uppgifter/{item.pk}/")).count("Gör uppgiften fri") == 1
    colleague.post(f"/uppgifter/{item.pk}/lamna/")
    item.refresh_from_db()
    assert item.claimed_by is None
    [event] = events(item, EventKind.RELEASED)
    assert event.account == world.person("registrator")
    assert "Slutför" in text_of(colleague.get(f"/uppgifter/{item.pk}/"))


def test_one_without_the_function_sees_no_way_to_free_it(item: WorkItem, signed_in: SignedIn) -> None:
    signed_in("samordnare").post(f"/uppgifter/{item.pk}/ta/")
    response = signed_in(OLD).get(f"/uppgifter/{item.pk}/")
    assert response.status_code == 200
    assert "Gör uppgiften fri" not in text_of(response)


def test_what_was_typed_before_the_task_was_taken_is_kept(item: WorkItem, signed_in: SignedIn) -> None:
    client = signed_in("samordnare")
    client.post(f"/uppgifter/{item.pk}/ta/", step_post(item, {"message": "Till er kännedom"}))
    response = client.get(f"/uppgifter/{item.pk}/")
    assert response.context["restored"] is True
    assert "Till er kännedom</textarea>" in text_of(response)


def test_a_task_that_is_left_is_free_and_the_draft_stays(item: WorkItem, signed_in: SignedIn) -> None:
    client = signed_in("samordnare")
    client.post(f"/uppgifter/{item.pk}/ta/")
    item.refresh_from_db()
    client.post(f"/uppgifter/{item.pk}/lamna/", step_post(item, {"message": "Halvfärdigt"}))
    item.refresh_from_db()
    assert item.claimed_by is None
    response = client.get(f"/uppgifter/{item.pk}/")
    assert [str(message) for message in response.context["messages"]] == ["Uppgiften är lämnad. Den som har funktionen kan ta den."]
    assert "Halvfärdigt</textarea>" in text_of(response)


def test_a_draft_is_saved_by_the_button_and_fills_in_the_form_next_time(item: WorkItem, world: World, signed_in: SignedIn) -> None:
    client = signed_in("samordnare")
    typed = {"message": "Utkast", "affected_lpos": [OLD, MIND]}
    response = client.post(f"/uppgifter/{item.pk}/utkast/", step_post(item, typed))
    assert (response.status_code, response.headers["Location"]) == (302, f"/uppgifter/{item.pk}/")
    draft = Draft.objects.get()
    assert (draft.item, draft.account, draft.data) == (item, world.person("samordnare"), typed)
    page = client.get(f"/uppgifter/{item.pk}/")
    assert [str(message) for message in page.context["messages"]] == ["Utkastet är sparat."]
    assert page.context["form"]["affected_lpos"].value() == [OLD, MIND]
    assert page.context["form"].initial["version"] == item.version
    assert signed_in("registrator").get(f"/uppgifter/{item.pk}/").context["restored"] is False


def test_a_draft_saved_while_typing_is_answered_with_one_line(item: WorkItem, signed_in: SignedIn) -> None:
    response = signed_in("samordnare").post(f"/uppgifter/{item.pk}/utkast/", step_post(item, {"message": "Mer"}), **HTMX)
    assert response.content.decode().strip() == '<p id="utkast" class="ui-meta" role="status">Utkastet sparat kl. 10:30.</p>'
    assert Draft.objects.get().data == {"message": "Mer"}


def test_a_field_that_was_emptied_stays_empty_in_the_draft(world: World, signed_in: SignedIn) -> None:
    """Step 2 begins with what step 1 answered; what is taken away does not come back."""
    item = item_of(world.walk(REGISTERED[:1]), "register_consultation")
    client = signed_in("registrator")
    assert client.get(f"/uppgifter/{item.pk}/").context["form"]["counterpart"].value() == "SKR"
    client.post(f"/uppgifter/{item.pk}/utkast/", step_post(item, {"document_title": "Remiss", "counterpart": ""}))
    assert client.get(f"/uppgifter/{item.pk}/").context["form"]["counterpart"].value() is None


def test_a_draft_is_thrown_away_by_its_writer_alone(item: WorkItem, signed_in: SignedIn) -> None:
    client = signed_in("samordnare")
    client.post(f"/uppgifter/{item.pk}/utkast/", step_post(item, {"message": "Utkast"}))
    signed_in("registrator").post(f"/uppgifter/{item.pk}/utkast/bort/")
    assert Draft.objects.count() == 1
    client.post(f"/uppgifter/{item.pk}/utkast/bort/")
    page = client.get(f"/uppgifter/{item.pk}/")
    assert (Draft.objects.count(), page.context["restored"]) == (0, False)
    assert [str(message) for message in page.context["messages"]][-1] == "Utkastet är borttaget."


def test_typing_in_a_task_that_another_has_taken_says_that_nothing_is_saved(item: WorkItem, signed_in: SignedIn) -> None:
    signed_in("samordnare").post(f"/uppgifter/{item.pk}/ta/")
    response = signed_in("registrator").post(f"/uppgifter/{item.pk}/utkast/", step_post(item, {"message": "Mitt"}), **HTMX)
    assert response.status_code == 200
    assert "Utkastet sparas inte. Uppgiften är tagen av någon annan." in text_of(response)
    assert Draft.objects.count() == 0


def test_the_way_to_handing_over_saves_what_was_typed(item: WorkItem, signed_in: SignedIn) -> None:
    response = signed_in("samordnare").post(f"/uppgifter/{item.pk}/utkast/", step_post(item, {"message": "Ta över"}) | {"_hand_over": "1"})
    assert response.headers["Location"] == f"/uppgifter/{item.pk}/overlat/"
    assert Draft.objects.get().data == {"message": "Ta över"}


def test_a_task_is_handed_over_to_another_who_can_do_it(item: WorkItem, world: World, signed_in: SignedIn) -> None:
    client = signed_in("samordnare")
    page = client.get(f"/uppgifter/{item.pk}/overlat/")
    choices = [name for _key, name in page.context["form"].fields["to"].choices]
    assert choices == ["Välj", "Registrator, Region Västernorrland"]
    response = client.post(f"/uppgifter/{item.pk}/overlat/", once({"to": world.person("registrator").pk, "reason": "Jag är ledig."}))
    assert response.headers["Location"] == f"/uppgifter/{item.pk}/"
    item.refresh_from_db()
    assert item.claimed_by == world.person("registrator")
    assert events(item, EventKind.HANDED_OVER)[0].data["reason"] == "Jag är ledig."
    assert told(client, item) == ["Uppgiften är överlåten till Registrator, Region Västernorrland."]


def test_there_is_nobody_to_hand_over_to_when_one_holds_the_function_alone(world: World, signed_in: SignedIn) -> None:
    item = item_of(world.walk(AT_ASSESSMENT), "assess_municipal_relevance", OLD)
    text = text_of(signed_in(OLD).get(f"/uppgifter/{item.pk}/overlat/"))
    assert "Det finns ingen annan som är Ordförande eller processledare, LPO äldres hälsa." in text


def test_a_receiver_who_cannot_do_it_is_no_choice(item: WorkItem, world: World, signed_in: SignedIn) -> None:
    response = signed_in("samordnare").post(f"/uppgifter/{item.pk}/overlat/", once({"to": world.person(OLD).pk}))
    assert response.status_code == 422
    item.refresh_from_db()
    assert item.claimed_by is None


def test_the_date_is_moved_with_a_reason(item: WorkItem, signed_in: SignedIn) -> None:
    client = signed_in("samordnare")
    response = client.post(f"/uppgifter/{item.pk}/datum/", once({"due_on": "2026-10-05", "reason": "Sammanträdet är flyttat."}))
    assert response.headers["Location"] == f"/uppgifter/{item.pk}/"
    item.refresh_from_db()
    assert item.due_on == date(2026, 10, 5)
    [event] = events(item, EventKind.DUE_CHANGED)
    assert (event.data["after"], event.data["reason"]) == ("2026-10-05", "Sammanträdet är flyttat.")
    client.post(f"/uppgifter/{item.pk}/datum/", once({"due_on": "2026-10-05", "reason": "Sammanträdet är flyttat."}))
    assert len(events(item, EventKind.DUE_CHANGED)) == 1


def test_a_form_that_is_sent_again_later_does_not_undo_what_came_between(item: WorkItem, world: World, signed_in: SignedIn) -> None:
    """The page is loaded again after the date has been moved on, the watch taken away, the task handed back."""
    client, page = signed_in("samordnare"), f"/uppgifter/{item.pk}/"
    forms = {
        "datum/": (once({"due_on": "2026-10-05", "reason": "Flyttat."}), once({"due_on": "2026-10-12", "reason": "Flyttat igen."})),
        "bevakning/": (once({"follow_up_on": "2026-09-21"}), once({"follow_up_on": ""})),
        "overlat/": (once({"to": world.person("registrator").pk}), None),
    }
    for route, (first, second) in forms.items():
        client.post(page + route, first)
        if second:
            client.post(page + route, second)
    item.refresh_from_db()
    before = (item.due_on, item.follow_up_on, item.claimed_by, item.version, HistoryEvent.objects.count(), Notice.objects.count())
    assert before[:3] == (date(2026, 10, 12), None, world.person("registrator"))
    for route, (first, _second) in forms.items():
        assert client.post(page + route, first).status_code == 302
    item.refresh_from_db()
    after = (item.due_on, item.follow_up_on, item.claimed_by, item.version, HistoryEvent.objects.count(), Notice.objects.count())
    assert after == before


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"due_on": "2026-10-05", "reason": " "}, "reason"),
        ({"due_on": "2026-09-15", "reason": "Sent"}, "due_on"),
        ({"due_on": "", "reason": "Sent"}, "due_on"),
    ],
)
def test_a_date_without_reason_or_in_the_past_moves_nothing(item: WorkItem, signed_in: SignedIn, given: dict[str, str], field: str) -> None:
    before = item.due_on
    response = signed_in("samordnare").post(f"/uppgifter/{item.pk}/datum/", once(given))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    item.refresh_from_db()
    assert (item.due_on, events(item, EventKind.DUE_CHANGED)) == (before, [])


@pytest.mark.parametrize(
    ("due_on", "said"),
    [
        ("2026-10-10", "10 okt 2026 är ingen arbetsdag. Närmaste arbetsdag före är 9 okt 2026, närmaste efter är 12 okt 2026."),
        ("2026-12-24", "24 dec 2026 är ingen arbetsdag. Närmaste arbetsdag före är 23 dec 2026, närmaste efter är 28 dec 2026."),
    ],
)
def test_a_task_is_due_on_a_working_day(item: WorkItem, world: World, signed_in: SignedIn, due_on: str, said: str) -> None:
    before = item.due_on
    response = signed_in("samordnare").post(f"/uppgifter/{item.pk}/datum/", once({"due_on": due_on, "reason": "Flyttat"}))
    assert (response.status_code, response.context["form"].errors) == (422, {"due_on": [said]})
    with pytest.raises(Refused, match="är ingen arbetsdag"):
        change_due(actor=world.person("samordnare"), item_id=item.pk, due_on=date.fromisoformat(due_on), reason="Flyttat", at=AT)
    item.refresh_from_db()
    assert (item.due_on, events(item, EventKind.DUE_CHANGED)) == (before, [])


def test_a_task_is_watched_and_the_watch_taken_away(item: WorkItem, signed_in: SignedIn) -> None:
    client = signed_in("samordnare")
    client.post(f"/uppgifter/{item.pk}/bevakning/", once({"follow_up_on": "2026-09-21"}))
    item.refresh_from_db()
    assert item.follow_up_on == date(2026, 9, 21)
    client.post(f"/uppgifter/{item.pk}/bevakning/", once({"follow_up_on": ""}))
    item.refresh_from_db()
    assert item.follow_up_on is None
    assert len(events(item, EventKind.FOLLOW_UP_SET)) == 2


def test_a_wait_tells_what_is_waited_for_and_whoever_has_the_role_may_end_it(world: World, signed_in: SignedIn) -> None:
    case = world.walk(PARKED)
    item, client = item_of(case, "until_reconsideration"), signed_in(OLD)
    page = text_of(client.get(f"/uppgifter/{item.pk}/"))
    assert "Ärendet väntar till 1 mar 2027" in page
    assert "LPO omprövar prioriteringen den dag som LPO har bestämt." in page
    refused = client.post(f"/uppgifter/{item.pk}/avsluta-vantan/", {"reason": ""})
    assert (refused.status_code, events(item, EventKind.WAIT_ENDED)) == (422, [])
    response = client.post(f"/uppgifter/{item.pk}/avsluta-vantan/", {"reason": "Nytt underlag har kommit."})
    assert response.headers["Location"] == f"/arenden/{case.number}/"
    item.refresh_from_db()
    assert (item.state, events(item, EventKind.WAIT_ENDED)[0].data["reason"]) == (ItemState.DONE, "Nytt underlag har kommit.")
    told = [str(message) for message in client.get(f"/arenden/{case.number}/").context["messages"]]
    assert told == ["Väntan är avslutad. Steg 11 är nu hos LPO äldres hälsa."]
