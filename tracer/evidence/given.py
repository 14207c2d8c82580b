"""Clues from what an article was handed in as: a statement, or an agency's own copy."""

from __future__ import annotations

from collections.abc import Iterator

from tracer.evidence.handed_in import is_agency, is_statement
from tracer.evidence.ledger import Observation
from tracer.evidence.naming import wire_credit
from tracer.split import ParsedArticle


def given_statement(left: ParsedArticle, right: ParsedArticle) -> Iterator[Observation]:
    """``given_statement``: just one side was handed in as a statement; signed for direction, positive for the left."""
    if is_statement(left) != is_statement(right):
        stated, sign = (left, 1.0) if is_statement(left) else (right, -1.0)
        yield Observation(
            "given_statement", sign, f"{stated.id} was handed in as a statement, which draws on no article"
        )


def given_agency(left: ParsedArticle, right: ParsedArticle) -> Iterator[Observation]:
    """``given_agency``: just one side was handed in as an agency's; signed for direction, positive for the left.

    Silent where the clue ``wire_credit`` says the same by the credit that this side carries and the other does not.
    """
    if is_agency(left) != is_agency(right):
        wire, other, sign = (left, right, 1.0) if is_agency(left) else (right, left, -1.0)
        if wire_credit(wire) is None or wire_credit(other) is not None:
            yield Observation("given_agency", sign, f"{wire.id} was handed in as an agency's")
