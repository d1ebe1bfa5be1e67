"""What is read about indicators."""
