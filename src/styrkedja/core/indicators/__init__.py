"""Indicators as values: what is counted, how it is counted, and what the figures say."""
