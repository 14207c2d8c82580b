"""What every step of a run is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tracer.candidates import CandidateSettings
from tracer.domain import Article
from tracer.split import ParsedArticle
from tracer.story import Ends, PairRegion, StorySettings, StoryTrace

Observer = Callable[[str, int, int], None]
"""Told how far a stage has come: its name, units done, units in all (0: not known). Called in the main process; must
not raise."""


def silent(_stage: str, _done: int, _total: int) -> None:
    """The observer that takes no note."""


@dataclass(frozen=True, slots=True)
class TracedBatch:
    """Some whole stories, traced: what a report is made of, piece by piece.

    ``articles`` are those of the stories as handed in, sorted by id; ``parsed`` has them as they were split, and with
    them articles of other stories that a pair reaches over to. ``stories`` are sorted by their smallest id.
    ``version_of`` maps an update to the earliest version it goes back to. ``regions`` holds those of the linked pairs
    that have any; empty unless asked for.
    """

    articles: tuple[Article, ...]
    parsed: Mapping[str, ParsedArticle]
    stories: tuple[StoryTrace, ...]
    version_of: Mapping[str, str]
    regions: Mapping[Ends, tuple[PairRegion, ...]]


Finish = Callable[[TracedBatch, Path], None]
"""Writes what is to be kept of a batch to a path. Called in worker processes: must be picklable and give the same bytes
for the same batch."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a corpus is traced: the settings of the floors below, and what becomes of each batch of stories.

    ``use_dates``: whether times of publication count. ``language``: as for :func:`tracer.split.parse_article`.
    """

    candidates: CandidateSettings
    story: StorySettings
    finish: Finish
    use_dates: bool = True
    language: str | None = None
