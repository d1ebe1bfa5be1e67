"""The steering chain: from target state and plan through goals, assignments and actions to what hinders them."""
