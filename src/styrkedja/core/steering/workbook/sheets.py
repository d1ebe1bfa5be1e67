"""Every sheet of the chain, in the order in which people read them, and those of reviews after them. The labels of choices are those of the pages."""

from collections.abc import Mapping

from styrkedja.core.steering.workbook.columns import SheetSchema
from styrkedja.core.steering.workbook.sheets_of_actions import ACTION_SHEETS
from styrkedja.core.steering.workbook.sheets_of_audits import AUDIT_SHEETS
from styrkedja.core.steering.workbook.sheets_of_decisions import DECISION_SHEETS
from styrkedja.core.steering.workbook.sheets_of_plans import PLAN_SHEETS

SHEETS: tuple[SheetSchema, ...] = (*PLAN_SHEETS, *ACTION_SHEETS, *DECISION_SHEETS)
WHOLE: tuple[SheetSchema, ...] = (*SHEETS, *AUDIT_SHEETS)
BY_NAME: Mapping[str, SheetSchema] = {sheet.name: sheet for sheet in SHEETS}
BY_KIND: Mapping[str, SheetSchema] = {sheet.kind: sheet for sheet in SHEETS}
GUIDE = "Läs mig"  # a sheet for people, which is not read
