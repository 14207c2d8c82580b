"""Candidate pair to passages with spans, sentence families, and the places where readings differ."""

from tracer.align.families import Family, Member, matched_words, sentence_families
from tracer.align.passages import Passage, PassageKind, Variant, shared_passages
from tracer.align.rewritten import rewritten_passages

__all__ = [
    "Family",
    "Member",
    "Passage",
    "PassageKind",
    "Variant",
    "matched_words",
    "rewritten_passages",
    "sentence_families",
    "shared_passages",
]
