"""How articles are looked up in an archive."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from tracer.candidates import CandidateSettings, Place
from tracer.domain import UNDATED, Article, SettingsError
from tracer.story import StorySettings


@dataclass(frozen=True, slots=True)
class LookupSettings:
    """How articles are looked up in an archive; whenever a bound bites, the result says so.

    ``most``: archive articles that one new article is compared with at most; those that share the rarest runs of words
    come first. ``most_carriers``: archive articles that are read of one run of six words, those added first.
    ``candidates``, ``story``, ``use_dates`` and ``language`` are as in ``Settings``; the least surprisal of a run is
    the archive's own.

    Raises:
        SettingsError: on construction, naming every setting that cannot be used.
    """

    most: int = 50
    most_carriers: int = 1_000
    candidates: CandidateSettings = field(default_factory=CandidateSettings)
    story: StorySettings = field(default_factory=StorySettings)
    use_dates: bool = True
    language: str | None = None

    def __post_init__(self) -> None:
        values = (("most", self.most), ("most_carriers", self.most_carriers))
        problems = [f"{name} must be at least 1, not {value}" for name, value in values if value < 1]
        problems += [*self.candidates.problems(), *self.story.problems()]
        if problems:
            raise SettingsError(problems)

    def dated(self, article: Article) -> Article:
        """The article, without its date where dates are not to count."""
        return article if self.use_dates else replace(article, published=UNDATED)

    def place_of(self, article: Article) -> Place:
        """What of the article decides with which others it may be compared."""
        return Place.of(self.dated(article))
