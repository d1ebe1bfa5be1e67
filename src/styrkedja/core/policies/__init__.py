"""Who may, and when: pairs of check_… (raises with a reason) and can_… (answers yes or no). Plain values in, no database."""
