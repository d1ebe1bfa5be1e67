"""The tree of principals and units, the groups, their seats and who holds which function when."""
