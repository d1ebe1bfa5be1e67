"""The command line: thin doors to services and selectors."""
