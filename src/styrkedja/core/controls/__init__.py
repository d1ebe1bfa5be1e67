"""The governance rules ("revisionskontroll"): the steering chain as it stands on a day in, faults with their reasons out."""
