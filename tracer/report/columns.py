"""What every column of every table means: the single source of the codebook, the files and their tests."""

from __future__ import annotations

from tracer.report.article_columns import ARTICLES, OUTLETS, SKIPPED
from tracer.report.graph_columns import CLAIM_MEMBERS, CLAIMS, EDGES, SOURCES
from tracer.report.pair_columns import CLUES, PAIRS, PASSAGES
from tracer.report.region_columns import REGIONS
from tracer.report.schema import Schema
from tracer.report.sentence_columns import SENTENCES

SCHEMA_VERSION = "1.2"
"""Version of the tables.

The first number changes when a column goes or changes its meaning, the second when a column or table is added.
"""
SCHEMAS: tuple[Schema, ...] = (
    *(ARTICLES, SENTENCES, PAIRS, EDGES, PASSAGES, REGIONS, SOURCES),
    *(CLAIMS, CLAIM_MEMBERS, CLUES, OUTLETS, SKIPPED),
)
"""All tables, in the order of the codebook."""
