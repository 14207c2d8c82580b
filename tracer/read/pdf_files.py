"""PDF files: the text of their pages, read without running, resolving or drawing anything."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, BinaryIO

from tracer.domain import Article, SkippedArticle
from tracer.read.body import too_long
from tracer.read.documents import OF_PROPERTIES, Document, DocumentFault, DocumentForm, read_document
from tracer.read.pdf_lines import paragraphs_of, without_repeated
from tracer.read.settings import ReadSettings

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_MOST_PAGES = 2_000
_MOST_STREAM_BYTES = 4_000_000
_MOST_PARSED = 500_000
_MOST_FORMS = 1_000
_MOST_WORK = 16_000_000
"""Bytes of page descriptions that are read of one file, forms as often as they are drawn, fonts for each page."""
_WORK_PER_FONT, _WORK_PER_ENTRY = 100, 2
_LONG_MAPPING = re.compile(rb"<[^<>]{129,}>")
_TO_DO = "save its text as .txt"
_ENCRYPTED = f"is encrypted; save a copy without encryption, or {_TO_DO}"


def read_pdf(stream: BinaryIO, path: str, id_: str, settings: ReadSettings) -> Iterator[Article | SkippedArticle]:
    """The article in a PDF, or the reason why there is none.

    Its text is that of the pages, in the order in which the file draws it; lines that most pages repeat are left out,
    with a warning, and the others are put together to paragraphs: see ``tracer.read.pdf_lines``. Columns come out
    one after the other only when the file draws them so. Title and author are those of its properties. It is undated:
    its properties say when the file was made, not when it was published.

    Skipped are encrypted files, files whose pages hold no text but pictures of it, and those of more than 2,000 pages
    or 16 MB of page descriptions. Costs 2 to 4 s per MB of those; the bounds are bounds on work, so that the outcome
    is the same on every machine.
    """
    return read_document(stream, path, id_, settings, DocumentForm("PDF", _opened))


def _opened(data: bytes, settings: ReadSettings) -> Document:
    from pypdf import PdfReader, apply_configuration  # noqa: PLC0415 - an extra, and heavy
    from pypdf.errors import DependencyError  # noqa: PLC0415

    _keep_quiet()
    bounds: dict[str, Any] = dict.fromkeys(
        (
            *("zlib_maximum_output_length", "lzw_maximum_output_length", "run_length_maximum_output_length"),
            *("brotli_maximum_output_length", "array_based_stream_maximum_output_length"),
        ),
        _MOST_STREAM_BYTES,
    )
    bounds |= {"stream_parsing_work_maximum_count": _MOST_PARSED, "jbig2dec_binary": None}
    bounds |= {
        "xform_maximum_invocations_per_extraction": _MOST_FORMS,
        "stream_decoding_work_maximum_length": 32_000_000,
    }
    with apply_configuration(**bounds):
        try:
            reader = PdfReader(io.BytesIO(data))
        except DependencyError as error:  # only what decrypts is not there
            raise DocumentFault(_ENCRYPTED) from error
        return _read(reader, settings)


def _read(reader: PdfReader, settings: ReadSettings) -> Document:
    if reader.is_encrypted:
        raise DocumentFault(_ENCRYPTED)
    count = len(reader.pages)
    if count > _MOST_PAGES:
        raise DocumentFault(f"has {count:,} pages, more than {_MOST_PAGES:,}; split it, or {_TO_DO}")
    pages = _lines_of_pages(reader, settings)
    empty = sum(not any(page) for page in pages)
    if empty == count:
        raise DocumentFault(f"holds pictures of text, or none: run OCR on it, and {_TO_DO}")
    kept, warnings = without_repeated(pages)
    if empty:
        warnings += (f"{empty} of {count} pages hold no text; if they are pictures of text, they need OCR",)
    known = reader.metadata
    title, author = (known.title, known.author) if known is not None else (None, None)
    return Document(paragraphs_of(kept), title, author, warnings=warnings, origins=OF_PROPERTIES)


def _lines_of_pages(reader: PdfReader, settings: ReadSettings) -> list[list[str]]:
    work, left, pages = _Work(), settings.max_article_chars, []
    for page in reader.pages:
        work.begin(page)
        text = page.extract_text(visitor_operand_before=work.operator)
        work.check()
        left -= len(text)
        if left < 0:
            raise DocumentFault(too_long(settings))
        pages.append([" ".join(line.split()) for line in text.splitlines()])
    return pages


class _Work:
    """How much of a file was read. Forms are drawn by name, perhaps by each other, perhaps a thousand times."""

    def __init__(self) -> None:
        self._left = _MOST_WORK
        self._forms: dict[str, int] = {}

    def begin(self, page: PageObject) -> None:
        """A page is going to be read."""
        contents = page.get_contents()
        self._left -= len(contents.get_data()) if contents is not None else 0
        self._forms = {}
        self._left -= self._look_at(page.get("/Resources"), {})
        self.check()

    def operator(self, name: bytes, operands: Any, _position: Any, _text_position: Any) -> None:
        """As pypdf asks for it: an operator of the page, or of a form on it, is going to be carried out."""
        if name == b"Do" and operands:
            self._left -= self._forms.get(str(operands[0]), 0)
        self.check()

    def check(self) -> None:
        """Raises ``DocumentFault`` when it was too much; again and again, as pypdf swallows errors within forms."""
        if self._left < 0:
            raise DocumentFault(f"takes too long to read: its pages are too involved; {_TO_DO}")

    def _look_at(self, resources: Any, known: dict[int, int]) -> int:
        """The work for the fonts of ``resources``; notes that for forms, also for those within forms."""
        resources = _plain(resources)
        if not isinstance(resources, dict) or len(known) > _MOST_FORMS:
            return 0
        if id(resources) in known:
            return known[id(resources)]
        fonts = known[id(resources)] = sum(map(_work_for_font, _values(resources.get("/Font"))))
        forms = _plain(resources.get("/XObject"))
        for name, value in forms.items() if isinstance(forms, dict) else ():
            form = _plain(value)
            if isinstance(form, dict) and form.get("/Subtype") == "/Form":
                work = _size(form) + self._look_at(form.get("/Resources"), known)
                self._forms[str(name)] = max(work, self._forms.get(str(name), 0))
        return fonts


def _work_for_font(font: Any) -> int:
    """The size of the tables of ``font``, which are read for each page.

    Raises:
        DocumentFault: it maps a code to so many characters that a short page could fill the memory.
    """
    table = _plain(font.get("/ToUnicode"))
    if _size(table) and _LONG_MAPPING.search(table.get_data()):
        raise DocumentFault(f"has a font that makes pages of single letters; {_TO_DO}")
    entries = len(_entries(font.get("/Widths"))) + sum(len(_entries(each.get("/W"))) for each in _descendants(font))
    encoding = _plain(font.get("/Encoding"))
    if isinstance(encoding, dict):
        entries += len(_entries(encoding.get("/Differences")))
    return _WORK_PER_FONT + _size(table) // 2 + _WORK_PER_ENTRY * entries


def _descendants(font: Any) -> list[Any]:
    return [each for each in map(_plain, _entries(font.get("/DescendantFonts"))[:1]) if isinstance(each, dict)]


def _entries(value: Any) -> list[Any]:
    value = _plain(value)
    return value if isinstance(value, list) else []


def _size(stream: Any) -> int:
    return len(stream.get_data()) if hasattr(stream, "get_data") else 0


def _values(mapping: Any) -> list[Any]:
    mapping = _plain(mapping)
    return (
        [value for value in map(_plain, mapping.values()) if isinstance(value, dict)]
        if isinstance(mapping, dict)
        else []
    )


def _plain(value: Any) -> Any:
    """What a reference of a PDF refers to."""
    return value.get_object() if hasattr(value, "get_object") else value


@lru_cache(maxsize=1)
def _keep_quiet() -> None:
    """Without a handler of its own, what pypdf has to say of a file would be printed."""
    logging.getLogger("pypdf").addHandler(logging.NullHandler())
