"""Which sentences a story shares, and which ones are kept for whoever adds something of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from tracer.evaluation.simulator.base import BaseText
from tracer.evaluation.simulator.drafts import Unit, is_plain, quoted_words
from tracer.evaluation.simulator.draws import chance, sampled

FEWEST_FOR_HARD = 12
"""Units a base text needs to be divided between a story and its filler."""
FEWEST_OF_A_TEXT = 4
"""Units that make an article of their own."""
_HELD_BACK = 0.45


@dataclass(slots=True)
class Stock:
    """A story's sentences.

    ``shared`` make up the original. ``own`` are held back for filler, each handed out once; ``other`` are those of
    other base texts, one list for each. ``filler`` says which of the two fills: ``"hard"`` the former.
    """

    shared: list[Unit]
    own: list[Unit]
    other: list[list[Unit]] = field(default_factory=list)
    filler: str = "easy"

    def take(self, number: int) -> list[Unit]:
        """Up to so many filler units that nobody has had, in the order of their text; fewer when they run short.

        Of another base text only sentences without quotations, which would have no speaker.
        """
        if self.filler == "hard":
            taken, self.own = self.own[:number], self.own[number:]
            return taken
        for units in self.other:
            plain = [unit for unit in units if all(map(is_plain, unit))][:number]
            if plain:
                units[:] = [unit for unit in units if unit not in plain]
                return plain
        return []

    def whole(self, number: int) -> list[Unit]:
        """Units for a text of its own: held back ones while there are enough, else those of another base text.

        Empty when both are spent.
        """
        if len(self.own) >= FEWEST_OF_A_TEXT:
            return self.take(min(number, max(FEWEST_OF_A_TEXT, len(self.own) // 2)))
        return self._of_other(FEWEST_OF_A_TEXT, number)

    def _of_other(self, least: int, number: int) -> list[Unit]:
        for units in self.other:
            if len(units) >= least:
                taken = units[:number]
                del units[:number]
                return taken
        return []


def stock_of(base: BaseText, others: Sequence[BaseText], filler: str, rng: Random) -> Stock:
    """Divide a base text. ``filler`` as in the settings; ``"both"`` is decided by a draw where the text is long enough.

    With ``"hard"`` nearly half of the units are held back, never the first, and never the only quotation.
    """
    other = [list(text.units) for text in others]
    is_long = len(base.units) >= FEWEST_FOR_HARD
    if filler == "easy" or not is_long or (filler == "both" and chance(rng, 0.3)):
        return Stock(list(base.units), [], other)
    units = list(base.units)
    held = sampled(rng, range(1, len(units)), round(_HELD_BACK * len(units)))
    quoting = [place for place, unit in enumerate(units) if any(map(quoted_words, unit))]
    if quoting and set(quoting) <= set(held):
        held.remove(quoting[0])
    shared = [unit for place, unit in enumerate(units) if place not in held]
    return Stock(shared, [units[place] for place in held], other, "hard")
