"""Values ready to show, made from running cases and routines."""
