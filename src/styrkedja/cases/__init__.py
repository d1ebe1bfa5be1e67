"""The case, its documents and the registry (diarium)."""
