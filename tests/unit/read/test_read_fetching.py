"""Pages fetched from a server of the test's own: what is saved, what is refused, and how politely it is asked."""

from __future__ import annotations

import gzip
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from test_read_pages import page

from tracer.domain import Article, OutputError, SettingsError
from tracer.read import read_articles

pytest.importorskip("urllib3")

from tracer.read.fetching import Fetched, FetchSettings, fetch_pages
from tracer.read.fetching.client import Client, Deadline, FetchError, _require_public_place, web_address
from tracer.read.fetching.fetch import LOG
from tracer.read.fetching.robots_rules import RobotsRules

QUICK = FetchSettings(delay=0.0, private=True, timeout=5.0, retries=1, max_bytes=2_000_000)


HTML = {"Content-Type": "text/html; charset=utf-8"}
LATIN = page().replace('charset="utf-8"', "").encode("cp1252")
ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/moved": (301, {"Location": "/ferry"}, b""),
    "/circle": (302, {"Location": "/circle"}, b""),
    "/away": (302, {"Location": "file:///etc/passwd"}, b""),
    "/bomb": (200, {**HTML, "Content-Encoding": "gzip"}, gzip.compress(b"<p>" + b"x" * 50_000_000)),
    "/large": (200, HTML, b"x" * 3_000_000),
    "/picture": (200, {"Content-Type": "image/png"}, b"\x89PNG"),
    "/latin": (200, {"Content-Type": "text/html; charset=windows-1252"}, LATIN),
    "/gone": (404, HTML, b"gone"),
    "/nowhere": (302, {"Location": "http://["}, b""),
}


