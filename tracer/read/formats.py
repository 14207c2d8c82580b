"""Which formats are read: how a file name tells its format, what each needs to be installed, and who reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO, cast

from tracer.domain import Article, SkippedArticle
from tracer.read.settings import ReadSettings

Found = Iterator[Article | SkippedArticle]


class InputKind(StrEnum):
    """How a file is read."""

    TEXT = "text"
    JSON_LINES = "json lines"
    JSON = "json"
    TABLE = "table"
    PARQUET = "parquet"
    ARROW = "arrow"
    DATABASE = "database"
    WORKBOOK = "workbook"
    ZIP = "zip"
    PAGE = "page"
    WEB_ARCHIVE = "web archive"
    FEED = "feed"
    DOCX = "word document"
    ODT = "opendocument text"
    PDF = "pdf"
    MAIL = "mail"


KINDS: Mapping[str, InputKind] = {
    **dict.fromkeys((".txt", ".text", ".md"), InputKind.TEXT),
    **dict.fromkeys((".jsonl", ".ndjson"), InputKind.JSON_LINES),
    ".json": InputKind.JSON,
    **dict.fromkeys((".csv", ".tsv"), InputKind.TABLE),
    ".parquet": InputKind.PARQUET,
    **dict.fromkeys((".feather", ".arrow"), InputKind.ARROW),
    **dict.fromkeys((".sqlite", ".sqlite3", ".db"), InputKind.DATABASE),
    ".xlsx": InputKind.WORKBOOK,
    **dict.fromkeys((".zip", ".wacz"), InputKind.ZIP),
    ".docx": InputKind.DOCX,
    ".odt": InputKind.ODT,
    ".pdf": InputKind.PDF,
    ".eml": InputKind.MAIL,
    **dict.fromkeys((".html", ".htm", ".xhtml", ".mhtml", ".mht"), InputKind.PAGE),
    ".warc": InputKind.WEB_ARCHIVE,
    **dict.fromkeys((".rss", ".atom", ".xml"), InputKind.FEED),
}
"""Suffix → how such a file is read; a compression behind it (``PACKED``) is looked through."""

PACKED = (".gz", ".bz2", ".xz", ".zst")
"""Suffixes of compressed files, which are unpacked while they are read."""

ONE_ARTICLE = frozenset({InputKind.TEXT, InputKind.PAGE, InputKind.DOCX, InputKind.ODT, InputKind.PDF, InputKind.MAIL})
"""Kinds of which a file is one article, whose id is the file's name."""

RANDOM_ACCESS = frozenset(
    {InputKind.PARQUET, InputKind.ARROW, InputKind.DATABASE, InputKind.WORKBOOK, InputKind.ZIP},
)
"""Kinds that are not read from the beginning to the end: how far one is cannot be told, and what is packed has to be
unpacked first (``read_through_file``)."""

_NEEDS: Mapping[InputKind, tuple[str, str]] = {
    InputKind.PARQUET: ("pyarrow", "tables"),
    InputKind.ARROW: ("pyarrow", "tables"),
    InputKind.WORKBOOK: ("openpyxl", "tables"),
    InputKind.PAGE: ("trafilatura", "html"),
    InputKind.WEB_ARCHIVE: ("warcio", "html"),
    InputKind.DOCX: ("lxml", "documents"),
    InputKind.ODT: ("lxml", "documents"),
    InputKind.PDF: ("pypdf", "documents"),
    InputKind.FEED: ("feedparser", "html"),
}
"""Kind → the module that must be installed for it, and the extra that brings it."""

_READERS: Mapping[InputKind, tuple[str, str]] = {
    InputKind.TEXT: ("tracer.read.text_files", "read_text_file"),
    InputKind.JSON_LINES: ("tracer.read.json_lines", "read_json_lines"),
    InputKind.JSON: ("tracer.read.json_files", "read_json_file"),
    InputKind.TABLE: ("tracer.read.tables", "read_table"),
    InputKind.PARQUET: ("tracer.read.arrow_files", "read_parquet"),
    InputKind.ARROW: ("tracer.read.arrow_files", "read_arrow"),
    InputKind.DATABASE: ("tracer.read.databases", "read_database"),
    InputKind.WORKBOOK: ("tracer.read.workbooks", "read_workbook"),
    InputKind.ZIP: ("tracer.read.archives", "read_zip"),
    InputKind.PAGE: ("tracer.read.pages", "read_page"),
    InputKind.WEB_ARCHIVE: ("tracer.read.web_archives", "read_web_archive"),
    InputKind.FEED: ("tracer.read.feeds", "read_feed"),
    InputKind.DOCX: ("tracer.read.word_files", "read_docx"),
    InputKind.ODT: ("tracer.read.opendocument_files", "read_odt"),
    InputKind.PDF: ("tracer.read.pdf_files", "read_pdf"),
    InputKind.MAIL: ("tracer.read.mail_files", "read_mail"),
}
"""Kind → the module and the function that reads it; loaded when there is such a file."""

_ADVICE = {
    **dict.fromkeys((".doc", ".rtf", ".epub", ".pages", ".wpd"), "save it as .docx, .odt or .txt"),
    ".msg": "save it as .eml or .txt",
    **dict.fromkeys((".xls", ".ods"), "save it as .xlsx, or export it as .csv"),
    **dict.fromkeys((".tar", ".tgz", ".7z", ".rar"), "unpack it first"),
}
READABLE = (
    "readable are .txt .text .md .html .mhtml .docx .odt .pdf .eml .warc .rss .atom .jsonl .ndjson .json .csv .tsv, "
    "also with .gz .bz2 .xz .zst, and .parquet .feather .sqlite .xlsx .zip .wacz"
)


def suffix_of(path: str) -> str:
    """The lower-case suffix that says what a file holds; a compression behind it is looked through."""
    return Path(without_packing(Path(path).name).casefold()).suffix


def without_packing(name: str) -> str:
    """A file name without the suffix of its compression."""
    end = Path(name).suffix
    return name[: -len(end)] if end.casefold() in PACKED else name


def unreadable(suffix: str, kind: InputKind | None) -> str | None:
    """Why a file of this suffix and kind cannot be read here, and what to do; ``None`` when it can."""
    if kind is None:
        return f"{suffix} cannot be read; {_ADVICE[suffix]}" if suffix in _ADVICE else None
    module, extra = _NEEDS.get(kind, ("", ""))
    if not module or find_spec(module) is not None:
        return None
    return f"{suffix} is read by {module}: pip install 'tracer-news[{extra}]', or save it as .txt, .csv or .jsonl"


def read_file(stream: BinaryIO, kind: InputKind, path: str, id_: str, settings: ReadSettings) -> Found:
    """The articles and skips of a file of a kind; ``id_`` is for kinds of which a file is one article.

    Raises:
        InputError, UnreadableRestError: as the reader of the kind does, while reading.
    """
    module, name = _READERS[kind]
    reader = cast("Callable[..., Found]", getattr(import_module(module), name))
    return reader(stream, path, id_, settings) if kind in ONE_ARTICLE else reader(stream, path, settings)
