"""A ledger as a text waterfall: prior, each clue with its weight, the running sum, the probability."""

from __future__ import annotations

import math
from collections.abc import Iterator

from tracer.evidence import logistic
from tracer.report.terminal.plain import wrapped
from tracer.report.views.clue_words import clue_title
from tracer.report.views.figures import count, probability
from tracer.report.views.records import LedgerView

_MOST = 15
_HEAD = " weight     sum  "
_BLANK = " " * len(_HEAD)


def waterfall(ledger: LedgerView, answer: str, width: int) -> str:
    """The ledger, clue by clue, in lines of at most ``width`` cells; ``answer`` says what the probability is of.

    Small clues beyond the fifteenth are added up in one line, so that the sums always come out.
    """
    return "\n".join(_lines(ledger, answer, width))


def _lines(ledger: LedgerView, answer: str, width: int) -> Iterator[str]:
    total = ledger.prior
    yield _HEAD.rstrip()
    yield wrapped("where the odds stand before any clue", width, f"{ledger.prior:+7.2f} {total:+7.2f}  ", _BLANK)
    for clue in ledger.clues[:_MOST]:
        total += clue.weight
        text = f"{clue_title(clue.name)}: {clue.sentence}"
        yield wrapped(text, width, f"{clue.weight:+7.2f} {total:+7.2f}  ", _BLANK)
    rest = ledger.clues[_MOST:]
    if rest:
        added = math.fsum(clue.weight for clue in rest)
        total += added
        yield wrapped(f"{count(len(rest), 'smaller clue')} together", width, f"{added:+7.2f} {total:+7.2f}  ", _BLANK)
    yield wrapped(f"{answer}: P {probability(logistic(total))}", width, f"      = {total:+7.2f}  ", _BLANK)
