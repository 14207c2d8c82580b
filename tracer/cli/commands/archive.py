"""``tracer archive``: keep articles, and find again where words have been seen before."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracer.cli.exit_codes import ExitCode
from tracer.cli.interrupts import stop_if_interrupted
from tracer.cli.loading import load, note_guesses, note_skips
from tracer.cli.options import Format, Inputs, ReadOptions, Width, with_options
from tracer.cli.streams import note, output_width, write_out
from tracer.domain import Article, InputError, SettingsError, SkippedArticle

if TYPE_CHECKING:
    from tracer.archive import AddSummary, LookupSettings

archive = typer.Typer(
    help="Keep articles in one file, and find again where the words of a new one have been seen before.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
_MOST_TOLD = 20
_READ_MEANWHILE = (
    "note: somebody is reading the archive; its -wal file may hold {} until all have closed it or `compact` is run"
)

ArchiveFile = Annotated[Path, typer.Argument(metavar="ARCHIVE", help="The archive's file.")]
Jobs = Annotated[
    int | None, typer.Option(metavar="N", help="Processes to use (default: one per processor); changes no result.")
]


@archive.command("add")
@with_options(ReadOptions)
def add(
    file: ArchiveFile,
    inputs: Inputs,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put other content under a known id in the place of the old.")
    ] = False,
    jobs: Jobs = None,
    *,
    options: ReadOptions,
) -> None:
    """Add articles to an archive, which is made where there is none.

    The same article again is recognised and not stored twice. Batches are stored whole or not at all: whatever happens,
    running the same command again does the rest.
    """
    from tracer.archive import Archive  # noqa: PLC0415 - --help must stay light
    from tracer.engine.workers import workers  # noqa: PLC0415
    from tracer.read import GuessedColumns, read_articles  # noqa: PLC0415
    from tracer.report.views.figures import count  # noqa: PLC0415

    read = options.read_settings()
    guessed = GuessedColumns(read)
    found = guessed.watch(read_articles(inputs, read, stdin=getattr(sys.stdin, "buffer", None)))
    if options.language is not None:
        found = _in_language(found, options.language)
    if options.strict:
        found = _strictly(found)
    with workers(_jobs(jobs)) as run, Archive(_named(file), create=True) as opened:
        summary = opened.add(found, replace=replace, run=run, observe=_watched)
        held = len(opened)
    note_guesses(guessed)
    for entry in summary.skipped[:_MOST_TOLD]:
        note(f"skipped: {_skip(entry)}")
    if len(summary.skipped) > _MOST_TOLD:
        note(f"skipped: {len(summary.skipped) - _MOST_TOLD:,} more inputs")
    if not summary.stored:
        raise InputError(f"no usable article among the inputs ({len(summary.skipped):,} skipped)")
    again = f", {summary.known:,} known already" if summary.known else ""
    corrected = f", {summary.replaced:,} replaced" if summary.replaced else ""
    note(f"{file}: {count(summary.added, 'article')} added{corrected}{again}; it holds {held:,} now")
    if not summary.emptied:
        note(_READ_MEANWHILE.format("what was replaced"))


@dataclass(frozen=True, slots=True)
class LookupOptions(ReadOptions):
    """Options on how new articles are compared with those of an archive."""

    most: Annotated[
        int,
        typer.Option(metavar="N", help="Archive articles to compare each with: those that share the rarest runs."),
    ] = 50
    window: Annotated[
        float | None, typer.Option(metavar="HOURS", help="Do not compare articles published further apart than this.")
    ] = None
    same_outlet: Annotated[
        bool, typer.Option("--same-outlet", help="Compare articles of one outlet with each other too.")
    ] = False
    no_dates: Annotated[bool, typer.Option("--no-dates", help="Ignore all time stamps.")] = False
    seed: Annotated[int, typer.Option(metavar="N", help="Seed of the draws behind wide counts of origins.")] = 0
    jobs: Jobs = None

    def lookup_settings(self) -> LookupSettings:
        """The settings of a lookup.

        Raises:
            SettingsError: naming every setting that cannot be used.
        """
        from tracer.archive import LookupSettings  # noqa: PLC0415 - --help must stay light
        from tracer.candidates import CandidateSettings  # noqa: PLC0415
        from tracer.story import StorySettings  # noqa: PLC0415

        return LookupSettings(
            most=self.most,
            candidates=CandidateSettings(same_outlet=self.same_outlet, window_hours=self.window),
            story=StorySettings(seed=self.seed),
            use_dates=not self.no_dates,
            language=self.language,
        )


@archive.command("lookup")
@with_options(LookupOptions)
def lookup(
    file: ArchiveFile,
    inputs: Inputs,
    format_: Annotated[
        Format,
        typer.Option("--format", help="table: to read; csv: linked pairs; json: all tables; markdown: to paste."),
    ] = Format.TABLE,
    width: Width = None,
    *,
    options: LookupOptions,
) -> None:
    """Look up new articles: which of the archive's they draw on, with passages and evidence.

    Each is compared with the archive's articles that share rare runs of words with it, and traced with those as one
    story. The archive is not changed.
    """
    from tracer.archive import Archive  # noqa: PLC0415 - --help must stay light
    from tracer.cli.archive_output import Answer, Joined  # noqa: PLC0415
    from tracer.engine.workers import workers  # noqa: PLC0415

    settings, jobs = options.lookup_settings(), _jobs(options.jobs)
    answer, output = Answer(format_, width or output_width(), settings), Joined(format_)
    with Archive(_named(file)) as opened:
        articles, skipped = load(inputs, options.read_settings(), options)
        note_skips(len(skipped), "`tracer inspect` lists them")
        opened.close()
        with workers(jobs if len(articles) > _FEW else 1) as run:
            for text in opened.answers(articles, answer, settings, run=run):
                stop_if_interrupted()
                write_out(output.of(text))
    write_out(output.end())


_FEW = 16
"""Articles that one process looks up sooner than others are started."""


@archive.command("list")
def list_(
    file: ArchiveFile,
    outlet: Annotated[str | None, typer.Option(metavar="NAME", help="Only articles of this outlet.")] = None,
    since: Annotated[str, typer.Option(metavar="DATE", help="Only articles published at or after this.")] = "",
    until: Annotated[str, typer.Option(metavar="DATE", help="Only articles published before this.")] = "",
    format_: Annotated[Format, typer.Option("--format", help="How the list is printed.")] = Format.TABLE,
    width: Width = None,
) -> None:
    """List the articles of an archive: id, outlet, date, title and words."""
    from tracer.archive import Archive  # noqa: PLC0415 - --help must stay light
    from tracer.cli.archive_output import list_text  # noqa: PLC0415

    _require_dates(since=since, until=until)
    with Archive(_named(file)) as opened:
        found = list(opened.articles(outlet, since, until))
    write_out(list_text(found, format_, width or output_width()))


@archive.command("check")
def check(file: ArchiveFile) -> None:
    """Check an archive: the file, every text, and the index against the articles.

    Ends with exit code 3 when something is wrong.
    """
    from tracer.archive import Archive  # noqa: PLC0415 - --help must stay light
    from tracer.report.terminal import plain  # noqa: PLC0415
    from tracer.report.views.figures import count  # noqa: PLC0415

    with Archive(_named(file)) as opened:
        health = opened.check()
    for problem in health.problems:
        write_out(f"problem: {plain(problem)}\n")
    gone = f", {count(health.removed, 'removed article')} still indexed" if health.removed else ""
    state = "damaged" if health.problems else "sound"
    write_out(f"{count(health.articles, 'article')}, {health.postings:,} index entries{gone}: {state}\n")
    if health.problems:
        raise typer.Exit(ExitCode.INPUT)


@archive.command("compact")
def compact(file: ArchiveFile) -> None:
    """Make an archive small again: one index without removed articles, no unused space."""
    from tracer.archive import Archive  # noqa: PLC0415 - --help must stay light

    with Archive(_named(file)) as opened:
        done = opened.compact()
    note(f"{file}: {done.before:,} bytes before, {done.after:,} now")
    if not done.emptied:
        note("note: somebody is reading the archive; its -wal file is emptied when all have closed it")


@archive.command("remove")
def remove(file: ArchiveFile, ids: Annotated[list[str], typer.Argument(metavar="ID", help="Ids of articles.")]) -> None:
    """Take articles out of an archive, texts overwritten; `compact` also drops what is left of their index."""
    from tracer.archive import Archive  # noqa: PLC0415 - --help must stay light
    from tracer.report.views.figures import count  # noqa: PLC0415

    with Archive(_named(file)) as opened:
        done = opened.remove(ids)
    note(f"{file}: {count(len(done.removed), 'article')} removed")
    if not done.emptied:
        note(_READ_MEANWHILE.format("what was removed"))
    if done.unknown:
        raise InputError(
            f"{file}: there is no article {', '.join(map(repr, done.unknown))}; `tracer archive list` has all"
        )


def _jobs(jobs: int | None) -> int:
    import os  # noqa: PLC0415

    if jobs is not None and jobs < 1:
        raise SettingsError([f"jobs must be at least 1, not {jobs}"])
    return (os.cpu_count() or 1) if jobs is None else jobs


def _named(file: Path) -> Path:
    """The path of an archive; a dash, which other commands take for standard input, is none."""
    if str(file) == "-":
        raise InputError("-: an archive is a file with a name, not standard input; call one named so ./-")
    return file


def _in_language(found: Iterator[Article | SkippedArticle], language: str) -> Iterator[Article | SkippedArticle]:
    for entry in found:
        yield dataclasses.replace(entry, language=language) if isinstance(entry, Article) else entry


def _watched(_summary: AddSummary) -> None:
    stop_if_interrupted()


def _strictly(found: Iterator[Article | SkippedArticle]) -> Iterator[Article]:
    for entry in found:
        if isinstance(entry, SkippedArticle):
            raise InputError(f"{_skip(entry)}; --strict forbids skips. What was stored before stays")
        yield entry


def _skip(entry: SkippedArticle) -> str:
    from tracer.report.terminal import plain, skip_line  # noqa: PLC0415 - --help must stay light

    return plain(skip_line(entry.path, entry.line, entry.reason))


def _require_dates(**stamps: str) -> None:
    problems = [
        f"--{name} must be an ISO date or time, not {stamp!r}" for name, stamp in stamps.items() if not _is_date(stamp)
    ]
    if problems:
        raise SettingsError(problems)


def _is_date(stamp: str) -> Any:
    try:
        return not stamp or bool(datetime.fromisoformat(stamp))
    except ValueError:
        return False
