"""Fingerprints, the rare-hash join, TF-IDF: from articles to pairs worth comparing."""

from tracer.candidates.attested import (
    Accepted,
    Attested,
    accepted_words,
    attested_words,
    flags_of_attested,
    holders_of_attested,
    mark_attested,
)
from tracer.candidates.comparable import Comparable, Place
from tracer.candidates.confirmation import (
    CandidatePair,
    Candidates,
    confirm,
    confirm_sides,
    find_candidates,
    join_prints,
)
from tracer.candidates.fingerprints import Fingerprints, RareShingles, fingerprint_articles, rare_shingles
from tracer.candidates.join import SharedHashes, join_hashes, merged_hashes
from tracer.candidates.search import FEWEST_RARE_WORDS, MOST_CARRIERS, PossiblePairs, possible_pairs
from tracer.candidates.settings import CandidateSettings
from tracer.candidates.sides import Side, sides_of
from tracer.candidates.vectors import Rarities, WordDocuments, cosine, counted_words, tfidf_row

__all__ = [
    "FEWEST_RARE_WORDS",
    "MOST_CARRIERS",
    "Accepted",
    "Attested",
    "CandidatePair",
    "CandidateSettings",
    "Candidates",
    "Comparable",
    "Fingerprints",
    "Place",
    "PossiblePairs",
    "RareShingles",
    "Rarities",
    "SharedHashes",
    "Side",
    "WordDocuments",
    "accepted_words",
    "attested_words",
    "confirm",
    "confirm_sides",
    "cosine",
    "counted_words",
    "find_candidates",
    "fingerprint_articles",
    "flags_of_attested",
    "holders_of_attested",
    "join_hashes",
    "join_prints",
    "mark_attested",
    "merged_hashes",
    "possible_pairs",
    "rare_shingles",
    "sides_of",
    "tfidf_row",
]
