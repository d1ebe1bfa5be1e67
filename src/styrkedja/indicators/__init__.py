"""Indicators: what is defined, what has been loaded, and what has been observed at every level."""
