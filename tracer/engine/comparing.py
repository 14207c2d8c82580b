"""Confirmed pairs of split articles, compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from tracer.candidates import CandidatePair, Candidates
from tracer.domain import Packed
from tracer.engine.confirming import Confirmed
from tracer.engine.corpus import Corpus
from tracer.engine.marking import load_marked
from tracer.engine.plan import Observer, Plan
from tracer.engine.records import RecordPlace, last_record, write_records
from tracer.engine.work_folder import WorkFolder
from tracer.engine.workers import Workers
from tracer.evidence import Comparison
from tracer.split import ParsedArticle
from tracer.story import Link, PairRegion, compare_candidates, regions_of_pairs

Record = tuple[Comparison, tuple[PairRegion, ...]]
"""A pair that was compared, and its reused regions where these are sought."""


@dataclass(frozen=True, slots=True)
class LinkedPair(Packed):
    """A pair that shares something: its ``link``, and where its record stands: ``task`` and ``row``.

    ``is_version``: both are versions of one outlet's article.
    """

    link: Link
    task: int
    row: int
    is_version: bool


def compare_corpus(
    run: Workers, folder: WorkFolder, corpus: Corpus, confirmed: Confirmed, plan: Plan, observe: Observer
) -> list[LinkedPair]:
    """Compare some confirmed pairs. Returns those that share something.

    In the folder: ``compared/N`` (records of comparisons and regions).
    """
    if not len(confirmed.left):
        return []
    chunks = confirmed.chunks(corpus.stands())
    tasks = (_Task(number, corpus.places(ranks), of) for number, (ranks, of) in enumerate(chunks))
    work = partial(_compare_task, folder=folder, plan=plan)
    linked: list[LinkedPair] = []
    total, done = len(confirmed.left), 0
    observe("comparing pairs", 0, total)
    for size, found in run(work, tasks):
        done += size
        linked += found
        observe("comparing pairs", done, total)
    return linked


@dataclass(frozen=True, slots=True)
class _Task:
    number: int
    places: tuple[RecordPlace, ...]
    found: Candidates


def _compare_task(task: _Task, folder: WorkFolder, plan: Plan) -> tuple[int, list[LinkedPair]]:
    """How many pairs, and the links; in the file of the task is a record for each link, and last of all the links."""
    name = f"compared/{task.number:06}"
    if not folder.has(name):
        by_place = dict(load_marked(folder, task.places, plan))
        records, linked = compare_chunk(task.number, [by_place[place] for place in task.places], task.found, plan)
        write_records(folder, name, [*records, linked])
    else:
        linked = last_record(folder.place(name))
    return len(task.found.pairs) + len(task.found.versions), linked


def compare_chunk(
    number: int, articles: Sequence[ParsedArticle], found: Candidates, plan: Plan
) -> tuple[list[Record], list[LinkedPair]]:
    """Compare the pairs of the chunk with a number, positions in ``articles``, marked and dated as the run wants them.

    Returns a record for each pair that shares something, and what is linked.
    """
    comparisons = compare_candidates(articles, found.pairs)
    updates = compare_candidates(articles, [CandidatePair(left, right, 1.0) for left, right in found.versions])
    regions = dict(regions_of_pairs(articles, comparisons)) if plan.story.regions else {}
    records: list[Record] = [(entry, regions.get((entry.left, entry.right), ())) for entry in comparisons]
    records += [(entry, ()) for entry in updates]
    linked = [LinkedPair(Link.of(entry), number, row, is_version=False) for row, entry in enumerate(comparisons)]
    joined = {(entry.left, entry.right): row for row, entry in enumerate(updates, start=len(comparisons))}
    for left, right in found.versions:
        ends = articles[left].id, articles[right].id
        linked.append(LinkedPair(Link.of_version(*ends), number, joined.get(ends, -1), is_version=True))
    return records, linked
