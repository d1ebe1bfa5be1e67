"""Fact tables on their way in: names of columns, values, units and personal identity numbers held against the declared schema, batch by batch."""
