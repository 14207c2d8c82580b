"""Mails and pages in one file, taken apart: MIME with bounds, as the standard library's parser has none."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import EmailPolicy
from typing import Any, cast

LONGEST_HEADER = 2_000
_MOST_FOLDS = 100
_MOST_PARAMETERS = 20
_WITH_PARAMETERS = frozenset({"content-type", "content-disposition"})
_MARK = b"\xef\xbb\xbf"


class MimeFault(Exception):  # noqa: N818 - a reason for a user, not an error of ours
    """What there is too much of. Never leaves the ``read`` floor."""


@dataclass(frozen=True, slots=True)
class MimeBounds:
    """How much may be in a file. Each line costs as much time as there are parts around it."""

    parts: int
    containers: int
    headers: int


def parse_mime(data: bytes, bounds: MimeBounds) -> EmailMessage:
    """The message in ``data``, its headers cut to 2,000 characters: the parsers of headers are quadratic in those.

    Headers that describe a part are cut to 1,000, and to 20 parameters. A byte order mark in front is passed over.

    Raises:
        MimeFault: there is more in it than ``bounds`` allow.
    """
    parser = BytesParser(policy=_policy(bounds))
    return cast(EmailMessage, parser.parsebytes(data.removeprefix(_MARK)))


@dataclass(slots=True)
class _Begun:
    """How much the parser has met."""

    bounds: MimeBounds
    parts: int = 0
    containers: int = 0
    headers: int = 0

    def check(self) -> None:
        for count, most, what in (
            (self.parts, self.bounds.parts, "parts"),
            (self.containers, self.bounds.containers, "parts that hold parts"),
            (self.headers, self.bounds.headers, "headers"),
        ):
            if count > most:
                raise MimeFault(f"has more than {most:,} {what}")


class _BoundedPolicy(EmailPolicy):
    """Counts the headers, and cuts them."""

    begun = _Begun(MimeBounds(0, 0, 0))

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """As the parser of mails asks for it."""
        name, value = super().header_source_parse([line[: 2 * LONGEST_HEADER] for line in sourcelines[:_MOST_FOLDS]])
        self.begun.headers += 1
        self.begun.containers += name.casefold() == "content-type" and "multipart" in value.casefold()
        self.begun.check()
        if name.casefold() in _WITH_PARAMETERS:
            # Those of each part are taken apart several times.
            value = ";".join(value.split(";")[: _MOST_PARAMETERS + 1])[: LONGEST_HEADER // 2]
        return name, value[:LONGEST_HEADER]


def _policy(bounds: MimeBounds) -> EmailPolicy:
    """A policy for one message: it counts the parts as they begin."""
    begun = _Begun(bounds)

    def part(policy: Any = None) -> EmailMessage:
        begun.parts += 1
        begun.check()
        return EmailMessage(policy)

    make: Any = _BoundedPolicy  # policies take any attribute of their class by name, which their types do not say
    return cast(EmailPolicy, make(message_factory=part, begun=begun))
