"""Addresses → pages in a folder."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tracer.domain import OutputError
from tracer.read.encodings import binary_reason
from tracer.read.fetching.client import Answer, Client, FetchError, web_address
from tracer.read.fetching.robots import Robots
from tracer.read.fetching.settings import FetchSettings
from tracer.read.labels import clean_label
from tracer.read.pages import with_charset

LOG = ".fetched.jsonl"
"""In the folder: a line for each page, when and from where it came, and what it was."""
_FOUND = 200
_LONGEST_NAME = 80
_MOST_NAMES = 100
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_NO_LETTERS = re.compile(r"[^a-z0-9]+")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,100}\.html")


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of one address.

    ``path`` is where the page was saved, ``None`` when it was not; ``reason`` then says why, and is empty otherwise but
    for a page that the folder had already.
    """

    url: str
    path: Path | None
    reason: str = ""


def fetch_pages(
    urls: Iterable[str],
    folder: Path,
    settings: FetchSettings | None = None,
    client: Client | None = None,
    moment: Callable[[], datetime] | None = None,
) -> Iterator[Fetched]:
    """Fetch each of ``urls`` into ``folder`` (made where there is none), one after the other, in their order.

    A page is saved under a name made of its address, as UTF-8, behind a note of where it came from as browsers write
    it, so that :func:`tracer.read_articles` knows its address; nothing else of it is changed. A file that is there
    already is left alone, unless it is that page and ``settings.again`` is set. Where, when and what was
    had is appended to ``LOG`` in the folder, with the SHA-256 of the bytes as they came. Each file appears whole or not
    at all. ``robots.txt`` is obeyed, a pause is made between two requests to one host. ``moment`` tells the time for
    the log, which has none without it.

    Raises:
        OutputError: when the folder or a file cannot be written.
    """
    settings = settings or FetchSettings()
    client = client or Client(settings)
    robots = Robots(client)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        known = _known(folder)
        for text in dict.fromkeys(urls):
            found, answer = _fetched(text, folder, known, (settings, client, robots))
            if answer is not None and found.path is not None:
                _log(folder, found, answer, moment() if moment else None)
            yield found
    except OSError as error:
        raise OutputError(f"{folder}: pages cannot be saved there ({error.strerror or error})") from error


def _fetched(
    text: str, folder: Path, known: dict[str, str], tools: tuple[FetchSettings, Client, Robots]
) -> tuple[Fetched, Answer | None]:
    """What became of an address, and what its host answered where the page was saved."""
    settings, client, robots = tools
    try:
        url = web_address(text)
        if url in known and not settings.again and (folder / known[url]).exists():
            return Fetched(url, folder / known[url], "was fetched before; --again fetches it anew"), None
        answer = client.get(url, robots.require if settings.robots else None)
        if answer.status != _FOUND:
            raise FetchError(f"the host answers with status {answer.status}")
        content = _page(answer)
        name = known.get(url) or _name(url, folder, set(known.values()))
    except FetchError as error:
        return Fetched(clean_label(text), None, str(error)), None
    _write(folder / name, content)
    known[url] = name
    return Fetched(url, folder / name), answer


def _page(answer: Answer) -> bytes:
    """The page as UTF-8, behind a mark that says so and a note of its address."""
    kind = answer.kind.partition(";")[0].strip().casefold()
    fault = binary_reason(answer.body[:4096])
    if (kind and kind not in _PAGES) or fault:
        raise FetchError(f"is no web page but {kind or fault}; download it with a browser")
    charset = _CHARSET.search(answer.kind)
    page = with_charset(answer.body, charset[1] if charset else None)
    if page is None:
        raise FetchError("is in no known text encoding")
    note = f"<!-- saved from url=({len(answer.url):04}){answer.url.replace('--', '%2D%2D')} -->\n"
    return ("\ufeff" + note + page.text.removeprefix("\ufeff")).encode("utf-8", "replace")


def _name(url: str, folder: Path, taken: set[str]) -> str:
    """A file name made of host and path, without anything that a file system or a shell could mind.

    No file that is in the folder already has it, whoever put it there.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    told = _NO_LETTERS.sub("-", f"{host} {unquote(parts.path)}".casefold().removesuffix(".html")).strip("-")
    stem = (told if len(told) <= _LONGEST_NAME else told[:_LONGEST_NAME].rstrip("-")) or "page"
    digest = sha256(url.encode()).hexdigest()
    ends = ("", f"-{digest[:8]}", *(f"-{digest[:8]}-{number}" for number in range(2, _MOST_NAMES)))
    for end in ends:
        name = f"{stem}{end}.html"
        if name not in taken and not os.path.lexists(folder / name):
            return name
    raise FetchError(f"finds all its names taken in the folder, such as {stem}.html")


def _write(path: Path, content: bytes) -> None:
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _log(folder: Path, found: Fetched, answer: Answer, moment: datetime | None) -> None:
    entry = {
        "url": found.url,
        "final_url": answer.url,
        "file": found.path.name if found.path else None,
        "fetched": moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None,
        "status": answer.status,
        "content_type": clean_label(answer.kind, 200),
        "bytes": len(answer.body),
        "sha256": sha256(answer.body).hexdigest(),
    }
    with (folder / LOG).open("ab+") as stream:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(0, size - 1))
        torn = stream.read() not in {b"", b"\n"}
        stream.write(b"\n" * torn + json.dumps(entry, ensure_ascii=True).encode() + b"\n")


def _known(folder: Path) -> dict[str, str]:
    """Address → file name, of what the folder has; damaged lines of the log, and names not ours, are passed over."""
    found: dict[str, str] = {}
    try:
        lines = (folder / LOG).read_bytes().split(b"\n")
    except FileNotFoundError:
        return found
    for line in lines:
        try:
            entry = json.loads(line)
            url, name = entry["url"], entry["file"]
        except (ValueError, KeyError, TypeError, RecursionError):
            continue
        if isinstance(url, str) and isinstance(name, str) and _NAME.fullmatch(name):
            found[url] = name
    return found
