"""Fingerprints, the rare-shingle join, TF-IDF vectors: from articles to pairs worth comparing."""

from tracer.candidates.attested import Attested, attested_words, mark_attested
from tracer.candidates.fingerprints import Fingerprints, fingerprint
from tracer.candidates.search import CandidatePair, Candidates, CandidateSettings, find_candidates
from tracer.candidates.vectors import tfidf_vectors

__all__ = [
    "Attested",
    "CandidatePair",
    "CandidateSettings",
    "Candidates",
    "Fingerprints",
    "attested_words",
    "find_candidates",
    "fingerprint",
    "mark_attested",
    "tfidf_vectors",
]
