"""Tags of the running cases."""
