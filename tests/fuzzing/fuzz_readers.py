"""Coverage-guided fuzzing of the readers and the splitter with atheris; run by hand, not part of any suite.

    pip install atheris
    python tests/fuzzing/fuzz_readers.py [--only .docx,.pdf] CORPUS_FOLDER [-max_total_time=600] [more of libFuzzer's]

The first byte of an input chooses the target, by its place in the list of targets; the rest is the file. Bytes beyond
the list begin it again, so inputs to be kept have a first byte below its length, and new targets go to its end: then
kept inputs mean the same for good. With ``--only`` inputs of other suffixes are passed over. Checksums in ZIP archives
are not checked, so that changed members are read; mutations seldom leave an archive whole, hence the targets of which
the rest is the XML inside a document.

Anything but articles and skips ends the run with the input that did it: an exception, a sentence that is not in the
text, a reason that is not fit to print, more than two gigabytes, more than ten seconds. What is found becomes a test
under ``tests/unit/read``. ``fixtures/fuzzing`` holds some inputs to begin with.
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris

with atheris.instrument_imports(include=["tracer.read", "tracer.split", "pypdf", "openpyxl"]):
    import openpyxl  # noqa: F401 - what is loaded later, when it is needed, is not instrumented
    import pypdf  # noqa: F401

    from tracer.domain import Article, InputError, SkippedArticle
    from tracer.read import ReadSettings, formats, read_articles
    from tracer.split import parse_article

    for _module, _ in formats._READERS.values():
        import_module(_module)

_SHEET = "xl/worksheets/sheet1.xml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_WORKBOOK = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
    'PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    f'<Override PartName="/{_SHEET}" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>'
    '<sheet name="News" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


def _as_it_is(data: bytes) -> bytes:
    return data


def _inside(member: str, others: Mapping[str, str] | None = None) -> Callable[[bytes], bytes]:
    """Makes an archive of which ``member`` is given."""

    def made(data: bytes) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            for name, content in (others or {}).items():
                archive.writestr(name, content)
            archive.writestr(member, data)
        return stream.getvalue()

    return made


_TARGETS: tuple[tuple[str, Callable[[bytes], bytes]], ...] = (
    ("a.html", _as_it_is),
    ("a.mhtml", _as_it_is),
    ("a.rss", _as_it_is),
    ("a.warc", _as_it_is),
    ("a.csv", _as_it_is),
    ("a.jsonl", _as_it_is),
    ("a.json", _as_it_is),
    ("a.txt", _as_it_is),
    ("a.tsv", _as_it_is),
    ("a.warc.gz", _as_it_is),
    ("a.docx", _as_it_is),
    ("a.odt", _as_it_is),
    ("a.pdf", _as_it_is),
    ("a.eml", _as_it_is),
    ("a.zip", _as_it_is),
    ("a.sqlite", _as_it_is),
    ("a.xlsx", _as_it_is),
    ("a.docx", _inside("word/document.xml")),
    ("a.odt", _inside("content.xml")),
    ("a.xlsx", _inside(_SHEET, _WORKBOOK)),
)
_FOLDER = TemporaryDirectory(prefix="tracer-fuzz-")
_SETTINGS = ReadSettings(min_words=1, max_file_bytes=1_000_000, max_article_chars=100_000)
_OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
_only: set[str] = set()


def one_input(data: bytes) -> None:
    """Read a file of the format that the first byte chooses; split each article in it."""
    if not data:
        return
    name, made = _TARGETS[data[0] % len(_TARGETS)]
    if _only and Path(name).suffix not in _only:
        return
    path = Path(_FOLDER.name) / name
    path.write_bytes(made(data[1:]))
    try:
        found = list(read_articles([path], _SETTINGS))
    except InputError:
        return
    assert found, "neither an article nor a skip"
    for entry in found[:5]:
        assert isinstance(entry, Article | SkippedArticle)
        if isinstance(entry, SkippedArticle):
            assert not _OBEYED.search(entry.reason), "a reason that a terminal would obey"
        else:
            split = parse_article(entry).split
            assert all(sentence.span.stop <= len(entry.text) for sentence in split.sentences)


def main() -> None:
    """Hand over to libFuzzer."""
    arguments = sys.argv
    if "--only" in arguments:
        place = arguments.index("--only")
        _only.update(arguments[place + 1].split(","))
        arguments = arguments[:place] + arguments[place + 2 :]
    zipfile.ZipExtFile._update_crc = lambda *_: None  # type: ignore[attr-defined]
    atheris.Setup([*arguments, "-timeout=10", "-rss_limit_mb=2048", "-max_len=20000"], one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
