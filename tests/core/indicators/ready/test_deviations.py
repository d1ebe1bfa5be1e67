"""One series held against another."""

from datetime import date
from fractions import Fraction

import pytest

from styrkedja.core.indicators.definition.definition import ValueForm
from styrkedja.core.indicators.definition.kinds import Form
from styrkedja.core.indicators.ready.values import ReadyValue, deviations

FORM = ValueForm(Form.DEVIATION, Fraction(100), "%", 1, annualised=False)
YEAR = (date(2025, 1, 1), date(2025, 12, 31))


def value(amount: float | None, area: str = "0023", series: str = "a") -> ReadyValue:
    return ReadyValue(series, area, *YEAR, "", amount)


@pytest.mark.parametrize(
    ("amount", "reference", "made"),
    [(33_000.0, 30_000.0, 10.0), (27_000.0, 30_000.0, -10.0), (30_000.0, 0.0, None), (None, 30_000.0, None), (30_000.0, None, None)],
)
def test_a_deviation_is_of_the_reference_and_never_of_nothing(amount: float | None, reference: float | None, made: float | None) -> None:
    (found,) = deviations([value(amount)], [value(reference, series="b"), value(1.0, "0022", "b")], FORM)
    assert found.value == pytest.approx(made) if made is not None else found.value is None
    assert (found.numerator, found.denominator) == (amount, reference)


def test_without_a_reference_there_is_no_value() -> None:
    (found,) = deviations([value(1.0)], [], FORM)
    assert (found.value, found.denominator) == (None, None)
