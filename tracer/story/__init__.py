"""One story, traced: a pure function of its articles."""

from tracer.story.regions import Ends, PairRegion, regions_of_pairs
from tracer.story.story import StorySettings, StoryTrace, compare_candidates, trace_story

__all__ = [
    "Ends",
    "PairRegion",
    "StorySettings",
    "StoryTrace",
    "compare_candidates",
    "regions_of_pairs",
    "trace_story",
]
