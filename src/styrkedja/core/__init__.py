"""What is true without a computer: no Django, no database, no clock, no network."""
