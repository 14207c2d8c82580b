"""Exact blocks as their definition reads, by comparing every word with every other."""

from __future__ import annotations

from collections.abc import Sequence

SEED = 4


def maximal_runs(left: Sequence[int], right: Sequence[int]) -> list[tuple[int, int, int]]:
    """All maximal equal runs of at least four words as ``(left, right, words)``; quadratic."""
    runs = []
    for one in range(len(left)):
        for other in range(len(right)):
            if left[one] != right[other] or (one and other and left[one - 1] == right[other - 1]):
                continue
            size = 0
            while one + size < len(left) and other + size < len(right) and left[one + size] == right[other + size]:
                size += 1
            if size >= SEED:
                runs.append((one, other, size))
    return runs


def blocks_by_hand(left: Sequence[int], right: Sequence[int]) -> list[tuple[int, int, int]]:
    """Longest runs first, then by place; what a run keeps after longer ones took their words, if still a seed long."""
    ours: set[int] = set()
    theirs: set[int] = set()
    kept = []
    for one, other, size in sorted(maximal_runs(left, right), key=lambda run: (-run[2], run[0], run[1])):
        free = [one + step not in ours and other + step not in theirs for step in range(size)]
        start = 0
        for step in range(size + 1):
            if step == size or not free[step]:
                if step - start >= SEED:
                    kept.append((one + start, other + start, step - start))
                    ours |= set(range(one + start, one + step))
                    theirs |= set(range(other + start, other + step))
                start = step + 1
    return sorted(kept)
