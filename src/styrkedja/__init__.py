"""One connected chain from national knowledge to local decision, action and follow-up."""
