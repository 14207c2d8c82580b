"""A trace as tables: what every output is made from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from tracer.pipeline import Trace
from tracer.report.article_columns import ARTICLES, OUTLETS, SKIPPED
from tracer.report.article_rows import article_rows, skipped_rows
from tracer.report.claim_rows import Families, claim_families, claim_member_rows, claim_rows
from tracer.report.graph_columns import CLAIM_MEMBERS, CLAIMS, EDGES, SOURCES
from tracer.report.graph_rows import edge_rows
from tracer.report.outlet_rows import outlet_rows
from tracer.report.pair_columns import CLUES, PAIRS, PASSAGES
from tracer.report.pair_rows import clue_rows, pair_rows, passage_rows
from tracer.report.region_columns import REGIONS
from tracer.report.region_rows import region_rows
from tracer.report.sentence_columns import SENTENCES
from tracer.report.sentence_rows import sentence_rows
from tracer.report.source_rows import source_rows
from tracer.report.table import Table, sorted_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """All tables of a run; ``tracer.report.columns`` says what each column means. Iterating gives them in order.

    ``regions`` is ``None``, and iterating leaves it out, where the run did not seek them.
    """

    articles: Table
    sentences: Table
    pairs: Table
    edges: Table
    passages: Table
    regions: Table | None = None
    sources: Table
    claims: Table
    claim_members: Table
    clues: Table
    outlets: Table
    skipped: Table

    def __iter__(self) -> Iterator[Table]:
        made = (getattr(self, field.name) for field in fields(self))
        return (table for table in made if table is not None)


def tables(trace: Trace) -> Tables:
    """The tables of a trace: everything in them is looked up, counted or added up, nothing is inferred here.

    The same trace gives the same rows in the same order. Linear in the trace, but for sorting.
    """
    return Tables(
        **{table.name: table for table in story_tables(trace)},
        sources=sorted_table(SOURCES, source_rows(trace)),
        outlets=sorted_table(OUTLETS, outlet_rows(trace)),
        skipped=sorted_table(SKIPPED, skipped_rows(trace)),
    )


def story_tables(trace: Trace) -> Iterator[Table]:
    """The tables whose rows belong to one story each."""
    families: Families = claim_families(trace)
    yield sorted_table(ARTICLES, article_rows(trace))
    yield sorted_table(SENTENCES, sentence_rows(trace))
    yield sorted_table(PAIRS, pair_rows(trace))
    yield sorted_table(EDGES, edge_rows(trace))
    yield sorted_table(PASSAGES, passage_rows(trace, families))
    if trace.settings.story.regions:
        yield sorted_table(REGIONS, region_rows(trace))
    yield sorted_table(CLAIMS, claim_rows(trace))
    yield sorted_table(CLAIM_MEMBERS, claim_member_rows(trace))
    yield sorted_table(CLUES, clue_rows(trace))
