"""The structure as the pages show it."""
