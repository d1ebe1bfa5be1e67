"""Everything that changes the structure."""
