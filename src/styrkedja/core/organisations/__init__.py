"""The structure of a county as values: kinds, files, periods."""