class Site(ThreadingHTTPServer):
    """A server that answers as told, and remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.asked: list[tuple[str, str]] = []
        self.robots: tuple[int, bytes] = (404, b"")
        self.busy = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Answers(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers["User-Agent"]))
        status, headers, body = self._answer()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _answer(self) -> tuple[int, dict[str, str], bytes]:
        if self.path == "/robots.txt":
            return self.server.robots[0], {"Content-Type": "text/plain"}, self.server.robots[1]
        if self.path == "/busy" and self.server.busy:
            self.server.busy -= 1
            return 503, {"Retry-After": "0"}, b"busy"
        return ANSWERS.get(self.path, (200, HTML, page().encode()))

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()


def fetched(site: Site, folder: Path, *paths: str, settings: FetchSettings = QUICK) -> list[Fetched]:
    return list(fetch_pages([site.address + path for path in paths], folder, settings))


def test_a_page_is_saved_and_can_be_audited_offline(site: Site, tmp_path: Path) -> None:
    """With the address it came from, and a line in the log; the folder holds nothing else that is read."""
    (found,) = fetched(site, tmp_path, "/2021/03/09/ferry-in-dock.html?from=front")
    assert found.path == tmp_path / "127-0-0-1-2021-03-09-ferry-in-dock.html"
    (article,) = read_articles([tmp_path])
    assert isinstance(article, Article)
    assert article.url == found.url
    assert article.published.isoformat() == "2021-03-09"
    (line,) = (tmp_path / LOG).read_text().splitlines()
    entry = json.loads(line)
    assert (entry["url"], entry["status"], entry["bytes"]) == (found.url, 200, len(page().encode()))
    assert sorted(path.name for path in tmp_path.iterdir()) == [LOG, found.path.name]


def test_what_the_folder_has_is_not_fetched_again(site: Site, tmp_path: Path) -> None:
    """Unless that is asked for; two pages with one name are told apart."""
    first = fetched(site, tmp_path, "/ferry", "/ferry?page=2")
    asked = len(site.asked)
    second = fetched(site, tmp_path, "/ferry", "/ferry?page=2")
    assert len(site.asked) == asked
    assert [one.path for one in second] == [one.path for one in first]
    assert len({one.path for one in first}) == 2
    assert all("fetched before" in one.reason for one in second)
    fetched(site, tmp_path, "/ferry", settings=FetchSettings(delay=0.0, private=True, again=True))
    assert len(site.asked) > asked


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/gone", "status 404"),
        ("/circle", "redirect to redirect"),
        ("/away", "no web address"),
        ("/nowhere", "no web address"),
        ("/bomb", "larger than 2,000,000 bytes"),
        ("/large", "larger than 2,000,000 bytes"),
        ("/picture", "is no web page but image/png"),
    ],
)
def test_what_cannot_be_used_is_told(site: Site, tmp_path: Path, path: str, reason: str) -> None:
    """And nothing is left in the folder; other pages are fetched all the same."""
    bad, good = fetched(site, tmp_path, path, "/ferry")
    assert bad.path is None
    assert reason in bad.reason
    assert good.path is not None
    assert len(list(tmp_path.glob("*.html"))) == 1


def test_redirects_and_encodings_are_followed(site: Site, tmp_path: Path) -> None:
    """The address saved is the one that the page came from in the end."""
    moved, latin = fetched(site, tmp_path, "/moved", "/latin")
    assert moved.path is not None
    assert latin.path is not None
    assert f"{site.address}/ferry " in moved.path.read_text(encoding="utf-8-sig")
    assert "“We will mend it by Friday,”" in latin.path.read_text(encoding="utf-8-sig")


def test_a_busy_host_is_asked_once_more(site: Site, tmp_path: Path) -> None:
    """And given up when that does not help."""
    site.busy = 1
    assert fetched(site, tmp_path, "/busy")[0].path is not None
    site.busy = 9
    (found,) = fetched(site, tmp_path / "b", "/busy")
    assert "status 503" in found.reason


@pytest.mark.parametrize(
    ("robots", "path", "allowed"),
    [
        ((404, b""), "/ferry", True),
        ((200, b"User-agent: *\nDisallow: /private\n"), "/ferry", True),
        ((200, b"User-agent: *\nDisallow: /\n"), "/ferry", False),
        ((200, b"User-agent: tracer-news\nDisallow: /ferry\n"), "/ferry", False),
        ((403, b""), "/ferry", False),
        ((500, b""), "/ferry", False),
        ((200, b"\xff\xfe\x00" * 1000), "/ferry", True),
        ((200, b"\xef\xbb\xbfUser-agent: *\n\nDisallow: /*rry\n"), "/ferry", False),
    ],
)
def test_robots_are_obeyed(site: Site, tmp_path: Path, robots: tuple[int, bytes], path: str, allowed: bool) -> None:
    """Asked once for each host; ``robots=False`` does not ask."""
    site.robots = robots
    found = fetched(site, tmp_path, path, path + "?2")
    assert [one.path is not None for one in found] == [allowed, allowed]
    assert [asked for asked, _ in site.asked].count("/robots.txt") <= 2
    site.asked.clear()
    free = FetchSettings(delay=0.0, private=True, robots=False)
    assert fetched(site, tmp_path / "b", path, settings=free)[0].path is not None
    assert "/robots.txt" not in [asked for asked, _ in site.asked]


def test_hosts_are_given_a_pause(site: Site, tmp_path: Path) -> None:
    """Between any two requests to one of them, by a clock of the test's own."""
    clock, slept = [0.0], []

    def wait(seconds: float) -> None:
        slept.append(seconds)
        clock[0] += seconds

    settings = FetchSettings(delay=7.0, private=True)
    client = Client(settings, wait=wait, now=lambda: clock[0])
    found = list(fetch_pages([site.address + "/a", site.address + "/b"], tmp_path, settings, client))
    assert all(one.path for one in found)
    assert slept == [7.0, 7.0]
    assert {agent for _, agent in site.asked} == {"tracer-news/1"}


