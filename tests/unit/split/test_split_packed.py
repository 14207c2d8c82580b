"""Split articles as they travel: they come back equal, whatever has been read of them on the way."""

from __future__ import annotations

import pickle
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pytest

from tracer.domain import Article, ArticleKind, Precision, Published, SourceKind, SourceName, Span
from tracer.split import ParsedArticle, Quotation, SplitText, parse_article, split_article
from tracer.split.columns import Columns

_TEXT = (
    "ARDLEY, May 3 (Reuters) - Mayor Ann Lee told the Guardian that the bridge would close for a year.\n"
    "“It is old,” she said. “It has to go,” Bob Roe said in a statement.\n"
    "Cy Poe, Di Fay, Ed Gum, Flo Hay, Gus Ivy, Hal Jot, Ida Kay and Jan Low of Wick were there, according to Reuters.\n"
    "“Nobody else said a word about it\n"
    "(With inputs from agencies)"
)


def _back(parsed: ParsedArticle) -> ParsedArticle:
    found: ParsedArticle = pickle.loads(pickle.dumps(parsed, protocol=5))  # noqa: S301 - just made
    return found


@pytest.mark.parametrize("text", [_TEXT, "", "Ann Lee said so."])
def test_split_comes_back_equal(text: str) -> None:
    """With records of all kinds, with none, and when pickled again unread."""
    split = split_article(Article("a", text, title="A bridge", warnings=("damaged",)))
    once = pickle.loads(pickle.dumps(split))  # noqa: S301 - just made
    again = pickle.loads(pickle.dumps(once))  # noqa: S301 - just made
    assert once == split == again
    assert (hash(once), repr(once)) == (hash(split), repr(split))


def test_sequences_of_a_loaded_split_are_made_once() -> None:
    """When first asked for; what no split has is missing from a loaded one too."""
    split: SplitText = pickle.loads(pickle.dumps(split_article(Article("a", _TEXT))))  # noqa: S301 - just made
    assert split.sentences is split.sentences
    assert replace(split, language="de").quotations == split.quotations
    for name in ("speakers", "_nothing", "__len__"):
        with pytest.raises(AttributeError, match=name):
            getattr(split, name)


@pytest.mark.parametrize("text", [_TEXT, "Ash fell.\n\nRead more\n\n“No,” said Orla Finch.", ""])
@pytest.mark.parametrize("language", ["en", "xx"])
def test_words_come_back_equal(text: str, language: str) -> None:
    """With surprisal and, where a language has no model, without; page furniture, and no words, among the rest."""
    parsed = parse_article(Article("a", text, language=language))
    found = _back(_back(parsed))
    assert found.split == parsed.split
    assert found.tokens.words == parsed.tokens.words
    for ours, theirs in (
        (parsed.tokens.starts, found.tokens.starts),
        (parsed.tokens.stops, found.tokens.stops),
        (parsed.tokens.ids, found.tokens.ids),
        (parsed.classes, found.classes),
        (parsed.sentence_of, found.sentence_of),
        (parsed.surprisal, found.surprisal),
        (parsed.model_places, found.model_places),
    ):
        assert ours.dtype == theirs.dtype
        np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize(
    "published",
    [
        Published(),
        Published(datetime(2021, 5, 3, 14, 5, 6, 789, tzinfo=UTC), Precision.MINUTE),
        Published(datetime(2021, 5, 3, tzinfo=timezone(timedelta(hours=-3, minutes=-30))), Precision.DAY),
    ],
)
def test_article_comes_back_equal(published: Published) -> None:
    """With all its fields, but for the origins, and to the microsecond."""
    given = ("outlet", "title", published, "url", "en", "byline", "group", "path", 7, ("damaged",), ("TASS",))
    article = Article("a", "Ann Lee said so. \ud800", *given, ArticleKind.STATEMENT, (("outlet", "column b"),))
    left_out = [field.name for field in fields(article) if getattr(article, field.name) == field.default]
    assert left_out in ([], ["published"])
    found: Article = pickle.loads(pickle.dumps(article, protocol=5))  # noqa: S301 - just made
    assert found == article
    assert found.published.isoformat() == published.isoformat()
    assert isinstance(found.kind, ArticleKind)
    assert found.origins == ()


def test_columns_hold_plain_values() -> None:
    """A span or a source that a record may lack is ``None`` or all its values."""
    lee = SourceName("Ann Lee", SourceKind.PERSON)
    records = [Quotation(Span(1, 4), 0), Quotation(Span(6, 9), 1, speaker=lee, speaker_span=Span(9, 9))]
    columns = Columns(Quotation)
    laid = columns.of(records)
    assert laid[:3] == ((1, 6), (4, 9), (0, 1))
    assert laid[-4:-2] == ((None, ("Ann Lee", "person")), (None, (9, 9)))
    assert all(type(value) is str for value in laid[-4][1])
    assert columns.records(laid) == tuple(records)
    assert columns.of([]) == columns.records(()) == ()
