"""Sentence families: who carries which sentence."""

from __future__ import annotations

from itertools import combinations

import networkx as nx

from tracer.align import Family, Member, components, rewritten_passages, sentence_families, shared_passages
from tracer.domain import Article
from tracer.split import parse_article

BELL = "The ferry Gudrun struck the Hollin breakwater before dawn and lost her bronze bell."
TOLD = "Harbour master Odd Grimsey hid the only winch in Hollin because divers quarrelled about the bronze bell."
RETOLD = "Divers had quarrelled over a bronze bell, so Grimsey, master of Hollin harbour, put his winch out of sight."
CLOCK = "A cheesemaker in Dunmore has banned every clock from his ripening room."


def families(**texts: str) -> list[Family]:
    articles = {name: parse_article(Article(name, text), "en") for name, text in texts.items()}
    aligned = []
    for left, right in combinations(sorted(articles), 2):
        passages = shared_passages(articles[left], articles[right])
        passages += rewritten_passages(articles[left], articles[right], passages, 0.4)
        aligned.append((left, right, passages))
    return sentence_families(articles, aligned)


def test_a_sentence_joins_all_its_carriers() -> None:
    """Wherever it stands in each; other sentences stay out."""
    (family,) = families(a=f"{BELL} {CLOCK}", b=BELL, c=f"{TOLD} {BELL}")
    assert family.members == (Member("a", 0), Member("b", 0), Member("c", 1))
    assert family.articles == ("a", "b", "c")
    assert len(family.joins) == 3
    assert family.weak == ()


def test_a_rewritten_sentence_is_a_weak_member() -> None:
    """Only word for word makes a full member."""
    (family,) = families(a=TOLD, b=TOLD, c=RETOLD)
    assert family.members == (Member("a", 0), Member("b", 0))
    assert family.weak == (Member("c", 0),)


def test_sentences_are_kept_apart() -> None:
    """Two shared sentences are two families, in the order of their first members."""
    found = families(a=f"{BELL} {CLOCK}", b=f"{CLOCK} {BELL}")
    assert [family.members for family in found] == [
        (Member("a", 0), Member("b", 1)),
        (Member("a", 1), Member("b", 0)),
    ]


def test_five_shared_words_join_nothing() -> None:
    """Six at least, and two fifths of the shorter sentence unless they are ten."""
    assert families(a="The ferry Gudrun struck the old pier at Wick.", b="The ferry Gudrun struck the rocks.") == []
    long_tail = " while nobody on either bank of the slow brown river took the slightest notice of the noise it made"
    lead = "The ferry Gudrun struck the breakwater"
    assert families(a=f"{lead}{long_tail}.", b=f"{lead} and then the mayor of Dunmore spoke about cheese again.") == []
    assert families(a=f"{lead}{long_tail}.", b=f"{lead} again.") != []


def test_strangers_have_no_family() -> None:
    """Nothing shared, nothing joined."""
    assert families(a=BELL, b=CLOCK, c="") == []


def test_components_are_those_of_the_joins() -> None:
    """Rings, chains, and a node joined to itself alone."""
    joins = [(place, place * 7 % 40) for place in range(40)] + [(50, 50), (51, 52), (53, 54), (52, 53)]
    expected = nx.connected_components(nx.Graph(joins))
    assert sorted(map(sorted, components(joins))) == sorted(map(sorted, expected))
