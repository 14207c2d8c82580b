"""What must hold for any text, and for the join of any fingerprints."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from newsroom_strategies import MODEST, raw_texts

from tracer.align.blocks import SEED_WORDS, matching_blocks
from tracer.candidates import Fingerprints
from tracer.candidates.join import join_shingles
from tracer.text import normal_view, shingle_hashes, tokenise


@MODEST
@given(raw_texts)
def test_the_view_never_goes_back(raw: str) -> None:
    """Its map to the raw text rises, ends at the end, and each character covers at least one raw one."""
    view = normal_view(raw)
    offsets = [view.to_raw(place) for place in range(len(view.text) + 1)]
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(raw)
    assert all(0 <= offset <= len(raw) for offset in offsets)
    if view.raw_starts is None:
        assert len(view.text) == len(raw)


@MODEST
@given(raw_texts)
def test_words_are_cut_from_the_raw_text(raw: str) -> None:
    """In order, without overlap, never empty; reading the cut alone gives the same word."""
    tokens = tokenise(raw)
    spans = [tokens.span(index, index + 1) for index in range(len(tokens))]
    assert all(one.stop <= other.start for one, other in pairwise(spans))
    assert all(0 <= span.start < span.stop <= len(raw) for span in spans)
    assert all(tokens.within(span) == range(index, index + 1) for index, span in enumerate(spans))
    assert tokenise(raw).words == tokens.words


@MODEST
@given(raw_texts, raw_texts)
def test_words_do_not_depend_on_what_follows_a_line_break(first: str, second: str) -> None:
    """Lines are read alike alone and together."""
    # A capital dotted İ changes how the whole text is lower-cased, and a final sigma how its word is: left out.
    together = f"{first}\n{second}"
    if not set(together) & set("İΣ"):
        assert tokenise(together).words == tokenise(first).words + tokenise(second).words


@MODEST
@given(st.lists(st.integers(0, 5), max_size=30), st.integers(1, 6))
def test_shingles_are_equal_where_runs_are(words: list[int], size: int) -> None:
    """Equal hashes exactly for equal runs."""
    hashes = shingle_hashes(np.array(words, dtype=np.uint64), size).tolist()
    runs = [tuple(words[place : place + size]) for place in range(max(0, len(words) - size + 1))]
    assert len(hashes) == len(runs)
    assert len(set(zip(hashes, runs, strict=True))) == len(set(hashes)) == len(set(runs))


@MODEST
@given(
    st.lists(st.dictionaries(st.integers(0, 8), st.booleans(), max_size=6), max_size=7),
    st.integers(2, 5),
)
def test_the_join_is_the_textbook_join(rows: list[dict[int, bool]], most: int) -> None:
    """Against all pairs of carriers of each shingle, or neighbours where it is crowded."""
    prints = [
        Fingerprints(
            np.array(sorted(row), dtype=np.uint64), np.array([row[key] for key in sorted(row)], dtype=np.bool_)
        )
        for row in rows
    ]
    counts: Counter[tuple[int, int, bool]] = Counter()
    for key in range(9):
        owners = [place for place, row in enumerate(rows) if key in row]
        for left, right in pairwise(owners) if len(owners) > most else combinations(owners, 2):
            counts[left, right, rows[left][key] or rows[right][key]] += 1
    found = join_shingles(prints, most)
    seen: Counter[tuple[int, int, bool]] = Counter()
    for left, right, narrative, quoted in zip(found.left, found.right, found.narrative, found.quoted, strict=True):
        seen[int(left), int(right), False] += int(narrative)
        seen[int(left), int(right), True] += int(quoted)
    assert +seen == +counts


@MODEST
@given(st.lists(st.integers(0, 3), max_size=25), st.lists(st.integers(0, 3), max_size=25))
def test_blocks_are_equal_runs_that_do_not_overlap(left: list[int], right: list[int]) -> None:
    """At least a seed long, equal word by word, no word used twice on a side."""
    ids = [np.array(side, dtype=np.uint64) for side in (left, right)]
    usable = [np.ones(len(side), np.bool_) for side in (left, right)]
    ours: list[int] = []
    theirs: list[int] = []
    for block in matching_blocks(*ids, *usable):
        assert block.words >= SEED_WORDS
        assert left[block.left : block.left + block.words] == right[block.right : block.right + block.words]
        ours += range(block.left, block.left + block.words)
        theirs += range(block.right, block.right + block.words)
    assert len(ours) == len(set(ours))
    assert len(theirs) == len(set(theirs))
