"""Base texts: which sentences of which given articles can carry a story."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from tracer.domain import Article, SkippedArticle
from tracer.evaluation.simulator.drafts import Line, Unit, own_words, quoted_words, units_of
from tracer.split import Quotation, SplitText, split_article

_DOUBLE = '“”„‟«»"＂'
_LOOSE = "\x00"
_FOLD = {ord(mark): _LOOSE for mark in _DOUBLE} | {ord(mark): "'" for mark in "’‘ʼ‛´`′＇"}
_SINGLE = "’‘'"
_GLUED = re.compile(r"[a-z][.!?][”']?[A-Z][a-z]|[a-z]{2}[A-Z][a-z]|\w [.,;] ?\w|[.,;:!?]{2}")
_CONTACT = re.compile(r"\d{3}[-/.) ]+\d{3}-\d{4}|www\.|https?:|@|^Contacts?\b|IMMEDIATE RELEASE", re.IGNORECASE)
_LOST_MARKS = re.compile(r"[A-Za-z]  +[A-Za-z]")
_DATELINE = re.compile(r"(?:\(?[A-Z][A-Za-z.]+,? ?){1,4}\)? ?(?:\([A-Za-z/]+\) ?)?(?:[-–—]{1,2}|\.\.\.) +(?=[A-Z“])")
_FIRST_PERSON = re.compile(r"\b(?:I|I'm|I've|we|We|my|My|our|Our)\b")
_FEWEST_WORDS, _MOST_WORDS = 5, 60
_FEWEST_UNITS, _MOST_UNITS = 5, 40
_LONGEST_TEXT = 60_000
_RUN = 8
_MOST_REPEATED = 1 / 3
_MOST_FIRST_PERSON = 0.15
_RICH_UNITS, _RICH_QUOTED = 8, 10
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class BaseText:
    """The usable part of a base text.

    ``units`` are its sentences, grouped so that no quotation is torn, with ids ``<base id>#<number>`` as origins.
    ``speakers`` names the speaker of each sentence that holds quoted words (``""`` when the text does not say).
    """

    id: str
    title: str
    published: datetime | None
    units: tuple[Unit, ...]
    speakers: dict[str, str]

    @property
    def is_rich(self) -> bool:
        """Whether it can carry a story: enough sentences, and a quotation among them."""
        quoted = sum(len(quoted_words(line)) for unit in self.units for line in unit)
        return len(self.units) >= _RICH_UNITS and quoted >= _RICH_QUOTED


def base_texts(articles: Iterable[Article], skipped: list[SkippedArticle]) -> Iterator[BaseText]:
    """The usable base texts in the order given, with what cannot be used told in ``skipped``. Lazy.

    Sentences that stand in an earlier text too, or earlier in the same (eight words in a row), are left out, so that
    texts share no words but those that the story gives them; a text that mostly repeats earlier ones is skipped.
    """
    seen: set[tuple[str, ...]] = set()
    for article in articles:
        made = usable_text(article)
        if isinstance(made, BaseText):
            made = _without_repeats(made, seen)
        if isinstance(made, BaseText):
            yield made
        else:
            skipped.append(SkippedArticle(article.path, article.line or 0, f"{article.id}: {made}"))


def usable_text(article: Article) -> BaseText | str:
    """The usable sentences of an article, or why it carries none. Linear in its length."""
    if article.language not in (None, "en"):
        return f"the simulator writes English only, and this is {article.language!r}"
    if len(article.text) > _LONGEST_TEXT:
        return f"longer than {_LONGEST_TEXT:,} characters"
    if "'" not in article.text.translate(_FOLD) and _LOOSE not in article.text.translate(_FOLD):
        return "no apostrophe and no quotation mark in it: its marks were lost"
    split = split_article(replace(article, language="en"), "en")
    lines = list(_lines(split))
    plain = [line for line in lines if not (line.inside or "“" in line.text)]
    if sum(bool(_FIRST_PERSON.search(line.text)) for line in plain) > _MOST_FIRST_PERSON * max(1, len(plain)):
        return "a speech or letter, not a report"
    units = tuple(unit for unit in units_of(lines) if _is_balanced(unit))[:_MOST_UNITS]
    if len(units) < _FEWEST_UNITS:
        return f"{len(units)} usable sentences, and at least {_FEWEST_UNITS} are needed"
    kept = {line.origins[0] for unit in units for line in unit}
    title = _SPACES.sub(" ", article.title or "").strip()
    speakers = {origin: name for origin, name in _speakers(split).items() if origin in kept}
    return BaseText(article.id, title, article.published.start, units, speakers)


def _lines(split: SplitText) -> Iterator[Line]:
    """The usable sentences. Tied to the one before is what a quotation runs into, and what only says who spoke."""
    raw = _marked(split)
    paragraph, broken, depth, after_quote = -1, False, False, False
    for number, sentence in enumerate(split.sentences):
        text = _SPACES.sub(" ", raw[sentence.span.start : sentence.span.stop]).strip()
        opens = sentence.paragraph != paragraph
        if opens:
            paragraph, broken, depth, after_quote = sentence.paragraph, False, False, False
            text = _DATELINE.sub("", text[:60], count=1) + text[60:] if _DATELINE.match(text) else text
        inside, tied = depth, depth or (after_quote and len(text.split()) < _FEWEST_WORDS)
        depth = depth if "“" not in text and "”" not in text else text.rfind("“") > text.rfind("”")
        after_quote = inside or "“" in text
        source = raw[sentence.span.start : sentence.span.stop]
        bad = sentence.boilerplate or _is_unusable(source, text, tied)
        if bad or (tied and broken):
            broken = True
            if tied:
                yield Line("", (f"{split.article.id}#{number}",), tied=True)
            continue
        broken = False
        yield Line(text, (f"{split.article.id}#{number}",), opens=opens, inside=inside, tied=tied)


def _marked(split: SplitText) -> str:
    """The raw text, same length or shorter nowhere, with the marks of known quotations turned the right way."""
    text = split.article.text
    chars = list(text.translate(_FOLD))
    for quotation in split.quotations:
        _turn(chars, text, quotation)
    return "".join(chars)


def _turn(chars: list[str], text: str, quotation: Quotation) -> None:
    start, stop = quotation.span.start, quotation.span.stop
    while start > 0 and text[start - 1].isspace():
        start -= 1
    while stop < len(text) and text[stop].isspace():
        stop += 1
    if start > 0 and text[start - 1] in _DOUBLE + _SINGLE:
        chars[start - 1] = "“"
        if start > 1 and text[start - 2 : start] in ("''", "‘‘", "``"):
            chars[start - 2] = " "
    if quotation.closed and stop < len(text) and text[stop] in _DOUBLE + _SINGLE:
        chars[stop] = "”"
        if text[stop : stop + 2] in ("''", "’’"):
            chars[stop + 1] = " "


def _is_unusable(source: str, text: str, tied: bool) -> bool:
    words = text.split()
    if not (1 if tied else _FEWEST_WORDS) <= len(words) <= _MOST_WORDS or _LOOSE in text:
        return True
    if not (text[0].isupper() or text[0] in "“$" or text[0].isdigit() or tied):
        return True
    if text.rstrip("”')")[-1:] not in (".", "?", "!") and not text.endswith((",”", "—")):
        return True
    letters = [char for char in text if char.isalpha()]
    shouting = sum(char.isupper() for char in letters) > len(letters) / 2
    torn = text.count("(") != text.count(")")
    patterns = (_GLUED, _CONTACT)
    return shouting or torn or any(pattern.search(text) for pattern in patterns) or bool(_LOST_MARKS.search(source))


def _is_balanced(unit: Unit) -> bool:
    """Whether every quotation of the unit opens and closes in it, and no sentence of it was unusable."""
    if not all(line.text for line in unit) or unit[0].tied:
        return False
    depth = 0
    for char in "".join(line.text for line in unit):
        depth += (char == "“") - (char == "”")
        if depth not in (0, 1):
            return False
    return depth == 0


def _speakers(split: SplitText) -> dict[str, str]:
    found: dict[str, str] = {}
    quotations = iter(split.quotations)
    current = next(quotations, None)
    for number, sentence in enumerate(split.sentences):
        while current is not None and current.span.stop <= sentence.span.start:
            current = next(quotations, None)
        if current is not None and current.span.start < sentence.span.stop:
            found[f"{split.article.id}#{number}"] = current.speaker.name if current.speaker else ""
    return found


def _without_repeats(base: BaseText, seen: set[tuple[str, ...]]) -> BaseText | str:
    kept = []
    fresh: set[tuple[str, ...]] = set()
    for unit in base.units:
        words = [word for line in unit for word in own_words(line) + quoted_words(line)]
        runs = {tuple(words[place : place + _RUN]) for place in range(max(1, len(words) - _RUN + 1))}
        if not (runs & seen or runs & fresh):
            kept.append(unit)
        fresh |= runs
    seen |= fresh
    if len(kept) < max(_FEWEST_UNITS, (1 - _MOST_REPEATED) * len(base.units)):
        return "it mostly repeats an earlier base text, or itself"
    return replace(base, units=tuple(kept))
