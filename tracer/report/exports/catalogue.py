"""The files that are made from a report's tables, and how they are written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from tracer.domain import OutputError
from tracer.report.exports.data_package import data_package
from tracer.report.exports.json_ld import json_ld
from tracer.report.exports.node_edge_files import NODE_EDGE_FILES, write_node_edge_files
from tracer.report.exports.prov_json import prov_json
from tracer.report.exports.summary import summary
from tracer.report.growing_files import write_hashed

Writer = Callable[[Path, Path], dict[str, str]]
"""Writes files from the report in a folder to another folder; gives their names and SHA-256. Picklable."""
_PIECES_AT_ONCE = 1_000


def _write_text(name: str, text: Callable[[Path], Iterator[str]], directory: Path, folder: Path) -> dict[str, str]:
    pieces = text(directory)
    batches = iter(lambda: "".join(islice(pieces, _PIECES_AT_ONCE)).encode(), b"")
    return write_hashed(folder / name, batches)


EXPORTS: Mapping[str, Writer] = {
    **dict.fromkeys(NODE_EDGE_FILES, write_node_edge_files),
    "prov.json": partial(_write_text, "prov.json", prov_json),
    "articles.jsonld": partial(_write_text, "articles.jsonld", json_ld),
    "summary.md": partial(_write_text, "summary.md", summary),
    "datapackage.json": partial(_write_text, "datapackage.json", data_package),
}
"""Name of the file → what writes it, with others or alone; what takes longest comes first."""
WRITERS: Sequence[Writer] = tuple(dict.fromkeys(EXPORTS.values()))


def write_exports(directory: Path, folder: Path | None = None) -> dict[str, str]:
    """Write all files of ``EXPORTS`` of the finished report in ``directory``; gives their names and SHA-256.

    They go to ``folder``. Without one they take the place of those in ``directory``, each whole; its manifest stays as
    it is, since a report written by this version holds the very same bytes already.

    Time: some 100 µs an edge for all files together, on one core, in a report of 50,000 edges, 20,000 articles, 50,000
    pairs and 25,000 claims. Memory: some 70 MiB; the names of all outlets; and for ``summary.md`` the tables of pairs,
    graph and claims where there are at most 2,000 articles. ``articles.jsonld`` keeps edges in a scratch file in
    ``directory`` while it is written.

    Raises:
        InputError: when a table is missing, is of another version, or cannot be read.
        OutputError: when a file cannot be written.
    """
    try:
        if folder is not None:
            return {name: digest for write in WRITERS for name, digest in write(directory, folder).items()}
        with TemporaryDirectory(dir=directory, prefix=".scratch-") as scratch:
            written = write_exports(directory, Path(scratch))
            for name in written:
                (Path(scratch) / name).replace(directory / name)
    except OSError as error:
        raise OutputError(f"{directory} cannot be written ({error.strerror or error})") from error
    return written
