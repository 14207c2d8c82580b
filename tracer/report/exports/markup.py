"""Text of articles in Markdown that others will render."""

from __future__ import annotations

import re

from tracer.report.terminal.plain import markdown, plain

_LINKS = re.compile(r"(?i)(?<=\w):(?=//)|(?<=www)\.")
_FURTHER = {"@": "&#64;", "$": "&#36;", "^": "&#94;", ":": "&#58;", ".": "&#46;"}
_SIGNS = re.compile(r"[@$^]")


def harmless(text: str, longest: int) -> str:
    """``text`` in one line of at most ``longest`` characters that stays text wherever Markdown is rendered.

    Beside what ``tracer.report.terminal`` escapes: entities, formulas, mentions, and addresses that would become links.
    """
    line = plain(text[: 4 * longest])
    if len(line) > longest:
        line = f"{line[: longest - 1].rstrip()}…"
    escaped = markdown(line).replace("&", "&amp;").replace("\\<", "&lt;").replace("\\>", "&gt;")
    return _SIGNS.sub(_entity, _LINKS.sub(_entity, escaped))


def _entity(match: re.Match[str]) -> str:
    return _FURTHER[match.group()]
