from threading import Event

import pytest
from django.db import transaction

from styrkedja.organisations.models import Group
from styrkedja.organisations.services import NewMember, compose_working_group
from tests.factories.accounts import MADE_AT, make_user
from tests.factories.counties import body, make_county
from tests.factories.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_cases_that_compose_groups_of_the_same_name_at_once_get_a_key_each() -> None:
    county, convener = make_county(), make_user("sammankallande")
    lpo, composed = body(county, "lpo"), Event()

    def compose() -> str:
        group = compose_working_group(
            actor=convener,
            county=county,
            parent=lpo,
            name="LAG Stroke",
            mandate="Analysera.",
            convener=convener,
            members=[NewMember("Fysioterapeut", "Region")],
            at=MADE_AT,
        )
        return group.key

    def first() -> str:
        with transaction.atomic():
            key = compose()
            composed.set()
            Event().wait(0.3)  # the other one must find the key taken though this is not committed yet
        return key

    def second() -> str:
        assert composed.wait(20)
        return compose()

    assert at_once(first, second) == ["lag-stroke", "lag-stroke-2"]
    assert Group.objects.filter(name="LAG Stroke").count() == 2
