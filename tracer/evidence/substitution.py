"""The substitution clue: which of two readings goes better with its neighbours?"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tracer.align import Passage, matched_runs
from tracer.evidence.house_style import same_but_for_style
from tracer.evidence.ledger import Observation
from tracer.evidence.readings import Reading, slip_between, variant_readings
from tracer.split import ParsedArticle, WordClass
from tracer.text import Background, background

_CONTEXT = 2
_LONGEST_READING = 4
_CLIP = 6.0
_RARITY_SHARE = 0.3
"""Some who put one word for another reach for rarer words, some for plainer ones: rarity counts, but little."""
_TOPIC_SHARE = 0.3


def substitutions(left: ParsedArticle, right: ParsedArticle, passages: Sequence[Passage]) -> Iterator[Observation]:
    """The ``substitution`` clue.

    For each place where both sides have one to four words, not more than one word longer on one side, the two
    readings are scored by the background model with two words of context on either side (see :class:`_Model`). A place
    counts by the difference, clipped to ±``_CLIP`` nats; the clue's strength is their sum over the square root of the
    sum of their sizes, so that it grows with the root of their number and shrinks where they contradict one another.
    House style, numbers, names, slips and the same letters cut into words otherwise do not count. Nothing where the
    language has no model.
    """
    counts = background(left.split.language)
    if counts is None or left.split.language != right.split.language:
        return
    places = [readings for readings in variant_readings(left, right, passages) if _is_substitution(*readings)]
    if not places:
        return
    topic: Counter[str] = Counter()
    for run, _ in (run for passage in passages for run in matched_runs(passage)):
        topic.update(left.tokens.words[run.start : run.stop])
    model = _Model(counts, topic)
    fits = model.fits([(reading, _words_behind(*readings)) for readings in places for reading in readings])
    scored = [
        (max(-_CLIP, min(_CLIP, fit - other)), ours, theirs)
        for (ours, theirs), fit, other in zip(places, fits[::2], fits[1::2], strict=True)
    ]
    size = math.fsum(abs(score) for score, _, _ in scored)
    scale = 1.0 / math.sqrt(max(1.0, size))
    for score, ours, theirs in scored:
        likelier, other = (ours, theirs) if score > 0 else (theirs, ours)
        sentence = f"“{likelier.shown}” fits its sentence better than “{other.shown}”, which looks substituted"
        yield Observation("substitution", score * scale, sentence, ours.span, theirs.span)


def _is_substitution(ours: Reading, theirs: Reading) -> bool:
    shorter, longer = sorted((len(ours.place), len(theirs.place)))
    return (
        shorter > 0
        and longer <= min(_LONGEST_READING, shorter + 1)
        and "".join(ours.words) != "".join(theirs.words)
        and not any(char.isdigit() for word in ours.words + theirs.words for char in word)
        and not (_names_somebody(ours) or _names_somebody(theirs))
        and not slip_between(ours, theirs)
        and not same_but_for_style(ours.words, theirs.words, ours.article.split.language)
    )


def _names_somebody(reading: Reading) -> bool:
    return bool((reading.article.classes[reading.place.start : reading.place.stop] == WordClass.NAME).any())


def _words_behind(ours: Reading, theirs: Reading) -> int:
    """How many of the next words the two sides have in common, at most ``_CONTEXT``."""
    left, right = (
        reading.article.tokens.words[reading.place.stop : reading.place.stop + _CONTEXT] for reading in (ours, theirs)
    )
    same = [one == other for one, other in zip(left, right, strict=False)]
    return same.index(False) if False in same else len(same)


@dataclass(frozen=True, slots=True)
class _Model:
    """The background model, and how often each word stands in what the two articles share: their topic.

    The words that both sides have were there before either was changed, so they favour neither; and nothing outside
    the pair takes part, so that other articles change nothing.
    """

    background: Background
    topic: Counter[str]

    def fits(self, readings: Sequence[tuple[Reading, int]]) -> list[float]:
        """How likely each reading and so many words behind it are: what context adds, and how usual the words are.

        Context is log P(word | two words before) less log P(word). Usual is the log of a mixture (``_TOPIC_SHARE``)
        of background and topic, of which ``_RARITY_SHARE`` counts, so that a rare word is held against a reading in
        part, and less where the article is about it. The model is asked once about all of them.
        """
        starts = [max(0, reading.place.start - _CONTEXT) for reading, _ in readings]
        stretches = [
            reading.article.tokens.ids[start : reading.place.stop + behind]
            for start, (reading, behind) in zip(starts, readings, strict=True)
        ]
        ends = np.cumsum([0, *map(len, stretches)])
        ids = np.concatenate(stretches)
        alone, known = self.background.word_log_probabilities(ids), self.background.log_probabilities(ids, ends)
        fits = []
        for (reading, _), start, first, stop in zip(
            readings, starts, ends[:-1].tolist(), ends[1:].tolist(), strict=True
        ):
            begin = first + reading.place.start - start
            fits.append(self._fit(reading, alone[begin : begin + len(reading.place)], known[begin:stop]))
        return fits

    def _fit(self, reading: Reading, alone: npt.NDArray[np.float64], known: npt.NDArray[np.float64]) -> float:
        """The fit of a reading from the log-probabilities of its words, and of these and those behind in context."""
        local = np.array([self.topic[word] for word in reading.words]) / max(1, self.topic.total())
        usual = np.log((1 - _TOPIC_SHARE) * np.exp(alone) + _TOPIC_SHARE * local)
        return float(np.sum(known) - np.sum(alone) + _RARITY_SHARE * np.sum(usual))
