"""Quotations and attributions against those labelled by hand (PolNeAR, training part). ``pytest -s`` shows the figures.

A labelled *relation* has a source, a cue and a content, each of any number of spans, and any of them may be missing.
PolNeAR labels far more than words somebody said: wishes, plans, doubts, votes. Recall over all relations is therefore
low by nature; what the tracer needs are the relations with directly quoted words, which have rows of their own.

A *prediction* is a quotation that has a ``speaker_span``, or an attribution. Its span is ``span``, its source
``speaker_span`` or ``name_span`` (where a pronoun speaks: the pronoun's). Its cue is what an attribution's ``span``
holds beside the name. A quotation does not say where its cue stands: it is the word of saying of the act of saying that
has the same speaker, and a quotation told by its layout alone has none.

A prediction and a relation *meet* where the prediction's span shares a code point with the relation's content or cue. A
prediction is right about a role (source or cue) when its words for that role share a code point with those of a
relation that it meets. Precision is the share of predictions with the role that are right; recall the share of
relations with the role about which a prediction is right. A relation is *quoted* when some of its content stands
between double quotation marks.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tracer.domain import Article, Span
from tracer.split import SplitText, split_article
from tracer.split.characters import Characters, Texts
from tracer.split.language import load_language
from tracer.split.quotations import find_stretches
from tracer.split.reading import Reading
from tracer.split.sentences import paragraphs, sentences
from tracer.split.speech import find_sayings

FLOORS = {
    "source precision": 0.86,
    "source recall": 0.28,
    "source recall, quoted": 0.77,
    "cue precision": 0.885,
    "cue recall": 0.255,
    "cue recall, quoted": 0.74,
    "word precision": 0.945,
    "word recall": 0.99,
}
"""A little below what was measured, of quotations and attributions together."""

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_QUOTED = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)")
_QUOTED_END = re.compile(r"[^“”\"]*”")
"""A piece of content that begins inside quotation marks."""


@dataclass(frozen=True)
class Relation:
    """One labelled attribution relation."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    quoted: tuple[Span, ...]
    """The parts of the content between double quotation marks, with the marks."""


@dataclass(frozen=True)
class Prediction:
    """One quotation with a speaker, or one attribution."""

    kind: str
    span: Span
    source: tuple[Span, ...]
    cue: tuple[Span, ...]

    def meets(self, relation: Relation) -> bool:
        return touches([self.span], (*relation.content, *relation.cue))


@dataclass(frozen=True)
class Read:
    """An article with its labels and what was found in it."""

    text: str
    relations: tuple[Relation, ...]
    predictions: tuple[Prediction, ...]
    quotations: tuple[Span, ...]

    def met(self, predictions: Iterable[Prediction]) -> Iterator[tuple[Prediction, Relation]]:
        """All pairs that meet."""
        for prediction in predictions:
            for relation in self.relations:
                if prediction.meets(relation):
                    yield prediction, relation


def touches(some: Iterable[Span], others: Sequence[Span]) -> bool:
    return any(one.overlaps(other) for one in some for other in others)


def spans(labels: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, stop) for start, stop in labels)


def relation_of(label: dict[str, Any], text: str) -> Relation:
    content = spans(label["content"])
    quoted = tuple(part for piece in content for part in quoted_in(text, piece))
    return Relation(spans(label["source"]), spans(label["cue"]), content, quoted)


def quoted_in(text: str, piece: Span) -> Iterator[Span]:
    """Stretches between double marks: from an opening one or the piece's beginning to a closing one or its end."""
    begun = _QUOTED_END.match(text, piece.start, piece.stop)
    if begun:
        yield Span(*begun.span())
    for match in _QUOTED.finditer(text[: piece.stop], begun.end() if begun else piece.start):
        yield Span(*match.span())


def predictions_in(split: SplitText) -> Iterator[Prediction]:
    cues = cues_by_speaker(split.article.text)
    for quotation in split.quotations:
        speaker = quotation.speaker_span
        if speaker is not None:
            yield Prediction("quotations", quotation.span, (speaker,), cues.get(speaker, ()))
    for attribution in split.attributions:
        span, name = attribution.span, attribution.name_span
        beside = (Span(span.start, name.start), Span(name.stop, span.stop))
        yield Prediction("attributions", span, (name,), tuple(side for side in beside if side))


