"""Headlines: made from a lead, kept, or changed by the desk that takes a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random

from tracer.evaluation.simulator.drafts import Line, capitalised
from tracer.evaluation.simulator.draws import chance
from tracer.evaluation.simulator.lexicon import Lexicon
from tracer.evaluation.simulator.substitution import EDITOR, swapped
from tracer.evaluation.simulator.tables import table

_MOST_WORDS = 11
_DROPPED = re.compile(r" \([^()]*\)|, (?:a|an|the) [^,]*,|[“”]")
_STOP = re.compile(r"[;:]|,? (?:that|which|who|because|after|while|where|to|for|in|on) ")


def headline(lines: Sequence[Line], place: int = 0) -> str:
    """The beginning of a sentence, up to a place where it can stop; empty for a text without lines."""
    texts = [line.text for line in lines if not line.is_furniture]
    if not texts:
        return ""
    text = _DROPPED.sub("", texts[min(place, len(texts) - 1)]).strip().rstrip(".,!?")
    words = text.split(" ")
    if len(words) <= _MOST_WORDS:
        return capitalised(text)
    cut = " ".join(words[:_MOST_WORDS])
    stops = [found.start() for found in _STOP.finditer(cut) if len(cut[: found.start()].split()) >= 4]  # noqa: PLR2004
    return capitalised(cut[: stops[-1]] if stops else cut)


def retitled(title: str, lines: Sequence[Line], lexicon: Lexicon, rng: Random) -> str:
    """The headline of a derived text: kept in three of ten cases, else reworded or made from one of its sentences."""
    known = table("newsroom")["headline"]
    draw = rng.random()
    if draw < 0.3:  # noqa: PLR2004
        return title
    base = title if draw < 0.6 and title else headline(lines, rng.randrange(3))  # noqa: PLR2004
    made = swapped(base, lexicon, EDITOR, rng) if chance(rng, 0.6) else base
    return f"{rng.choice(known['prefixes'])}{made}" if chance(rng, 0.5) else f"{made}{rng.choice(known['suffixes'])}"
