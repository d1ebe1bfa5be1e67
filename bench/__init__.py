"""Measures the program and prints the figures beside named references. `make bench` = `python -m bench`; never part of the tests."""
