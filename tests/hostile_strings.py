"""Texts of strangers that try to do something where they are shown, and some that are only hard to show."""

from __future__ import annotations

import json
from pathlib import Path

HOSTILE = (
    *(
        "<script>window.hit = 1</script>",
        "</script><script>window.hit = 1</script>",
        "<img src=x onerror='window.hit=1'>",
    ),
    *(
        "<svg/onload=window.hit=1>",
        '"><b onmouseover=window.hit=1>',
        "' onfocus='window.hit=1' autofocus='",
        "<!--",
        "-->",
    ),
    *(
        "]]>",
        "<![CDATA[",
        "&lt;script&gt;",
        "javascript:window.hit=1",
        "data:text/html,<script>1</script>",
        "{{ 7*7 }}",
    ),
    *("{% raw %}", "${window.hit=1}", "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\x1b[31mred\x1b[0m"),
    *("a\x00b", "\u202eevil\u202c", "w" * 10_000, "\U0001f6a2\U0001f469\u200d\U0001f4bb", "صرح المتحدث باسم الوزارة"),
    *(
        "部长说船会准时开",
        "\u2028\u2029",
        "__proto__",
        "constructor",
        "half \ud800",
        "[link](javascript:1) **b** `c` | d",
    ),
)
_PLAIN_IDS = {"__proto__", "constructor", "toString"}
_STORY = (
    "The brewers of Hollin Weir have agreed to share one cooper after eleven years of leaks and lawsuits. Under the "
    "bargain signed at the lock on Thursday the cooper sleeps in each brewery for one week in four."
)


def hostile_corpus(folder: Path) -> Path:
    """A file of articles that share a story, each with one of the strings as id, outlet, title, address and text."""
    path = folder / "hostile.jsonl"
    with path.open("w", encoding="utf-8") as stream:
        for number, text in enumerate(HOSTILE):
            id_ = text if text in _PLAIN_IDS else f"{number}-{text[:60]}"
            names = {"id": id_, "outlet": text, "title": text, "url": text}
            stream.write(json.dumps({**names, "text": f"{_STORY}\n\n{text}\n\n{text} said {text}."}) + "\n")
    return path
