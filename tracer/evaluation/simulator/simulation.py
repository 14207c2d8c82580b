"""The simulator's public face: base texts in, articles with their true provenance out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tracer.domain import Article, InputError, SettingsError, SkippedArticle
from tracer.evaluation.simulator.base import BaseText, base_texts
from tracer.evaluation.simulator.draws import digest
from tracer.evaluation.simulator.settings import SimulationSettings
from tracer.evaluation.simulator.stock import FEWEST_FOR_HARD
from tracer.evaluation.simulator.story import Story, grow_story
from tracer.evaluation.simulator.truth import Truth, truth_of

_OTHERS = {"easy": 3, "both": 3, "hard": 2}
"""Base texts that a story may take filler and neighbours from, besides its own."""


@dataclass(frozen=True, slots=True)
class Simulation:
    """A simulated corpus: its articles sorted by id, what is true of them, and base texts that could not be used.

    Ids say nothing on who draws on whom. ``skipped`` holds only texts that were looked at: no more are read than the
    stories asked for need.
    """

    articles: tuple[Article, ...]
    truth: Truth
    skipped: tuple[SkippedArticle, ...]


def simulate(base: Sequence[Article], settings: SimulationSettings) -> Simulation:
    """Grow stories from base texts, each text taking part in one story only.

    The result depends on the texts, their ids and the settings; not on the order of ``base``. A story is the same
    however many others are grown. There may be fewer stories than asked for when base texts run out. About a
    hundred articles a second.

    Raises:
        SettingsError: naming every setting that cannot be used.
        InputError: when no base text can carry a story.
    """
    problems = settings.problems()
    if problems:
        raise SettingsError(problems)
    skipped: list[SkippedArticle] = []
    ranked = sorted(base, key=lambda article: (digest("rank", settings.seed, article.id), article.id))
    stories: list[Story] = []
    for text, others in _casts(base_texts(ranked, skipped), settings):
        stories.append(grow_story(text, others, settings))
        if len(stories) == settings.stories:
            break
    if not stories:
        raise InputError(
            "no base text can carry a story; hand in English news texts of at least eight plain sentences, "
            f"one of them a quotation, {_OTHERS[settings.filler] + 1} or more of them"
        )
    articles = sorted((article for story in stories for article in _articles(story)), key=lambda article: article.id)
    return Simulation(tuple(articles), truth_of(stories), tuple(skipped))


def _casts(texts: Iterable[BaseText], settings: SimulationSettings) -> Iterator[tuple[BaseText, tuple[BaseText, ...]]]:
    """Base texts dealt out to stories: the first that can carry one, and the next few beside it for filler."""
    needed = _OTHERS[settings.filler]
    leads: list[BaseText] = []
    others: list[BaseText] = []
    for text in texts:
        is_lead = text.is_rich and (settings.filler != "hard" or len(text.units) >= FEWEST_FOR_HARD)
        if is_lead and not leads:
            leads.append(text)
        else:
            others.append(text)
        if leads and len(others) >= needed:
            yield leads.pop(), tuple(others[:needed])
            del others[:needed]


def _articles(story: Story) -> Iterator[Article]:
    for text in story.texts:
        if text.seen:
            yield Article(
                id=text.id,
                text=text.print().text,
                outlet=text.outlet.name,
                title=text.title or None,
                published=text.published,
                language="en",
            )
