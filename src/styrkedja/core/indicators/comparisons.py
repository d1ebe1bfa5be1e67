"""Groups to compare with: similar regions and municipalities, as those who publish the figures have put them together."""

from collections.abc import Mapping
from dataclasses import dataclass

from styrkedja.core.organisations.kinds import OrganisationKind
from styrkedja.core.organisations.shapes import CODE
from styrkedja.core.toml.documents import Document, read_document
from styrkedja.core.toml.findings import FileFinding
from styrkedja.core.toml.shapes import KEY, Column, items, one_of, text
from styrkedja.core.toml.tables import TOP, File, read_tables

_KINDS = (OrganisationKind.REGION, OrganisationKind.MUNICIPALITY)
_DIGITS = {OrganisationKind.REGION: 2, OrganisationKind.MUNICIPALITY: 4}
COMPARISON_FILE: File = {
    "id": Column(KEY, required=True),
    "title": Column(text(200), required=True),
    "publisher": Column(text(200), required=True),
    "reference": Column(text(60)),
    "version": Column(text(60), required=True),
    "note": Column(text(2000, lines=True)),
    "kind": Column(one_of(OrganisationKind, _KINDS), required=True),
    "of": Column(CODE),
    "members": Column(items(CODE, least=1), required=True),
}


@dataclass(frozen=True)
class Comparison:
    """`members` are county codes of regions, or municipality codes, by `kind`. `of` is the code of whom they are like; "" for a group that is for all.

    `reference` is the publisher's id of the group.
    """

    id: str
    title: str
    publisher: str
    reference: str
    version: str
    note: str
    kind: OrganisationKind
    of: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Mean:
    """`count` of the members have a value."""

    value: float
    count: int


def unweighted_mean(values: Mapping[str, float | None]) -> Mean | None:
    """Each member counts the same, however many people it has; those without a value count for nothing. So Kolada makes its groups."""
    told = [value for value in values.values() if value is not None]
    return Mean(sum(told) / len(told), len(told)) if told else None


def tells_of_country(regions_with_values: int, *, is_computed: bool) -> bool:
    """Whether the country's value says more than a region's own: what is computed of one region's data is that region. A publisher's is the
    publisher's to answer for.
    """
    return not is_computed or regions_with_values > 1


def read_comparison(name: str, data: bytes) -> Comparison | tuple[FileFinding, ...]:
    """One file of definitions/comparisons, or every fault in it."""
    document = read_document(name, data)
    if not isinstance(document, Document):
        return tuple(document)
    tables = read_tables(document, COMPARISON_FILE)
    top = tables.first(TOP)
    findings = list(tables.findings)
    if top is not None and {"kind", "members"} <= top.values.keys():
        digits = _DIGITS[top.values["kind"]]
        codes: list[tuple[tuple[str | int, ...], str]] = [(("members", number), code) for number, code in enumerate(top.values["members"])]
        codes += [(("of",), top.values["of"])] if "of" in top.values else []
        for keys, code in codes:
            if len(code) != digits or not code.isdecimal():
                findings.append(top.finding(f"”{code}” är ingen kod för slaget {top.values['kind']}: den ska ha {digits} siffror.", *keys))
    if findings or top is None:
        return tuple(sorted(findings))
    values = top.values
    return Comparison(
        id=values["id"],
        title=values["title"],
        publisher=values["publisher"],
        reference=values.get("reference", ""),
        version=values["version"],
        note=values.get("note", ""),
        kind=values["kind"],
        of=values.get("of", ""),
        members=values["members"],
    )
