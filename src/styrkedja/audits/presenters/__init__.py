"""Reviews, answers and reports in words."""