@pytest.mark.parametrize(
    "url",
    [
        *("http://127.0.0.1/", "http://localhost:8080/x", "http://[::1]/", "http://0.0.0.0/", "http://10.1.2.3/"),
        *("http://192.168.1.1/admin", "http://169.254.169.254/latest/meta-data/", "http://[::ffff:127.0.0.1]/"),
        *("http://[fe80::1]/", "http://2130706433/", "http://0x7f.1/"),
        *(
            "http://[64:ff9b::7f00:1]/",
            "http://[64:ff9b::10.1.2.3]/",
            "http://[2002:7f00:1::]/",
            "http://[::127.0.0.1]/",
        ),
        *("http://[fec0::1]/", "http://224.0.0.1/", "http://[ff02::1]/", "http://[64:ff9b:1::a00:1]/"),
    ],
)
def test_private_addresses_are_refused(tmp_path: Path, url: str) -> None:
    """However they are written, unless they are asked for."""
    (found,) = fetch_pages([url], tmp_path, FetchSettings(delay=0.0, robots=False))
    assert found.path is None
    assert "local network" in found.reason or "not known" in found.reason


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ftp://a.example/x",
        "file:///etc/passwd",
        "http://",
        "http://[",
        "javascript:alert(1)",
        "http://a b/",
        "http://user:secret@a.example/",
        "http://a.example/" + "x" * 3_000,
        "http://a.example/\x1b[31m",
        "http://a:b/",
    ],
)
def test_what_is_no_address_is_told(text: str) -> None:
    """With the reason; nothing is asked."""
    with pytest.raises(FetchError):
        web_address(text)


def test_settings_are_checked() -> None:
    """All at once."""
    with pytest.raises(SettingsError) as caught:
        FetchSettings(timeout=0, max_bytes=-1, delay=-2)
    assert len(caught.value.problems) == 3
    for endless in (float("inf"), float("nan"), 1e300):
        for name in ("timeout", "longest", "delay"):
            with pytest.raises(SettingsError, match=name):
                FetchSettings(**{name: endless})  # type: ignore[arg-type]


def test_a_folder_that_cannot_be_made_is_an_output_error(tmp_path: Path) -> None:
    """Told with the folder."""
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="file"):
        list(fetch_pages(["https://a.example"], tmp_path / "file"))


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "2606:4700:4700::1111", "64:ff9b::101:101", "2002:101:101::", "::ffff:1.1.1.1"]
)
def test_public_addresses_are_not_refused(address: str) -> None:
    """Also where they stand for one of IPv4, as with a net that has none but IPv6."""
    _require_public_place(address, FetchSettings())


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@pytest.mark.parametrize(
    "head",
    [
        HEAD + b"Content-Length: 100000\r\n\r\n",
        b"",
        HEAD + b"X-Long: ",
        HEAD + b"\r\n<html><body><p>The first half of it.",
    ],
)
def test_a_host_that_sends_byte_by_byte_is_cut_off(tmp_path: Path, head: bytes) -> None:
    """In its headers or in the page: the longest time holds for all of it."""
    ended = threading.Event()

    def drip(host: socket.socket) -> None:
        link, _ = host.accept()
        with link, suppress(OSError):
            link.recv(4096)
            link.sendall(head)
            while not ended.wait(0.02):
                link.sendall(b"x")

    with socket.create_server(("127.0.0.1", 0)) as host:
        thread = threading.Thread(target=drip, args=(host,), daemon=True)
        thread.start()
        settings = FetchSettings(delay=0.0, private=True, robots=False, longest=0.5, retries=0)
        (found,) = fetch_pages([f"http://127.0.0.1:{host.getsockname()[1]}/"], tmp_path, settings)
        ended.set()
        thread.join()
    assert found.path is None
    assert "takes longer than 0.5 seconds" in found.reason
    assert [path.name for path in tmp_path.iterdir()] == []


def test_the_longest_time_holds_for_all_tries_together(tmp_path: Path) -> None:
    """Of the page and of ``robots.txt``, by a clock of the test's own; the host is not asked any more then."""
    clock, asked = [0.0], []

    def late(self: Client, url: str, deadline: Deadline) -> None:
        deadline.left()
        asked.append(url)
        clock[0] += 50.0
        raise OSError("reset")

    settings = FetchSettings(delay=0.0, private=True, longest=120.0, retries=9)
    client = Client(settings, wait=lambda _: None, now=lambda: clock[0])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "_asked", late)
        (found,) = fetch_pages(["http://127.0.0.1/x"], tmp_path, settings, client)
    assert asked == ["http://127.0.0.1/robots.txt"] * 3
    assert found.reason == "takes longer than 120 seconds"


