"""What a step's form may choose among, and what earlier steps of the case have answered."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from styrkedja.core.collation import swedish_key
from styrkedja.core.fields import WORKING_GROUPS, FieldSpec, FieldType
from styrkedja.organisations.models import Body, County
from styrkedja.organisations.selectors import groups_of_county, organisations_of_county, working_groups_of_county
from styrkedja.procedures.kinds.base import StepKind
from styrkedja.workflows.models import ProcessInstance
from styrkedja.workflows.selectors import answers_so_far


def bodies_for_field(spec: FieldSpec, county: County) -> list[tuple[str, str]]:
    """(key, name) of the bodies that the field may name, in Swedish order; `of` narrows them."""
    return sorted(((body.key, _name(body)) for body in _bodies(spec, county)), key=lambda pair: swedish_key(pair[1]))


def _bodies(spec: FieldSpec, county: County) -> Sequence[Body]:
    if spec.of == WORKING_GROUPS:
        return working_groups_of_county(county)
    wants_groups = spec.type in {FieldType.GROUP, FieldType.GROUPS}
    bodies: Sequence[Body] = groups_of_county(county) if wants_groups else organisations_of_county(county)
    if not spec.of:
        return bodies
    allowed = set(county.lists.get(spec.of.removeprefix("list:"), []))
    return [body for body in bodies if body.key in allowed]


def _name(body: Body) -> str:
    return body.name if body.valid_until is None else _("%(name)s (avslutad)") % {"name": body.name}


def function_options(county: County) -> list[tuple[str, str]]:
    """(code, title) of the county's functions, in Swedish order of title."""
    return sorted(county.functions.items(), key=lambda pair: swedish_key(pair[1]))


def initial_values(kind: StepKind, instance: ProcessInstance) -> dict[str, Any]:
    """First values of a step's form, from what earlier steps of the case answered."""
    earlier: Mapping[str, Any] = answers_so_far(instance)
    found: dict[str, Any] = {}
    for field, sources in kind.initial.items():
        value = next((earlier[source] for source in sources if source in earlier), None)
        if value is not None:
            found[field] = value
    return found
