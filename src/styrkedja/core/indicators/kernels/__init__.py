"""Loops over millions of rows, compiled by numba: what no table operation says well. Arrays in, arrays out; compiled once and kept on disk."""
