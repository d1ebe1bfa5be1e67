"""Start page, inbox and search."""
