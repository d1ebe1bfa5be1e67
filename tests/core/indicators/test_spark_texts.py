"""What is written for Spark is written without Spark."""

import pytest

from styrkedja.core.indicators.asks import ask
from styrkedja.core.indicators.compile import continuity_stages
from styrkedja.core.indicators.definition.kinds import Aggregate, ContinuityIndex, Form
from tests.core.indicators.definitions import definition, index, measure
from tests.core.indicators.sources import SOURCES, VISITS


@pytest.mark.parametrize("kind", ContinuityIndex)
def test_a_text_with_decimal_numbers_needs_no_library_and_takes_nan_for_nothing_else(kind: ContinuityIndex) -> None:
    """ibis asks its backend how NaN is meant, and fails where that has not been imported."""
    own = definition(measure(VISITS, Aggregate.ENTITY_INDEX, attributed_to="listed", index=index(kind)), form=Form.INDEX)
    text = continuity_stages(ask(own.numerator, own, SOURCES), "pyspark").window
    assert "0.0" in text
    assert "nanvl" not in text.lower()
