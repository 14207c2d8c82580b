"""The ways in which one text is made from others. Each recipe is a pure function of its desk's draws."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from tracer.evaluation.simulator.drafts import Line, Unit, edit_outside, lines_of, units_of
from tracer.evaluation.simulator.draws import chance, sampled
from tracer.evaluation.simulator.lexicon import Lexicon
from tracer.evaluation.simulator.quoting import move_attribution, restored, said_otherwise, trimmed
from tracer.evaluation.simulator.rewriting import edited, join_sentences, split_sentence
from tracer.evaluation.simulator.slips import misdecoded, scanned, with_typos
from tracer.evaluation.simulator.substitution import EDITOR, SPINNER, mended_articles, swap_words
from tracer.evaluation.simulator.translating import translated

_FEWEST_KEPT = 3


@dataclass(frozen=True, slots=True)
class Desk:
    """What a recipe has to work with.

    ``sources`` are the lines of the texts drawn upon, furniture left out. ``filler`` hands out so many units that no
    other text of the story has, fewer when they run short. ``statement`` gives, for every source sentence, the unit of
    the base text it stands in, with its quotation in full.
    """

    sources: tuple[tuple[Line, ...], ...]
    lexicon: Lexicon
    filler: Callable[[int], list[Unit]]
    statement: Mapping[str, Unit]
    rng: Random

    @property
    def units(self) -> list[Unit]:
        """The first source in units."""
        return units_of(self.sources[0])


@dataclass(frozen=True, slots=True)
class Recipe:
    """A way to derive a text. ``weight`` is its usual share; ``most_sources`` above 1 makes it a merger.

    ``careful``: the desk mends known misspellings and applies its house style to what it takes.
    """

    write: Callable[[Desk], tuple[Line, ...]]
    weight: float
    careful: bool = True
    most_sources: int = 1
    same_outlet: bool = False


def _verbatim(desk: Desk) -> tuple[Line, ...]:
    """Reprinted as it came."""
    return desk.sources[0]


def _cut(desk: Desk) -> tuple[Line, ...]:
    """Cut from the bottom; now and then a light hand on what is left."""
    lines = lines_of(_top(desk.units, desk.rng.uniform(0.3, 0.8)))
    return _lightly(desk, lines, 0.15) if chance(desk.rng, 0.5) else lines


def _lead(desk: Desk) -> tuple[Line, ...]:
    """The first sentences rewritten thoroughly, the rest reprinted, somewhat shorter."""
    units = _top(desk.units, desk.rng.uniform(0.6, 1.0))
    head, rest = lines_of(units[:2]), lines_of(units[2:])
    return (*_rewritten(desk, head, 1.0), *rest)


def _human(desk: Desk) -> tuple[Line, ...]:
    """Rewritten by an editor throughout: clauses moved, words changed, sentences split and joined, some dropped."""
    units = _thinned(desk.units, desk.rng, desk.rng.uniform(0.6, 0.95))
    lines = _rewritten(desk, lines_of(units), desk.rng.uniform(0.5, 0.9))
    return _rejoined(lines, desk.rng)


def _spin(desk: Desk) -> tuple[Line, ...]:
    """Words swapped densely by software that minds neither meaning nor a and an; a few misspellings."""
    units = _thinned(desk.units, desk.rng, desk.rng.uniform(0.7, 1.0))
    lines = tuple(swap_words(line, desk.lexicon, SPINNER, desk.rng) for line in lines_of(units))
    return with_typos(lines, desk.rng.randint(0, 2), desk.rng)


def _translation(desk: Desk) -> tuple[Line, ...]:
    """Worded as after translation into another language and back."""
    units = _top(desk.units, desk.rng.uniform(0.6, 1.0))
    return tuple(translated(line, desk.lexicon, desk.rng) for line in lines_of(units))


def _merge(desk: Desk) -> tuple[Line, ...]:
    """Stretches of several texts in turn; a sentence that two of them have is taken from the first."""
    taken: set[str] = set()
    parts: list[list[Unit]] = []
    for lines in desk.sources:
        units = [unit for unit in units_of(lines) if not taken & {origin for line in unit for origin in line.origins}]
        number = max(_FEWEST_KEPT, round(len(units) * desk.rng.uniform(0.35, 0.75)))
        chosen = units[:number] if chance(desk.rng, 0.5) else sampled(desk.rng, units, number)
        taken |= {origin for unit in chosen for line in unit for origin in line.origins}
        parts.append(chosen)
    lines = lines_of(_interleaved(parts, desk.rng))
    manner = desk.rng.random()
    if manner < 0.25:  # noqa: PLR2004 - a quarter are spun, another quarter edited
        return tuple(swap_words(line, desk.lexicon, SPINNER, desk.rng) for line in lines)
    return _rewritten(desk, lines, 0.4) if manner < 0.5 else lines  # noqa: PLR2004


def _local(desk: Desk) -> tuple[Line, ...]:
    """Local paragraphs put in, the rest shortened and lightly edited."""
    units = _top(desk.units, desk.rng.uniform(0.5, 0.9))
    added = desk.filler(desk.rng.randint(2, 4))
    place = desk.rng.choice((0, 1, len(units) // 2, len(units)))
    own, rest = lines_of(added), lines_of(units)
    edit = _lightly(desk, rest, 0.2)
    cut = len(lines_of(units[:place]))
    return (*edit[:cut], *own, *edit[cut:]) if len(edit) == len(rest) else (*own, *edit)


def _extended(desk: Desk) -> tuple[Line, ...]:
    """All of the source, and so much beside it that the copy is the longer one."""
    units = desk.units
    added = desk.filler(desk.rng.randint(max(2, len(units) // 3), max(3, len(units))))
    half = desk.rng.randint(0, len(added))
    parts = [added[:half], units, added[half:]] if chance(desk.rng, 0.5) else [units, added]
    if chance(desk.rng, 0.4):
        return lines_of(_interleaved([units, added], desk.rng))
    return _lightly(desk, lines_of(unit for part in parts for unit in part), 0.15)


def _style(desk: Desk) -> tuple[Line, ...]:
    """Nothing but house style and misspellings put right: done by the desk that takes it."""
    return desk.sources[0]


def _quotes(desk: Desk) -> tuple[Line, ...]:
    """Quotations trimmed, or restored to the statement's length, and attributions moved."""
    units = list(restored(desk.units, desk.statement)) if chance(desk.rng, 0.5) else desk.units
    if chance(desk.rng, 0.6):
        units = [trimmed(unit, desk.rng) if chance(desk.rng, 0.6) else unit for unit in units]
    lines = tuple(
        move_attribution(line, desk.rng) if chance(desk.rng, 0.6) else said_otherwise(line, desk.rng)
        for line in lines_of(units)
    )
    return _lightly(desk, lines, 0.2)


