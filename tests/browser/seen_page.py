"""A page in the browser, with what it said and asked for."""

from __future__ import annotations

from typing import Any


class Seen:
    """A page that was opened, what its console said, and what it asked the network for."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.said: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        page.on("request", lambda request: self.asked.append(request.url))

    def card(self) -> str:
        """What the card of evidence says."""
        return str(self.page.inner_text("#card"))
