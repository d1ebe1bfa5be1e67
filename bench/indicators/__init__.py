"""The indicator engine against the ways that one would write by hand, on generated visits (issue: indicators at every level)."""

from bench.indicators.measuring import measure

__all__ = ["measure"]
