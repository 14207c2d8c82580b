"""The three verdicts on a pair in words, each with its runner-up."""

from __future__ import annotations

from collections.abc import Iterator

from tracer.report.views.figures import probability
from tracer.report.views.records import PairView

_KINDS = {
    "lineage": "They share a journalist's own words (lineage)",
    "statement": "They share only a third party's words (statement)",
    "none": "They share nothing worth naming",
}
_STATED = "One has words of the other, a statement, as its own (lineage)"
_SHORT = ("a journalist's own words", "only a third party's words", "nothing worth naming")


def verdicts(pair: PairView) -> Iterator[tuple[str, str]]:
    """Each question with its answer in a sentence or two: what is likeliest, what comes next."""
    yield "What they share", _kind(pair)
    if pair.descent is not None:
        yield "Which came first", _direction(pair, pair.descent)
    if pair.p_direct is not None:
        yield "At what remove", _immediacy(pair, pair.p_direct)


def _kind(pair: PairView) -> str:
    ranked = sorted(zip(pair.kind, _SHORT, strict=True), reverse=True)
    best, (second, runner_up) = ranked[0][0], ranked[1]
    verdict = _KINDS.get(pair.verdict, pair.verdict)
    if pair.has_statement and pair.verdict == "lineage":
        verdict = _STATED
    return f"{verdict}, P {probability(best)}. Runner-up: {runner_up}, P {probability(second)}."


def _direction(pair: PairView, descent: tuple[float, float, float]) -> str:
    names = (
        f"{pair.right} draws on {pair.left}",
        f"{pair.left} draws on {pair.right}",
        "both draw on a source that neither of them is",
    )
    (best, first), (second, runner_up), _ = sorted(zip(descent, names, strict=True), reverse=True)
    if pair.direction == "unresolved":
        return (
            f"Unresolved. Likeliest, yet not enough for a verdict: {first}, P {probability(best)}. "
            f"Runner-up: {runner_up}, P {probability(second)}."
        )
    return f"Inferred: {first}, P {probability(best)}. Runner-up: {runner_up}, P {probability(second)}.{_clock(pair)}"


def _clock(pair: PairView) -> str:
    if not pair.flips_minutes:
        return ""
    return f" This changes if the later time stamp is wrong by {pair.flips_minutes:,.0f} minutes or more."


def _immediacy(pair: PairView, p_direct: float) -> str:
    source, target = (pair.left, pair.right) if pair.direction == "left→right" else (pair.right, pair.left)
    direct = f"{target} had {source} itself before it, P {probability(p_direct)}"
    through = f"it had another text with the same words, P {probability(1 - p_direct)}"
    if pair.immediacy == "direct":
        return f"Inferred: {direct}. Runner-up: {through}."
    if pair.immediacy == "through unseen":
        return f"Inferred: {through}. Runner-up: {direct}."
    return f"Unresolved: {direct}; {through}."
