"""The chain to and from a workbook: what its cells refer to, and how its rows look when they are written out."""
