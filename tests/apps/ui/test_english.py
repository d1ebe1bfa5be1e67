"""Every page in each language: nothing of the interface is left in the other. What is data (bodies, routine, subjects) is Swedish in both."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
import time_machine
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse
from django.utils import translation

from styrkedja.accounts.models import User
from styrkedja.cases.models import Case, Document, RegistrySeries
from styrkedja.cases.services import assign_registry_number, register_document
from styrkedja.organisations.models import Body, Membership, Seat
from styrkedja.procedures.forms import step_form
from styrkedja.procedures.kinds.catalogue import CATALOGUE
from styrkedja.workflows.models import ItemState, WorkItem
from styrkedja.workflows.programs import routine_of
from tests.apps.ui.reading import data, left_over
from tests.factories.accounts import make_user
from tests.factories.walks import AT, AT_ASSESSMENT, World, item_of, world_once

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery staple"
BACKEND = "django.contrib.auth.backends.ModelBackend"
LANGUAGES = ("en", "sv")
LANG = {"en": "en-GB", "sv": "sv"}  # what the page says of itself: dates in its fields are then British
NOTHING = "?q=finnsinte"


@dataclass
class Scene:
    """A case on its way, with somebody who may do nearly everything in the county."""

    world: World
    case: Case
    unnumbered: Case
    document: Document
    reader: User
    data: re.Pattern[str]

    def client(self, language: str) -> Client:
        User.objects.update(language=language)
        client = Client()
        # By the form, so that the account's own pages need not ask again who it is.
        client.post(reverse("account_login"), {"login": self.reader.username, "password": PASSWORD})
        return client

    def read(self, response: Any, language: str) -> dict[str, str]:
        """What is left in the other language."""
        page = response.content.decode()
        assert f'<html lang="{LANG[language]}"' in page
        return left_over(page, language, self.data)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with world_once(django_db_blocker) as world, time_machine.travel(AT, tick=False):
        yield world


@pytest.fixture(scope="module")
def scene(world: World) -> Scene:
    unnumbered = world.walk(AT_ASSESSMENT[:1], subject="Remiss: riktlinjer för strokevård")
    case = world.walk(AT_ASSESSMENT, subject="Vårdprogram: demens")
    reader = make_user("reader", name="Reader", administrator=True, password=PASSWORD)
    for seat in Seat.objects.filter(county=world.county):
        Membership.objects.create(seat=seat, account=reader)
    if not case.registry_number:
        assign_registry_number(actor=reader, case=case, series=RegistrySeries.objects.filter(county=world.county)[0], at=AT)
    said: dict[str, Any] = {"direction": "DRAWN_UP", "dated_on": AT.date(), "title": "Minnesanteckning", "counterpart": "", "file": None}
    document = register_document(actor=reader, case=case, at=AT, **said)
    names_of_maps = re.findall(r'<bpmndi:BPMNDiagram [^>]*name="([^"]*)"', world.definition.source)
    return Scene(world, case, unnumbered, document, reader, data(routine_of(world.definition), names_of_maps))


def addresses(scene: Scene) -> Mapping[str, str]:
    """Every page that can be opened in the scene."""
    county, key, version = scene.world.county.key, scene.world.definition.key, scene.world.definition.version
    body = Body.objects.filter(group__kind="PROGRAMME_GROUP", group__level="LOCAL", county=scene.world.county)[0]
    membership = Membership.objects.filter(account=scene.reader)[0]
    found = {
        "inbox": "/",
        "inbox of nothing": f"/{NOTHING}",
        "cases": reverse("home:cases"),
        "no cases": reverse("home:cases") + NOTHING,
        "open a case": reverse("home:open_case"),
        "case": reverse("home:case", args=[scene.case.number]),
        "write off": reverse("home:close_case", args=[scene.case.number]),
        "substitutes": reverse("home:substitutes"),
        "statistics": reverse("home:statistics"),
        "registry": reverse("cases:registry"),
        "registry as the public sees it": reverse("cases:registry") + "?public=on",
        "dossier": reverse("cases:dossier", args=[scene.case.pk]),
        "register": reverse("cases:register", args=[scene.case.pk]),
        "wording": reverse("cases:wording", args=[scene.case.pk]),
        "number": reverse("cases:number", args=[scene.unnumbered.pk]),
        "document": reverse("cases:document", args=[scene.document.pk]),
        "routines": reverse("workflows:routines"),
        "routine": reverse("workflows:routine", args=[county, key]),
        "version": reverse("workflows:routine_version", args=[county, key, version]),
        "move": reverse("workflows:move_cases", args=[county, key]),
        "indicators": reverse("indicators:indicators"),
        "analysis": reverse("indicators:analysis"),
        "tree": reverse("organisations:tree"),
        "tree of nothing": reverse("organisations:tree") + NOTHING,
        "follow-up of groups": reverse("organisations:follow_up"),
        "body": reverse("organisations:body", args=[body.key]),
        "appoint": reverse("organisations:appoint", args=[membership.seat_id]),
        "end a holding": reverse("organisations:end_membership", args=[membership.pk]),
        "my account": reverse("accounts:me"),
        "two steps": reverse("mfa_index"),
        "authenticator app": reverse("mfa_activate_totp"),
        "keys": reverse("mfa_list_webauthn"),
        "new key": reverse("mfa_add_webauthn"),
        "change password": reverse("account_change_password"),
        "confirm": reverse("account_reauthenticate"),
        "sign out": reverse("account_logout"),
        "disabled": reverse("account_inactive"),
        "accessibility": reverse("ui:accessibility"),
    }
    chain = ("overview", "goals", "actions", "documents", "mandates", "month", "import", "decide", "give_mandate")
    found |= {f"chain: {view}": reverse(f"steering:{view}") for view in chain}
    found |= {f"controls: {view}": reverse(f"controls:{view}") for view in ("findings", "gaps", "questions")}
    for item in WorkItem.objects.filter(state=ItemState.OPEN).order_by("pk"):
        found |= {f"{act} {item.pk}": reverse(f"procedures:{act}", args=[item.pk]) for act in ("task", "hand_over", "due", "follow_up")}
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_is_left_in_the_other_language(scene: Scene, language: str) -> None:
    client, left = scene.client(language), {}
    for name, address in addresses(scene).items():
        response = client.get(address, follow=True)
        assert response.status_code == 200, name
        left |= {f"{name}: {word}": text for word, text in scene.read(response, language).items()}
    assert left == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_form_that_comes_back_is_left_in_the_other_language(scene: Scene, language: str) -> None:
    client, left = scene.client(language), {}
    county, key = scene.world.county.key, scene.world.definition.key
    item = item_of(scene.case, "assess_municipal_relevance", "lpo-aldres-halsa")
    sent = {
        reverse("home:open_case"): {"subject": "x" * 300},
        reverse("home:close_case", args=[scene.case.number]): {},
        reverse("home:substitutes"): {"valid_from": "i går", "valid_until": "2026-09-01"},
        reverse("cases:register", args=[scene.case.pk]): {"direction": "RECEIVED", "dated_on": "2030-01-01", "counterpart": "a@b.se"},
        reverse("cases:wording", args=[scene.case.pk]): {"subject": " "},
        reverse("workflows:move_cases", args=[county, key]): {},
        reverse("procedures:task", args=[item.pk]): {"version": item.version},
        reverse("procedures:due", args=[item.pk]): {"due_on": "2020-01-01"},
        reverse("procedures:follow_up", args=[item.pk]): {"follow_up_on": "2020-01-01"},
        reverse("procedures:hand_over", args=[item.pk]): {},
        reverse("accounts:me"): {"language": language, "wants_email": "on"},
        reverse("account_change_password"): {"oldpassword": "x", "password1": "short", "password2": "other"},
    }
    for address, values in sent.items():
        response = client.post(address, values, follow=True)
        assert response.status_code in {200, 409, 422}, address
        left |= {f"{address}: {word}": text for word, text in scene.read(response, language).items()}
    assert left == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_before_sign_in_or_in_trouble_is_left_in_the_other_language(scene: Scene, language: str) -> None:
    stranger = Client(headers={"Accept-Language": language})
    outsider = Client()
    outsider.force_login(make_user("outsider", name="Outsider"), backend=BACKEND)
    User.objects.update(language=language)
    pages = {
        "sign in": stranger.get(reverse("account_login")),
        "wrong password": stranger.post(reverse("account_login"), {"login": "reader", "password": "wrong"}),
        "nothing given": stranger.post(reverse("account_login"), {}),
        "missing": stranger.get("/finns-inte/"),
        "not mine": outsider.get(reverse("home:close_case", args=[scene.case.number])),
        "no password to confirm with": outsider.get(reverse("account_reauthenticate")),
        "nothing to do": outsider.get("/"),
        "may open nothing": outsider.get(reverse("home:open_case"), follow=True),
    }
    left = {f"{name}: {word}": text for name, page in pages.items() for word, text in scene.read(page, language).items()}
    assert left == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_of_two_step_sign_in_is_left_in_the_other_language(scene: Scene, language: str) -> None:
    account = make_user("careful", name="Careful", password=PASSWORD)
    User.objects.update(language=language)
    TOTP.activate(account, generate_totp_secret())
    RecoveryCodes.activate(account)
    second_step, client = Client(headers={"Accept-Language": language}), Client()
    entered = second_step.post(reverse("account_login"), {"login": "careful", "password": PASSWORD}, follow=True)
    client.force_login(account, backend=BACKEND)
    pages = {"second step": entered, "confirm by code": client.get(reverse("mfa_reauthenticate"))}
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    names = ("mfa_index", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes")
    pages |= {name: client.get(reverse(name)) for name in names}
    assert [name for name, page in pages.items() if page.status_code != 200] == []
    left = {f"{name}: {word}": text for name, page in pages.items() for word, text in scene.read(page, language).items()}
    assert left == {}


@pytest.mark.parametrize("kind", CATALOGUE.values(), ids=CATALOGUE.keys())
def test_every_step_kind_asks_in_english(scene: Scene, kind: Any) -> None:
    node = next(node for node in routine_of(scene.world.definition).nodes.values() if node.step is not None)
    with translation.override("en"):
        page = f"<p>{kind.label}</p><p>{kind.description}</p>{step_form(node, kind, county=scene.world.county)}"
    assert left_over(page, "en", scene.data) == {}


def test_what_is_kept_is_swedish_though_the_actor_reads_english(scene: Scene) -> None:
    client = scene.client("en")
    item = item_of(scene.case, "assess_municipal_relevance", "lpo-aldres-halsa")
    fields = {
        "version": item.version,
        "submission": "6f1c2d3e-0000-4000-8000-000000000001",
        "grounds": "Berör hemtjänsten.",
        "outcome": "yes",
    }
    response = client.post(reverse("procedures:task", args=[item.pk]), fields, follow=True)
    assert response.status_code == 200
    opened = WorkItem.objects.filter(instance=scene.case.instance_id, pk__gt=item.pk)
    assert [new.performer for new in opened] != []
    assert [new.performer for new in opened if " or " in new.performer] == []
    assert any(" eller " in new.performer for new in WorkItem.objects.filter(instance=scene.case.instance_id))


def test_a_planted_swedish_text_is_found_and_data_is_not(scene: Scene) -> None:
    page = '<html lang="en"><p>Öppna ärendet Vårdprogram: demens</p><p lang="sv">Öppna</p><input aria-label="Sök"><p>Remiss</p></html>'
    assert left_over(page, "en", scene.data) == {
        "öppna": "Öppna ärendet Vårdprogram: demens",
        "ärendet": "Öppna ärendet Vårdprogram: demens",
        "sök": "Sök",
    }
