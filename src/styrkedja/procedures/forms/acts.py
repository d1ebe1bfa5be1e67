"""What can be done with a task besides doing it: hand it over, move its date, watch it, end a wait."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from styrkedja.accounts.models import User
from styrkedja.core.working_days import closed_day_fault
from styrkedja.ui.forms import DateField, KeptTextForm, SubmissionForm
from styrkedja.ui.wording import sentence_text

MAX_REASON = 1_000


def reason_field(label: Any, **options: Any) -> forms.CharField:
    """Why something is done: asked for by everything that departs from the plan."""
    return forms.CharField(label=label, max_length=MAX_REASON, widget=forms.Textarea(attrs={"rows": 3}), **options)


class HandOverForm(SubmissionForm):
    """Who shall have the task instead."""

    to = forms.ChoiceField(label=_("Överlåt till"))
    reason = reason_field(_("Meddelande till mottagaren"), required=False)

    def __init__(self, *args: Any, receivers: Iterable[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.receivers = {str(user.pk): user for user in receivers}
        self.fields["to"].choices = [("", _("Välj")), *((key, str(user)) for key, user in self.receivers.items())]

    @property
    def receiver(self) -> User:
        return self.receivers[self.cleaned_data["to"]]


class _LaterForm(SubmissionForm):
    """A form with a day that must not have passed."""

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today

    def not_passed(self, name: str) -> date | None:
        day = self.cleaned_data[name]
        if day is not None and day < self.today:
            raise forms.ValidationError(_("Dagen har passerat. Ange en dag från och med i dag."), code="passed")
        return day


class DueForm(_LaterForm):
    """A new date for a step in its case."""

    due_on = DateField(label=_("Klar senast"), help_text=_("En arbetsdag."))
    reason = reason_field(_("Varför ändras datumet?"))

    def __init__(self, *args: Any, closed: frozenset[date] = frozenset(), **options: Any) -> None:
        """`closed`: the county's own closed days."""
        super().__init__(*args, **options)
        self.closed = closed

    def clean_due_on(self) -> date | None:
        day = self.not_passed("due_on")
        if day is not None and (fault := closed_day_fault(day, today=self.today, closed=self.closed)):
            raise forms.ValidationError(sentence_text(fault), code="closed")
        return day


class FollowUpForm(_LaterForm):
    """The day on which somebody wants to be reminded of a step; none takes the watch away."""

    follow_up_on = DateField(
        label=_("Bevaka den"), required=False, help_text=_("Den dagen får du en påminnelse. Lämna tomt för att ta bort bevakningen.")
    )

    def clean_follow_up_on(self) -> date | None:
        return self.not_passed("follow_up_on")


class EndWaitForm(KeptTextForm):
    reason = reason_field(_("Varför avslutas väntan i förtid?"))
