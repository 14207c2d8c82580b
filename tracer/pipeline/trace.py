"""The public entry: articles in, a trace out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from tracer.domain import UNDATED, Article, InputError, SkippedArticle
from tracer.engine import EngineResult, Observer, run_local, silent
from tracer.pipeline.settings import Settings
from tracer.split import ParsedArticle
from tracer.story import Ends, PairRegion, StoryTrace

_RESERVED = ("agency:", "outlet:", "statement:", "unseen:")


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


def trace(
    articles: Iterable[Article | SkippedArticle], settings: Settings | None = None, observe: Observer = silent
) -> Trace:
    """Work out who drew on whom.

    ``articles`` may come from :func:`tracer.read_articles` or be made by hand; ids must be unique. Skipped input is
    carried through to the result. Pure but for the processes it may start: the same articles and settings give the
    same trace, in whatever order they come and however many jobs run.

    Raises:
        InputError: when no article is usable, or two articles share an id.
    """
    settings = settings or Settings()
    usable, skipped = _sorted_out(articles)
    dated = usable if settings.use_dates else [replace(article, published=UNDATED) for article in usable]
    result = run_local(dated, settings.candidates, settings.story, settings.language, settings.jobs, observe)
    return Trace(
        tuple(usable),
        {parsed.id: parsed for parsed in result.parsed},
        result.stories,
        _earlier_versions(dated, result),
        result.regions,
        tuple(skipped),
        result.pairs,
        tuple(_warnings(usable, result, settings)),
        settings,
    )


def _sorted_out(articles: Iterable[Article | SkippedArticle]) -> tuple[list[Article], list[SkippedArticle]]:
    usable: dict[str, Article] = {}
    skipped = []
    for entry in articles:
        if isinstance(entry, SkippedArticle):
            skipped.append(entry)
        elif entry.id.startswith(_RESERVED):
            raise InputError(f"the article id {entry.id!r} begins like the id of a source; choose another one")
        elif entry.id in usable:
            raise InputError(f"two articles have the id {entry.id!r}; give each its own id and try again")
        else:
            usable[entry.id] = entry
    if not usable:
        raise InputError(f"no usable article among the inputs ({len(skipped)} skipped); see the reasons given for each")
    return [usable[name] for name in sorted(usable)], sorted(skipped)


def _earlier_versions(usable: Iterable[Article], result: EngineResult) -> dict[str, str]:
    """For each article that is a later version, the earliest version it goes back to: by date, then by id."""
    by_id = {article.id: article for article in usable}

    def age(name: str) -> tuple[bool, float, str]:
        start = by_id[name].published.start
        return start is None, start.timestamp() if start else 0.0, name

    earliest: dict[str, str] = {}
    for left, right in result.versions:
        first, second = sorted((left, right), key=age)
        known = earliest.get(second)
        earliest[second] = first if known is None else min(known, first, key=age)
    return dict(sorted(earliest.items()))


def _warnings(usable: Iterable[Article], result: EngineResult, settings: Settings) -> Iterable[str]:
    for article in usable:
        for warning in article.warnings:
            yield f"{article.id}: {warning}"
    for parsed in result.parsed:
        for warning in parsed.split.warnings:
            yield f"{parsed.id}: {warning}"
    for story in result.stories:
        yield from story.graph.warnings
    for comparison in (entry for story in result.stories for entry in story.graph.comparisons):
        if comparison.dated_before_source:
            early, late = comparison.dated_before_source
            yield f"{early} names the outlet of {late} as its source, yet is dated before it: a date may be wrong"
    if result.crowded:
        most = settings.candidates.most_articles
        yield (
            f"{result.crowded} runs of six words stand in more than {most} articles each; "
            "those articles were linked one to the next instead of all to all"
        )
