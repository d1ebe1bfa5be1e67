from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation

from styrkedja.core.sentences import Sentence
from styrkedja.ui import wording

# A Sunday evening in UTC; in Sweden it is 23.30 the same day.
SUNDAY = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 24), "24 nov"),
        (date(2026, 12, 3), "3 dec"),
        (date(2025, 11, 24), "24 nov 2025"),
        (date(2027, 1, 8), "8 jan 2027"),
    ],
)
def test_a_day_has_its_year_only_when_it_is_another(day: date, said: str) -> None:
    assert wording.day_text(day, SUNDAY) == said


def test_a_day_without_a_present_to_compare_with_has_its_year() -> None:
    assert wording.day_text(date(2026, 11, 24)) == "24 nov 2026"


def test_a_moment_is_told_in_swedish_time() -> None:
    assert wording.moment_text(datetime(2026, 11, 22, 23, 30, tzinfo=UTC), SUNDAY) == "23 nov kl. 00:30"


def test_the_long_day_names_the_weekday() -> None:
    assert wording.long_day_text(SUNDAY) == "söndag 22 november 2026"


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (date(2026, 11, 22), "i dag"),
        (date(2026, 11, 23), "om 1 arbetsdag"),
        (date(2026, 11, 25), "om 3 arbetsdagar"),
        (date(2026, 11, 30), "om 6 arbetsdagar"),
        (date(2026, 11, 21), "1 dag sen"),
        (date(2026, 11, 20), "2 dagar sen"),
    ],
)
def test_time_left_is_counted_in_working_days_and_lateness_in_days(due: date, said: str) -> None:
    assert wording.distance_text(due, SUNDAY) == said


def test_a_due_day_before_the_next_working_day_is_counted_in_days() -> None:
    friday, sunday = date(2026, 11, 20), date(2026, 11, 22)
    assert wording.distance_text(sunday, friday) == "om 2 dagar"


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0"), (12_500, "12\u202f500"), (3.5, "3,5"), (2.0, "2"), (1_234.25, "1\u202f234,25"), (-1_000, "-1\u202f000")]
)
def test_numbers_have_decimal_comma_and_narrow_spaces(number: float, said: str) -> None:
    assert wording.number_text(number) == said


@pytest.mark.parametrize(("size", "said"), [(87, "87 byte"), (319_488, "312 kB"), (1_468_006, "1,4 MB"), (26_214_400, "25 MB")])
def test_sizes_are_rounded_to_what_one_can_take_in(size: int, said: str) -> None:
    assert wording.size_text(size) == said


def test_months_follow_the_language() -> None:
    with translation.override("en"):
        assert wording.day_text(date(2026, 5, 4), SUNDAY) == "4 May"


@pytest.mark.parametrize(("number", "said"), [(12_500, "12,500"), (3.5, "3.5"), (1_234.25, "1,234.25"), (2.0, "2")])
def test_numbers_in_english_have_decimal_points_and_commas(number: float, said: str) -> None:
    with translation.override("en"):
        assert wording.number_text(number) == said


def test_moments_and_long_days_follow_the_language() -> None:
    with translation.override("en"):
        assert wording.moment_text(datetime(2026, 11, 22, 23, 30, tzinfo=UTC), SUNDAY) == "23 Nov at 00:30"
        assert wording.long_day_text(SUNDAY) == "Sunday 22 November 2026"


def test_a_date_in_a_template_follows_the_language() -> None:
    template = Template("{{ day|date }}; {{ day|date:'SHORT_DATE_FORMAT' }}")
    said = {}
    for language in ("sv", "en"):
        with translation.override(language):
            said[language] = template.render(Context({"day": date(2026, 5, 4)}))
    assert said == {"sv": "4 maj 2026; 2026-05-04", "en": "4 May 2026; 4 May 2026"}


def test_a_sentence_of_the_core_is_said_in_the_readers_language() -> None:
    fault = Sentence("%(what)s är %(length)s tecken. Korta den till högst %(limit)s.", what=Sentence("Rubriken"), length=300, limit=250)
    assert wording.sentence_text(fault) == "Rubriken är 300 tecken. Korta den till högst 250."
    with translation.override("en"):
        assert wording.sentence_text(fault) == "The title is 300 characters long. Shorten it to at most 250."


def test_a_text_that_is_no_sentence_is_left_as_it_is() -> None:
    with translation.override("en"):
        assert wording.sentence_text("Rubriken") == "Rubriken"
        assert wording.sentence_text(Sentence("")) == ""


def test_a_number_in_a_sentence_is_said_in_the_readers_language() -> None:
    fault = Sentence("Rubriken är %(length)s tecken. Korta den till högst %(limit)s.", length=Decimal("0.50"), limit=250)
    assert "0,5 tecken" in wording.sentence_text(fault)
    with translation.override("en"):
        assert "0.5 characters" in wording.sentence_text(fault)


def test_a_date_in_a_sentence_is_said_as_dates_are() -> None:
    said = Sentence("Ingen verklig förändring just nu: det senaste tecknet på en sådan är från %(day)s.", day=date(2026, 5, 31))
    assert said.endswith("från 2026-05-31.")
    assert wording.sentence_text(said).endswith("från 31 maj 2026.")
