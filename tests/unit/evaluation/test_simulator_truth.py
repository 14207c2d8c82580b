"""What the simulator says is true of its articles is true of them."""

from __future__ import annotations

import re
from itertools import combinations

import networkx
import pytest
from base_articles import base_articles, grown

from tracer.domain import Article, InputError, Span
from tracer.evaluation.simulator import SimulationSettings, simulate
from tracer.split import WordClass, parse_article

RUNS = [(seed, filler) for filler in ("easy", "hard", "both") for seed in range(3)]
each_run = pytest.mark.parametrize(("seed", "filler"), RUNS)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _alike(one: str, other: str) -> int:
    """Words that two stretches have in common, however ordered."""
    return len(set(_words(one)) & set(_words(other)))


@each_run
def test_families_and_passages_point_at_sentences_of_one_source(seed, filler):
    """Spans lie inside the texts, hold no stray space at their ends, and what they cover shares words."""
    made = grown(seed, filler)
    texts = {article.id: article.text for article in made.articles}
    for family in made.truth.families:
        covered = [texts[member["article"]][member["start"] : member["stop"]] for member in family["members"]]
        assert len({member["article"] for member in family["members"]}) > 1
        assert all(text and text == text.strip() for text in covered)
    for passage in made.truth.passages:
        left = texts[passage["left"]][passage["left_start"] : passage["left_stop"]]
        right = texts[passage["right"]][passage["right_start"] : passage["right_stop"]]
        assert left
        assert right
        assert _alike(left, right) >= min(2, len(_words(left)), len(_words(right)))


@each_run
def test_the_graph_has_no_circle_and_names_what_exists(seed, filler):
    made = grown(seed, filler)
    known = {article.id for article in made.articles} | {source["id"] for source in made.truth.sources}
    graph = networkx.DiGraph([(edge["source"], edge["target"]) for edge in made.truth.edges])
    assert networkx.is_directed_acyclic_graph(graph)
    assert set(graph) <= known
    for source in made.truth.sources:
        assert set(source["children"]) <= {article.id for article in made.articles}


@each_run
def test_directed_pairs_are_paths_of_the_graph_and_direct_ones_are_edges(seed, filler):
    truth = grown(seed, filler).truth
    drawn = networkx.DiGraph(
        [(edge["source"], edge["target"]) for edge in truth.edges if edge["relation"] == "draws_on"]
    )
    for pair in truth.pairs:
        if pair["origin"] in ("left→right", "right→left"):
            ends = (pair["left"], pair["right"]) if pair["origin"] == "left→right" else (pair["right"], pair["left"])
            assert networkx.has_path(drawn, *ends)
            assert drawn.has_edge(*ends) == (pair["immediacy"] == "direct") or pair["immediacy"] is None
            if pair["immediacy"] == "through unseen":
                between = {step for path in networkx.all_simple_paths(drawn, *ends) for step in path[1:-1]}
                assert any(step.startswith("unseen:") for step in between)
        elif pair["origin"] == "common source":
            common = networkx.ancestors(drawn, pair["left"]) & networkx.ancestors(drawn, pair["right"])
            assert common


@each_run
def test_statement_neighbours_share_no_run_of_their_own(seed, filler):
    """A pair of kind statement has quoted words in common, but not six narrative words in a row."""
    made = grown(seed, filler)
    parsed = {article.id: parse_article(article, "en") for article in made.articles}
    quoting = {text for source in made.truth.sources if source["kind"] == "statement" for text in source["children"]}
    for pair in made.truth.pairs:
        if pair["kind"] != "statement" or not {pair["left"], pair["right"]} <= quoting:
            continue
        runs = [_narrative_runs(parsed[pair[side]]) for side in ("left", "right")]
        assert not runs[0] & runs[1]


def _narrative_runs(parsed, size: int = 6) -> set[tuple[str, ...]]:
    words, classes = parsed.tokens.words, parsed.classes
    unmarked = _set_off(parsed)
    own = [classes[place] == WordClass.NARRATIVE and place not in unmarked for place in range(len(words))]
    return {words[place : place + size] for place in range(len(words) - size + 1) if all(own[place : place + size])}


