"""FORM_RENDERER: every Django form is drawn as Designsystemet draws fields, with our own error summary."""

from collections.abc import Mapping
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.safestring import SafeString

from styrkedja.ui.forms.choices import is_long, lines

_WIDGETS = "django/forms/widgets/"
_BOXES = f"{_WIDGETS}checkbox_select.html"
# Templates of Django that we draw in another way.
_OURS = {
    f"{_WIDGETS}select.html": "ui/forms/widgets/select.html",  # a long list costs a template for each line in Django's own
    f"{_WIDGETS}radio.html": "ui/forms/widgets/choices.html",
    _BOXES: "ui/forms/widgets/choices.html",
    f"{_WIDGETS}clearable_file_input.html": "ui/forms/widgets/file.html",
    "django/forms/errors/list/default.html": "ui/forms/errors.html",
}
_DJANGO_ROWS = "10"


class StyrkedjaRenderer(TemplatesSetting):
    """Looks among the project's templates; gives each input the class that the style sheet knows."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> SafeString:
        if "widget" in context:
            _dress(context["widget"])
        if template_name == _BOXES and is_long(context["widget"]):
            context["widget"]["lines"] = lines(context["widget"])
            template_name = "ui/forms/widgets/long_choices.html"
        return super().render(_OURS.get(template_name, template_name), context, request)


def _dress(widget: dict[str, Any]) -> None:
    """Adds class and native type to a widget's context, and to the parts of a composite widget."""
    for part in widget.get("subwidgets", []):
        _dress(part)
    if widget.get("is_hidden"):
        return
    attributes = widget["attrs"]
    attributes["class"] = f"ds-input {attributes.get('class', '')}".strip()
    if widget["template_name"] == f"{_WIDGETS}date.html":
        widget["type"] = "date"
    if widget["template_name"] == f"{_WIDGETS}textarea.html":
        widget["attrs"] = _textarea(attributes)


def _textarea(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Full width, as high as its text; too long a text is counted and refused, not cut off while one types."""
    left_out = {"cols", "maxlength"} | ({"rows"} if str(attributes.get("rows")) == _DJANGO_ROWS else set())
    return {name: value for name, value in attributes.items() if name not in left_out}
