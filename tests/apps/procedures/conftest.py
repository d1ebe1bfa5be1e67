"""On the real routine of Västernorrland."""

from tests.factories.world_fixtures import at, case_at, signed_in, whole_world, world

__all__ = ["at", "case_at", "signed_in", "whole_world", "world"]