def _set_off(parsed) -> set[int]:
    """Words of paragraphs behind a colon, which the neighbour prints without marks."""
    places, text = set(), parsed.article.text
    for found in re.finditer(r"(?m)(?::\s*\n+|^[A-Z .'’´]+: )(.+)$", text):
        places |= set(parsed.tokens.within(_span(found)))
    return places


def _span(found):
    return Span(*found.span(1))


@each_run
def test_unrelated_articles_share_no_run_at_all(seed, filler):
    made = grown(seed, filler)
    texts = {article.id: _words(article.text) for article in made.articles}
    for pair in made.truth.pairs:
        if pair["kind"] == "none" and pair["recipe"] != "stranger":
            runs = [
                {tuple(texts[pair[side]][i : i + 8]) for i in range(len(texts[pair[side]]) - 7)}
                for side in ("left", "right")
            ]
            assert not runs[0] & runs[1]


@each_run
def test_pairs_are_listed_once_with_all_their_keys(seed, filler):
    made = grown(seed, filler)
    listed = [frozenset((pair["left"], pair["right"])) for pair in made.truth.pairs]
    assert len(set(listed)) == len(listed)
    for pair in made.truth.pairs:
        assert pair["left"] < pair["right"]
        assert {"story", "recipe", "filler", "lexicon", "base"} <= pair.keys()
        assert pair["origin"] is None or pair["kind"] == "lineage"
        assert pair["filler"] in ("easy", "hard")
        assert pair["lexicon"] in ("a", "b")


def test_a_root_that_is_not_handed_in_is_a_source_and_no_article():
    made = grown(1, "easy", unseen=1.0)
    ids = {article.id for article in made.articles}
    sources = {source["id"] for source in made.truth.sources}
    assert made.truth.stories
    for story in made.truth.stories:
        unseen = {root for root in story["roots"] if root not in ids}
        assert unseen
        assert unseen <= sources
        assert all(root.removeprefix("unseen:") not in ids for root in unseen)


def test_siblings_of_an_unseen_root_have_a_common_source():
    made = grown(1, "easy", "cut", unseen=1.0)
    assert any(pair["origin"] == "common source" for pair in made.truth.pairs)


def test_every_article_with_a_date_but_wrong_clocks_is_later_than_its_source():
    settings = SimulationSettings(stories=4, articles_low=5, articles_high=9, undated=0, wrong_clocks=0, day_only=0)
    made = simulate(base_articles(), settings)
    moment = {article.id: article.published.start for article in made.articles}
    steps = [(e["source"], e["target"]) for e in made.truth.edges if e["relation"] == "draws_on"]
    seen = [(source, target) for source, target in steps if source in moment and target in moment]
    assert seen
    assert all(moment[source] < moment[target] for source, target in seen)


def test_shares_of_undated_articles_and_wrong_clocks_are_kept():
    settings = SimulationSettings(stories=4, articles_low=5, articles_high=9, undated=1.0)
    assert all(article.published.start is None for article in simulate(base_articles(), settings).articles)


def test_stories_have_as_many_articles_as_asked_for():
    settings = SimulationSettings(stories=3, articles_low=6, articles_high=6, filler="easy")
    made = simulate(base_articles(), settings)
    assert [len(story["articles"]) for story in made.truth.stories] == [6, 6, 6]


def test_no_two_articles_of_different_stories_share_a_sentence():
    made = grown(2, "easy")
    story_of = {name: story["id"] for story in made.truth.stories for name in story["articles"]}
    words = {article.id: _words(article.text) for article in made.articles}
    runs = {name: {tuple(w[i : i + 8]) for i in range(len(w) - 7)} for name, w in words.items()}
    for one, other in combinations(sorted(runs), 2):
        if story_of[one] != story_of[other]:
            assert not runs[one] & runs[other]


def test_base_texts_that_do_not_do_are_told():
    glued = Article("glued", "The harbour was closed on Monday.Ships waited outside.Nobody knew why.It rained.")
    spanish = Article("es", "La ciudad aprobó el plan.", language="es")
    made = simulate([*base_articles(), glued, spanish], SimulationSettings(stories=40, filler="easy"))
    told = " ".join(entry.reason for entry in made.skipped)
    assert "glued: " in told
    assert "es: the simulator writes English only" in told


def test_nothing_to_grow_from_is_an_input_error():
    with pytest.raises(InputError, match="no base text can carry a story"):
        simulate(base_articles()[:1], SimulationSettings())
