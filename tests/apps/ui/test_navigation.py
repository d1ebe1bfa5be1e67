import pytest
from django.http import HttpRequest
from django.urls import include, path

from styrkedja.ui import navigation
from styrkedja.ui.navigation import places, steering_tabs

pytestmark = pytest.mark.urls("tests.apps.ui.kit")


def test_the_menu_has_the_places_that_exist_in_their_order() -> None:
    assert [(place.name, place.url) for place in places("/konto/")] == [
        ("Mina uppgifter", "/"),
        ("Ärenden", "/arenden/"),
        ("Rutiner", "/kit/"),
        ("Organisation", "/organisation/"),
        ("Diarium", "/diarium/"),
        ("Statistik", "/statistik/"),
    ]


@pytest.mark.urls("styrkedja.ui.urls")
def test_places_whose_apps_are_missing_are_left_out() -> None:
    assert places("/") == []


@pytest.mark.parametrize(
    ("path", "marks"),
    [
        ("/", {"Mina uppgifter": "page"}),
        ("/arenden/", {"Ärenden": "page"}),
        ("/arenden/17/", {"Ärenden": "true"}),
        ("/konto/", {}),
    ],
)
def test_the_place_where_the_reader_stands_is_marked(path: str, marks: dict[str, str]) -> None:
    assert {place.name: place.current for place in places(path) if place.current} == marks


def _page(_request: HttpRequest) -> None:
    raise NotImplementedError


class Chain:
    """A chain of two apps whose pages lie under different roots."""

    urlpatterns = (
        path("styrning/", include(([path("", _page, name="overview"), path("mal/", _page, name="goals")], "steering"))),
        path("granskningar/", include(([path("", _page, name="reviews")], "audits"))),
    )


@pytest.mark.urls(Chain())
def test_the_apps_of_the_chain_are_one_place_with_tabs() -> None:
    assert [(place.name, place.url, place.current) for place in places("/granskningar/ny/")] == [("Styrning", "/styrning/", "true")]
    assert [tab.name for tab in steering_tabs("/styrning/")] == ["Översikt", "Mål", "Granskningar"]
    marked = {
        path: [tab.name for tab in steering_tabs(path) if tab.current] for path in ("/styrning/", "/styrning/mal/7/", "/granskningar/ny/")
    }
    assert marked == {"/styrning/": ["Översikt"], "/styrning/mal/7/": ["Mål"], "/granskningar/ny/": ["Granskningar"]}
    assert {view for view, _name in navigation.STEERING} >= {"controls:findings"}


@pytest.mark.urls("styrkedja.ui.urls")
def test_a_chain_without_apps_has_no_tabs() -> None:
    assert steering_tabs("/") == []
