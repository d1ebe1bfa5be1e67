"""Decisions and recommendations, with body, date and paragraph."""
