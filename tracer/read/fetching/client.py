"""One page over HTTP: bounded in size and time, and never from a private address unless that is allowed."""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from tracer.read.fetching.settings import FetchSettings

AGENT = "tracer-news"
"""The name under which pages and ``robots.txt`` are asked for."""
_HEADERS = {
    "User-Agent": f"{AGENT}/1",
    "Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5",
    "Accept-Encoding": "gzip, deflate",
}
_MOST_REDIRECTS = 5
_BLOCK = 65_536
_BUSY = frozenset({429, 502, 503, 504})
_MOVED = frozenset({301, 302, 303, 307, 308})
_FOUND = 200
_LONGEST_ADDRESS = 2_000
_LONGEST_PAUSE = 60.0


class FetchError(Exception):
    """A page could not be had; the message says why. Never leaves this package."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host answered: the address after redirects, the status, the content type as sent, and the body."""

    url: str
    status: int
    kind: str
    body: bytes


def web_address(text: str) -> str:
    """``text`` as an address of the web; ``https`` where it names no scheme.

    Raises:
        FetchError: when it is none.
    """
    url = text.strip()
    url = url if "://" in url else f"https://{url}"
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise FetchError(f"is no web address ({error})") from error
    fits = len(url) <= _LONGEST_ADDRESS and url.isprintable() and " " not in url
    if parts.scheme.casefold() not in {"http", "https"} or not host or not fits:
        raise FetchError("is no web address that begins with http:// or https://")
    if parts.username or parts.password:
        raise FetchError("holds a password, which would be kept with the page; take it out")
    return url


@dataclass(slots=True)
class Client:
    """Asks hosts for pages, one request at a time, with a pause between two to one host.

    ``wait`` and ``now`` are a clock, so that tests need none.
    """

    settings: FetchSettings
    wait: Callable[[float], None] = time.sleep
    now: Callable[[], float] = time.monotonic
    _last: dict[str, float] = field(default_factory=dict)

    def get(self, url: str, allowed: Callable[[str], None] | None = None) -> Answer:
        """The page at ``url``, redirects followed; ``allowed`` is asked about each address and may raise.

        Raises:
            FetchError: when it cannot be had, is too large, or takes too long.
        """
        until = self.now() + self.settings.longest
        for _ in range(_MOST_REDIRECTS + 1):
            if allowed is not None:
                allowed(url)
            answer, target = self._tried(url, until)
            if target is None:
                return answer
            url = web_address(urljoin(url, target))
        raise FetchError(f"leads from redirect to redirect, more than {_MOST_REDIRECTS} times")

    def _tried(self, url: str, until: float) -> tuple[Answer, str | None]:
        from urllib3.exceptions import HTTPError  # noqa: PLC0415 - an extra

        for left in reversed(range(self.settings.retries + 1)):
            self._pause(url)
            try:
                answer, target, pause = self._asked(url, until)
            except (HTTPError, OSError) as error:
                if not left:
                    raise FetchError(f"cannot be had ({_why(error)})") from error
                pause = self.settings.delay
            else:
                if answer.status not in _BUSY or not left:
                    return answer, target
            self.wait(min(pause, _LONGEST_PAUSE))
        raise AssertionError

    def _pause(self, url: str) -> None:
        host = urlsplit(url).netloc.casefold()
        left = self._last.get(host, -self.settings.delay) + self.settings.delay - self.now()
        if host in self._last and left > 0:
            self.wait(left)
        self._last[host] = self.now()

    def _asked(self, url: str, until: float) -> tuple[Answer, str | None, float]:
        _require_public(url, self.settings)
        opened: list[socket.socket] = []
        # Time-outs hold for each piece of an answer; a host that sends byte by byte is cut off from outside.
        ending = threading.Timer(self.settings.longest, _shut, [opened])
        ending.daemon = True
        ending.start()
        try:
            with _pool(self.settings, opened) as pool:
                reply = pool.request("GET", url, headers=_HEADERS, redirect=False, preload_content=False)
                try:
                    answer = Answer(url, reply.status, reply.headers.get("Content-Type", ""), self._body(reply, until))
                    target = reply.headers.get("Location") if reply.status in _MOVED else None
                    return answer, target, _seconds(reply.headers.get("Retry-After"), self.settings.delay)
                finally:
                    reply.close()
        finally:
            ending.cancel()

    def _body(self, reply: Any, until: float) -> bytes:
        body = bytearray()
        while block := reply.read1(_BLOCK, decode_content=True):
            body += block
            if len(body) > self.settings.max_bytes:
                raise FetchError(f"is larger than {self.settings.max_bytes:,} bytes")
            if self.now() > until:
                raise FetchError(f"takes longer than {self.settings.longest:g} seconds")
        return bytes(body)


def _pool(settings: FetchSettings, opened: list[socket.socket]) -> Any:
    """A pool of one connection, which is asked for its peer before anything is sent over it, and put into ``opened``.

    Names may be answered differently from one moment to the next, so to look one up beforehand is not enough.
    """
    from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager  # noqa: PLC0415 - an extra
    from urllib3.connection import HTTPConnection, HTTPSConnection  # noqa: PLC0415

    def checked(sock: socket.socket) -> None:
        _require_public_place(str(sock.getpeername()[0]), settings)
        opened.append(sock)

    class Plain(HTTPConnection):
        def connect(self) -> None:
            super().connect()
            checked(self.sock)

    class Secure(HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            checked(self.sock)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    manager = PoolManager(num_pools=1, maxsize=1, retries=False, timeout=settings.timeout)
    manager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}
    return manager


def _shut(opened: list[socket.socket]) -> None:
    for sock in opened:
        with suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)


def _seconds(header: str | None, default: float) -> float:
    return float(header) if header and header.isdecimal() and len(header) < 6 else default  # noqa: PLR2004


def _require_public(url: str, settings: FetchSettings) -> None:
    """Refuse an address whose host is on this machine or a local network, before anything is sent there.

    Raises:
        FetchError: when it is, or the host is not known.
    """
    parts = urlsplit(url)
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"the host {parts.hostname} is not known ({_why(error)})") from error
    for *_, place in found:
        _require_public_place(str(place[0]), settings)


def _require_public_place(place: str, settings: FetchSettings) -> None:
    address = ipaddress.ip_address(place.partition("%")[0])
    mapped = getattr(address, "ipv4_mapped", None)
    if not settings.private and not (mapped or address).is_global:
        raise FetchError(f"stands on this machine or a local network ({address}); --private allows that")


def _why(error: Exception) -> str:
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(text.split())[:200]
