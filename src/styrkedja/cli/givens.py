"""What somebody answers on the command line when a case is opened, judged by the same form as on the page."""

from collections.abc import Sequence

from styrkedja.cli.main import fail
from styrkedja.core.process.engine import Value
from styrkedja.home.forms import OpeningForm
from styrkedja.workflows.models import ProcessDefinition
from styrkedja.workflows.programs import routine_of

_YES_NO = {"ja": "yes", "nej": "no"}
_LISTS = {"choices", "groups", "organisations"}


def parse_givens(definition: ProcessDefinition, answers: Sequence[str]) -> dict[str, Value]:
    """`answers` are "name=value"; a list has commas between, yes and no are ja and nej. Ends with a clear line for what cannot be used."""
    asked = {given.variable: given for given in routine_of(definition).givens.values() if not given.source}
    sent: dict[str, str | list[str]] = {}
    for answer in answers:
        name, equals, value = answer.partition("=")
        if not equals:
            fail(f"Skriv --given som namn=värde, inte {answer}.")
        if name not in asked:
            fail(
                f"Rutinen frågar inte efter {name}. "
                + (f"Den frågar efter: {', '.join(asked)}." if asked else "Den frågar inte efter något.")
            )
        kind = asked[name].type
        sent[f"given-{name}"] = value.split(",") if kind in _LISTS else _YES_NO.get(value.lower(), value) if kind == "yesno" else value
    form = OpeningForm({"subject": "-", "submission": "", **sent}, routine=routine_of(definition), county=definition.county)
    form.fields["submission"].required = False
    if not form.is_valid():
        fail("\n".join(_fault(form, name, errors) for name, errors in form.errors.items()))
    return form.givens()


def _fault(form: OpeningForm, name: str, errors: Sequence[object]) -> str:
    label = form.fields[name].label if name in form.fields else ""
    variable = name.removeprefix("given-")
    return f"--given {variable}=… ({label}): {' '.join(map(str, errors))}"
