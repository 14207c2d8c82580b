"""Invented newsrooms for the property tests.

Sentences are composed from small word lists, articles from sentences, newsrooms from articles that copy one another.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st

from tracer.domain import UNDATED, Article, ArticleKind, Precision, Published

MODEST = settings(derandomize=True, deadline=None, max_examples=30, database=None)
"""Reproducible, untimed, small enough for every run."""
FEW = settings(MODEST, max_examples=12)
"""For properties that trace a whole newsroom several times."""

_SHIPS = ("Gudrun", "Ottar", "Brynhild", "Torunn", "Kolbein", "Hallgerd")
_PLACES = ("Hollin", "Wick", "Dunmore", "Stavern", "Molde", "Skagen")
_THINGS = ("bronze bell", "brass compass", "herring barrel", "canvas awning", "harmonium", "weather vane")
_PEOPLE = ("harbour master", "cheesemaker", "second engineer", "ropewalker", "organ tuner", "ferry cook")
_DEEDS = ("mislaid", "auctioned", "repainted", "buried", "gilded", "hid")
_TIMES = ("before dawn", "after vespers", "during the hailstorm", "on market day", "at low tide", "past midnight")
_FORMS = (
    "The {person} of {place} {deed} the {thing} of the {ship} {time}",
    "Nobody in {place} believes that the {person} {deed} a {thing} {time}",
    "Aboard the {ship} a {person} had {deed} the {thing}, and {place} talked of little else",
    "When the {ship} reached {place} {time}, her {person} {deed} the last {thing}",
    "A jury in {place} heard how one {person} {deed} every {thing} {time}",
    "Two villages near {place} have sued over the {thing} that the {person} {deed}",
)
_SPEAKERS = ("Odd Grimsey", "Ann Lee", "Petra Olm")
_OUTLETS = ("Hollin Post", "Dunmore Echo", "Wick Times", "Skagen Mail", "CNN", None)
_SWAPS = {"deed": "did", "the": "this", "village": "hamlet", "last": "final", "every": "each", "talked": "spoke"}
STOCK = "The talks are expected to resume next week, officials said on Monday."
"""A commonplace that any report may hold."""

sentences = st.builds(
    lambda form, ship, place, thing, person, deed, time: (
        form.format(ship=ship, place=place, thing=thing, person=person, deed=deed, time=time) + "."
    ),
    *(st.sampled_from(words) for words in (_FORMS, _SHIPS, _PLACES, _THINGS, _PEOPLE, _DEEDS, _TIMES)),
)

stories = st.lists(sentences, min_size=4, max_size=9, unique=True)

stamps = st.one_of(
    st.just(UNDATED),
    st.builds(
        lambda hours, precision: Published(datetime(2031, 5, 2, tzinfo=UTC) + timedelta(hours=hours), precision),
        st.integers(0, 96),
        st.sampled_from([Precision.MINUTE, Precision.HOUR]),
    ),
)

raw_texts = st.text(
    # Any code point, lone surrogates too: text from the web is hostile. Weighted towards what the view must handle.
    alphabet=st.one_of(
        st.characters(exclude_categories=()),
        st.sampled_from("aé\u0301\u00ad\u200d\ufe0f’´“”Ã©â€™ 中Ｆİß.'-0"),
    ),
    max_size=60,
)


@st.composite
def retold(draw: st.DrawFn, sentence: str) -> str:
    """A sentence as another paper may print it: as it was, with a word swapped, cut short, or in quotation marks."""
    how = draw(st.sampled_from(["as is", "as is", "swapped", "cut", "quoted"]))
    words = sentence.rstrip(".").split()
    if how == "swapped":
        place = draw(st.integers(0, len(words) - 1))
        words[place] = _SWAPS.get(words[place], "quietly")
    elif how == "cut":
        words = words[: draw(st.integers(6, len(words)))]
    elif how == "quoted":
        return f"“{' '.join(words)},” said {draw(st.sampled_from(_SPEAKERS))}."
    return " ".join(words) + "."


@st.composite
def texts_from(draw: st.DrawFn, pool: list[str]) -> str:
    """A text of some of the pool's sentences, in any order, retold."""
    chosen = draw(st.lists(st.sampled_from(pool), min_size=1, max_size=len(pool), unique=True))
    told = [draw(retold(sentence)) for sentence in chosen]
    credit = draw(st.sampled_from(["", "", " The Hollin Post reported.", " That is so, according to Reuters."]))
    joiner = draw(st.sampled_from([" ", "\n\n"]))
    return joiner.join(told) + credit


@st.composite
def newsrooms(draw: st.DrawFn) -> list[Article]:
    """Two to four articles that share a pool of sentences; ids are ``a``, ``b`` and so on."""
    pool = draw(stories)
    count = draw(st.integers(2, 4))
    return [
        Article(
            "abcd"[number],
            draw(texts_from(pool)),
            outlet=draw(st.sampled_from(_OUTLETS)),
            published=draw(stamps),
            language="en",
        )
        for number in range(count)
    ]


@st.composite
def marked_newsrooms(draw: st.DrawFn) -> list[Article]:
    """The same, each article handed in as one thing or another; the first as a statement."""
    first, *others = draw(newsrooms())
    kinds = st.sampled_from([ArticleKind.ARTICLE, ArticleKind.ARTICLE, *ArticleKind])
    return [replace(first, kind=ArticleKind.STATEMENT), *(replace(other, kind=draw(kinds)) for other in others)]


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Article, Article]:
    """Two articles on one pool of sentences."""
    one, other, *_ = draw(newsrooms())
    return one, other


def under(article: Article, name: str) -> Article:
    """The same article under another id."""
    return replace(article, id=name)
