"""Small functions that make what a test needs, through models; each has working defaults."""
