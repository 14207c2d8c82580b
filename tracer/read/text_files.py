"""Plain text: one file, one article."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from tracer.domain import Article, SkippedArticle
from tracer.read.body import body_of, too_long
from tracer.read.encodings import binary_reason, decode
from tracer.read.formats import suffix_of, without_packing
from tracer.read.hard_wraps import NOTE, without_wraps
from tracer.read.inputs import InputFile
from tracer.read.labels import clean_id
from tracer.read.origins import FILE_NAME, GIVEN, origins
from tracer.read.settings import ReadSettings

_MOST_BYTES_PER_CHARACTER = 4


def read_text_file(stream: BinaryIO, path: str, id_: str, settings: ReadSettings) -> Iterator[Article | SkippedArticle]:
    """The one article in ``stream``, or the reason why there is none.

    Reads no more bytes than the longest admissible article can have. The text is kept as decoded, except that line
    ends become line feeds, and spaces where they only keep a paragraph to a width; there is no metadata.
    """
    most = min(settings.max_file_bytes, _MOST_BYTES_PER_CHARACTER * settings.max_article_chars + 4)
    data = stream.read(most + 1)
    decoded, fault = None, binary_reason(data[:4096])
    if fault is None and len(data) > most:
        fault = f"is larger than {most:,} bytes" if most == settings.max_file_bytes else too_long(settings)
    if fault is None:
        decoded = decode(data)
        fault = "is in no known text encoding; save it as UTF-8" if decoded is None else None
    if decoded is not None:
        broken, fault = body_of(decoded.text, settings)
        text = without_wraps(broken)
    if decoded is None or fault is not None:
        yield SkippedArticle(path, 0, fault or "")
        return
    yield Article(
        id_,
        text,
        language=settings.language,
        path=path,
        warnings=decoded.warnings if text == broken else (*decoded.warnings, NOTE),
        origins=origins(id=FILE_NAME, text="whole file", language=GIVEN if settings.language else None),
    )


def text_file_ids(files: Iterable[InputFile]) -> dict[str, str]:
    """Path → article id: the file's stem; where stems collide, the path from the colliding files' common folder.

    Ids depend on which files there are, not on the order in which they were named.
    """
    by_stem: dict[str, list[str]] = defaultdict(list)
    for file in files:
        by_stem[_stem(file.path)].append(file.path)
    ids = {}
    for stem, paths in by_stem.items():
        if len(paths) == 1:
            ids[paths[0]] = stem
        else:
            ids |= {path: clean_id(name) for path, name in _told_apart(paths).items()}
    return ids


def _stem(path: str) -> str:
    name = Path(path).name
    whole = without_packing(name)
    suffix = suffix_of(path)
    return clean_id(whole[: len(whole) - len(suffix)] if suffix else whole) or clean_id(name) or "article"


def _told_apart(paths: list[str]) -> dict[str, str]:
    whole = {path: Path(os.path.normpath(Path(path).absolute())) for path in paths}
    folder = os.path.commonpath([path.parent for path in whole.values()])
    return {path: full.relative_to(folder).as_posix() for path, full in whole.items()}
