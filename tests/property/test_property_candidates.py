"""What must hold for the search for pairs, whatever the newsroom and however it is cut into parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations, pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from newsroom_strategies import FEW, MODEST, newsrooms

from tracer.candidates import (
    MOST_CARRIERS,
    Attested,
    CandidateSettings,
    Comparable,
    Fingerprints,
    Place,
    SharedHashes,
    accepted_words,
    confirm,
    find_candidates,
    fingerprint_articles,
    join_hashes,
    join_prints,
    merged_hashes,
    possible_pairs,
    rare_shingles,
)
from tracer.domain import Article
from tracer.split import parse_article

SETTINGS = CandidateSettings()


def numbers(values: Iterable[int], kind: type = np.uint64) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    return np.array(list(values), dtype=kind)


def rows_of(found: SharedHashes) -> list[tuple[int, int, int]]:
    return list(zip(found.left.tolist(), found.right.tolist(), found.shared.tolist(), strict=True))


@MODEST
@given(st.lists(st.sets(st.integers(0, 8), max_size=6), max_size=7), st.integers(2, 5))
def test_the_join_is_the_textbook_join(rows: list[set[int]], most: int) -> None:
    """Against all pairs of carriers of each hash, or neighbours where it is crowded."""
    counts: Counter[tuple[int, int]] = Counter()
    for key in range(9):
        owners = [place for place, row in enumerate(rows) if key in row]
        counts.update(pairwise(owners) if len(owners) > most else combinations(owners, 2))
    found = join_prints([Fingerprints(numbers(sorted(row)), numbers(())) for row in rows], most)
    assert rows_of(found) == [(*pair, counts[pair]) for pair in sorted(counts)]


@MODEST
@given(
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 6)), unique=True, max_size=40),
    st.integers(2, 4),
    st.integers(1, 4),
)
def test_a_join_in_parts_is_the_join(rows: list[tuple[int, int]], most: int, parts: int) -> None:
    """Where each part holds all rows of its hashes; neither the parts' order nor that of the rows shows."""

    def joined(chosen: list[tuple[int, int]]) -> SharedHashes:
        return join_hashes(numbers(key for key, _ in chosen), numbers((owner for _, owner in chosen), np.int64), most)

    whole = joined(rows)
    cut = [joined([row for row in rows[::-1] if row[0] % parts == part]) for part in range(parts)]
    merged = merged_hashes(cut[::-1])
    assert rows_of(merged) == rows_of(whole)
    assert merged.crowded == whole.crowded


@FEW
@given(newsrooms(), st.lists(st.sampled_from(["en", "xx"]), min_size=4, max_size=4))
def test_fingerprints_depend_on_their_article_alone(articles: list[Article], languages: list[str]) -> None:
    """Not on the others of the batch, nor on the words met before."""
    articles = [replace(article, language=code) for article, code in zip(articles, languages, strict=False)]
    together = fingerprint_articles(articles, 25.0)
    backwards = fingerprint_articles(articles[::-1], 25.0)[::-1]
    for place, article in enumerate(articles):
        (alone,) = fingerprint_articles([article], 25.0)
        for made in (together[place], backwards[place]):
            assert made.hashes.tolist() == alone.hashes.tolist()
            assert made.words.tolist() == alone.words.tolist()


@FEW
@given(newsrooms(), st.booleans(), st.sampled_from([None, 12.0]))
def test_the_search_misses_no_shared_run(articles: list[Article], same_outlet: bool, window: float | None) -> None:
    """Against comparing all with all: what the search offers holds every pair that shares a rare shingle."""
    settings = replace(SETTINGS, same_outlet=same_outlet, window_hours=window)
    parsed = [parse_article(article) for article in articles]
    shingles = [set(rare_shingles(entry, settings.least_surprisal).hashes.tolist()) for entry in parsed]
    comparable = Comparable.of([Place.of(article) for article in articles], settings)
    prints = fingerprint_articles(articles, settings.least_surprisal)
    joins = join_prints(prints, settings.most_articles), join_prints(prints, MOST_CARRIERS, words=True)
    possible = possible_pairs(*joins, comparable)
    offered = set(zip(possible.left.tolist(), possible.right.tolist(), strict=True))
    everyone = list(combinations(range(len(articles)), 2))
    sharing = {pair for pair in everyone if shingles[pair[0]] & shingles[pair[1]] and may_matter(comparable, *pair)}
    assert sharing <= offered
    found = find_candidates(parsed, settings)
    assert {(pair.left, pair.right) for pair in found.pairs} | set(found.versions) <= offered
    by_hand = confirm(parsed, sharing, settings)
    assert set(by_hand.pairs) <= set(found.pairs)
    assert by_hand.versions == found.versions


def may_matter(comparable: Comparable, left: int, right: int) -> bool:
    ends = numbers([left], np.int64), numbers([right], np.int64)
    return bool((comparable.allows(*ends) | comparable.same_outlet(*ends))[0])


places = st.builds(
    Place,
    st.sampled_from([None, "post", "echo"]),
    st.sampled_from([None, "x", "y"]),
    st.sampled_from([None, 0.0, 5.0, 5.5, 11.0]),
    st.sampled_from([None, "https://hollin.example/1", "https://hollin.example/2"]),
)


@MODEST
@given(st.lists(places, min_size=2, max_size=6), st.booleans(), st.sampled_from([None, 5.0, 6.0]))
def test_places_compare_as_they_are_defined(found: list[Place], same_outlet: bool, window: float | None) -> None:
    """Pair by pair, against the rules in plain words."""
    comparable = Comparable.of(found, replace(SETTINGS, same_outlet=same_outlet, window_hours=window))
    left, right = np.triu_indices(len(found), k=1)
    answers = zip(
        comparable.same_outlet(left, right),
        comparable.allows(left, right),
        strict=True,
    )
    for one, other, (outlet, allowed) in zip(left.tolist(), right.tolist(), answers, strict=True):
        ours, theirs = found[one], found[other]
        both = ours.outlet is not None and ours.outlet == theirs.outlet and ours.group == theirs.group
        far = None not in (window, ours.hour, theirs.hour) and abs(ours.hour - theirs.hour) > window
        assert bool(outlet) is both
        assert bool(allowed) is (ours.group == theirs.group and (same_outlet or not both) and not far)


attestations = st.tuples(st.integers(0, 5), st.integers(0, 3), st.integers(0, 3), st.booleans())


@MODEST
@given(st.lists(attestations, max_size=30), st.integers(1, 3))
def test_words_are_accepted_part_by_part(rows: list[tuple[int, int, int, bool]], parts: int) -> None:
    """Against the rule in plain words; parts that hold all rows of their shingles add up to the whole."""

    def accepted(chosen: list[tuple[int, int, int, bool]]) -> list[tuple[int, int]]:
        columns = (numbers(row[place] for row in chosen) for place in range(3))
        found = accepted_words([Attested(*columns, numbers((row[3] for row in chosen), np.bool_))])
        return list(zip(found.hashes.tolist(), found.speakers.tolist(), strict=True))

    outlets: dict[tuple[int, int], set[int]] = {}
    for key, speaker, outlet, _ in rows:
        outlets.setdefault((key, speaker), set()).add(outlet)
    public = {(key, speaker) for key, speaker, _, said in rows if said}
    expected = sorted(public | {said for said, papers in outlets.items() if len(papers) > 1})
    assert accepted(rows) == expected
    cut = [accepted([row for row in rows if row[0] % parts == part]) for part in range(parts)]
    assert sorted(row for found in cut for row in found) == expected
