"""One day of an invented newsroom: fresh articles, copies of them, and quotations that several hold."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from math import exp, log
from random import Random

from newsroom import Outlet, newsroom
from templates import WORDS, Templates

from tracer.evaluation.simulator.lexicon import HALVES, lexicon
from tracer.evaluation.simulator.substitution import EDITOR, SPINNER, Manner, swapped

_DAY_ONE = datetime(2018, 1, 1, tzinfo=UTC)
_MEAN_SIZE, _SPREAD, _SMALLEST, _LARGEST = 3000, 0.55, 700, 20_000
_STORY_SHARES = {1: 0.74, 2: 0.12, 3: 0.06, 4: 0.04, 6: 0.02, 10: 0.02}
"""Share of the articles that stand in stories of so many articles."""
_STATEMENT_SHARES = {3: 0.08, 6: 0.08, 12: 0.11}
"""Share of the stories that hold one quotation with so many stories, their own included."""
_STATEMENT_WORDS = (5, 10)
_RECIPES = {"verbatim": 0.2, "cut": 0.25, "lead": 0.25, "added": 0.2, "reworded": 0.1}
_CREDITED = 0.4
_OF_ORIGINAL, _KEPT = 0.7, 0.85
_MEAN_DELAY, _LONGEST_DELAY = 8.0, 71.0
_LEAD_MANNER = Manner(rate=0.6, awkward=0.1, careful=False)
_CREDITS = ("(Source: {})", "© {}", "— {}", "Via {}.")
"""Short, so that two texts that credit one outlet share no run of six words."""


@dataclass(slots=True)
class Draft:
    """An article in the making: ``story`` and ``statement`` are numbers within the block, ``parent`` an article's."""

    story: int
    outlet: Outlet
    moment: datetime
    paragraphs: list[str]
    parent: int | None = None
    recipe: str | None = None
    statement: int | None = None


@dataclass(slots=True)
class Newsday:
    """One day while it is written; all draws come from ``rng``."""

    made_of: Templates
    seed: int
    number: int
    size: int
    rng: Random = field(init=False)
    articles: list[Draft] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.rng = Random(f"{self.seed}/{self.number}")  # noqa: S311 - no secret

    def grow(self) -> None:
        """Write all articles of the block."""
        sizes = list(self._story_sizes())
        statements = self._statements(len(sizes))
        for story, size in enumerate(sizes):
            outlets = self.rng.sample(newsroom(), size)
            first = len(self.articles)
            self._original(story, outlets[0], statements.get(story))
            for outlet in outlets[1:]:
                of_original = self.rng.random() < _OF_ORIGINAL
                parent = first if of_original else self.rng.randrange(first, len(self.articles))
                self._copy(first, parent, outlet)

    def _story_sizes(self) -> Iterator[int]:
        left = self.size
        sizes = list(_STORY_SHARES)
        weights = [share / size for size, share in _STORY_SHARES.items()]
        while left:
            size = min(left, self.rng.choices(sizes, weights)[0])
            yield size
            left -= size

    def _statements(self, stories: int) -> dict[int, tuple[int, str]]:
        """Which stories quote which statement: its number and the paragraph."""
        free = self.rng.sample(range(stories), stories)
        found = {}
        number = 0
        for size, share in _STATEMENT_SHARES.items():
            for _ in range(round(stories * share / size)):
                said = self._statement()
                found |= {free.pop(): (number, said) for _ in range(min(size, len(free)))}
                number += 1
        return found

    def _statement(self) -> str:
        said = self.fresh(1).translate({ord(mark): None for mark in '"“”'}).split()
        words = " ".join(said[: self.rng.randint(*_STATEMENT_WORDS)]).rstrip(".,;:!?-–—")
        speaker = " ".join(self.rng.choice(WORDS[part]) for part in ("first_names", "last_names"))
        return f"“{words},” {speaker} said."

    def fresh(self, size: int) -> str:
        """A text of about so many characters, at least one stretch long, that no other text shares words with."""
        chosen, length = [], 0
        while not chosen or length + 250 < size:
            chosen.append(self.rng.choice(self.made_of.stretches))
            length += chosen[-1].length
        return self.made_of.text(chosen, self.rng.getrandbits(64))

    def _original(self, story: int, outlet: Outlet, statement: tuple[int, str] | None) -> None:
        median = log(_MEAN_SIZE) - _SPREAD**2 / 2
        size = min(max(exp(self.rng.gauss(median, _SPREAD)), _SMALLEST), _LARGEST)
        paragraphs = self.fresh(int(size)).split("\n\n")
        moment = _DAY_ONE + timedelta(days=self.number, seconds=self.rng.randrange(86_400))
        article = Draft(story, outlet, moment, paragraphs)
        if statement:
            article.statement = statement[0]
            paragraphs.insert(self.rng.randint(1, len(paragraphs)), statement[1])
        self.articles.append(article)

    def _copy(self, original: int, parent: int, outlet: Outlet) -> None:
        source = self.articles[parent]
        recipe = self.rng.choices(list(_RECIPES), list(_RECIPES.values()))[0]
        paragraphs = _WRITTEN[recipe](self, source.paragraphs)
        moment = source.moment + timedelta(hours=self.rng.expovariate(1 / _MEAN_DELAY))
        moment = min(moment, self.articles[original].moment + timedelta(hours=_LONGEST_DELAY))
        if self.rng.random() < _CREDITED:
            paragraphs = [*paragraphs, self.rng.choice(_CREDITS).format(source.outlet.name)]
        self.articles.append(Draft(source.story, outlet, moment, paragraphs, parent, recipe, source.statement))

    def records(self) -> list[tuple[str, str]]:
        """The articles in order of time, as lines of the corpus and of the truth."""
        ids = [_digest(self.seed, self.number, place) for place in range(len(self.articles))]
        order = sorted(range(len(ids)), key=lambda place: (self.articles[place].moment, ids[place]))
        return [(self._line(place, ids[place]), self._truth(place, ids)) for place in order]

    def _line(self, place: int, name: str) -> str:
        article = self.articles[place]
        outlet = article.outlet
        record = {
            "id": name,
            "source": outlet.name,
            "url": f"https://{outlet.domain}/{name}",
            "date": article.moment.strftime("%Y-%m-%d" if outlet.day_only else "%Y-%m-%dT%H:%M:%SZ"),
            "title": " ".join(article.paragraphs[0].split()[:9]),
            "text": "\n\n".join(article.paragraphs),
        }
        return json.dumps(record, ensure_ascii=False)

    def _truth(self, place: int, ids: list[str]) -> str:
        article = self.articles[place]
        record = {
            "id": ids[place],
            "story": f"{self.number}.{article.story}",
            "parent": None if article.parent is None else ids[article.parent],
            "recipe": article.recipe,
            "statement": None if article.statement is None else f"{self.number}.{article.statement}",
        }
        return json.dumps(record)


