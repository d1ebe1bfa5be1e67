"""Routines: how one is read, checked and run. See docs/routine-format.md."""
