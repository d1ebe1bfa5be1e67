"""The form of a step, and the small forms of what else can be done with a task."""

from styrkedja.procedures.forms.acts import DueForm, EndWaitForm, FollowUpForm, HandOverForm
from styrkedja.procedures.forms.deciding import asked
from styrkedja.procedures.forms.steps import OUTCOME, Asked, StepForm, as_post, form_field, plain_value, step_form

__all__ = [
    "OUTCOME",
    "Asked",
    "DueForm",
    "EndWaitForm",
    "FollowUpForm",
    "HandOverForm",
    "StepForm",
    "as_post",
    "asked",
    "form_field",
    "plain_value",
    "step_form",
]
