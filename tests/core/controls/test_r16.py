from dataclasses import replace
from datetime import date

import pytest

from styrkedja.core.controls.snapshot import DocumentKind, PromiseState, Snapshot, Stance
from tests.core.controls.region import ANSWER, CLEAN, PROMISE, RECOMMENDATION, added, changed
from tests.core.controls.tables import Case, Near, check_table, says

ONE = "rekommendation 1"
CLOSED = date(2026, 9, 1)


def answered(**values: object) -> Snapshot:
    return changed(ONE, answers=(replace(ANSWER, **values),))


def promised(**values: object) -> Snapshot:
    return answered(promised=(replace(PROMISE, **values),))


REPORTED = changed(ONE, reported_on=date(2026, 9, 1), report_decision="nämndbeslutet", remaining_need="Inget.")
BACK = changed("uppdraget", reported_on=date(2026, 6, 1), is_report_decided=True)
PLAN = changed("nämndplanen", document_kind=DocumentKind.ACTION_PLAN, next_report_on=date(2026, 12, 1))

TABLE = [
    Case("an assignment past its day", changed("uppdraget", due_on=date(2026, 9, 1)), [("R16a", "uppdraget")]),
    Case("its own day of report", changed("uppdraget", report_due_on=date(2026, 9, 1)), [("R16a", "uppdraget")]),
    Case("a recommendation past its day", changed(ONE, report_due_on=date(2026, 9, 1)), [("R16a", ONE)], REPORTED),
    Case("a promise past its day", promised(due_on=date(2026, 9, 1), action=None), [("R16a", ONE)], promised(due_on=date(2026, 9, 1))),
    Case("not handed in", changed("delårsrapport", handed_in_on=None, approved_on=None), [("R16b", "delårsrapport")]),
    Case("not approved", changed("delårsrapport", approved_on=None), [("R16b", "delårsrapport")]),
    Case("reported back and never decided", changed("uppdraget", BACK, is_report_decided=False), [("R16b", "uppdraget")], BACK),
    Case("nothing decided of the report", changed(ONE, REPORTED, report_decision=None), [("R16d", ONE)], REPORTED),
    Case("needs not examined", changed(ONE, REPORTED, remaining_need=""), [("R16d", ONE)], REPORTED),
    Case("an answer that nobody adopted", answered(decision=None), [("R16e", ONE)]),
    Case(
        "an area without action",
        answered(stance=Stance.DISAGREE, reason="Nej.", alternative="Annat.", promised=()),
        [("A01", "granskningen")],
    ),
    Case("no area", changed(ONE, areas=()), [("A01", ONE)]),
    Case("no answer", changed(ONE, answers=()), [("A02", ONE), ("A01", "granskningen")]),
    Case("no stance", answered(stance=None), [("A02", ONE)]),
    Case("one of two has answered", changed(ONE, addressees=("nämnden", "fullmäktige")), [("A02", ONE)]),
    Case(
        "declined without anything",
        answered(stance=Stance.DISAGREE),
        [("A18", ONE)],
        answered(stance=Stance.DISAGREE, reason="Nej.", alternative="Annat."),
    ),
    Case("a promise of nobody's", promised(accountable=()), [("A20", ONE)]),
    Case("a promise without a day", promised(due_on=None), [("A20", ONE)]),
    Case("it names a road map", changed("nämndplanen", named_documents=("Färdplan 2030",)), [("A28", "nämndplanen")]),
    Case("agreed, and nothing done", answered(promised=()), [("A29", ONE), ("A01", "granskningen")]),
    Case(
        "see picture below",
        changed("nämndplanen", figures_named=1),
        [("A30", "nämndplanen")],
        changed("nämndplanen", figures_named=1, figures_attached=1),
    ),
    Case("five are said, one is there", changed("granskningen", stated_count=5), [("A41", "granskningen")]),
    Case("taken or planned", promised(state=None), [("A41", ONE)]),
    Case("a plan that is not reported back", changed("nämndplanen", PLAN, next_report_on=None), [("A44", "nämndplanen")], PLAN),
    Case("its day has passed", changed("nämndplanen", PLAN, next_report_on=date(2026, 9, 1)), [("A44", "nämndplanen")], PLAN),
    Case("no analysis and no proposal", changed("delårsrapport", analysis="", proposal=" "), [("A57", "delårsrapport")]),
    Case("too many rows", changed("delårsrapport", rows=31), [("A58", "delårsrapport")]),
    Case(
        "more reporting",
        changed("uppdraget", requires_report=True),
        [("A59", "uppdraget")],
        changed("uppdraget", requires_report=True, replaces="Månadsrapporten"),
    ),
    Near("the answer is not due", changed(ONE, answers=(), areas=None, answer_due_on=date(2026, 10, 15))),
    Near("a closed recommendation", changed(ONE, closed_on=CLOSED, answers=(), areas=None, report_due_on=CLOSED)),
    Near(
        "a second recommendation with its own area",
        added(changed("granskningen", stated_count=2), recommendations=(replace(RECOMMENDATION, key="rekommendation 2"),)),
    ),
    Near("contents that are not kept", changed("delårsrapport", analysis=None, proposal=None, rows=None)),
    Near("what is done needs no date", promised(state=PromiseState.TAKEN, accountable=(), due_on=None)),
    Near("handed in last month", changed("delårsrapport", handed_in_on=date(2026, 9, 20), approved_on=None)),
    Near("nobody keeps decisions on reports", changed("uppdraget", BACK, is_report_decided=None)),
    Near("the clean region", CLEAN),
]


@pytest.mark.parametrize("case", TABLE, ids=says)
def test_r16_what_was_promised_is_reported_back(case: Case | Near) -> None:
    check_table("R16", case)
