import subprocess
import sys
import threading
from typing import Any

from styrkedja.cli import serving
from styrkedja.indicators import warming

# In a process of its own, in which nothing has been compiled; and then other shapes than those that it was warmed with.
_ADDED_AFTERWARDS = """
from datetime import date
import numpy as np
from styrkedja.indicators.warming import warm
from styrkedja.core.indicators.cells import Keys, Spread
from styrkedja.core.indicators.kernels import scatter
from styrkedja.core.indicators.months import Month, Span
from styrkedja.core.indicators.readings import AsOn
from styrkedja.core.indicators.tree import TreeBody, TreePlacement
from styrkedja.core.indicators.tree_building import build
from styrkedja.core.organisations.kinds import OrganisationKind as Kind

def compiled():
    return {name: len(getattr(scatter, name).signatures) for name in ("scatter", "lay", "climb", "mark")}

warm()
before = compiled()
tree = build([TreeBody("a", Kind.UNIT), TreeBody("b", Kind.UNIT), TreeBody("c", Kind.DEPARTMENT)], [TreePlacement("a", "c"), TreePlacement("b", "c")])
body, day = np.array([0, 1, 1]), date(2026, 3, 31)
span = Span.ending(Month.of(day), 3)
for months in (span, Span.ending(Month.of(day), 120)):
    keys = Keys(body, np.full(3, day.toordinal()), np.full(3, span.last.number), np.array([[2], [2], [3]]))
    spread = Spread(keys, AsOn(tree, day), months, np.ones(3, dtype=np.bool_))
    rolled = spread.roll_up(np.array([1, 2, 3]), np.array([0.5, 0.25, 0.25]))
    assert rolled.count.max() == 6 and rolled.total.max() == 1
assert compiled() == before, (before, compiled())
assert before == {"scatter": 2, "lay": 2, "climb": 2, "mark": 1}
"""


def test_what_is_warmed_need_not_be_compiled_for_a_page() -> None:
    told = subprocess.run([sys.executable, "-c", _ADDED_AFTERWARDS], capture_output=True, text=True, check=False)
    assert (told.returncode, told.stderr) == (0, "")


def test_a_web_process_warms_up_once_it_has_begun(monkeypatch: Any) -> None:
    is_warm = threading.Event()
    monkeypatch.setattr(serving, "_WARM_AFTER", 0)
    monkeypatch.setattr(warming, "warm", is_warm.set)
    serving._web_settings(0)["post_worker_init"](object())
    assert is_warm.wait(10)
