"""The rules of a ``robots.txt`` for one agent, as RFC 9309 reads them."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import quote, urlsplit

_LINE_END = re.compile(r"\r\n?|\n")
_TOKEN = re.compile(r"[A-Za-z_-]+")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_ASCII = "".join(map(chr, range(0x21, 0x7F)))
_EVERYONE = "*"


class _Rule(NamedTuple):
    pattern: str
    allows: bool


class RobotsRules:
    """What ``text`` lets ``agent`` fetch: the groups that name it count together, else those for everyone.

    Holds the rules of those two alone, so no more than the text. The standard library's parser takes no wildcards, the
    first rule for the best, and a blank line for the end of a group.
    """

    def __init__(self, text: str, agent: str) -> None:
        mine: list[_Rule] = []
        everyones: list[_Rule] = []
        named = False
        into: list[list[_Rule]] = []
        ended = True
        for key, value in _directives(text):
            if key == "user-agent":
                into, ended = ([] if ended else into), False
                if _names(value, agent):
                    into.append(mine)
                    named = True
                elif value.partition(" ")[0] == _EVERYONE:
                    into.append(everyones)
            else:
                ended = True
                if value:
                    for rules in into:
                        rules.append(_Rule(_normal(value), key == "allow"))
        self._rules = mine if named else everyones

    def allow(self, url: str) -> bool:
        """Whether ``url`` may be fetched: the longest rule that fits says so, of two of a length the kinder one."""
        parts = urlsplit(url)
        path = _normal((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        best = max(
            ((len(rule.pattern), rule.allows) for rule in self._rules if _fits(rule.pattern, path)),
            default=(0, True),
        )
        return best[1]


def _directives(text: str) -> list[tuple[str, str]]:
    """Agents and rules in their order; all other lines are none of ours, and end no group."""
    found = []
    for line in _LINE_END.split(text.removeprefix("\ufeff")):
        key, colon, value = line.partition("#")[0].partition(":")
        key = key.strip().casefold()
        if colon and key in {"user-agent", "allow", "disallow"}:
            found.append((key, value.strip()))
    return found


def _names(value: str, agent: str) -> bool:
    """Whether an agent line names ``agent``, whatever version stands behind it."""
    token = _TOKEN.match(value)
    return token is not None and token[0].casefold() == agent.casefold()


def _normal(path: str) -> str:
    """A path or pattern in one spelling: only what needs to be escaped is, in capitals."""
    return _ESCAPE.sub(_escape, quote(path, safe=_ASCII))


def _escape(match: re.Match[str]) -> str:
    char = chr(int(match[1], 16))
    return char if char in _UNRESERVED else match[0].upper()


def _fits(pattern: str, path: str) -> bool:
    """Whether ``path`` begins as ``pattern`` says: ``*`` is any run of characters, a last ``$`` the end."""
    whole = pattern.endswith("$")
    first, *parts = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    last = parts.pop() if parts and whole else None
    for part in parts:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    if last is not None:
        return path.endswith(last) and len(path) - len(last) >= at
    return not whole or at == len(path)
