"""The one place where the program reads the clock. Doors (views, commands, jobs) call it; everything below is handed a moment."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return timezone.now()


def day(at: datetime) -> date:
    """The calendar day of `at` in the project's time zone (Europe/Stockholm)."""
    return timezone.localtime(at).date()
