"""Ready values fetched from those who publish them."""
