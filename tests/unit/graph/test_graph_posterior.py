"""The posterior of a story: what it promises of pairs, tangles, roots and unseen texts."""

from __future__ import annotations

from itertools import combinations, permutations

import pytest
from graph_prose import CHAIN, CLOCKS, COMMON, ONE, SNOW, STORY, THREE, TWO, UNSEEN, edges, parsed, traced

from tracer.align import Member
from tracer.evidence import Direction, compare, shipped_weights
from tracer.graph.lineage import article_edges, resolved_descents
from tracer.graph.medians import with_median_tests
from tracer.graph.posterior import Posterior, _add_pair, _add_tangle, story_descents, story_posterior
from tracer.graph.sampling import Sampled
from tracer.graph.tangles import MOST_ARTICLES, Line, Shared, Tangle, find_tangles
from tracer.story import StoryTrace

P_COMMON = 0.574
WORDS = frozenset(range(30))
COPIES = {
    "a": STORY.replace("bronze bell", "old bell"),
    "b": STORY.replace("two villages", "three hamlets"),
    "c": STORY.replace("second engineer", "first stoker"),
}
"""Three papers with one text, each with words of its own where the two others agree."""


def posterior_of(lines: list[Line], words: dict[tuple[str, str], frozenset[int]] | None = None) -> Posterior:
    """The posterior of one tangle; all articles share all words unless said otherwise."""
    names = tuple(sorted({side for line in lines for side in (line.left, line.right)}))
    found = Posterior()
    known = words or {}
    tangle = Tangle(names, {(line.left, line.right): line for line in lines})
    _add_tangle(found, tangle, lambda source, target: Shared(known.get((source, target), WORDS)), P_COMMON, 0)
    return found


@pytest.mark.parametrize(
    "line",
    [
        Line("a", "b", 0.9, 0.2, 0.7),
        Line("a", "b", 1.0, 0.0, 1.0),
        Line("a", "b", 0.4, 1.0, 0.0),
        Line("a", "b", 1.0, 0.5, 0.25),
    ],
)
def test_two_articles_get_their_own_verdict_back(line: Line) -> None:
    """The short cut for pairs and the sum over orders are one model."""
    short, summed = Posterior(), posterior_of([line])
    _add_pair(short, line)
    assert summed.edges == pytest.approx(short.edges, abs=1e-5)
    assert summed.upstream == pytest.approx(short.upstream, abs=1e-5)
    assert summed.roots == pytest.approx(short.roots, abs=1e-5)
    assert summed.unseen == pytest.approx(short.unseen, abs=1e-5)
    assert short.edges["a", "b"] == line.p_lineage * line.p_left


def test_pairs_without_a_clue_stay_open() -> None:
    """Prior verdicts on all pairs of three equal texts: no order is likelier than another."""
    even = (1 - P_COMMON) / 2
    found = posterior_of([Line(*pair, 1.0, P_COMMON, even) for pair in combinations("abc", 2)])
    assert len({round(found.edges[pair], 9) for pair in permutations("abc", 2)}) == 1
    assert max(found.edges.values()) < 0.3
    assert len({round(chance, 9) for chance in found.roots.values()}) == 1


def test_a_nearer_ancestor_explains_a_farther_one_away() -> None:
    """With the same words the middle one is the parent; the first is upstream all the same."""
    found = posterior_of(
        [Line(*pair, 1.0, 0.02, 0.96) for pair in combinations("abc", 2)], {("a", "c"): frozenset(range(18))}
    )
    assert found.edges["b", "c"] > 0.9
    assert found.edges["a", "c"] < 0.1
    assert found.upstream["a", "c"] > 0.9
    assert found.roots["a"] == max(found.roots.values()) > 0.9


def test_words_that_the_nearer_one_lacks_keep_the_farther_parent() -> None:
    """Two sources, each with words of its own."""
    own = {("a", "c"): frozenset(range(30, 60)), ("b", "c"): WORDS}
    found = posterior_of([Line("a", "c", 1.0, 0.02, 0.96), Line("b", "c", 1.0, 0.02, 0.96)], own)
    assert min(found.edges["a", "c"], found.edges["b", "c"]) > 0.9
    assert found.parents["c"][0][0] == ("a", "b")


