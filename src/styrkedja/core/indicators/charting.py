"""Which process chart an indicator's values belong in, by how they are made."""

from styrkedja.core.indicators.definition.definition import Definition
from styrkedja.core.indicators.definition.kinds import Aggregate, Form
from styrkedja.core.indicators.spc import Chart

_COUNTED = frozenset({Aggregate.COUNT, Aggregate.EVENT_FLAG, Aggregate.DISTINCT})
_CHARTS = {Form.PERCENTAGE: Chart.P_PRIME, Form.RATE: Chart.U_PRIME}


def is_counted(definition: Definition | None) -> bool:
    """Whether the value is a number of persons or events of a size that differs: neither money, nor an index, nor a mean."""
    if definition is None or definition.numerator is None or definition.denominator is None:
        return False
    return definition.numerator.aggregate in _COUNTED and definition.denominator.aggregate in {*_COUNTED, Aggregate.SUM}


def natural_chart(definition: Definition | None) -> Chart:
    """The primed charts of Laney (2002) for shares and rates, whose limits follow the denominator; else XmR, which suits any measure."""
    if definition is None or not is_counted(definition):
        return Chart.XMR
    return _CHARTS.get(definition.value.form, Chart.XMR)
