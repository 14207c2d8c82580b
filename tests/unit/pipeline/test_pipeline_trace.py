"""The public entry: what goes in, what comes out, what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tracer.candidates import CandidateSettings
from tracer.domain import Article, InputError, Precision, Published, SettingsError, SkippedArticle
from tracer.pipeline import Settings, Trace, trace
from tracer.story import StorySettings

STORY = (
    "The ferry Gudrun struck the Hollin breakwater before dawn on Tuesday and lost her bronze bell. "
    "Divers from two villages quarrelled over the wreck while the harbour master hid his only winch. "
)
MORE = "Nobody has seen the second engineer since the lamps went out along the northern quay. "
ONE_JOB = Settings(jobs=1)


def at(hours: float) -> Published:
    return Published(datetime(2031, 5, 2, tzinfo=UTC) + timedelta(hours=hours), Precision.MINUTE)


@pytest.mark.parametrize(
    ("articles", "message"),
    [
        ([], r"no usable article among the inputs \(0 skipped\)"),
        ([SkippedArticle("x", 1, "empty")], r"no usable article among the inputs \(1 skipped\)"),
        ([Article("a", STORY), Article("a", MORE)], "two articles have the id 'a'"),
    ],
)
def test_unusable_input_is_refused(articles: list[Article | SkippedArticle], message: str) -> None:
    """Nothing to trace, or ids that are not unique: what is wrong and what to do."""
    with pytest.raises(InputError, match=message):
        trace(articles, ONE_JOB)


def test_skipped_input_is_carried_through() -> None:
    """Sorted by path and line, beside the articles."""
    skipped = [SkippedArticle("b", 2, "empty"), SkippedArticle("a", 9, "no text")]
    result = trace([skipped[0], Article("a", STORY), skipped[1]], ONE_JOB)
    assert result.skipped == (skipped[1], skipped[0])
    assert [article.id for article in result.articles] == ["a"]


def same(one: Trace, other: Trace) -> bool:
    return [(list(story.articles), story.graph) for story in one.stories] == [
        (list(story.articles), story.graph) for story in other.stories
    ]


def test_the_same_articles_give_the_same_trace() -> None:
    """Twice over, in any order, from a list or a generator."""
    articles = [Article("a", STORY + MORE, "Post"), Article("b", STORY, "Echo"), Article("c", MORE, "Mail")]
    first = trace(articles, ONE_JOB)
    assert same(first, trace(articles, ONE_JOB))
    assert same(first, trace((article for article in reversed(articles)), ONE_JOB))
    assert list(first.parsed) == ["a", "b", "c"]


def test_dates_can_be_left_out_of_the_evidence() -> None:
    """The articles keep theirs; no clue and no lag uses them."""
    articles = [Article("a", STORY, published=at(0)), Article("b", STORY, published=at(9))]
    dated, undated = trace(articles, ONE_JOB), trace(articles, Settings(jobs=1, use_dates=False))

    def names(result: Trace) -> set[str]:
        return {clue.name for story in result.stories for pair in story.graph.comparisons for clue in pair.clues()}

    assert "time" in names(dated)
    assert "time" not in names(undated)
    assert [article.published for article in undated.articles] == [at(0), at(9)]


@pytest.mark.parametrize(
    ("hours", "expected"),
    [((0, 5), {"b": "a"}), ((5, 0), {"a": "b"}), ((None, None), {"b": "a"}), ((None, 3), {"a": "b"})],
)
def test_a_later_version_goes_back_to_the_earlier(
    hours: tuple[float | None, float | None], expected: dict[str, str]
) -> None:
    """By date, undated last, then by id; no edge joins the two."""
    stamps = [at(hour) if hour is not None else Published() for hour in hours]
    articles = [
        Article("a", STORY, "Post", published=stamps[0]),
        Article("b", STORY + MORE, "Post", published=stamps[1]),
    ]
    result = trace(articles, ONE_JOB)
    assert result.version_of == expected
    assert [list(story.articles) for story in result.stories] == [["a", "b"]]
    assert result.stories[0].graph.edges == ()


def test_warnings_name_their_article() -> None:
    """From reading, from splitting, and from a search that had to link along a chain."""
    articles = [
        Article("a", STORY, warnings=("the date was not understood",)),
        Article("b", f"{STORY}\n\nHe said: “Never again."),
        *(Article(f"c{place}", STORY) for place in range(3)),
    ]
    settings = Settings(jobs=1, candidates=CandidateSettings(most_articles=2))
    warnings = trace(articles, settings).warnings
    assert "a: the date was not understood" in warnings
    assert any(warning.startswith("b: 1 quotation never closes") for warning in warnings)
    assert any("stand in more than 2 articles each" in warning for warning in warnings)


def test_all_problems_of_settings_are_told_at_once() -> None:
    """One error that lists them."""
    with pytest.raises(SettingsError) as caught:
        Settings(
            candidates=replace(CandidateSettings(), most_articles=0),
            story=StorySettings(-1),
            jobs=0,
            engine="abacus",
            master="spark://hollin:7077",
            language="english",
        )
    assert len(caught.value.problems) == 6
    told = ("most_articles", "seed", "jobs", "abacus", "hollin", "english")
    assert all(word in str(caught.value) for word in told)


@pytest.mark.parametrize("language", [None, "en", "de"])
def test_a_language_code_overrides_detection(language: str | None) -> None:
    """Two letters, or detection."""
    result = trace([Article("a", STORY)], Settings(jobs=1, language=language))
    assert result.parsed["a"].split.language == (language or "en")


def test_languages_do_not_stand_in_each_others_way() -> None:
    """Arabic, Hindi and English side by side: each pair of equal texts is found."""
    texts = (
        "غادرت السفينة الزرقاء ميناء هولين قبل الفجر يوم الثلاثاء وفقدت جرسها البرونزي في المضيق الشمالي",
        "नीली नाव मंगलवार को भोर से पहले होलिन बंदरगाह से निकली और उत्तरी जलडमरूमध्य में अपनी काँसे की घंटी खो बैठी। "
        "दो गाँवों के गोताखोर मलबे पर झगड़ते रहे और बंदरगाह प्रमुख ने अपनी इकलौती चरखी छिपा दी।",
        STORY,
    )
    articles = [Article(f"{place}{side}", text) for place, text in enumerate(texts) for side in "ab"]
    result = trace(articles, ONE_JOB)
    assert [list(story.articles) for story in result.stories] == [["0a", "0b"], ["1a", "1b"], ["2a", "2b"]]
    assert all(pair.overlap.resemblance == 1 for story in result.stories for pair in story.graph.comparisons)