def _noisy(desk: Desk) -> tuple[Line, ...]:
    """Scanned, wrongly decoded or typed by a careless hand."""
    lines = lines_of(_top(desk.units, desk.rng.uniform(0.6, 1.0)))
    kind = desk.rng.choice(("scan", "decode", "type"))
    if kind == "scan":
        rate = desk.rng.uniform(0.01, 0.06)
        return tuple(scanned(line, desk.rng, rate) for line in lines)
    if kind == "decode":
        return tuple(misdecoded(line) for line in lines)
    return with_typos(lines, desk.rng.randint(2, 5), desk.rng)


def _digest(desk: Desk) -> tuple[Line, ...]:
    """A short version: a few sentences from anywhere, themselves shortened."""
    units = _thinned(desk.units, desk.rng, desk.rng.uniform(0.3, 0.5))
    units = [trimmed(unit, desk.rng) for unit in units]
    return tuple(edited(line, desk.rng, 2) for line in lines_of(units))


def _reordered(desk: Desk) -> tuple[Line, ...]:
    """Paragraphs told in another order, with light edits."""
    units = _thinned(desk.units, desk.rng, 0.9)
    start = desk.rng.randrange(1, max(2, len(units) - 1))
    size = desk.rng.randint(1, 3)
    moved, rest = units[start : start + size], units[:start] + units[start + size :]
    place = desk.rng.randint(0, len(rest))
    return _lightly(desk, lines_of([*rest[:place], *moved, *rest[place:]]), 0.3)


