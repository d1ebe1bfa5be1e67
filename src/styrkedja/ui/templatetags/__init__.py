"""Template tags: `{% load ui %}`. Every component is shown in docs/ui.md."""
