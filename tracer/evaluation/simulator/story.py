"""One story: a base text grown into the articles that a newsroom makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from tracer.domain import Published
from tracer.evaluation.simulator.base import BaseText
from tracer.evaluation.simulator.crediting import (
    Crediting,
    credited,
    own_dateline,
    with_phrase,
    without_introduction,
)
from tracer.evaluation.simulator.drafts import Line, Unit, lines_of, passed_through, units_of
from tracer.evaluation.simulator.draws import chance, digest, draws_for
from tracer.evaluation.simulator.headlines import headline, retitled
from tracer.evaluation.simulator.house import in_house_marks, in_house_style
from tracer.evaluation.simulator.lexicon import HALVES, lexicon
from tracer.evaluation.simulator.outlets import Outlet, OutletKind, newsroom
from tracer.evaluation.simulator.printing import Printed, printed
from tracer.evaluation.simulator.quoting import quoted_afresh, spoken_words, trimmed
from tracer.evaluation.simulator.recipes import RECIPES, Desk, Recipe
from tracer.evaluation.simulator.settings import SimulationSettings
from tracer.evaluation.simulator.slips import mended, with_typos
from tracer.evaluation.simulator.stock import Stock, stock_of
from tracer.evaluation.simulator.timing import after, first_moment, stamp

_FEWEST_LINES = 3
_LONGEST_CHAIN = 5
_FEWEST_QUOTED = 8


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a story, handed in or not.

    ``parents`` are the ids of the texts it was made from, ``recipe`` how (``"original"``, ``"statement"`` and
    ``"neighbour"`` for texts without parents). ``moment`` is when it truly appeared, ``published`` what it says.
    """

    id: str
    outlet: Outlet
    title: str
    lines: tuple[Line, ...]
    recipe: str
    parents: tuple[str, ...]
    moment: datetime
    published: Published
    seen: bool
    crediting: Crediting

    def print(self) -> Printed:
        """The raw text and the places of its lines."""
        return printed(self.lines, self.outlet.house, self.crediting.dateline)


@dataclass(frozen=True, slots=True)
class _Making:
    """How, where and when a text is made, and from what."""

    recipe: str
    outlet: Outlet
    moment: datetime
    seen: bool
    parents: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """All texts of a story in the order they were written; parents come before children."""

    id: str
    base: BaseText
    filler: str
    lexicon: str
    texts: tuple[Text, ...]


def grow_story(base: BaseText, others: Sequence[BaseText], settings: SimulationSettings) -> Story:
    """The story of a base text; ``others`` are base texts of which no other story uses a sentence.

    Depends on the settings, the seed and these texts alone.
    """
    rng = draws_for("story", settings.seed, base.id)
    return _Newsroom(base, others, settings, rng).story()


