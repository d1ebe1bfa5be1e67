"""Running numbers without gaps: the counter's row stays locked until the transaction ends, and a number that is rolled back is given again."""

from typing import Any

from django.db.models import F, Model


def next_number(counters: type[Model], **scope: Any) -> int:
    """The next number of the counter (a model with `last`) for `scope`. Must run inside a transaction."""
    rows = counters._default_manager.filter(**scope)
    while not rows.update(last=F("last") + 1):
        counters._default_manager.get_or_create(**scope)
    return int(rows.values_list("last", flat=True).get())
