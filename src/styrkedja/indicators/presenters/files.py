"""What an indicator's page shows as a workbook, with its definition and source: the values stand as their reader may see them."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from styrkedja.core.sheets.tables import Cell, Table
from styrkedja.core.sheets.writing import Heading, write_workbook
from styrkedja.indicators.presenters.page import Reading
from styrkedja.indicators.presenters.structures import structure_notes, structure_text
from styrkedja.indicators.presenters.wording import period_text, shown_text, source_text
from styrkedja.indicators.selectors.disclosing import Shown
from styrkedja.indicators.selectors.places import Place
from styrkedja.organisations.models import ORGANISATION_KINDS
from styrkedja.ui.clock import day
from styrkedja.ui.components import Fact
from styrkedja.ui.wording import moment_text


def workbook(read: Reading, facts: Sequence[Fact], *, is_generated: bool, at: datetime) -> bytes:
    """A sheet that says what it is, one with the body's series, and one with the bodies that it is broken down to."""
    scene = read.scene
    header = (_("Organ"), _("Nivå"), _("Från"), _("Till och med"), _("Värde"), _("Täljare"), _("Nämnare"), _("Status"))
    series = [(scene.body, shown) for shown in scene.shown]
    below = [(place, shown) for place, own in scene.below for shown in own]
    tables = [Table(_("Värden"), header, _rows(series, read)), Table(_("Nedbrytning"), header, _rows(below, read))]
    headings = {header[0]: Heading(36), header[2]: Heading(14, format="yyyy-mm-dd"), header[3]: Heading(14, format="yyyy-mm-dd")}
    return write_workbook(tables, {table.name: headings for table in tables}, list(_guide(read, facts, is_generated, at)), at=at)


def _rows(told: Sequence[tuple[Place, Shown]], read: Reading) -> tuple[tuple[int, tuple[Cell, ...]], ...]:
    return tuple((number, _row(place, shown, read)) for number, (place, shown) in enumerate(told, start=2))


def _row(place: Place, shown: Shown, read: Reading) -> tuple[Cell, ...]:
    kind = str(ORGANISATION_KINDS[place.kind])  # type: ignore[index]
    status = "" if shown.value is not None else shown_text(shown, read.decimals)
    return (place.name, kind, shown.first, shown.last, shown.value, shown.numerator, shown.denominator, status)


def _guide(read: Reading, facts: Sequence[Fact], is_generated: bool, at: datetime) -> Iterator[Sequence[str]]:
    scene = read.scene
    definition = scene.definition
    yield (scene.indicator.title, "")
    if is_generated:
        yield (_("Genererade data"), _("Värdena är helt eller delvis beräknade ur data som är påhittade för demonstration."))
    yield (_("Beskrivning"), scene.indicator.description)
    yield (_("Gäller"), scene.body.name)
    if scene.shown:
        yield (_("Senaste period"), period_text(scene.shown[-1].first, scene.shown[-1].last))
    titles = {one.key: one.title for one in definition.ready} if definition else {}
    yield (_("Källa"), source_text(scene.source, titles))
    notes = structure_notes(scene, is_asked_without_day=False, today=day(at))
    yield (_("Organisation"), " ".join([structure_text(scene.source, scene.as_on, today=day(at)), *notes]))
    yield from ((_("Urval"), f"{column}: {part}") for column, part in scene.parts.items())
    if definition is not None:
        origin = definition.origin
        yield (_("Publicerad definition"), ", ".join(part for part in (origin.publisher, origin.name, origin.version) if part))
        yield (_("Ordalydelse"), origin.wording)
        yield (_("Undantag"), origin.exclusions)
        yield (_("Anmärkning"), origin.note)
    yield from ((fact.label, str(fact.value)) for fact in facts)
    yield (_("Hämtad"), moment_text(at))
