"""Clues, weights, and what they say about a pair: link kind, direction, immediacy."""

from tracer.evidence.compare import Comparison, compare, compare_linked
from tracer.evidence.direction import Descent, Direction
from tracer.evidence.handed_in import is_statement
from tracer.evidence.house_style import mixed_styles
from tracer.evidence.houses import names_outlet
from tracer.evidence.immediacy import Distance, Immediacy
from tracer.evidence.kind import Kind, LinkKind
from tracer.evidence.ledger import Clue, Ledger, Observation, Question, logistic, weigh
from tracer.evidence.naming import GENERIC_AGENCIES, Mention, is_near, is_own, mentions, wire_credit
from tracer.evidence.overlap import Overlap, Owner, counted_words, is_narrative, ownership
from tracer.evidence.restored import Restored, restored_quotations
from tracer.evidence.timing import Lag
from tracer.evidence.weights import Weights, shipped_weights

__all__ = [
    "GENERIC_AGENCIES",
    "Clue",
    "Comparison",
    "Descent",
    "Direction",
    "Distance",
    "Immediacy",
    "Kind",
    "Lag",
    "Ledger",
    "LinkKind",
    "Mention",
    "Observation",
    "Overlap",
    "Owner",
    "Question",
    "Restored",
    "Weights",
    "compare",
    "compare_linked",
    "counted_words",
    "is_narrative",
    "is_near",
    "is_own",
    "is_statement",
    "logistic",
    "mentions",
    "mixed_styles",
    "names_outlet",
    "ownership",
    "restored_quotations",
    "shipped_weights",
    "weigh",
    "wire_credit",
]
