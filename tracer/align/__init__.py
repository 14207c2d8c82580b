"""Candidate pair to passages with spans, sentence families, and the places where readings differ."""

from tracer.align.blocks import Block
from tracer.align.components import components
from tracer.align.families import Family, Member, matched_runs, sentence_families
from tracer.align.passages import Passage, PassageKind, Variant, blocks_between, shared_passages
from tracer.align.regions import region_of, reused_regions
from tracer.align.remembered import once_per_article
from tracer.align.rewritten import rewritten_passages
from tracer.align.weighing import Region, RegionKind

__all__ = [
    "Block",
    "Family",
    "Member",
    "Passage",
    "PassageKind",
    "Region",
    "RegionKind",
    "Variant",
    "blocks_between",
    "components",
    "matched_runs",
    "once_per_article",
    "region_of",
    "reused_regions",
    "rewritten_passages",
    "sentence_families",
    "shared_passages",
]