def test_many_slight_clues_find_the_root() -> None:
    """No pair of a star is resolved alone; together they put the hub first, likeliest parent of all the others."""
    spokes = [Line("a", name, 1.0, 0.15, 0.68) for name in "bcdef"]
    found = posterior_of([*spokes, *(Line(*pair, 1.0, 0.9, 0.05) for pair in combinations("bcdef", 2))])
    assert found.roots["a"] > 5 * max(found.roots[name] for name in "bcdef")
    assert min(found.edges["a", name] for name in "bcdef") > 0.6


def test_siblings_demand_an_unseen_text() -> None:
    """Three pairs that all say "common source" and nothing else: nobody is a root."""
    found = posterior_of([Line(*pair, 1.0, 0.95, 0.025) for pair in combinations("abc", 2)])
    assert min(found.unseen.values()) > 0.8
    assert max(found.roots.values()) < 0.1
    assert max(found.edges.values()) < 0.1


def test_upstream_is_never_less_likely_than_the_edge() -> None:
    """Whether gone through (four articles), drawn (seven) or sampled (thirteen); all within 0 and 1."""
    for size in (4, 7, 13):
        names = "abcdefghijklm"[:size]
        lines = [Line(*pair, 0.9, 0.1 + 0.05 * place % 0.6, 0.2) for place, pair in enumerate(combinations(names, 2))]
        found = posterior_of(lines)
        assert all(0 <= found.edges[pair] <= found.upstream[pair] <= 1 for pair in found.edges)
        assert all(0 <= chance <= 1 for chance in (*found.roots.values(), *found.unseen.values()))
        assert all(sum(chance for _, chance in sets) == pytest.approx(1.0, abs=1e-3) for sets in found.parents.values())


