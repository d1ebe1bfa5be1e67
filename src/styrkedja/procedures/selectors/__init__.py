"""What a step's form may choose among, what earlier steps have answered, and a task as one reader meets it."""

from styrkedja.procedures.selectors.choices import bodies_for_field, function_options, initial_values

__all__ = ["bodies_for_field", "function_options", "initial_values"]
