"""The life of a finding, day by day."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from styrkedja.controls.kept import as_life
from styrkedja.controls.models import Finding
from styrkedja.core.controls.life import Spell
from styrkedja.ui.wording import day_text, sentence_text


class Turn(NamedTuple):
    """What happened to it on a day; `who` is a function, `text` what was said."""

    on: date
    title: str
    who: str = ""
    text: str = ""


def turns(finding: Finding, *, at: date) -> list[Turn]:
    """Newest first: found, told anew, accepted, cleared, found again."""
    spells = as_life(finding).spells
    found = [
        turn for number, spell in enumerate(spells) for turn in _spell(spell, _("Återkom") if number else _("Fanns första gången"), at)
    ]
    return sorted(found, key=lambda turn: turn.on, reverse=True)


def _spell(spell: Spell, beginning: str, at: date) -> Iterator[Turn]:
    for place, telling in enumerate(spell.tellings):
        title = beginning if place == 0 else _("Lydelsen ändrades")
        yield Turn(telling.since, title, text=sentence_text(telling.fault.explanation))
    for acceptance in spell.acceptances:
        title = _("Godtogs till och med %(day)s") % {"day": day_text(acceptance.until, at)}
        yield Turn(acceptance.since, title, acceptance.function, acceptance.reason)
        if acceptance.withdrawn_on:
            yield Turn(acceptance.withdrawn_on, _("Godtagandet upphörde"))
    if spell.cleared_on:
        yield Turn(spell.cleared_on, _("Åtgärdad: kontrollen finner den inte längre"))
