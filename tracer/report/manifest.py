"""The manifest: what was run on what, and what came of it. The only file with a clock reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tracer.domain import Article
from tracer.pipeline import Settings, Trace
from tracer.report.columns import SCHEMA_VERSION
from tracer.report.tables import Tables

MANIFEST = "manifest.json"
TOOL = "tracer"


@dataclass(frozen=True, slots=True)
class RunNote:
    """What only the caller knows about a run: the command, and what the clock said.

    ``seconds`` gives the time each stage took. All of it may be left out; the manifest then has no clock reading.
    """

    command: tuple[str, ...] = ()
    started: datetime | None = None
    finished: datetime | None = None
    seconds: Mapping[str, float] = field(default_factory=dict)


def manifest(trace: Trace, tables: Tables, folder: Path, note: RunNote) -> dict[str, object]:
    """The manifest of a report whose other files stand in ``folder``.

    ``inputs`` gives the SHA-256 of each article's raw text (UTF-8) by id, ``files`` that of each file's bytes.
    Everything that may differ between two runs on the same input stands under ``run``.
    """
    return {
        "tool": TOOL,
        "version": _tool_version(),
        "schema": SCHEMA_VERSION,
        "settings": _settings(trace.settings),
        "counts": _counts(trace, tables),
        "inputs": {article.id: _text_digest(article) for article in trace.articles},
        "files": {path.name: _file_digest(path) for path in sorted(folder.iterdir())},
        "skipped": [asdict(skip) for skip in trace.skipped],
        "warnings": list(trace.warnings),
        "run": {
            "command": list(note.command),
            "jobs": trace.settings.jobs,
            "latest": _moment(trace.settings.read.latest),
            "started": _moment(note.started),
            "finished": _moment(note.finished),
            "seconds": {stage: round(seconds, 3) for stage, seconds in note.seconds.items()},
        },
    }


def _tool_version() -> str:
    try:
        return version("tracer-news")
    except PackageNotFoundError:
        return "unknown"


def _settings(settings: Settings) -> dict[str, object]:
    """All settings but ``jobs``, which changes no result, and ``latest``, which is most often the clock's."""
    values = asdict(settings)
    del values["jobs"], values["read"]["latest"]
    return values


def _counts(trace: Trace, tables: Tables) -> dict[str, int]:
    counted = {"stories": len(trace.stories), "pairs_compared": trace.pairs_compared}
    return counted | {table.name: len(table) for table in tables}


def _text_digest(article: Article) -> str:
    return sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()


def _file_digest(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def _moment(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else None
