"""What may be chosen on an indicator's page."""

from django.utils.translation import gettext as _

from styrkedja.indicators.models import COMPUTED
from styrkedja.indicators.presenters.wording import column_text, part_text, source_text
from styrkedja.indicators.selectors.scenes import Scene
from styrkedja.organisations.models import ORGANISATION_KINDS

Choices = list[tuple[str, str]]


def source_choices(scene: Scene) -> Choices:
    titles = {ready.key: ready.title for ready in scene.definition.ready} if scene.definition else {}
    return [(source, source_text(source, titles)) for source in scene.sources]


def level_choices(scene: Scene) -> Choices:
    """The levels under the body, when there is more than the next one."""
    if len(scene.levels) < 2:
        return []
    return [("", _("Nästa nivå")), *((level, str(ORGANISATION_KINDS[level])) for level in scene.levels)]  # type: ignore[index]


def part_choices(scene: Scene) -> dict[str, tuple[str, Choices]]:
    """The parts of each dimension, for values that are computed here."""
    source = scene.fact_source
    if source is None or scene.source != COMPUTED:
        return {}
    return {
        column: (column_text(source, column), [(code, part_text(source, column, code)) for code in source.columns[column].codes])
        for column in scene.indicator.dimensions
        if column in source.columns
    }
