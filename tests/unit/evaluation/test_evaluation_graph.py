"""Edges, ancestors, roots and sources, on graphs that can be drawn on a napkin."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracer.evaluation import evaluate_report
from tracer.evaluation.source_matching import LEAST_JACCARD, matched


def arrows(text, relation="draws_on"):
    """Edges from words: ``ab`` is a → b."""
    kinds = {"u": "unseen", "s": "statement", "g": "agency"}
    return [
        {"source": s, "target": t, "relation": relation, "source_kind": kinds.get(s[0], "article")}
        for s, t in (word.split(">") for word in text.split())
    ]


def source(name, kind, children=""):
    return {"id": name, "kind": kind, "name": name, "children": children.split()}


def three(result, name):
    return tuple(result.scores[f"{name}.{kind}"].value for kind in ("precision", "recall", "f1"))


def test_edges_and_ancestors_by_hand(report, gold):
    """True a → b → c and a → d; found a → b and a → c. Edges: 1 of 2 found right, 1 of 3 true found, F1 2/5.

    Ancestors: true ab ac bc ad; found ab ac: 2 of 2 right, 2 of 4 found, F1 4/6. Credits are no edges, x is unknown.
    """
    found = [*arrows("a>b a>c a>x"), *arrows("g1>d", "credits")]
    folder = report("a b c d x", edges=found)
    result = evaluate_report(folder, gold(edges=arrows("a>b b>c a>d")))
    assert three(result, "edges") == pytest.approx((1 / 2, 1 / 3, 2 / 5))
    assert three(result, "ancestors") == pytest.approx((1, 1 / 2, 2 / 3))


def test_ancestry_runs_through_latent_nodes(report, gold):
    """a → u1 → b makes a an ancestor of b, though there is no edge between the two."""
    truth = gold(edges=arrows("a>u1 u1>b"), sources=[source("u1", "unseen", "b")])
    result = evaluate_report(report("a b", edges=arrows("a>b")), truth)
    assert three(result, "ancestors") == (1, 1, 1)
    assert three(result, "edges")[1] is None


def rooted(report, chances, sources=""):
    """A report of a, b and c with their `p_root`, and unseen sources such as ``u9 .6 a b``."""
    names = [line.split() for line in sources.splitlines()]
    rows = [{**source_row(name, "unseen"), "confidence": chance} for name, chance, *_ in names]
    edges = arrows(" ".join(f"{name}>{child}" for name, _, *children in names for child in children))
    cells = [{"id": name, "p_root": chance} for name, chance in zip("abc", chances.split(), strict=True)]
    return report("a b c", articles_rows=cells, sources=rows, edges=edges)


@pytest.mark.parametrize(
    ("chances", "sources", "right"),
    [
        (".1 .2 -", "u9 .6 a b", True),
        (".1 .2 -", "u9 .6 a b c", True),
        (".1 .2 -", "u9 .6 a", True),
        (".1 .2 -", "u9 .6 c", False),
        (".1 .2 -", "u9 .5 a b\nu8 .6 c", False),
        (".7 .2 -", "u9 .6 a b", False),
        ("- - -", "", False),
    ],
)
def test_a_latent_root_is_told_by_its_children(report, gold, chances, sources, right):
    """The true root is unseen and has a and b; at least half of the articles of either must be shared."""
    story = {"id": "s", "articles": ["a", "b", "c"], "roots": ["u1"]}
    truth = gold(edges=arrows("u1>a u1>b"), sources=[source("u1", "unseen", "a b")], stories=[story])
    assert evaluate_report(rooted(report, chances, sources), truth).scores["roots.accuracy"].value == right


@pytest.mark.parametrize(
    ("chances", "right"), [(".6 .3 .1", True), (".3 .6 .1", False), (".5 .5 .1", True), ("- .6 .1", False)]
)
def test_an_article_that_is_the_root(report, gold, chances, right):
    """The likeliest; of equals the first by id."""
    story = {"id": "s", "articles": ["a", "b", "c"], "roots": ["a"]}
    truth = gold(edges=arrows("a>b b>c"), stories=[story])
    assert evaluate_report(rooted(report, chances), truth).scores["roots.accuracy"].value == right


def test_an_unseen_root_with_one_witness_leaves_no_trace(report, gold):
    """u1 → a → b: the first article is all there is to be found, through a second unseen text, too.

    A root that reached no article is not asked for.
    """
    story = {"id": "s", "articles": ["a", "b", "c"], "roots": ["u1"]}
    folder = rooted(report, ".9 .1 .1", "u9 .2 a c")
    for edges, right in (("u1>a a>b", True), ("u1>u2 u2>a", True), ("u1>u2 u2>a u1>c", False), ("u1>u2", None)):
        latent = [source("u1", "unseen"), source("u2", "unseen")]
        truth = gold(edges=arrows(edges), sources=latent, stories=[story])
        assert evaluate_report(folder, truth).scores["roots.accuracy"].value == right


@pytest.mark.parametrize(("chances", "both"), [(".9 .1 .1", True), (".9 .1 .8", False)])
def test_several_roots(report, gold, chances, both):
    """A merger of a and an unseen text of b and c: the likeliest is one of them; the two likeliest may not be both."""
    story = {"id": "s", "articles": ["a", "b", "c"], "roots": ["a", "u1"]}
    truth = gold(edges=arrows("a>b u1>b u1>c"), sources=[source("u1", "unseen", "b c")], stories=[story])
    scores = evaluate_report(rooted(report, chances, "u9 .6 b c"), truth).scores
    assert (scores["roots.accuracy"].value, scores["roots.all"].value) == (1, both)


def test_versions_of_one_article_are_no_edges(report, gold):
    """What an outlet took over from its own earlier version is neither asked for nor counted."""
    pair = {"left": "a", "right": "b", "kind": "lineage", "version": True}
    truth = gold(edges=arrows("a>b b>c"), pairs=[pair])
    assert three(evaluate_report(report("a b c", edges=arrows("b>c")), truth), "edges") == (1, 1, 1)


def source_row(name, kind, evidence=""):
    return {"id": name, "kind": kind, "name": name, "evidence": evidence}


def test_sources_by_hand(report, gold):
    """Unseen: true {a,b} and {c}; found {a,b,d} (Jaccard 2/3) and {d}: one match, so 1/2, 1/2, 1/2.

    Statements: a person's words, found by evidence alone. Agencies: an outlet found as such matches; one found that
    is no source. Together 3 matches, 5 found, 4 true: 3/5, 3/4, 6/9.
    """
    rows = [
        source_row("u1", "unseen"),
        source_row("u2", "unseen"),
        source_row("s1", "statement", "a[0:5]; x[1:9]"),
        source_row("g1", "agency"),
        source_row("g2", "agency"),
    ]
    edges = [*arrows("u1>a u1>b u1>d u2>d"), *arrows("g1>a g2>d", "credits")]
    folder = report("a b c d x", sources=rows, edges=edges)
    truth = gold(
        sources=[
            source("U", "unseen", "a b"),
            source("V", "unseen", "c"),
            source("P", "person", "a"),
            source("G", "outlet", "a"),
        ],
        pairs=[{"left": "a", "right": "d", "kind": "none"}],
    )
    result = evaluate_report(folder, truth)
    assert three(result, "sources.unseen") == (1 / 2, 1 / 2, 1 / 2)
    assert three(result, "sources.statement") == (1, 1, 1)
    assert three(result, "sources.named") == pytest.approx((1 / 2, 1, 2 / 3))
    assert three(result, "sources.all") == pytest.approx((3 / 5, 3 / 4, 6 / 9))


def test_the_best_assignment_wins_over_the_greedy_one():
    """X has abcd. Greedy would give X its best, Y; then Z of the truth would stay alone."""
    true = {"X": frozenset("abcd"), "Z": frozenset("abc")}
    found = {"x": frozenset("abcd"), "z": frozenset("ab")}
    assert matched(true, found) == [("X", "x"), ("Z", "z")]


sets = st.lists(st.integers(1, 31), max_size=4).map(
    lambda masks: {f"s{n}": frozenset(a for a in range(5) if mask >> a & 1) for n, mask in enumerate(masks)}
)


@given(sets, sets)
def test_no_assignment_is_better(true, found):
    """Against all assignments of small sets."""

    def jaccard(one, other):
        value = len(true[one] & found[other]) / len(true[one] | found[other])
        return value if value >= LEAST_JACCARD else 0

    ours = sum(jaccard(one, other) for one, other in matched(true, found))
    rows, columns = sorted(true), [*sorted(found), *[None] * len(true)]
    best = max(
        sum(jaccard(one, other) for one, other in zip(rows, chosen, strict=True) if other)
        for chosen in permutations(columns, len(rows))
    )
    assert ours == pytest.approx(best)
