"""Whom an answer means by the names it writes."""

from collections.abc import Iterable

from styrkedja.organisations.models import Body, Seat


def is_called(body: Body, names: Iterable[str]) -> bool:
    """Is the body one of those names (small letters)? "Hälso- och sjukvårdsnämnden" is also "Hälso- och sjukvårdsnämnden i Jämtland Härjedalen"."""
    own = {body.name.casefold(), body.short_name.casefold()}
    return any(name and (name in own or body.name.casefold().startswith(f"{name} ")) for name in names)


def is_function(seat: Seat, written: str) -> bool:
    """Is the seat meant by a function as it is written (small letters): "regionstyrelsens ordförande" is the chair of the board?"""
    title = seat.title.casefold()
    if written == title:
        return True
    body = written.removesuffix(f" {title}").removesuffix("s")
    return written.endswith(f" {title}") and is_called(seat.body, [body])
