"""One story, traced: a pure function of its articles."""

from tracer.story.story import StorySettings, StoryTrace, compare_candidates, trace_story

__all__ = ["StorySettings", "StoryTrace", "compare_candidates", "trace_story"]
