"""The start page, the case list and the case page."""