def _update(desk: Desk) -> tuple[Line, ...]:
    """The outlet's own article some hours later: most of it kept, something changed, something added on top."""
    units = _thinned(desk.units, desk.rng, desk.rng.uniform(0.75, 1.0))
    added = desk.filler(desk.rng.randint(0, 3))
    place = desk.rng.choice((0, 1, len(units)))
    return _lightly(desk, lines_of([*units[:place], *added, *units[place:]]), 0.2)


RECIPES: dict[str, Recipe] = {
    "verbatim": Recipe(_verbatim, 0.7, careful=False),
    "cut": Recipe(_cut, 1.2),
    "lead": Recipe(_lead, 1.2),
    "human": Recipe(_human, 1.6),
    "spin": Recipe(_spin, 1.4, careful=False),
    "translation": Recipe(_translation, 1.0),
    "merge": Recipe(_merge, 0.9, careful=False, most_sources=4),
    "local": Recipe(_local, 1.0),
    "extended": Recipe(_extended, 1.0),
    "style": Recipe(_style, 0.6),
    "quotes": Recipe(_quotes, 1.0),
    "noisy": Recipe(_noisy, 0.7, careful=False),
    "digest": Recipe(_digest, 0.8),
    "reordered": Recipe(_reordered, 0.7),
    "update": Recipe(_update, 0.6, same_outlet=True),
}
"""All recipes by name."""


def _top(units: list[Unit], share: float) -> list[Unit]:
    return units[: max(_FEWEST_KEPT, round(len(units) * share))]


def _thinned(units: list[Unit], rng: Random, share: float) -> list[Unit]:
    return sampled(rng, units, max(_FEWEST_KEPT, round(len(units) * share)))


def _lightly(desk: Desk, lines: Sequence[Line], share: float) -> tuple[Line, ...]:
    """Some lines edited in one place each; as many lines as before."""
    return tuple(
        edited(swap_words(line, desk.lexicon, EDITOR, desk.rng), desk.rng, 1) if chance(desk.rng, share) else line
        for line in lines
    )


def _rewritten(desk: Desk, lines: Sequence[Line], share: float) -> tuple[Line, ...]:
    """Some lines edited in several places, a and an in order; long ones may be split."""
    made: list[Line] = []
    for line in lines:
        if not chance(desk.rng, share):
            made.append(line)
            continue
        changed = edited(swap_words(line, desk.lexicon, EDITOR, desk.rng), desk.rng, desk.rng.randint(1, 3))
        changed = edit_outside(changed, mended_articles)
        made += split_sentence(changed) if chance(desk.rng, 0.3) else (changed,)
    return tuple(made)


def _rejoined(lines: Sequence[Line], rng: Random) -> tuple[Line, ...]:
    made: list[Line] = []
    for line in lines:
        joined = join_sentences(made[-1], line, rng) if made and not line.tied and chance(rng, 0.3) else None
        if joined is not None:
            made[-1] = joined
        else:
            made.append(line)
    return tuple(made)


def _interleaved(parts: list[list[Unit]], rng: Random) -> list[Unit]:
    """The parts in stretches, each part in its own order."""
    queues = [list(part) for part in parts if part]
    made: list[Unit] = []
    while queues:
        queue = queues[0] if not made else rng.choice(queues)
        size = rng.randint(1, 4)
        made += queue[:size]
        del queue[:size]
        queues = [left for left in queues if left]
    return made
