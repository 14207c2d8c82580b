"""Fingerprints, the rare-shingle join, TF-IDF vectors: from articles to pairs worth comparing."""

from tracer.candidates.fingerprints import Fingerprints, fingerprint
from tracer.candidates.search import CandidatePair, Candidates, CandidateSettings, find_candidates
from tracer.candidates.vectors import tfidf_vectors

__all__ = [
    "CandidatePair",
    "CandidateSettings",
    "Candidates",
    "Fingerprints",
    "find_candidates",
    "fingerprint",
    "tfidf_vectors",
]
