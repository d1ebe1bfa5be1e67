"""Forms that narrow a page: what is asked for often stands in front, the rest is folded away until it is used."""

from django import forms


class FoldingForm(forms.Form):
    """`more` are the names of the fields in the fold; those that begin with `more_prefix` are there too."""

    more: tuple[str, ...] = ()
    more_prefix = ""

    def _is_folded(self, field: forms.BoundField) -> bool:
        return field.name in self.more or bool(self.more_prefix and field.name.startswith(self.more_prefix))

    def front(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if not self._is_folded(field)]

    def folded(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if self._is_folded(field)]

    def is_open(self) -> bool:
        """Whether something in the fold has been chosen: anything but nothing and the first of its choices."""
        return any(_is_chosen(field) for field in self.folded())


def _is_chosen(field: forms.BoundField) -> bool:
    first = next((value for value, _label in getattr(field.field, "choices", ())), "")
    return field.value() not in ("", None, [], first)