class _Newsroom:
    """A story while it grows."""

    def __init__(self, base: BaseText, others: Sequence[BaseText], settings: SimulationSettings, rng: Random) -> None:
        self.base, self.settings, self.rng = base, settings, rng
        self.id = "story-" + digest(settings.seed, base.id)[:10]
        self.half = settings.lexicon if settings.lexicon != "both" else rng.choice(HALVES)
        self.stock: Stock = stock_of(base, others, settings.filler, rng)
        self.surnames = frozenset(name.rsplit(" ", 1)[-1] for name in base.speakers.values() if name)
        self.texts: list[Text] = []
        outlets = newsroom(settings.outlets, settings.day_only)
        self.free = rng.sample(outlets, len(outlets))
        self.moment = first_moment(base.published, rng)
        self.statement = {line.origins[0]: unit for unit in base.units for line in unit}

    def story(self) -> Story:
        total = self.rng.randint(self.settings.articles_low, self.settings.articles_high)
        sayings = [unit for unit in self.stock.shared if _is_saying(unit)]
        statements = min(self.settings.statement_neighbours if sayings else 0, total - 2)
        strangers = min(self.settings.neighbours, total - 2 - statements)
        statements = self.rng.randint(min(1, statements), statements)
        strangers = self.rng.randint(0, strangers)
        self._original()
        for _ in range(statements):
            self._statement_neighbour(sayings)
        for _ in range(strangers):
            self._neighbour(self.stock.whole(self.rng.randint(5, 12)), seen=True)
        shape = self.rng.choice(("star", "chain", "tree", "tree"))
        while sum(text.seen for text in self.texts) < total:
            self._derived(shape)
        return Story(self.id, self.base, self.stock.filler, self.half, tuple(self.texts))

    def _new_id(self) -> str:
        return digest(self.settings.seed, self.base.id, "text", len(self.texts))[:12]

    def _outlet(self, *kinds: OutletKind) -> Outlet:
        """An outlet that the story has not had, of one of the kinds while there are any."""
        place = next((place for place, outlet in enumerate(self.free) if outlet.kind in kinds), 0)
        return self.free.pop(place) if len(self.free) > 1 else self.free[0]

    def _original(self) -> None:
        units = [trimmed(unit, self.rng) if chance(self.rng, 0.3) else unit for unit in self.stock.shared]
        kinds = (OutletKind.AGENCY,) if chance(self.rng, 0.5) else (OutletKind.PAPER,)
        lines = with_typos(lines_of(units), int(chance(self.rng, 0.15)), self.rng)
        seen = not chance(self.rng, self.settings.unseen)
        self._written(lines, self._outlet(*kinds), "original", title=self.base.title, seen=seen)

    def _neighbour(self, units: Sequence[Unit], *, seen: bool) -> tuple[Text, ...]:
        """A text of its own, or none when there are no sentences left for it."""
        if not units:
            return ()
        outlet = self._outlet(OutletKind.PAPER, OutletKind.SITE)
        return (self._written(lines_of(units), outlet, "neighbour", title="", seen=seen),)

    def _statement_neighbour(self, sayings: Sequence[Unit]) -> None:
        lines = list(lines_of(self.stock.whole(self.rng.randint(4, 9))))
        if not lines:
            return
        layout = self.rng.choice(("marks", "marks", "marks", "block", "transcript"))
        chosen = self.rng.sample(sayings, min(len(sayings), self.rng.randint(1, 3)))
        for unit in chosen:
            speaker = next((name for line in unit if (name := self.base.speakers.get(line.origins[0], ""))), "")
            whole = self.statement[unit[0].origins[0]]
            starts = [place for place, line in enumerate(lines) if place and not line.tied] or [len(lines)]
            place = self.rng.choice([*starts, len(lines)])
            if place < len(lines):
                lines[place] = replace(lines[place], opens=True)
            lines[place:place] = quoted_afresh(whole, speaker, self.rng, layout)
        self._written(tuple(lines), self._outlet(OutletKind.PAPER), "statement", title="", seen=True)

    def _written(self, lines: tuple[Line, ...], outlet: Outlet, recipe: str, *, title: str, seen: bool) -> Text:
        """A text of the outlet's own: its house style throughout."""
        moment = self.moment if recipe == "original" else self.moment + timedelta(minutes=self.rng.randint(-180, 900))
        styled = tuple(
            replace(in_house_style(line, outlet.house, self.rng), glyphs=outlet.house.glyphs) for line in lines
        )
        crediting = Crediting(dateline=own_dateline(outlet, moment, self.rng))
        return self._filed(title or headline(lines), styled, _Making(recipe, outlet, moment, seen), crediting)

    def _filed(self, title: str, lines: tuple[Line, ...], making: _Making, crediting: Crediting) -> Text:
        name = self._new_id()
        published = stamp(
            making.moment,
            making.outlet,
            self.rng,
            undated=self.settings.undated,
            wrong=self.settings.wrong_clocks,
            before=min((parent.moment for parent in making.parents), default=None),
        )
        ends = tuple(Line(text, opens=True, glyphs=making.outlet.house.glyphs) for text in crediting.lines)
        text = Text(
            id=name,
            outlet=making.outlet,
            title=title,
            lines=(*passed_through(lines, name), *ends),
            recipe=making.recipe,
            parents=tuple(parent.id for parent in making.parents),
            moment=making.moment,
            published=published,
            seen=making.seen,
            crediting=crediting,
        )
        self.texts.append(text)
        return text

    def _derived(self, shape: str) -> None:
        name = self._recipe()
        recipe = RECIPES[name]
        parent = self._parent(shape)
        if chance(self.rng, 0.3 * self.settings.unseen) and not recipe.same_outlet:
            parent = self._derive(self._recipe(plain=True), (parent,), seen=False)
        parents = (parent, *self._further(parent, recipe))
        self._derive(name, parents, seen=True)

    def _recipe(self, *, plain: bool = False) -> str:
        """A recipe by weight; ``plain`` ones have one source and another outlet."""
        mix = [
            (name, weight)
            for name, weight in self.settings.mix()
            if not plain or (RECIPES[name].most_sources == 1 and not RECIPES[name].same_outlet)
        ] or [("cut", 1.0)]
        return self.rng.choices([name for name, _ in mix], [weight for _, weight in mix])[0]

    def _parent(self, shape: str) -> Text:
        """Whom the next text draws on: the original in a star, the last one in a chain, somebody in a tree."""
        line = [text for text in self.texts if text.recipe not in ("statement", "neighbour") and _is_full(text)]
        near = [text for text in line if len(text.lines[0].path) < _LONGEST_CHAIN] or line[:1]
        if shape == "star" or chance(self.rng, 0.15):
            return line[0]
        if shape == "chain":
            return near[-1]
        return self.rng.choice([line[0], *near])

    def _further(self, parent: Text, recipe: Recipe) -> tuple[Text, ...]:
        """The other sources of a merger: neighbours, other texts of the story, or an original not handed in."""
        if recipe.most_sources == 1:
            return ()
        pool = [text for text in self.texts if text.seen and text is not parent and text.recipe != "statement"]
        wanted = self.rng.randint(1, recipe.most_sources - 1)
        chosen = self.rng.sample(pool, min(len(pool), wanted))
        return tuple(chosen) or self._neighbour(self.stock.whole(self.rng.randint(5, 12)), seen=False)

    def _derive(self, name: str, parents: tuple[Text, ...], *, seen: bool) -> Text:
        recipe = RECIPES[name]
        sources = tuple(tuple(line for line in parent.lines if not line.is_furniture) for parent in parents)
        desk = Desk(sources, lexicon(self.half), self.stock.take, self.statement, self.rng)
        lines = recipe.write(desk)
        if len(lines) < _FEWEST_LINES:
            name, recipe, lines = "verbatim", RECIPES["verbatim"], sources[0]
        latest = max(parent.moment for parent in parents)
        outlet = parents[0].outlet if recipe.same_outlet else self._outlet(*self.rng.sample(list(OutletKind), 2))
        moment = after(latest, outlet, self.rng)
        crediting = (
            Crediting(dateline=parents[0].crediting.dateline)
            if recipe.same_outlet
            else self._credit(parents, outlet, moment)
        )
        lines = self._taken_in(lines, recipe, outlet, crediting)
        title = retitled(parents[0].title, lines, lexicon(self.half), self.rng)
        return self._filed(title, lines, _Making(name, outlet, moment, seen, parents), crediting)

    def _credit(self, parents: tuple[Text, ...], outlet: Outlet, moment: datetime) -> Crediting:
        carried = [name for parent in parents if not parent.crediting.lie for name in parent.crediting.names]
        strangers = [other for other in self.free[-5:] if other is not outlet]
        crediting = credited([parent.outlet for parent in parents], carried, strangers, self.rng, moment)
        if crediting.dateline or outlet.house.dateline == "none":
            return crediting
        return (
            replace(crediting, dateline=own_dateline(outlet, moment, self.rng)) if chance(self.rng, 0.3) else crediting
        )

    def _taken_in(
        self, lines: tuple[Line, ...], recipe: Recipe, outlet: Outlet, crediting: Crediting
    ) -> tuple[Line, ...]:
        """What every desk does to what it takes: misspellings, introductions, credits, paragraphs, house style."""
        rng, house = self.rng, outlet.house
        if recipe.careful:
            lines = tuple(mended(line) if line.slips and chance(rng, 0.5) else line for line in lines)
        if chance(rng, 0.25):
            lines = without_introduction(lines, self.surnames, rng)
        if chance(rng, 0.25 if recipe.careful else 0.35):
            lines = with_typos(lines, 1, rng)
        if chance(rng, 0.3):
            each = rng.random()
            lines = tuple(replace(line, opens=not line.tied and chance(rng, each)) for line in lines)
        care = house.care * (1.0 if recipe.careful else 0.3)
        lines = tuple(in_house_style(line, house, rng, care if line.path else 1.0) for line in lines)
        own_marks = chance(rng, max(0.15, care))
        lines = tuple(line for unit in units_of(lines) for line in in_house_marks(unit, house, whole=own_marks))
        return with_phrase(lines, crediting.phrase, rng) if crediting.phrase else lines


def _is_full(text: Text) -> bool:
    """Whether there is enough in a text to draw on."""
    return len(units_of(text.lines)) > _FEWEST_LINES


def _is_saying(unit: Unit) -> bool:
    """Whether what a unit quotes can stand alone: a sentence, not a word or two with marks around them."""
    said = spoken_words(unit)
    return said[:1].isupper() and len(said.split()) >= _FEWEST_QUOTED
