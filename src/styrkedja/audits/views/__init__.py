"""The pages of reviews, answers and reports."""
