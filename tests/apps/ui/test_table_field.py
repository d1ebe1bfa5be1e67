import pytest
from django import forms
from django.http import QueryDict
from lxml import html

from styrkedja.core.fields import FieldSpec, FieldType, Option
from styrkedja.ui.forms import SubmissionForm, TableField
from tests.apps.ui.drawing import draw, one, text

COLUMNS = (
    FieldSpec("activity", FieldType.TEXT, "Aktivitet", required=True),
    FieldSpec("cost", FieldType.NUMBER, "Kostnad"),
    FieldSpec("ready", FieldType.DATE, "Klart"),
    FieldSpec("who", FieldType.GROUPS, "Vilka", options=(Option("lpo1", "LPO 1"), Option("lpo2", "LPO 2"))),
    FieldSpec("own", FieldType.YES_NO, "Intern"),
)
SUBMISSION = "4f2b9d0e-8a52-4c83-9d6e-0c2f5a1b7e11"


class PlanForm(SubmissionForm):
    plan = TableField(label="Plan", columns=COLUMNS)


def sent(**cells: str) -> PlanForm:
    """A form with the given cells: `plan_0_activity="Utbilda"`."""
    data = QueryDict(mutable=True)
    data["submission"] = SUBMISSION
    for name, value in cells.items():
        data.setlist(name.replace("_", "-") if name.startswith("plan") else name, value.split("|"))
    return PlanForm(data)


def rows(form: forms.Form) -> list[html.HtmlElement]:
    return draw("{{ form }}", form=form).xpath("//tbody/tr")


def test_rows_become_plain_values() -> None:
    form = sent(plan_0_activity="Utbilda", plan_0_cost="12 500,5", plan_0_ready="2026-11-24", plan_0_who="lpo1|lpo2", plan_0_own="no")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["plan"] == [
        {"activity": "Utbilda", "cost": 12_500.5, "ready": "2026-11-24", "who": ["lpo1", "lpo2"], "own": False}
    ]


def test_empty_rows_are_dropped_and_spaces_are_empty() -> None:
    form = sent(plan_0_activity="  ", plan_0_cost="", plan_1_activity="Utbilda", plan_2_activity="")
    assert form.is_valid(), form.errors
    assert [row["activity"] for row in form.cleaned_data["plan"]] == ["Utbilda"]


def test_an_error_names_row_and_column_as_the_page_numbers_them() -> None:
    form = sent(plan_0_activity="", plan_1_activity="Utbilda", plan_1_cost="tre", plan_2_cost="3")
    assert not form.is_valid()
    assert form.errors["plan"] == [
        "Rad 2, Kostnad: Ange ett tal, till exempel 12 500 eller 3,5.",
        "Rad 3, Aktivitet: Detta fält måste fyllas i.",
    ]


def test_an_error_stands_at_its_cell_and_the_summary_leads_there() -> None:
    page = draw("{{ form }}", form=sent(plan_0_activity="Utbilda", plan_0_cost="tre"))
    cell = one(page, "//input[@name='plan-0-cost']")
    assert (cell.get("aria-invalid"), cell.get("aria-describedby"), cell.get("value")) == ("true", "id_plan-0-cost_error", "tre")
    assert text(one(page, "//*[@id='id_plan-0-cost_error']")) == "Ange ett tal, till exempel 12 500 eller 3,5."
    assert [link.get("href") for link in page.xpath("//ds-error-summary//a")] == ["#id_plan-0-cost"]


def test_errors_do_not_leak_into_the_next_form() -> None:
    assert not sent(plan_0_activity="Utbilda", plan_0_cost="tre").is_valid()
    assert draw("{{ form }}", form=PlanForm()).xpath("//*[@aria-invalid]") == []


def test_a_choice_that_is_not_offered_is_refused() -> None:
    form = sent(plan_0_activity="Utbilda", plan_0_who="lpo3")
    assert not form.is_valid()
    assert form.errors["plan"][0].startswith("Rad 1, Vilka: ")


def test_a_required_table_wants_a_row() -> None:
    form = sent(plan_0_activity="")
    assert not form.is_valid()
    assert form.errors["plan"] == ["Fyll i minst en rad."]


def test_a_table_that_may_be_left_out_gives_no_rows() -> None:
    form_class = type("Optional", (SubmissionForm,), {"plan": TableField(label="Plan", columns=COLUMNS, required=False)})
    form = form_class({"submission": SUBMISSION})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["plan"] == []


def test_a_new_table_has_three_empty_rows_and_a_stored_one_three_more() -> None:
    stored = [{"activity": "Utbilda", "cost": 12_500, "ready": "2026-11-24", "who": ["lpo2"], "own": True}]
    assert len(rows(PlanForm())) == 3
    shown = rows(PlanForm(initial={"plan": stored}))
    assert len(shown) == 4
    assert [cell.get("value") for cell in shown[0].xpath(".//input")] == ["Utbilda", "12\u202f500", "2026-11-24"]
    assert [choice.get("value") for choice in shown[0].xpath(".//option[@selected]")] == ["lpo2", "yes"]


def test_more_rows_keeps_what_was_typed_and_judges_nothing() -> None:
    form = sent(plan_0_activity="Utbilda", plan_0_cost="tre", _more="plan")
    assert not form.is_valid()
    page = draw("{{ form }}", form=form)
    assert page.xpath("//ds-error-summary") == []
    assert len(page.xpath("//tbody/tr")) == 4
    assert one(page, "//input[@name='plan-0-cost']").get("value") == "tre"
    assert one(page, "//input[@name='submission']").get("value") == SUBMISSION


def test_a_table_that_comes_back_with_errors_gets_no_new_rows() -> None:
    assert len(rows(sent(plan_0_cost="1", plan_1_cost="2"))) == 2


def test_too_many_rows_are_refused_with_the_limit(settings) -> None:
    settings.MAX_TABLE_ROWS = 2
    form = sent(**{f"plan_{number}_activity": "Utbilda" for number in range(4)})
    assert not form.is_valid()
    assert form.errors["plan"] == ["Tabellen får ha högst 2 rader."]
    assert len(rows(form)) == 3


def test_row_numbers_with_gaps_are_read_in_order() -> None:
    form = sent(plan_9_activity="Sist", plan_2_activity="Först")
    assert form.is_valid(), form.errors
    assert [row["activity"] for row in form.cleaned_data["plan"]] == ["Först", "Sist"]


def test_another_fields_rows_are_left_alone() -> None:
    form = sent(plan_0_activity="Utbilda", planering_0_activity="Annat")
    assert form.is_valid(), form.errors
    assert len(form.cleaned_data["plan"]) == 1


def test_each_cell_has_a_name_for_those_who_cannot_see_the_column() -> None:
    assert one(draw("{{ form }}", form=PlanForm()), "//input[@name='plan-1-cost']").get("aria-label") == "Rad 2, Kostnad"


@pytest.mark.parametrize("kind", [FieldType.TABLE, FieldType.FILE])
def test_a_column_cannot_hold_a_table_or_a_file(kind: FieldType) -> None:
    with pytest.raises(ValueError, match="Kolumnen Bilaga kan inte vara av typen"):
        TableField(columns=[FieldSpec("attachment", kind, "Bilaga")])