def _verbatim(_day: Newsday, source: list[str]) -> list[str]:
    return source


def _cut(day: Newsday, source: list[str]) -> list[str]:
    return source[: max(1, round(len(source) * day.rng.uniform(0.3, 0.8)))]


def _lead(day: Newsday, source: list[str]) -> list[str]:
    """The first paragraph reworded, and the bottom cut off now and then."""
    words = lexicon(day.rng.choice(HALVES))
    kept = source[1 : max(1, round(len(source) * day.rng.uniform(0.6, 1.2)))]
    return [swapped(source[0], words, _LEAD_MANNER, day.rng), *kept]


def _added(day: Newsday, source: list[str]) -> list[str]:
    """Half or more of the source, with paragraphs of its own before, amid or behind."""
    kept = source[: max(1, round(len(source) * day.rng.uniform(0.5, 1.0)))]
    own = day.fresh(day.rng.randint(1, 1500)).split("\n\n")
    place = day.rng.choice((0, len(kept) // 2, len(kept)))
    return [*kept[:place], *own, *kept[place:]]


def _reworded(day: Newsday, source: list[str]) -> list[str]:
    """Words changed throughout, as an editor or as software does, and some paragraphs dropped."""
    words = lexicon(day.rng.choice(HALVES))
    manner = day.rng.choice((EDITOR, SPINNER))
    kept = [paragraph for paragraph in source if day.rng.random() < _KEPT] or source
    return [swapped(paragraph, words, manner, day.rng) for paragraph in kept]


_WRITTEN: dict[str, Callable[[Newsday, list[str]], list[str]]] = {
    "verbatim": _verbatim,
    "cut": _cut,
    "lead": _lead,
    "added": _added,
    "reworded": _reworded,
}


def _digest(*parts: int) -> str:
    return blake2b("/".join(map(str, parts)).encode(), digest_size=8).hexdigest()