@pytest.mark.parametrize(
    "log",
    [
        b'{"url": "\xff"}\n',
        b'{"url": "URL", "file": "a\\u0000b"}\n',
        b'{"url": "URL", "file": "../mine.html"}\n',
        b'{"url": "URL", "file": "Mine.txt"}\n',
        b"[" * 100_000,
        b'{"url": "http://a.example/',
    ],
)
def test_a_damaged_log_is_gone_on_with(site: Site, tmp_path: Path, log: bytes) -> None:
    """What it holds is passed over, and new lines stand on lines of their own."""
    (tmp_path / LOG).write_bytes(log.replace(b"URL", f"{site.address}/ferry".encode()))
    (first,) = fetched(site, tmp_path, "/ferry")
    (second,) = fetched(site, tmp_path, "/ferry")
    assert first.path is not None
    assert first.path.parent == tmp_path
    assert "fetched before" in second.reason


def test_files_of_others_are_left_alone(site: Site, tmp_path: Path) -> None:
    """A page of the user's own with the name that a new one would have, and a link with it."""
    mine = tmp_path / "127-0-0-1-ferry.html"
    mine.write_text("mine")
    (found,) = fetched(site, tmp_path, "/ferry")
    assert mine.read_text() == "mine"
    assert found.path not in {None, mine}
    assert "bronze propeller" in found.path.read_text(encoding="utf-8-sig")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /*/private/", "/a/private/b", False),
        ("User-agent: *\nDisallow: /*/private/", "/private/b", True),
        ("User-agent: *\nAllow: /\nDisallow: /private", "/private", False),
        ("User-agent: *\nDisallow: /private\nAllow: /private", "/private", True),
        ("User-agent: *\n\nDisallow: /", "/a", False),
        ("\ufeffUser-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /a$", "/a", False),
        ("User-agent: *\nDisallow: /a$", "/ab", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf?x", True),
        ("User-agent: *\nDisallow: /a*$", "/abc", False),
        ("User-agent: *\nDisallow: /*?id=", "/a?id=1", False),
        ("User-agent: Tracer-News/2.0 # x\nDisallow: /", "/a", False),
        ("User-agent: news\nDisallow: /", "/a", True),
        ("User-agent: tracer-news\nAllow: /x\nUser-agent: *\nDisallow: /", "/a", True),
        ("User-agent: tracer-news\nSitemap: /s\nUser-agent: b\nDisallow: /", "/a", False),
        ("User-agent: tracer-news\nDisallow: /a\n\nUser-agent: tracer-news\nDisallow: /b", "/a", False),
        ("User-agent: *\nDisallow:", "/a", True),
        ("Disallow: /", "/a", True),
        ("User-agent: *\nDisallow: /caf%c3%a9%7e", "/café~", False),
        ("User-agent: *\nDisallow: /" + "*a" * 200 + "b", "/" + "a" * 1_900, True),
        ("User-agent: *\rDisallow: /b\r", "", True),
    ],
)
def test_robots_are_read_as_rfc_9309_says(text: str, path: str, allowed: bool) -> None:
    """Wildcards, the longest rule, groups, and what is written in odd ways."""
    assert RobotsRules(text, "tracer-news").allow(f"https://a.example{path}") is allowed


def test_the_address_that_a_connection_ends_at_is_asked_too(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that was public when it was looked up and is private when it is connected to."""
    monkeypatch.setattr("tracer.read.fetching.client._require_public", lambda *_: None)
    (found,) = fetch_pages([site.address + "/x"], tmp_path, FetchSettings(delay=0.0, robots=False, retries=0))
    assert "local network" in found.reason
    assert site.asked == []
