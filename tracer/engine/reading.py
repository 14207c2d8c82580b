"""First pass: articles as they come, each batch stored with its fingerprints."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice

import numpy as np
import numpy.typing as npt

from tracer.candidates import Place, fingerprint_articles
from tracer.domain import UNDATED, Article
from tracer.engine.corpus import Corpus, Entry
from tracer.engine.plan import Observer, Plan
from tracer.engine.records import write_records, write_rows
from tracer.engine.work_folder import WorkFolder
from tracer.engine.workers import Workers

ARTICLES_PER_BATCH = 256
SHINGLE_ROW = np.dtype([("hash", "<u8"), ("row", "<u2")])
"""A hash that the join is on, and which article of its batch has it."""


@dataclass(frozen=True, slots=True)
class Intake:
    """Articles on their way in: the stream, and afterwards the running numbers of those that do not count.

    ``articles`` is read once, from beginning to end, and gives the same articles in the same order whenever the same
    run is gone on with. ``dropped`` is asked when it is at its end. ``expected`` guesses from the number of articles
    read how many there are in all.
    """

    articles: Iterable[Article]
    dropped: Callable[[], frozenset[int]] = frozenset
    expected: Callable[[int], int] = int


Batch = tuple[int, Sequence[Article]]
"""Some articles, and the number of the batch that they are."""
Store = Callable[..., list[Entry]]
"""Called with a :data:`Batch` and the names ``folder`` and ``plan``; keeps the articles, and their entries too."""


def read_corpus(
    run: Workers, folder: WorkFolder, intake: Intake, plan: Plan, observe: Observer, store: Store | None = None
) -> Corpus:
    """Store all articles in batches, and tell where each stands. ``store`` stores one, if not as told below.

    Batches that a run before this one has finished are not worked on again; when it had finished all, the stream is
    not read either. In the folder: ``articles/N`` (records), ``shingles/N`` and ``words/N`` (rows), ``entries/N``.
    Memory: some 250 bytes an article, and the batches in flight.
    """
    if folder.has("read"):
        count, dropped = pickle.loads(folder.place("read").read_bytes())  # noqa: S301 - this user's own run
        batches = [stored_entries(folder, number) for number in range(count)]
        return Corpus.of(batches, dropped, plan.candidates)
    work = partial(store or _store, folder=folder, plan=plan)
    batches = []
    done = 0
    observe("reading articles", 0, intake.expected(0))
    for entries in run(work, enumerate(batched(intake.articles, ARTICLES_PER_BATCH))):
        batches.append(entries)
        done += len(entries)
        observe("reading articles", done, max(intake.expected(done), done))
    dropped = intake.dropped()
    folder.write("read", pickle.dumps((len(batches), dropped)))
    return Corpus.of(batches, dropped, plan.candidates)


def batched(articles: Iterable[Article], size: int) -> Iterator[list[Article]]:
    """Articles ``size`` at a time; the last batch may be smaller."""
    stream = iter(articles)
    while batch := list(islice(stream, size)):
        yield batch


def stored_entries(folder: WorkFolder, number: int) -> list[Entry]:
    """The entries of a batch that was stored."""
    found: list[Entry] = pickle.loads(folder.place(f"entries/{number:06}").read_bytes())  # noqa: S301 - our own
    return found


def _store(task: Batch, folder: WorkFolder, plan: Plan) -> list[Entry]:
    number, articles = task
    if folder.has(f"entries/{number:06}"):
        return stored_entries(folder, number)
    entries = [entry_of(article, plan) for article in articles]
    with folder.together() as pieces:
        write_records(pieces, f"articles/{number:06}", articles)
        prints = fingerprint_articles(articles, plan.candidates.least_surprisal, plan.language)
        write_rows(pieces, f"shingles/{number:06}", _rows([made.hashes for made in prints]))
        write_rows(pieces, f"words/{number:06}", _rows([made.words for made in prints]))
        pieces.write(f"entries/{number:06}", pickle.dumps(entries))
    return entries


def entry_of(article: Article, plan: Plan) -> Entry:
    """What every step must know of an article, which has no date where the run ignores dates."""
    return Entry(article.id, Place.of(article if plan.use_dates else replace(article, published=UNDATED)))


def _rows(hashes: Sequence[npt.NDArray[np.uint64]]) -> npt.NDArray[np.void]:
    rows = np.empty(sum(map(len, hashes)), dtype=SHINGLE_ROW)
    rows["hash"] = np.concatenate([*hashes, np.empty(0, np.uint64)])
    rows["row"] = np.repeat(np.arange(len(hashes), dtype=np.uint16), [len(found) for found in hashes])
    return rows
