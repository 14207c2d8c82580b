"""What stands beside the articles in a folder, told by names alone: in folders, and in those of a ZIP archive."""

from __future__ import annotations

from collections.abc import Iterable

from tracer.read.formats import KINDS, ONE_ARTICLE, InputKind, suffix_of, without_packing

_NOTE = ".md"
_REPORT_FILES = frozenset({"manifest.json", "pairs.csv", "passages.csv"})
_PARTS_OF_PAGES = ("_files", "-files", ".files", "_archivos", "_fichiers", "-Dateien", "_file", "_soubory")
"""What browsers add to the name of a page for the folder with its parts."""
NOTE_REASON = "stands beside article files and is taken for a note on them; name the file itself to read it"
REPORT_REASON = "holds a report that tracer wrote, not articles; `tracer explain` reads it"


def is_report(names: Iterable[str]) -> bool:
    """Whether a folder with these files is a report of tracer's own."""
    return _REPORT_FILES.issubset(names)


def page_stems(names: Iterable[str]) -> frozenset[str]:
    """The names of the pages in a folder, without their suffixes."""
    pages = (name for name in names if KINDS.get(suffix_of(name)) is InputKind.PAGE)
    return frozenset(without_packing(name).rpartition(".")[0] for name in pages)


def is_part_of_page(folder: str, stems: frozenset[str]) -> bool:
    """Whether a folder holds the pictures, styles and frames of a page that was saved beside it (``page_stems``)."""
    return any(folder.endswith(end) and folder.removesuffix(end) in stems for end in _PARTS_OF_PAGES)


def notes(names: Iterable[str]) -> frozenset[str]:
    """Of the readable files of one folder those that are taken to be about its articles, not to hold them."""
    ranks = {name: _rank(name) for name in names}
    best = min(ranks.values(), default=0)
    return frozenset(name for name, rank in ranks.items() if rank > best)


def _rank(name: str) -> int:
    suffix = suffix_of(name)
    if suffix == _NOTE:
        return 2
    return 0 if KINDS.get(suffix) in ONE_ARTICLE else 1
