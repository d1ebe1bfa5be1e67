"""Process charts: telling a real change from chance, the same way everywhere.

`process_chart` draws one series, `matrix_charts` the XmR charts of very many at once, `meaning` says in a sentence what a chart means and
`cautions` what to know before trusting it. All of it is computed in float64 and nothing is rounded.

XmR is computed as "Making Data Count" and NHSRplotthedots 0.2.2 do; the others by textbook formulas (`limits`). Every chart with limits has the
four rules of XmR, so that a colour means the same on all of them, except where a rule would cry wolf (`process_chart.RULES`).

Where a series has what NHSRplotthedots has no answer to:

- A value that is missing breaks trends and shifts, and the moving ranges on both sides of it are left out.
- A rebase on a day between two values begins with the later one; there it is passed over in silence.
- A stretch whose values are all equal has no limits when it is screened (there NaN), and then the target is not judged (there "inconsistent").
"""

from styrkedja.core.indicators.spc.cautions import cautions
from styrkedja.core.indicators.spc.kinds import Assurance, Chart, PointType, Rule
from styrkedja.core.indicators.spc.matrix import MatrixCharts, matrix_charts
from styrkedja.core.indicators.spc.meaning import assurance_meaning, meaning
from styrkedja.core.indicators.spc.process_chart import Point, ProcessChart, Segment, process_chart
from styrkedja.core.indicators.spc.runs import Runs
from styrkedja.core.indicators.spc.series import Manner, NotCharted, Observation

__all__ = [
    "Assurance",
    "Chart",
    "Manner",
    "MatrixCharts",
    "NotCharted",
    "Observation",
    "Point",
    "PointType",
    "ProcessChart",
    "Rule",
    "Runs",
    "Segment",
    "assurance_meaning",
    "cautions",
    "matrix_charts",
    "meaning",
    "process_chart",
]
