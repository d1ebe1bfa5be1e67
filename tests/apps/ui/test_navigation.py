import pytest

from styrkedja.ui.navigation import places

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
