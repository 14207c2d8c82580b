"""What the columns about reused regions mean."""

from __future__ import annotations

from tracer.report.schema import PLACES, SIDES, STRETCH_TEXTS, Schema, number, text

REGIONS = Schema(
    "regions",
    "longest stretch that a reader would mark as one reuse, in a pair of `pairs`; no verdict rests on it",
    ("left", "right", "left_start", "right_start", "left_stop", "right_stop"),
    (
        *SIDES,
        *PLACES,
        text(
            "kind",
            "How the sides answer to each other: the same words; at least half of the shorter side in equal runs of "
            "four words or more; less; or one side at least three times as long as the other.",
            "`verbatim`, `edited`, `rewritten`, `summarised`",
        ),
        number(
            "similarity",
            "Words in common, in whatever order, over the geometric mean of the two numbers of words.",
            "above 0, at most 1",
        ),
        *STRETCH_TEXTS,
    ),
    option="--regions",
)
