"""Audits: what the auditors recommend, and what the answer says."""
