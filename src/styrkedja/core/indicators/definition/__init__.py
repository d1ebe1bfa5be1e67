"""What an indicator is: the files under definitions/sources and definitions/indicators, read, checked and as values."""
