"""The one family of errors that tracer raises on purpose."""

from __future__ import annotations

from collections.abc import Iterable


class TracerError(Exception):
    """Something the user can mend. The message says what, where, and what to do next."""


class SettingsError(TracerError):
    """One or more settings cannot be used; all problems are collected and reported together."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("settings cannot be used: " + "; ".join(self.problems))


class InputError(TracerError):
    """No usable article was found, an input cannot be read, or a skip occurred in strict mode."""


class OutputError(TracerError):
    """The output exists already or cannot be written."""
