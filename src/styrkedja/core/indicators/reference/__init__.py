"""The slow and obvious evaluator: what every indicator means, written with loops over rows. Every other way to compute must agree with it.

Nothing here is for speed, and nothing is shared with the engine but the words: a definition, facts, a structure, an outcome.
"""

from styrkedja.core.indicators.reference.evaluation import evaluate
from styrkedja.core.indicators.reference.facts import Facts

__all__ = ["Facts", "evaluate"]
