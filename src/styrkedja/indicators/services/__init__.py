"""What is written about indicators: loads of facts, ready values, and the values that are computed."""
