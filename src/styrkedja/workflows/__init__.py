"""Published routines, running cases as tokens in them, work items and deadlines."""
