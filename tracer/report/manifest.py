"""The manifest: what was run on what, and what came of it. The only file with a clock reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version

from tracer.domain import SkippedArticle
from tracer.pipeline import Settings
from tracer.report.columns import SCHEMA_VERSION
from tracer.report.json_text import json_entries, json_text

MANIFEST = "manifest.json"
TOOL = "tracer"
_INPUTS, _WARNINGS = '\n "inputs": {}', '\n "warnings": []'


@dataclass(frozen=True, slots=True)
class RunNote:
    """What only the caller knows about a run: the command, and what the clock said.

    ``seconds`` gives the time each stage took. All of it may be left out; the manifest then has no clock reading.
    """

    command: tuple[str, ...] = ()
    started: datetime | None = None
    finished: datetime | None = None
    seconds: Mapping[str, float] = field(default_factory=dict)

    def started_text(self) -> str:
        """When the run began, as the manifest has it; empty when that is not known."""
        return _moment(self.started) or ""


@dataclass(frozen=True, slots=True)
class Findings:
    """What the manifest tells of a report: ``counts``, the SHA-256 of each file by its name, and the input left out."""

    counts: Mapping[str, int]
    files: Mapping[str, str]
    skipped: Sequence[SkippedArticle]


def manifest(
    findings: Findings, settings: Settings, note: RunNote, inputs: Iterator[bytes], warnings: Iterator[bytes]
) -> Iterator[bytes]:
    """The manifest of a report, piece by piece.

    ``inputs`` gives the SHA-256 of each article's raw text (UTF-8) by id, ``files`` that of each file's bytes.
    Everything that may differ between two runs on the same input stands under ``run``. ``inputs`` and ``warnings``
    are entries written out, each with a comma before it; there may be millions.
    """
    text = json_text(
        {
            "tool": TOOL,
            "version": tool_version(),
            "schema": SCHEMA_VERSION,
            "settings": _settings(settings),
            "counts": findings.counts,
            "inputs": {},
            "files": findings.files,
            "skipped": [asdict(skip) for skip in findings.skipped],
            "warnings": [],
            "run": _run(settings, note),
        }
    )
    before, rest = text.split(_INPUTS, 1)
    between, after = rest.rsplit(_WARNINGS, 1)
    yield before.encode() + _INPUTS[:-2].encode()
    yield from json_entries(inputs, "{}")
    yield between.encode() + _WARNINGS[:-2].encode()
    yield from json_entries(warnings, "[]")
    yield after.encode()


def _run(settings: Settings, note: RunNote) -> dict[str, object]:
    return {
        "command": list(note.command),
        "engine": settings.engine,
        "jobs": settings.jobs,
        "latest": _moment(settings.read.latest),
        "started": _moment(note.started),
        "finished": _moment(note.finished),
        "seconds": {stage: round(seconds, 3) for stage, seconds in note.seconds.items()},
    }


def tool_version() -> str:
    """The version of tracer that runs; ``unknown`` where it is not installed."""
    try:
        return version("tracer-news")
    except PackageNotFoundError:
        return "unknown"


def _settings(settings: Settings) -> dict[str, object]:
    """All settings but what changes no result, and ``latest``, which is most often the clock's."""
    values = asdict(settings)
    del values["jobs"], values["engine"], values["master"], values["read"]["latest"]
    return values


def _moment(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else None
