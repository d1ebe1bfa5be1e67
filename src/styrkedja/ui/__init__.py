"""Component kit: base templates, theme, template tags. Knows nothing of the field."""
