"""The operator's limits for routines."""

from django.conf import settings

from styrkedja.core.process.check import Limits


def limits() -> Limits:
    return Limits(max_bytes=settings.MAX_ROUTINE_BYTES, max_nodes=settings.MAX_ROUTINE_NODES, max_states=settings.MAX_ROUTINE_STATES)
