"""Quotations that one side holds in full."""

from __future__ import annotations

from evidence_prose import STORY, parsed

from tracer.align import shared_passages
from tracer.evidence.restored import restored_quotations

FULL = "“We shall raise her before the herring come back to the bay, and if nobody lends us a winch we shall pull.”"
HEAD = FULL.replace(", and if nobody lends us a winch we shall pull", "")
NEARLY = FULL.replace(" we shall pull", "")


def restored(upstream: str, derived: str) -> list[int]:
    """The extra words of each restored quotation, found alike in either order of the pair."""
    ours, theirs = parsed("a", f"{STORY} {upstream}"), parsed("b", f"{STORY} {derived}")
    found = restored_quotations(ours, theirs, shared_passages(ours, theirs), upstream_is_left=True)
    turned = restored_quotations(ours, theirs, shared_passages(theirs, ours), upstream_is_left=False)
    assert [entry.words for entry in found] == [entry.words for entry in turned]
    return [entry.words for entry in found]


def test_words_that_the_source_lacks_were_had_elsewhere() -> None:
    """At least four more words inside the same quotation."""
    assert restored(HEAD, FULL) == [10]


def test_what_the_source_has_was_not_restored() -> None:
    """A cut quotation, an equal one, a few words more, and words that one side does not quote."""
    assert restored(FULL, HEAD) == []
    assert restored(FULL, FULL) == []
    assert restored(NEARLY, FULL) == []
    assert restored(HEAD, FULL.strip("“”")) == []
    assert restored("", FULL) == []


def test_each_quotation_counts_once() -> None:
    """Though it may be shared in two passages."""
    torn = FULL.replace("before the herring come back to the bay,", "soon,")
    assert len(restored(torn, FULL)) <= 1
