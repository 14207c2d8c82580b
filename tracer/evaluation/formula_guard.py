"""The apostrophe that a report puts before a text that a spreadsheet would take for a formula, taken away again."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"[\s']*[=+\-@\t＝＋－＠]")


def unguarded(cell: str) -> str:
    """The text that a cell of a report stands for.

    An apostrophe goes only where what follows would begin a formula: such a text never stands in a report without
    one, so that an id which begins with an apostrophe of its own is left alone.
    """
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell, 1) else cell
