"""What hosts allow: their ``robots.txt`` (RFC 9309)."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tracer.read.fetching.client import AGENT, Client, Deadline, FetchError, OverdueError
from tracer.read.fetching.robots_rules import RobotsRules

_MOST_BYTES = 512 * 1024
_NOTHING = "User-agent: *\nDisallow: /"
_FOUND, _REFUSED, _BROKEN = 200, frozenset({401, 403}), 500


@dataclass(slots=True)
class Robots:
    """Asks each host once, and remembers what it said."""

    client: Client
    _known: dict[str, RobotsRules | FetchError] = field(default_factory=dict)

    def require(self, url: str, deadline: Deadline | None = None) -> None:
        """Refuse an address that its host does not want fetched.

        A host without the file allows everything; one that refuses it, or fails to give it, allows nothing.
        A host that is not asked to an end by the ``deadline`` is asked again for the next page.

        Raises:
            FetchError: when it is refused, or the host cannot be asked.
        """
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._known:
            try:
                self._known[site] = self._asked(site, deadline)
            except OverdueError:
                raise
            except FetchError as error:
                self._known[site] = error
        rules = self._known[site]
        if isinstance(rules, FetchError):
            raise rules
        if not rules.allow(url):
            raise FetchError(f"{site}/robots.txt does not allow it; save the page from a browser")

    def _asked(self, site: str, deadline: Deadline | None) -> RobotsRules:
        answer = self.client.get(f"{site}/robots.txt", deadline=deadline)
        if answer.status in _REFUSED or answer.status >= _BROKEN:
            return RobotsRules(_NOTHING, AGENT)
        told = answer.body if answer.status == _FOUND else b""
        if len(told) > _MOST_BYTES:
            told = told[:_MOST_BYTES].rpartition(b"\n")[0]
        return RobotsRules(told.decode("utf-8", "replace"), AGENT)
