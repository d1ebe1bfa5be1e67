"""What actions are calculated to bring, what they have brought, and what is required of a plan."""
