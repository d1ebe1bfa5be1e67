"""From definitions to SQL: the one door to ibis, which writes one expression for every kind of warehouse.

Nothing is run here: the door to a database binds the tables, runs the text and hands the columns back. What is computed in several stages has
one text a stage, since PostgreSQL computes a stage anew for everyone who reads it unless it stands in a table.
"""

from styrkedja.core.indicators.compile.continuity import IndexStages, continuity_stages
from styrkedja.core.indicators.compile.distinct import distinct_pairs
from styrkedja.core.indicators.compile.events import EventStages, event_stages
from styrkedja.core.indicators.compile.flags import flagged_rows
from styrkedja.core.indicators.compile.rows import loaded_months, row_cells
from styrkedja.core.indicators.compile.tables import FACTS, NAMES, PIECES, UNITS, Dialect
from styrkedja.core.indicators.compile.visits import distinct_visits, index_visits

__all__ = [
    "FACTS",
    "NAMES",
    "PIECES",
    "UNITS",
    "Dialect",
    "EventStages",
    "IndexStages",
    "continuity_stages",
    "distinct_pairs",
    "distinct_visits",
    "event_stages",
    "flagged_rows",
    "index_visits",
    "loaded_months",
    "row_cells",
]
