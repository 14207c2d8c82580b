"""What hosts allow: their ``robots.txt`` (RFC 9309)."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from tracer.read.fetching.client import AGENT, Client, FetchError

_MOST_BYTES = 512 * 1024
_NOTHING = ("User-agent: *", "Disallow: /")
_FOUND, _REFUSED, _BROKEN = 200, frozenset({401, 403}), 500


@dataclass(slots=True)
class Robots:
    """Asks each host once, and remembers what it said."""

    client: Client
    _known: dict[str, RobotFileParser | FetchError] = field(default_factory=dict)

    def require(self, url: str) -> None:
        """Refuse an address that its host does not want fetched.

        A host without the file allows everything; one that refuses it, or fails to give it, allows nothing.

        Raises:
            FetchError: when it is refused, or the host cannot be asked.
        """
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._known:
            try:
                self._known[site] = self._asked(site)
            except FetchError as error:
                self._known[site] = error
        rules = self._known[site]
        if isinstance(rules, FetchError):
            raise rules
        if not rules.can_fetch(AGENT, url):
            raise FetchError(f"{site}/robots.txt does not allow it; save the page from a browser")

    def _asked(self, site: str) -> RobotFileParser:
        rules = RobotFileParser()
        answer = self.client.get(f"{site}/robots.txt")
        if answer.status in _REFUSED or answer.status >= _BROKEN:
            rules.parse(_NOTHING)
        else:
            told = answer.body[:_MOST_BYTES] if answer.status == _FOUND else b""
            rules.parse(told.decode("utf-8", "replace").splitlines())
        return rules
