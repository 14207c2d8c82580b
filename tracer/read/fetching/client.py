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

from tracer.read.fetching.public_addresses import is_public
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


class OverdueError(FetchError):
    """A page took longer than one may in all."""


class Deadline:
    """When a page has to be there, by the clock of ``client``; pauses made for a host's sake do not count."""

    def __init__(self, client: Client) -> None:
        self._now, self._longest = client.now, client.settings.longest
        self._until = self._now() + self._longest

    def left(self) -> float:
        """The seconds that are left.

        Raises:
            OverdueError: when there are none.
        """
        left = self._until - self._now()
        if left <= 0:
            raise self.missed()
        return left

    def postpone(self, seconds: float) -> None:
        """Add ``seconds`` that were not the page's."""
        self._until += seconds

    def missed(self) -> OverdueError:
        """The reason, to be raised."""
        return OverdueError(f"takes longer than {self._longest:g} seconds")


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

    def get(
        self, url: str, allowed: Callable[[str, Deadline], None] | None = None, deadline: Deadline | None = None
    ) -> Answer:
        """The page at ``url``, redirects followed; ``allowed`` is asked about each address and may raise.

        All of that has to be done by the ``deadline``, by default ``settings.longest`` from now.

        Raises:
            FetchError: when it cannot be had, is too large, or takes too long.
        """
        deadline = deadline or Deadline(self)
        for _ in range(_MOST_REDIRECTS + 1):
            if allowed is not None:
                allowed(url, deadline)
            answer, target = self._tried(url, deadline)
            if target is None:
                return answer
            url = _redirected(url, target)
        raise FetchError(f"leads from redirect to redirect, more than {_MOST_REDIRECTS} times")

    def _tried(self, url: str, deadline: Deadline) -> tuple[Answer, str | None]:
        from urllib3.exceptions import HTTPError  # noqa: PLC0415 - an extra

        for left in reversed(range(self.settings.retries + 1)):
            self._pause(url, deadline)
            try:
                answer, target, pause = self._asked(url, deadline)
            except (HTTPError, OSError) as error:
                if not left:
                    raise FetchError(f"cannot be had ({_why(error)})") from error
                pause = self.settings.delay
            else:
                if answer.status not in _BUSY or not left:
                    return answer, target
            self.wait(min(pause, _LONGEST_PAUSE, deadline.left()))
        raise AssertionError

    def _pause(self, url: str, deadline: Deadline) -> None:
        host = urlsplit(url).netloc.casefold()
        left = self._last.get(host, -self.settings.delay) + self.settings.delay - self.now()
        if host in self._last and left > 0:
            self.wait(left)
            deadline.postpone(left)
        self._last[host] = self.now()

    def _asked(self, url: str, deadline: Deadline) -> tuple[Answer, str | None, float]:
        _require_public(url, self.settings)
        with _Ending(deadline) as ending, _pool(self.settings, ending) as pool:
            reply = pool.request("GET", url, headers=_HEADERS, redirect=False, preload_content=False)
            try:
                answer = Answer(url, reply.status, reply.headers.get("Content-Type", ""), self._body(reply, deadline))
                target = reply.headers.get("Location") if reply.status in _MOVED else None
                return answer, target, _seconds(reply.headers.get("Retry-After"), self.settings.delay)
            finally:
                reply.close()

    def _body(self, reply: Any, deadline: Deadline) -> bytes:
        body = bytearray()
        while block := reply.read1(_BLOCK, decode_content=True):
            body += block
            if len(body) > self.settings.max_bytes:
                raise FetchError(f"is larger than {self.settings.max_bytes:,} bytes")
            deadline.left()
        return bytes(body)


class _Ending:
    """Cuts the connection off at the deadline, from outside, and then says so.

    Time-outs hold for each piece of an answer; a host that sends byte by byte keeps them all. What is cut off in its
    headers, or in a body whose length was not told, looks like a whole answer from within.
    """

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        self._timer = threading.Timer(deadline.left(), self._end)
        self._timer.daemon = True
        self._lock = threading.Lock()
        self._opened: list[socket.socket] = []
        self._over = False

    def __enter__(self) -> _Ending:
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_error: object) -> None:
        self._timer.cancel()
        if self._over and (kind is None or issubclass(kind, Exception)):
            raise self._deadline.missed()

    def watch(self, sock: socket.socket) -> None:
        """Cut ``sock`` off too."""
        with self._lock:
            self._opened.append(sock)
            over = self._over
        if over:
            raise self._deadline.missed()

    def _end(self) -> None:
        with self._lock:
            self._over = True
            for sock in self._opened:
                with suppress(OSError):
                    sock.shutdown(socket.SHUT_RDWR)


def _pool(settings: FetchSettings, ending: _Ending) -> Any:
    """A pool of one connection, which is asked for its peer before anything is sent over it, TLS included.

    Names may be answered differently from one moment to the next, so to look one up beforehand is not enough.
    """
    from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager  # noqa: PLC0415 - an extra
    from urllib3.connection import HTTPConnection, HTTPSConnection  # noqa: PLC0415

    def checked(sock: socket.socket) -> socket.socket:
        try:
            _require_public_place(str(sock.getpeername()[0]), settings)
            ending.watch(sock)
        except BaseException:
            sock.close()
            raise
        return sock

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return checked(super()._new_conn())

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return checked(super()._new_conn())

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    manager = PoolManager(num_pools=1, maxsize=1, retries=False, timeout=settings.timeout)
    manager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}
    return manager


def _redirected(url: str, target: str) -> str:
    try:
        return web_address(urljoin(url, target))
    except ValueError as error:
        raise FetchError(f"leads to what is no web address ({error})") from error


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
    if not settings.private and not is_public(address):
        raise FetchError(f"stands on this machine or a local network ({address}); --private allows that")


def _why(error: Exception) -> str:
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(text.split())[:200]
