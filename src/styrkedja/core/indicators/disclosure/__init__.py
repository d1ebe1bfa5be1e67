"""Disclosure control: which counts of a table may be shown to readers who have no right to see them all (docs/disclosure.md)."""