def cues_by_speaker(text: str) -> dict[Span, tuple[Span, ...]]:
    """Words of saying by the words that say who speaks."""
    words, lines, characters = load_language("en"), paragraphs(text), Characters(Texts([text]))
    plain = sentences(text, lines, words, characters)
    reading = Reading(text, characters, words, lines, plain, find_stretches(text, lines, characters))
    found: dict[Span, tuple[Span, ...]] = {}
    for saying in find_sayings(reading):
        if saying.speaker:
            found[saying.speaker.span] = (*found.get(saying.speaker.span, ()), saying.span)
    return found


def read(row: dict[str, Any]) -> Read:
    split = split_article(Article(row["id"], row["text"]), "en")
    relations = tuple(relation_of(label, row["text"]) for label in row["attributions"])
    quotations = tuple(quotation.span for quotation in split.quotations)
    return Read(row["text"], relations, tuple(predictions_in(split)), quotations)


@dataclass
class Rate:
    """How many of some things are right."""

    right: int = 0
    of: int = 0

    def count(self, hits: Iterable[bool]) -> None:
        for hit in hits:
            self.right += hit
            self.of += 1

    @property
    def share(self) -> float:
        return self.right / self.of

    def __str__(self) -> str:
        return f"{self.share:.3f} of {self.of:6,}"


@pytest.fixture(scope="module")
def articles(polnear: Path) -> list[Read]:
    with gzip.open(polnear / "articles.jsonl.gz", "rt", encoding="utf-8") as stream:
        return [read(json.loads(line)) for line in stream]


def precision(articles: Iterable[Read], role: str, kinds: Sequence[str]) -> Rate:
    """Predictions with the role whose words for it overlap those of a relation that they meet."""
    rate = Rate()
    for article in articles:
        asked = [one for one in article.predictions if one.kind in kinds and getattr(one, role)]
        right = {id(one) for one, met in article.met(asked) if touches(getattr(one, role), getattr(met, role))}
        rate.count(id(one) in right for one in asked)
    return rate


def recall(articles: Iterable[Read], role: str, kinds: Sequence[str], *, quoted: bool = False) -> Rate:
    """Relations with the role that a prediction meets whose words for it overlap the relation's.

    With ``quoted`` only relations of which some content stands between double quotation marks.
    """
    rate = Rate()
    for article in articles:
        asked = [one for one in article.relations if getattr(one, role) and (one.quoted or not quoted)]
        pairs = article.met(one for one in article.predictions if one.kind in kinds)
        right = {id(met) for one, met in pairs if touches(getattr(one, role), getattr(met, role))}
        rate.count(id(one) in right for one in asked)
    return rate


def quoted_words(articles: Iterable[Read]) -> tuple[Rate, Rate]:
    """Precision and recall of directly quoted words.

    Precision: of the words inside quotations, with or without a speaker, those in the content of a relation. Recall: of
    the words that stand between double quotation marks in the content of a relation, those inside a quotation. A word
    counts once, however many relations hold it.
    """
    exact, full = Rate(), Rate()
    for article in articles:
        found = words_in(article.text, article.quotations)
        wanted = words_in(article.text, (part for one in article.relations for part in one.quoted))
        content = words_in(article.text, (part for one in article.relations for part in one.content))
        exact.count(word in content for word in found)
        full.count(word in found for word in wanted)
    return exact, full


def words_in(text: str, stretches: Iterable[Span]) -> set[int]:
    return {match.start() for span in stretches for match in _WORD.finditer(text, span.start, span.stop)}


def test_sources_cues_and_words_are_found(articles: list[Read]) -> None:
    """Quotations and attributions together, and each alone. Of the latter "told the Courier" names who was told.

    PolNeAR's source is then whoever told it, and so most attributions by such a cue count as wrong here.
    """
    both = ("quotations", "attributions")
    shares: dict[str, float] = {}
    for role in ("source", "cue"):
        for kinds in (both, *((kind,) for kind in both)):
            rates = {
                "precision": precision(articles, role, kinds),
                "recall": recall(articles, role, kinds),
                "recall, quoted": recall(articles, role, kinds, quoted=True),
            }
            shares |= {f"{role} {name}": rate.share for name, rate in rates.items() if kinds == both}
            shown = "   ".join(f"{name} {rate}" for name, rate in rates.items())
            print(f"{role:6} {'both' if kinds == both else kinds[0]:13} {shown}")
    exact, full = quoted_words(articles)
    shares |= {"word precision": exact.share, "word recall": full.share}
    print(f"words  quotations    precision {exact}   recall {full}")
    assert {name: share for name, share in shares.items() if share < FLOORS[name]} == {}
