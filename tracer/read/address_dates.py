"""The day that many sites write into the addresses of their articles."""

from __future__ import annotations

import re
from datetime import timedelta

from tracer.domain import Published
from tracer.read.date_judgement import read_date

FAR_APART = timedelta(days=2)
"""Days by which two dates of one article may differ: time zones, a page that is put up at night."""
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?([0-2]\d|3[01])(?:[/_-]|\b)")


def day_in_address(url: str | None) -> str | None:
    """The day as ``2017-03-02``; ``None`` where the address has none. Looks at its numbers alone."""
    found = _IN_ADDRESS.search(url or "")
    return "-".join(found.groups()) if found else None


def contradiction(published: Published, url: str | None) -> tuple[str, ...]:
    """A warning where the day in an article's address lies more than two days from its date; else none."""
    day = day_in_address(url)
    if day is None or published.start is None:
        return ()
    told = read_date(day).published
    if told.start is None or abs(told.start - published.start) <= FAR_APART + published.width:
        return ()
    return (f"the date is {published.isoformat()}, and the address says {day}; one of them is wrong",)
