"""The parts of an Excel workbook, looked over before any of them is taken apart."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from tracer.read.settings import ReadSettings

_BLOCK = 1 << 20
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
_OVERLAP = 16
_MOST_TAGS = 200_000
"""Tags of a part that is held as a whole: each takes some 25 microseconds and 500 bytes. Excel has 65,490 styles."""
_LARGE, _MOST_RATIO = 1 << 20, 500
_MANIFEST = "[Content_Types].xml"
_STREAMED = ("xl/worksheets/", "xl/sharedstrings.xml")
_BOOK = "main+xml"


def workbook_fault(stream: BinaryIO, settings: ReadSettings) -> str | None:
    """Why a workbook is not opened: it is none, or made to fill memory; ``None`` where there is no reason.

    Refused are those that unpack to more than ``settings.max_file_bytes``, or of which a part unpacks to five hundred
    times its size, those whose XML declares entities, and those with more than 200,000 tags in what is no sheet: styles
    and names are held as a whole. Reads every part once.
    """
    try:
        with zipfile.ZipFile(stream) as parts:
            infos = parts.infolist()
            if sum(info.file_size for info in infos) > settings.max_file_bytes:
                return f"unpacks to more than {settings.max_file_bytes:,} bytes"
            if any(info.file_size > max(_LARGE, _MOST_RATIO * info.compress_size) for info in infos):
                return f"has a part that unpacks to more than {_MOST_RATIO} times its size; it is not read"
            for info in sorted(infos, key=lambda each: each.filename != _MANIFEST):
                fault = _part_fault(parts, info) if info.filename.endswith((".xml", ".rels")) else None
                if fault is not None:
                    return fault
            return _moved_fault(parts, infos)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        return f"is no .xlsx workbook, or an encrypted one ({error})"


def _part_fault(parts: zipfile.ZipFile, info: zipfile.ZipInfo) -> str | None:
    """What is wrong with a part; one written in UTF-16 hides what it declares from a look at bytes."""
    most = None if info.filename.casefold().startswith(_STREAMED) else _MOST_TAGS
    tags = 0
    for held, block in _blocks(parts, info):
        if any(mark in held for mark in _DECLARATIONS) or held[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in held:
            return "declares XML entities, which no workbook needs; it is not read"
        tags += block.count(b"<")
        if most is not None and tags > most:
            return f"has more than {most:,} tags in {info.filename[:100]}; save the sheet as .csv"
    return None


def _blocks(parts: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[tuple[bytes, bytes]]:
    """The blocks of a part, each with the end of the one before it, and alone."""
    tail = b""
    with parts.open(info) as stream:
        while block := stream.read(_BLOCK):
            yield tail + block, block
            tail = (tail + block)[-_OVERLAP:]


def _moved_fault(parts: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> str | None:
    """The manifest may say that the workbook itself, which is held as a whole, stands where sheets do."""
    if not any(info.filename == _MANIFEST for info in infos):
        return None
    from openpyxl.packaging.manifest import Manifest  # noqa: PLC0415 - an extra
    from openpyxl.xml.functions import fromstring  # noqa: PLC0415 - an extra

    try:
        manifest = Manifest.from_tree(fromstring(parts.read(_MANIFEST)))
    except Exception as error:  # noqa: BLE001 - it raises whatever an odd part makes it raise
        return f"is no .xlsx workbook: its list of parts is damaged ({type(error).__name__})"
    names = [str(part.PartName).lstrip("/").casefold() for part in manifest.Override if _BOOK in str(part.ContentType)]
    if any(name.startswith(_STREAMED) or not name.endswith(".xml") for name in names):
        return "has its workbook where none has it; open it, and save it again"
    return None
