"""From a draft without faults to a county."""

from collections.abc import Iterator, Mapping
from typing import Any

from styrkedja.core.organisations.county import (
    AccountRow,
    County,
    EarlierParents,
    GroupRow,
    LeadTimeRow,
    National,
    OrganisationRow,
    RegistrySeriesRow,
    SeatRow,
)
from styrkedja.core.organisations.draft import Draft
from styrkedja.core.periods import Period

REMIND_BEFORE = 2
ESCALATE_AFTER = 5


def build_national(draft: Draft) -> National:
    return National(_organisations(draft), _groups(draft))


def build_county(draft: Draft) -> County:
    about = draft.first("county")
    return County(
        key=about["key"],
        name=about["name"],
        code=about["code"],
        region=about["region"],
        lists=dict(draft.first("lists")),
        functions=dict(draft.first("functions")),
        registry_series=tuple(RegistrySeriesRow(**entry.values) for entry in draft.of("registry_series")),
        closed_days=draft.first("calendar").get("closed_days", ()),
        organisations=_organisations(draft),
        groups=_groups(draft),
        seats=tuple(_seats(draft)),
        lead_times=tuple(_lead_time(entry.values) for entry in draft.of("lead_time")),
        accounts=tuple(_account(entry.values) for entry in draft.of("account")),
    )


def _seats(draft: Draft) -> Iterator[SeatRow]:
    """One row for each body; the function's own title where the seat has none."""
    for entry in draft.of("seat"):
        values = entry.values
        title = values.get("title") or draft.first("functions")[values["function"]]
        for body in draft.bodies_of(entry):
            yield SeatRow(body, values["function"], title, values.get("time_percent"), _validity(values))


def _organisations(draft: Draft) -> tuple[OrganisationRow, ...]:
    return tuple(_organisation(entry.values) for entry in draft.of("organisation"))


def _groups(draft: Draft) -> tuple[GroupRow, ...]:
    return tuple(_group(entry.values) for entry in draft.of("group"))


def _organisation(values: Mapping[str, Any]) -> OrganisationRow:
    return OrganisationRow(
        key=values["key"],
        kind=values["kind"],
        name=values["name"],
        short_name=values.get("short_name", ""),
        parents=values.get("parents", ()),
        code=values.get("code", ""),
        org_number=values.get("org_number", ""),
        hsa_id=values.get("hsa_id", ""),
        validity=_validity(values),
        earlier=tuple(EarlierParents(row["parents"], row["until"]) for row in values.get("earlier", ())),
    )


def _group(values: Mapping[str, Any]) -> GroupRow:
    return GroupRow(
        key=values["key"],
        kind=values["kind"],
        level=values["level"],
        name=values["name"],
        short_name=values.get("short_name", ""),
        parent=values["parent"],
        host=values.get("host", ""),
        mandate=values.get("mandate", ""),
        municipal_participation=values.get("municipal_participation", False),
        areas=values.get("areas", ()),
        counterparts=values.get("counterparts", ()),
        validity=_validity(values),
    )


def _lead_time(values: Mapping[str, Any]) -> LeadTimeRow:
    working_days = values["working_days"]
    return LeadTimeRow(
        routine=values["routine"],
        step=values["step"],
        working_days=working_days,
        # A short step is reminded of when it opens, never before.
        remind_before=values.get("remind_before", min(REMIND_BEFORE, working_days)),
        escalate_after=values.get("escalate_after", ESCALATE_AFTER),
        escalate_to=values.get("escalate_to"),
    )


def _account(values: Mapping[str, Any]) -> AccountRow:
    return AccountRow(values["username"], values["name"], values["seats"], values.get("administrator", False))


def _validity(values: Mapping[str, Any]) -> Period:
    return Period(values.get("valid_from"), values.get("valid_until"))