def test_samples_that_did_not_settle_are_said_to_be_rough(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader is told, with the size and the first article of the tangle."""
    from tracer.graph import posterior  # noqa: PLC0415 - patched below

    real = posterior.sampled_orders
    monkeypatch.setattr(posterior, "sampled_orders", lambda *args: Sampled(real(*args).orders, converged=False))
    found = posterior_of([Line("a", name, 1.0, 0.1, 0.8) for name in "bcdefghijklm"])
    (warning,) = found.warnings
    assert warning.startswith("13 articles around a share one lineage")
    assert "did not settle" in warning
    assert found.unsettled == set("abcdefghijklm")


def test_a_giant_tangle_is_weighed_in_parts() -> None:
    """Cut where lineage is least sure; no part is larger than the bound, and no pair is lost but those cut."""
    chain = {(f"{n:04}", f"{n + 1:04}"): 0.9 - 0.0001 * n for n in range(2 * MOST_ARTICLES)}
    story = [Line(*pair, chance, 0.1, 0.8) for pair, chance in chain.items()]
    from tracer.graph.tangles import _grouped  # noqa: PLC0415 - the cut is not to be had otherwise

    tangles = _grouped({(line.left, line.right): line for line in story})
    assert max(len(tangle.articles) for tangle in tangles) <= MOST_ARTICLES
    assert all(tangle.was_cut for tangle in tangles)
    assert sum(len(tangle.lines) for tangle in tangles) >= len(chain) - 2 * len(tangles)


@pytest.fixture(scope="module")
def chain() -> StoryTrace:
    """A copy of a copy."""
    return traced(*CHAIN)


def test_roots_are_told_for_articles_with_a_lineage(chain: StoryTrace) -> None:
    """The first of a chain; a paper behind an unseen text is none. Where no words are shared, nothing is told."""
    assert chain.graph.roots["a"] > 0.9
    assert max(chain.graph.roots["b"], chain.graph.roots["c"]) < 0.1
    assert traced(*CHAIN[:1]).graph.roots == {}
    assert max(traced(*UNSEEN).graph.roots.values()) < 0.3


def test_tangles_hold_lineage_alone(chain: StoryTrace) -> None:
    """Sorted articles, a line per lineage pair; a story without lineage has none."""
    (tangle,) = find_tangles(chain.graph.comparisons, [])
    assert tangle.articles == ("a", "b", "c")
    assert list(tangle.lines) == [("a", "b"), ("a", "c"), ("b", "c")]
    assert find_tangles(traced(*CHAIN[:1]).graph.comparisons, []) == []


def test_a_story_resolves_a_pair_that_alone_is_open(chain: StoryTrace) -> None:
    """With .7 for this very parent where others speak, else .9; the pair's own verdict stays as it was."""
    articles, judged = chain.articles, list(chain.graph.comparisons)
    open_ = [entry for entry in judged if (entry.left, entry.right) == ("a", "b")]
    assert open_
    weights = shipped_weights()
    posterior = story_posterior(articles, judged, [], weights, 0)
    known = {(entry.source, entry.target) for entry in resolved_descents(articles, judged)}
    assert {(entry.source, entry.target) for entry in story_descents(articles, judged, posterior, weights)} == known
    bare = compare(parsed("x", STORY), parsed("y", STORY), 1.0)
    assert bare.direction is Direction.UNRESOLVED
    pooled = Posterior(edges={("x", "y"): 0.95}, upstream={("x", "y"): 0.97})
    texts = {"x": parsed("x", STORY), "y": parsed("y", STORY)}
    (found,) = story_descents(texts, [bare], pooled, weights)
    (edge,) = article_edges(texts, [found])
    assert (edge.source, edge.target, edge.p_upstream) == ("x", "y", 0.97)
    assert edge.confidence == pytest.approx(0.95 * found.p_direct)
    assert story_descents(texts, [bare], Posterior(edges={("x", "y"): 0.89}), weights) == []
    three = Posterior(edges={("x", "y"): 0.75}, upstream={("x", "y"): 0.8}, pooled={"w", "x", "y"})
    assert [entry.p_parent for entry in story_descents(texts, [bare], three, weights)] == [0.75]
    pooled.unsettled.add("y")
    assert story_descents(texts, [bare], pooled, weights) == []


def test_an_open_pair_gets_no_edge() -> None:
    """Equal texts without a clue, alone or in threes."""
    for names in ("ab", "abc"):
        graph = traced(*(parsed(name, STORY) for name in names)).graph
        assert [ends for ends in edges(graph, "draws_on") if not ends[0].startswith("unseen")] == []


def test_a_sentence_goes_to_the_nearer_wording() -> None:
    """Of two parents, the one that has more of the sentence's words gets more of it."""
    third = f"{THREE} {SNOW} The Hollin Post added."
    story = traced(
        parsed("a", f"{ONE} {SNOW}", "Hollin Post"), parsed("b", TWO, "Dunmore Echo"), parsed("c", third, "Wick Times")
    )
    texts = [sentence.span.of(third) for sentence in story.articles["c"].split.sentences]
    parents = {text: story.graph.parents.get(Member("c", place), ()) for place, text in enumerate(texts)}
    assert parents[next(text for text in texts if "Frogmen" in text)][0].source == "b"
    assert parents[next(text for text in texts if "bandstand" in text)][0].source == "a"


def test_three_deviating_witnesses_speak_for_an_unseen_source() -> None:
    """Each lacks words on which the two others agree: the clue joins all three ledgers."""
    names = {name: parsed(name, text) for name, text in COPIES.items()}
    found = [compare(names[one], names[other], 1.0) for one, other in combinations(sorted(names), 2)]
    for before, after in zip(found, with_median_tests(names, found, shipped_weights()), strict=True):
        assert before.descent is not None
        assert after.descent is not None
        (clue,) = [clue for clue in after.descent.origin.clues if clue.name == "median_test"]
        assert 0 < clue.weight <= 1.5
        assert after.descent.p_common > before.descent.p_common


def test_a_text_without_changes_of_its_own_may_be_the_source() -> None:
    """One of the three lacks nothing: it may be what the others draw on, and the test says nothing."""
    texts = {**COPIES, "a": STORY}
    names = {name: parsed(name, text) for name, text in texts.items()}
    found = [compare(names[one], names[other], 1.0) for one, other in combinations(sorted(names), 2)]
    assert with_median_tests(names, found, shipped_weights()) == found


def test_a_named_source_is_not_doubted_by_the_median_test() -> None:
    """Where one side names the other, a third article does not know better."""
    names = {name: parsed(name, text, f"{name.upper()} Post") for name, text in COPIES.items()}
    names["b"] = parsed("b", f"{COPIES['b']} The A Post reported.", "B Post")
    found = [compare(names[one], names[other], 1.0) for one, other in combinations(sorted(names), 2)]
    judged = {(entry.left, entry.right): entry for entry in with_median_tests(names, found, shipped_weights())}
    assert judged["a", "b"] == found[0]


def test_two_pairs_are_no_triple() -> None:
    """Nothing is tested where no three articles share words."""
    names = {entry.id: entry for entry in COMMON} | {"c": parsed("c", CLOCKS)}
    found = [compare(names[one], names[other], 1.0) for one, other in combinations(sorted(names), 2)]
    assert with_median_tests(names, found, shipped_weights()) == found
