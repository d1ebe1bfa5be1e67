"""The error summary: every message of a form with the place on the page where it is put right."""

from dataclasses import dataclass

from django.forms import BaseForm, BoundField
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class ErrorLink:
    """`anchor` is the id of the input, or empty for a message about the form as a whole."""

    text: str
    anchor: str = ""


def error_links(form: BaseForm) -> list[ErrorLink]:
    """First what concerns the whole form, then field by field in the order of the page."""
    general = [ErrorLink(str(text)) for text in form.non_field_errors()]
    hidden = [ErrorLink(str(text)) for field in form.hidden_fields() for text in field.errors]
    return [*general, *hidden, *(link for field in form.visible_fields() for link in _of_field(field))]


def _of_field(field: BoundField) -> list[ErrorLink]:
    texts = [_("%(field)s: %(error)s") % {"field": field.label, "error": text} for text in field.errors]
    anchors = _cell_anchors(field)
    return [ErrorLink(text, anchors[n] if n < len(anchors) else _anchor(field)) for n, text in enumerate(texts)]


def _cell_anchors(field: BoundField) -> list[str]:
    widget = field.field.widget
    return widget.error_anchors(field.auto_id) if hasattr(widget, "error_anchors") else []


def _anchor(field: BoundField) -> str:
    """A group of choices has no input of its own: its first choice is the place, whose id has two numbers where the choices stand in groups."""
    if field.id_for_label:
        return field.id_for_label
    choices = field.subwidgets if hasattr(field.field, "choices") else []
    return choices[0].id_for_label if choices else f"{field.auto_id}_0"
