"""One story, traced: a pure function of its articles."""

from tracer.story.grouping import BoundedGroups, Grouping, Link, group_articles
from tracer.story.regions import Ends, PairRegion, regions_of_pairs
from tracer.story.story import StorySettings, StoryTrace, compare_candidates, trace_story
from tracer.story.versions import earliest_versions

__all__ = [
    "BoundedGroups",
    "Ends",
    "Grouping",
    "Link",
    "PairRegion",
    "StorySettings",
    "StoryTrace",
    "compare_candidates",
    "earliest_versions",
    "group_articles",
    "regions_of_pairs",
    "trace_story",
]
