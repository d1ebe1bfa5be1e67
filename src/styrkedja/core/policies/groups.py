"""Who may close a working group, and which groups can be closed by a person at all."""

from styrkedja.core.organisations.kinds import GroupKind
from styrkedja.core.policies.refusal import Forbidden, Refused


def check_close_group(*, kind: str, declared: bool, is_administrator: bool, coordinates_county: bool, convenes_group: bool) -> None:
    """May the user close the group? Groups of other kinds, and those that the county's files have (`declared`), are closed by the files.

    Raises Refused.
    """
    if kind != GroupKind.WORKING_GROUP:
        raise Refused("Bara arbetsgrupper kan avslutas här. Andra organ avslutas i länets filer.")
    if declared:
        raise Refused("Gruppen står i länets filer. Ta bort den där och läs in länet på nytt.")
    if not (is_administrator or coordinates_county or convenes_group):
        raise Forbidden(
            "Bara länets samordnare, gruppens sammankallande eller en systemförvaltare kan avsluta gruppen. Vänd dig till samordnaren."
        )


def can_close_group(*, kind: str, declared: bool, is_administrator: bool, coordinates_county: bool, convenes_group: bool) -> bool:
    grounds = {"is_administrator": is_administrator, "coordinates_county": coordinates_county, "convenes_group": convenes_group}
    try:
        check_close_group(kind=kind, declared=declared, **grounds)
    except Refused:
        return False
    return True
