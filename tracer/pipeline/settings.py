"""Everything a run can be told, in one frozen record."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from tracer.candidates import CandidateSettings
from tracer.domain import SettingsError
from tracer.read import ReadSettings
from tracer.story import StorySettings

ENGINES = ("local", "spark")
"""What can run the work."""
_LOCAL_SPARK = "local[*]"


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of a run; each floor's own are nested.

    ``use_dates``: whether publication times count as evidence. ``language``: ISO 639-1 code that overrides detection.
    ``jobs``: processes to use. ``engine``: ``"local"``, or ``"spark"``, which needs the extra ``spark``; ``master`` is
    the URL of the Spark master to use then. None of these three changes a result.

    Raises:
        SettingsError: on construction, naming every setting that cannot be used.
    """

    read: ReadSettings = field(default_factory=ReadSettings)
    candidates: CandidateSettings = field(default_factory=CandidateSettings)
    story: StorySettings = field(default_factory=StorySettings)
    use_dates: bool = True
    language: str | None = None
    jobs: int = field(default_factory=lambda: os.cpu_count() or 1)
    engine: str = "local"
    master: str = _LOCAL_SPARK

    def __post_init__(self) -> None:
        problems = [*self.read.problems(), *self.candidates.problems(), *self.story.problems()]
        if self.jobs < 1:
            problems.append(f"jobs must be at least 1, not {self.jobs}")
        if self.engine not in ENGINES:
            problems.append(f"engine must be 'local' or 'spark', not {self.engine!r}")
        if not self.master.strip() or self.master.startswith("sc://"):
            problems.append(f"master must be the URL of a Spark master such as 'local[*]', not {self.master!r}")
        if self.engine != "spark" and self.master != _LOCAL_SPARK:
            problems.append(f"master {self.master!r} is for the engine 'spark', and the engine is {self.engine!r}")
        if self.language is not None and not (self.language.isalpha() and len(self.language) == 2):  # noqa: PLR2004
            problems.append(f"language must be a two-letter code such as 'en', not {self.language!r}")
        if problems:
            raise SettingsError(problems)
