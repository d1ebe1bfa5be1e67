"""Days as they are given to a command."""

import re
from datetime import date
from typing import Any

import click

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Day(click.ParamType):
    """A day written as 2026-11-22."""

    name = "datum"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            written = date.fromisoformat(value) if DAY.fullmatch(value) else None
        except ValueError:
            written = None
        return written or self.fail(f"”{value}” är inget datum. Skriv datumet som 2026-11-22.", param, ctx)
