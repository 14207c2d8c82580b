"""The local engine: both maps and the join on this machine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from tracer.candidates import (
    Attested,
    CandidatePair,
    CandidateSettings,
    accepted_words,
    attested_words,
    find_candidates,
    mark_attested,
)
from tracer.domain import Article
from tracer.engine.workers import Workers, workers
from tracer.evidence import Comparison
from tracer.split import ParsedArticle, parse_article
from tracer.story import (
    Ends,
    PairRegion,
    StorySettings,
    StoryTrace,
    compare_candidates,
    regions_of_pairs,
    trace_story,
)

_ARTICLES_PER_TASK = 32
_PAIRS_PER_TASK = 200
_FEWEST_FOR_POOL = 200
"""Below this many articles, starting processes costs more than it saves."""


Observer = Callable[[str, int, int], None]
"""Told how far a stage has come: its name, units done, units in all. Called in the main process; must not raise."""


def silent(_stage: str, _done: int, _total: int) -> None:
    """The observer that takes no note."""


@dataclass(frozen=True, slots=True)
class EngineResult:
    """What an engine hands back, however it ran.

    ``parsed`` are all articles, sorted by id. ``stories`` hold each article exactly once, sorted by their smallest id.
    ``versions`` are pairs of ids of one outlet's articles that share most of their text. ``regions`` holds those of
    the linked pairs that have any; empty unless asked for. ``pairs`` counts the pairs compared, ``crowded`` the runs
    of words that stood in too many articles to be linked all to all.
    """

    parsed: tuple[ParsedArticle, ...]
    stories: tuple[StoryTrace, ...]
    versions: tuple[Ends, ...]
    regions: Mapping[Ends, tuple[PairRegion, ...]]
    pairs: int
    crowded: int


@dataclass(frozen=True, slots=True)
class _Plan:
    candidates: CandidateSettings
    story: StorySettings
    language: str | None
    observe: Observer


def run_local(
    articles: Iterable[Article],
    candidates: CandidateSettings,
    story: StorySettings,
    language: str | None = None,
    jobs: int = 1,
    observe: Observer = silent,
) -> EngineResult:
    """Trace all articles. The result is the same for any ``jobs`` and any order of the articles.

    Memory: every parsed article is held, about 100 bytes per word.
    """
    ordered = sorted(articles, key=lambda article: article.id)
    plan = _Plan(candidates, story, language, observe)
    with workers(jobs if len(ordered) >= _FEWEST_FOR_POOL else 1) as run:
        parsed, attested = _parse(run, ordered, plan)
        plan.observe("finding pairs", 0, 1)
        found = find_candidates(parsed, candidates)
        plan.observe("finding pairs", 1, 1)
        accepted = accepted_words(attested)
        parsed = [mark_attested(entry, accepted, candidates.least_surprisal) for entry in parsed]
        comparisons, regions = _compare(run, parsed, found.pairs, plan)
    updates = compare_candidates(parsed, [CandidatePair(left, right, 1.0) for left, right in found.versions])
    stories = tuple(_stories(parsed, comparisons, updates, plan))
    versions = tuple((parsed[left].id, parsed[right].id) for left, right in found.versions)
    return EngineResult(tuple(parsed), stories, versions, regions, len(found.pairs), found.crowded)


def _parse(run: Workers, ordered: Sequence[Article], plan: _Plan) -> tuple[list[ParsedArticle], list[Attested]]:
    work = partial(_parse_batch, language=plan.language)
    batches = [ordered[start : start + _ARTICLES_PER_TASK] for start in range(0, len(ordered), _ARTICLES_PER_TASK)]
    parsed: list[ParsedArticle] = []
    attested: list[Attested] = []
    plan.observe("reading articles", 0, len(ordered))
    for batch in run(work, batches):
        for article, said in batch:
            parsed.append(article)
            attested.append(said)
        plan.observe("reading articles", len(parsed), len(ordered))
    return parsed, attested


def _parse_batch(articles: Sequence[Article], language: str | None) -> list[tuple[ParsedArticle, Attested]]:
    parsed = [parse_article(article, language) for article in articles]
    return [(entry, attested_words(entry)) for entry in parsed]


def _compare(
    run: Workers, parsed: Sequence[ParsedArticle], pairs: Sequence[CandidatePair], plan: _Plan
) -> tuple[list[Comparison], dict[Ends, tuple[PairRegion, ...]]]:
    work = partial(_compare_batch, with_regions=plan.story.regions)
    batches = (pairs[start : start + _PAIRS_PER_TASK] for start in range(0, len(pairs), _PAIRS_PER_TASK))
    comparisons: list[Comparison] = []
    regions: dict[Ends, tuple[PairRegion, ...]] = {}
    done = 0
    plan.observe("comparing pairs", 0, len(pairs))
    for size, batch, found in run(work, (_with_articles(parsed, batch) for batch in batches)):
        comparisons += batch
        regions.update(found)
        done += size
        plan.observe("comparing pairs", done, len(pairs))
    return comparisons, regions


def _with_articles(
    parsed: Sequence[ParsedArticle], pairs: Sequence[CandidatePair]
) -> tuple[list[ParsedArticle], list[CandidatePair]]:
    """A batch of pairs with just the articles it needs, positions counted within the batch."""
    needed = sorted({side for pair in pairs for side in (pair.left, pair.right)})
    place = {position: index for index, position in enumerate(needed)}
    moved = [CandidatePair(place[pair.left], place[pair.right], pair.cosine) for pair in pairs]
    return [parsed[position] for position in needed], moved


def _compare_batch(
    batch: tuple[list[ParsedArticle], list[CandidatePair]], with_regions: bool
) -> tuple[int, list[Comparison], list[tuple[Ends, tuple[PairRegion, ...]]]]:
    articles, pairs = batch
    comparisons = compare_candidates(articles, pairs)
    return len(pairs), comparisons, regions_of_pairs(articles, comparisons) if with_regions else []


def _stories(
    parsed: Sequence[ParsedArticle], comparisons: Sequence[Comparison], updates: Sequence[Comparison], plan: _Plan
) -> Iterable[StoryTrace]:
    """Connected components of the linked pairs, each traced; an article without a link is a story of its own.

    ``updates`` are the pairs of versions, which stay in one story as well.
    """
    import networkx as nx  # noqa: PLC0415 - heavy

    by_id = {entry.id: entry for entry in parsed}
    linked: nx.Graph[str] = nx.Graph()
    linked.add_nodes_from(by_id)
    linked.add_edges_from((entry.left, entry.right) for entry in (*comparisons, *updates))
    groups = sorted(sorted(group) for group in nx.connected_components(linked))
    story_of = {member: index for index, group in enumerate(groups) for member in group}
    compared, updated = _by_story(story_of, comparisons), _by_story(story_of, updates)
    for index, group in enumerate(groups):
        yield trace_story((by_id[member] for member in group), compared[index], updated[index], plan.story)
        plan.observe("tracing stories", index + 1, len(groups))


def _by_story(story_of: Mapping[str, int], comparisons: Iterable[Comparison]) -> dict[int, list[Comparison]]:
    stories: dict[int, list[Comparison]] = defaultdict(list)
    for entry in comparisons:
        stories[story_of[entry.left]].append(entry)
    return stories
