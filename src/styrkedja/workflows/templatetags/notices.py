"""What the reader has been told, for the start page."""

from django import template
from django.db.models import QuerySet

from styrkedja.workflows.models import Notice
from styrkedja.workflows.presenters.notices import notice_events

register = template.Library()

SHOWN = 10


@register.inclusion_tag("workflows/parts/notices.html", takes_context=True)
def notice_list(context: template.Context, notices: QuerySet[Notice], at: object) -> dict[str, object]:
    """The latest notices, and how many more there are."""
    shown = list(notices[:SHOWN])
    return {
        "request": context.get("request"),
        "csrf_token": context.get("csrf_token"),
        "events": notice_events(shown),
        "ids": [notice.pk for notice in shown],
        "more": notices.count() - SHOWN if len(shown) == SHOWN else 0,
        "at": at,
    }
