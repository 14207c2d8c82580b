"""Documents: one file, one article. What the reader of a format hands over, and what becomes of its failures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from tracer.domain import UNDATED, Article, Published, SkippedArticle
from tracer.read.body import body_of, too_long
from tracer.read.labels import clean_label
from tracer.read.origins import FILE_NAME, GIVEN, Origins, origins
from tracer.read.settings import ReadSettings
from tracer.read.values import label_of

OF_PROPERTIES = {"title": "properties of the file", "byline": "properties of the file"}
"""Where title and author of office documents and PDFs stand."""
_LONGEST_FAULT = 500
_SHOWN_ERROR = 120
_NOBODY = frozenset({"admin", "administrator", "author", "microsoft office user", "owner", "unknown", "user"})
_NO_TITLES = ("microsoft word - ", "microsoft word document", "powerpoint presentation", "untitled", "document1")
_PARAGRAPH_END = "\n\n"


class DocumentFault(Exception):  # noqa: N818 - as body_fault: a reason for a user, not an error of ours
    """Why a document is no article, and what to do. Never leaves the ``read`` floor."""


@dataclass(frozen=True, slots=True)
class Document:
    """What a document holds: its text with a blank line between paragraphs, and what it says about itself.

    ``title``, ``byline`` and ``outlet`` are as found, not yet fit to print. ``origins`` says where fields are read,
    also of those that are missing.
    """

    text: str
    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    published: Published = UNDATED
    warnings: tuple[str, ...] = ()
    origins: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DocumentForm:
    """A format of documents: what to call it, and what opens its bytes.

    ``opened`` raises ``DocumentFault``, or whatever the parser behind it raises on bytes that it does not expect.
    """

    name: str
    opened: Callable[[bytes, ReadSettings], Document]


def read_document(
    stream: BinaryIO, path: str, id_: str, settings: ReadSettings, form: DocumentForm
) -> Iterator[Article | SkippedArticle]:
    """The one article in ``stream``, or the reason why there is none.

    Holds the file, of at most ``settings.max_file_bytes``, and the text. Whatever a parser raises becomes the reason of
    the skip. Writes nothing to disk, fetches nothing.
    """
    data = stream.read(settings.max_file_bytes + 1)
    if not data:
        yield SkippedArticle(path, 0, "is empty: it holds no articles")
        return
    document, fault = _opened(data, settings, form)
    text = ""
    if document is not None:
        text, fault = body_of(document.text, settings)
    if document is None or fault is not None:
        yield SkippedArticle(path, 0, fault or "")
        return
    article = Article(
        id_,
        text,
        outlet=_label(document.outlet),
        title=_title(document.title),
        published=document.published,
        language=settings.language,
        byline=_author(document.byline),
        path=path,
        warnings=document.warnings,
    )
    yield replace(article, origins=_origins(article, document))


def _origins(article: Article, document: Document) -> Origins:
    known = {"id": FILE_NAME, "text": "whole file", "language": GIVEN} | dict(document.origins)
    return origins(**{name: where for name, where in known.items() if getattr(article, name) not in (None, UNDATED)})


def _opened(data: bytes, settings: ReadSettings, form: DocumentForm) -> tuple[Document | None, str | None]:
    """The one place where a parser's errors are caught."""
    if len(data) > settings.max_file_bytes:
        return None, f"is larger than {settings.max_file_bytes:,} bytes; save its text as .txt, or raise the limit"
    try:
        return form.opened(data, settings), None
    except DocumentFault as fault:
        return None, clean_label(str(fault), _LONGEST_FAULT)
    except Exception as error:  # noqa: BLE001 - what parsers raise on hostile bytes cannot be listed
        why = clean_label(str(error), _SHOWN_ERROR) or type(error).__name__
        return None, f"is damaged or no {form.name} ({why}); open it, and save its text as .txt"


class Paragraphs:
    """Gathers the paragraphs of a document, in the order in which they end; blank ones are dropped.

    A paragraph may stand in another one, as in a box of text. Holds at most ``settings.max_article_chars``.
    """

    def __init__(self, settings: ReadSettings) -> None:
        self._settings = settings
        self._left = settings.max_article_chars
        self._done: list[str] = []
        self._open: list[list[str]] = []

    def begin(self) -> None:
        """A paragraph begins, in the open one if there is any."""
        self._open.append([])

    def write(self, text: str) -> None:
        """Add to the innermost open paragraph; outside of paragraphs text is dropped.

        Raises:
            DocumentFault: the text is longer than an article may be.
        """
        if not self._open or not text:
            return
        self._left -= len(text)
        if self._left < 0:
            raise DocumentFault(too_long(self._settings))
        self._open[-1].append(text)

    def end(self, tidied: Callable[[str], str] = str.rstrip) -> None:
        """The innermost open paragraph ends; ``tidied`` makes its text what is kept."""
        if self._open:
            text = tidied("".join(self._open.pop()))
            if text and not text.isspace():
                self._done.append(text)

    def text(self) -> str:
        """All paragraphs, with a blank line between two."""
        while self._open:
            self.end()
        return _PARAGRAPH_END.join(self._done)


def _label(value: str | None) -> str | None:
    return label_of(value) if value is not None else None


def _title(value: str | None) -> str | None:
    """A title that somebody gave: not the one that a word processor makes up."""
    title = _label(value)
    return None if title is not None and title.casefold().startswith(_NO_TITLES) else title


def _author(value: str | None) -> str | None:
    author = _label(value)
    return None if author is not None and author.casefold() in _NOBODY else author
