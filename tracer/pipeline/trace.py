"""The public entry: articles in, a trace out."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from tracer.domain import RESERVED_IDS, Article, InputError, SkippedArticle
from tracer.engine import EngineResult, Intake, Observer, Plan, TracedBatch, WorkFolder, run_local, silent
from tracer.pipeline.settings import Settings
from tracer.read import UniqueArticles
from tracer.split import ParsedArticle, detect_language
from tracer.story import Ends, PairRegion, StoryTrace
from tracer.text import background


@dataclass(frozen=True, slots=True)
class Trace:
    """The result of a run: what went in, what was inferred, what was left out and why.

    ``articles`` are all usable articles, sorted by id, with their dates even where the run ignored them. ``parsed``
    gives each as it was split. ``stories`` hold every article exactly once. ``version_of`` maps a later version of an
    outlet's article to the earlier one. ``regions`` gives the reused regions of the linked pairs that have any, by
    place on the left; empty unless ``settings.story.regions``. ``pairs_compared`` counts candidate pairs; ``warnings``
    are for the reader.
    """

    articles: tuple[Article, ...]
    parsed: Mapping[str, ParsedArticle]
    stories: tuple[StoryTrace, ...]
    version_of: Mapping[str, str]
    regions: Mapping[Ends, tuple[PairRegion, ...]]
    skipped: tuple[SkippedArticle, ...]
    pairs_compared: int
    warnings: tuple[str, ...]
    settings: Settings


@dataclass(frozen=True, slots=True)
class PartedTrace:
    """The result of a run whose traces were written part by part, as they came.

    ``parts`` are the paths written, in the order of the run; each holds whole stories, and every article stands in
    exactly one. ``articles`` and ``pairs_compared`` are counts. ``skipped`` and ``warnings`` are those of the run as a
    whole; what concerns single articles and stories stands in the parts.
    """

    parts: tuple[Path, ...]
    articles: int
    skipped: tuple[SkippedArticle, ...]
    pairs_compared: int
    warnings: tuple[str, ...]
    settings: Settings


def trace(
    articles: Iterable[Article | SkippedArticle], settings: Settings | None = None, observe: Observer = silent
) -> Trace:
    """Work out who drew on whom.

    ``articles`` may come from :func:`tracer.read_articles` or be made by hand; ids must be unique. Skipped input is
    carried through to the result. The same articles and settings give the same trace, in whatever order they come and
    however many jobs run. Leaves nothing behind; works in a folder for temporary files. Memory: all of the trace, some
    twenty times the size of the texts; :func:`trace_in_parts` is for what does not fit.

    Raises:
        InputError: when no article is usable, or two articles share an id.
    """
    settings = settings or Settings()
    with TemporaryDirectory(prefix="tracer-") as place:
        parted = trace_in_parts(_refuse_repeats(articles), settings, WorkFolder(Path(place)), _keep, observe)
        traces: list[Trace] = [pickle.loads(part.read_bytes()) for part in parted.parts]  # noqa: S301 - just written
    return _whole(traces, parted)


def _refuse_repeats(articles: Iterable[Article | SkippedArticle]) -> Iterator[Article | SkippedArticle]:
    ids: set[str] = set()
    for entry in articles:
        if isinstance(entry, Article):
            if entry.id in ids:
                raise InputError(f"two articles have the id {entry.id!r}; give each its own id and try again")
            ids.add(entry.id)
        yield entry


def _keep(trace: Trace, path: Path) -> None:
    path.write_bytes(pickle.dumps(trace, protocol=5))


def _whole(traces: list[Trace], parted: PartedTrace) -> Trace:
    articles = sorted(chain.from_iterable(one.articles for one in traces), key=lambda article: article.id)
    parsed = dict(chain.from_iterable(one.parsed.items() for one in traces))
    stories = sorted(chain.from_iterable(one.stories for one in traces), key=lambda story: next(iter(story.articles)))
    versions = dict(chain.from_iterable(one.version_of.items() for one in traces))
    regions = dict(chain.from_iterable(one.regions.items() for one in traces))
    return Trace(
        tuple(articles),
        {article.id: parsed[article.id] for article in articles},
        tuple(stories),
        dict(sorted(versions.items())),
        dict(sorted(regions.items())),
        parted.skipped,
        parted.pairs_compared,
        (*_warnings(articles, parsed, stories), *parted.warnings),
        parted.settings,
    )


def trace_in_parts(
    articles: Iterable[Article | SkippedArticle],
    settings: Settings,
    folder: WorkFolder,
    write: Callable[[Trace, Path], object],
    observe: Observer = silent,
    expected: Callable[[int], int] = int,
) -> PartedTrace:
    """Work out who drew on whom among more articles than fit into memory.

    Of articles with one id one is kept and the others are skips; see :class:`tracer.read.UniqueArticles`. ``write`` is
    given the trace of some whole stories at a time, and a path to write what is to be kept of it to; it runs in worker
    processes, so it must be picklable, and give the same bytes for the same trace. ``folder`` holds what the run has
    finished: called again after an interruption, on the same articles and settings, it goes on from there and ends
    with the same parts. ``expected`` guesses from the number of articles read how many there are in all.

    Raises:
        InputError: when no article is usable.
        OutputError: when the folder cannot be written.
        TracerError: when the engine is Spark, and it is missing or fails.
    """
    stream = _Stream(articles, folder)
    finish = partial(_finish, settings=settings, write=write)
    plan = Plan(settings.candidates, settings.story, finish, settings.use_dates, settings.language)
    intake, jobs = Intake(stream, stream.close, expected), settings.jobs
    if not folder.has("read"):
        given = iter(stream)
        first = list(islice(given, _FEWEST_FOR_POOL))
        jobs = jobs if len(first) == _FEWEST_FOR_POOL else 1
        if jobs > 1 and settings.engine == "local":
            _read_models(first, settings.language)
        intake = Intake(chain(first, given), stream.close, expected)
    result = _run(intake, folder, plan, replace(settings, jobs=jobs), observe)
    skipped = stream.all_skipped()
    if not result.articles:
        raise InputError(f"no usable article among the inputs ({len(skipped)} skipped); see the reasons given for each")
    return PartedTrace(result.parts, result.articles, skipped, result.pairs, result.warnings, settings)


def _run(intake: Intake, folder: WorkFolder, plan: Plan, settings: Settings, observe: Observer) -> EngineResult:
    if settings.engine == "spark":
        from tracer.engine.spark import run_spark  # noqa: PLC0415 - an extra

        return run_spark(intake, folder, plan, settings.master, observe)
    return run_local(intake, folder, plan, settings.jobs, observe)


_FEWEST_FOR_POOL = 200
"""Below this many articles, starting processes costs more than it saves."""


def _read_models(articles: Iterable[Article], language: str | None) -> None:
    """Read the models of the languages of some articles, half a second's work, before worker processes branch off.

    Each of these would read them for itself otherwise, and keep them in memory of its own.
    """
    for code in sorted({detect_language(article.text, language or article.language) for article in articles}):
        background(code)


def _finish(batch: TracedBatch, path: Path, settings: Settings, write: Callable[[Trace, Path], object]) -> None:
    warnings = tuple(_warnings(batch.articles, batch.parsed, batch.stories))
    write(
        Trace(batch.articles, batch.parsed, batch.stories, batch.version_of, batch.regions, (), 0, warnings, settings),
        path,
    )


@dataclass(slots=True)
class _Stream:
    """Articles with usable ids, each once; what was skipped is put aside and kept in the folder."""

    found: Iterable[Article | SkippedArticle]
    folder: WorkFolder
    skipped: list[SkippedArticle] = field(default_factory=list)
    unique: UniqueArticles = field(default_factory=UniqueArticles)

    def __iter__(self) -> Iterator[Article]:
        number = 0
        for entry in self.found:
            if isinstance(entry, SkippedArticle):
                self.skipped.append(entry)
                continue
            if entry.id.startswith(RESERVED_IDS):
                raise InputError(f"the article id {entry.id!r} begins like the id of a source; choose another one")
            if self.unique.offer(entry, number):
                yield entry
                number += 1

    def close(self) -> frozenset[int]:
        """Keep what was skipped; tell which of the articles given out do not count after all."""
        self.folder.write("skipped", pickle.dumps(sorted((*self.skipped, *self.unique.skips()))))
        return frozenset(self.unique.withdrawn())

    def all_skipped(self) -> tuple[SkippedArticle, ...]:
        return tuple(pickle.loads(self.folder.place("skipped").read_bytes()))  # noqa: S301 - this user's own run


def _warnings(
    articles: Iterable[Article], parsed: Mapping[str, ParsedArticle], stories: Iterable[StoryTrace]
) -> Iterator[str]:
    """Everything a reader has to know: about articles as handed in, as split, about stories, about pairs."""
    articles, stories = tuple(articles), tuple(stories)
    for article in articles:
        for warning in article.warnings:
            yield f"{article.id}: {warning}"
    for article in articles:
        for warning in parsed[article.id].split.warnings:
            yield f"{article.id}: {warning}"
    for story in stories:
        yield from story.graph.warnings
    for comparison in (entry for story in stories for entry in (*story.graph.comparisons, *story.cut)):
        if comparison.dated_before_source:
            early, late = comparison.dated_before_source
            yield f"{early} names the outlet of {late} as its source, yet is dated before it: a date may be wrong"
