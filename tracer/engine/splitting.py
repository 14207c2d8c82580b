"""Second pass: articles are split; those that share nothing are done, the others wait for their pairs."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tracer.candidates import (
    Accepted,
    Attested,
    Rarities,
    WordDocuments,
    accepted_words,
    attested_words,
    counted_words,
    flags_of_attested,
    mark_attested,
    sides_of,
)
from tracer.domain import UNDATED, Article
from tracer.engine.corpus import DROPPED, Corpus
from tracer.engine.plan import Observer, Plan, TracedBatch
from tracer.engine.records import (
    count_rows,
    mapped_array,
    partitions,
    read_records,
    read_rows,
    write_array,
    write_records,
    write_rows,
)
from tracer.engine.work_folder import WorkFolder
from tracer.engine.workers import Workers
from tracer.split import ParsedArticle, parse_articles
from tracer.story import trace_story

ATTESTED_ROW = np.dtype([("hash", "<u8"), ("speaker", "<u8"), ("outlet", "<u8"), ("public", "?")])
_ROWS_PER_PARTITION = 8_000_000
_BATCHES_AT_ONCE = 256


def split_corpus(
    run: Workers, folder: WorkFolder, corpus: Corpus, partnered: npt.NDArray[np.bool_], plan: Plan, observe: Observer
) -> list[str]:
    """Split every article. Those that are not ``partnered`` (by rank) share nothing, and are traced at once.

    Returns the names of the parts written for the latter. In the folder: ``split/N`` and ``sides/N`` (records of the
    others), ``attested/N`` (rows), ``alone/N`` (parts), and ``rarities`` and ``accepted/``, which are counted over all.
    """
    tasks = [
        (
            number,
            np.flatnonzero((ranks != DROPPED) & partnered[ranks]).tolist(),
            np.flatnonzero(ranks != DROPPED).tolist(),
        )
        for number, ranks in enumerate(corpus.rank_of)
    ]
    work = partial(_split_batch, folder=folder, plan=plan)
    parts, done = [], 0
    observe("splitting articles", 0, len(corpus))
    for number, (kept, has_part) in enumerate(run(work, tasks)):
        done += kept
        parts += [f"alone/{number:06}"] if has_part else []
        observe("splitting articles", done, len(corpus))
    if not folder.has("rarities"):
        folder.write("rarities", pickle.dumps(_rarities_of(folder, len(tasks))))
    _accept(run, folder, len(tasks))
    return parts


def _split_batch(task: tuple[int, list[int], list[int]], folder: WorkFolder, plan: Plan) -> tuple[int, bool]:
    """How many articles of the batch count, and whether some of them were traced at once."""
    number, partnered, counting = task
    alone = sorted(set(counting) - set(partnered))
    name = f"{number:06}"
    if not folder.has(f"counted/{name}") or (alone and not folder.has(f"alone/{name}")):
        articles = read_records(folder.place(f"articles/{name}"))
        parsed = dict(zip(counting, parse_articles([articles[row] for row in counting], plan.language), strict=True))
        with folder.together() as pieces:
            sharing = {row: parsed[row] for row in partnered}
            write_records(pieces, f"split/{name}", map(sharing.get, range(len(articles))))
            sides = dict(zip(sharing, sides_of(list(sharing.values()), plan.candidates.least_surprisal), strict=True))
            write_records(pieces, f"sides/{name}", map(sides.get, range(len(articles))))
            write_rows(pieces, f"attested/{name}", attested_rows(sharing.values()))
            if alone:
                with pieces.piece(f"alone/{name}", sealed=False) as part:
                    batch = trace_alone([articles[row] for row in alone], [parsed[row] for row in alone], plan)
                    plan.finish(batch, part)
            pieces.write(f"counted/{name}", pickle.dumps(counted_words(parsed.values())))
    return len(counting), bool(alone)


def trace_alone(articles: Sequence[Article], parsed: Sequence[ParsedArticle], plan: Plan) -> TracedBatch:
    """Articles that share nothing with any other, each traced as a story of its own."""
    marked = []
    for entry in (undated(entry, plan) for entry in parsed):
        accepted = accepted_words([attested_words(entry)])
        marked.append(mark_attested(entry, accepted, plan.candidates.least_surprisal))
    marked.sort(key=lambda entry: entry.id)
    stories = tuple(trace_story([entry], (), (), plan.story) for entry in marked)
    ordered = tuple(sorted(articles, key=lambda article: article.id))
    return TracedBatch(ordered, {entry.id: entry for entry in marked}, stories, {}, {})


def undated(parsed: ParsedArticle, plan: Plan) -> ParsedArticle:
    """The article without its date where the run ignores dates."""
    if plan.use_dates:
        return parsed
    article = replace(parsed.split.article, published=UNDATED)
    return replace(parsed, split=replace(parsed.split, article=article))


def attested_rows(parsed: Iterable[ParsedArticle]) -> npt.NDArray[np.void]:
    """What articles attest, as rows of the type ``ATTESTED_ROW``."""
    found = [attested_words(entry) for entry in parsed]
    rows = np.empty(sum(len(entry.hashes) for entry in found), dtype=ATTESTED_ROW)
    for field in ("hash", "speaker", "outlet", "public"):
        source = {"hash": "hashes", "speaker": "speakers", "outlet": "outlets", "public": "public"}[field]
        rows[field] = np.concatenate([*(getattr(entry, source) for entry in found), np.empty(0, ATTESTED_ROW[field])])
    return rows


def _rarities_of(folder: WorkFolder, batches: int) -> Rarities:
    """The rarities of a corpus from the counts of its batches, some hundred of which are held at a time."""
    counted: list[tuple[str, WordDocuments]] = []
    for number in range(batches):
        counted += pickle.loads(folder.place(f"counted/{number:06}").read_bytes())  # noqa: S301 - our own
        if (number + 1) % _BATCHES_AT_ONCE == 0:
            counted = list(Rarities.merged(counted).counted.items())
    return Rarities.merged(counted)


def _accept(run: Workers, folder: WorkFolder, batches: int) -> None:
    if folder.has("accepted/speakers.npy"):
        return
    counts = sum((count_rows(folder.place(f"attested/{number:06}")) for number in range(batches)), np.zeros(256, int))
    work = partial(_accept_partition, folder=folder, batches=batches)
    found = list(run(work, partitions(counts, _ROWS_PER_PARTITION)))
    hashes, speakers = (np.concatenate([getattr(entry, name) for entry in found]) for name in ("hashes", "speakers"))
    save_accepted(folder, Accepted(hashes, speakers))


def save_accepted(folder: WorkFolder, accepted: Accepted) -> None:
    """Keep the attested shingles of the whole corpus: ``hashes.npy``, ``flags.npy``, ``speakers.npy`` in ``accepted/``.

    The last stands only when the others do.
    """
    pieces = {"hashes": accepted.hashes, "flags": flags_of_attested(accepted), "speakers": accepted.speakers}
    for name, values in pieces.items():
        write_array(folder, f"accepted/{name}.npy", values)


def _accept_partition(buckets: range, folder: WorkFolder, batches: int) -> Accepted:
    rows = np.concatenate(
        [read_rows(folder.place(f"attested/{number:06}"), ATTESTED_ROW, buckets) for number in range(batches)]
        or [np.empty(0, ATTESTED_ROW)]
    )
    return accept_rows(rows)


def accept_rows(rows: npt.NDArray[np.void]) -> Accepted:
    """Which of the attested ``rows`` count; all rows of a shingle must be among them."""
    return accepted_words([Attested(rows["hash"], rows["speaker"], rows["outlet"], rows["public"])])


def load_accepted(folder: WorkFolder) -> Accepted:
    """The attested shingles of the whole corpus, mapped from the folder."""
    return Accepted(mapped_array(folder, "accepted/hashes.npy"), mapped_array(folder, "accepted/speakers.npy"))


def load_flags(folder: WorkFolder) -> npt.NDArray[np.bool_]:
    """The flags of the attested shingles, mapped from the folder."""
    return mapped_array(folder, "accepted/flags.npy")


def load_rarities(folder: WorkFolder) -> Rarities:
    """How rare words are in the languages without a model. Read once by each process, which keeps them."""
    path = folder.place("rarities")
    stands = path.stat()
    return _rarities(path, (stands.st_ino, stands.st_mtime_ns, stands.st_size))


@lru_cache(maxsize=1)
def _rarities(path: Path, _file: tuple[int, int, int]) -> Rarities:
    """The rarities at a path; ``_file`` tells those of one run from those of a later run in the same folder."""
    found: Rarities = pickle.loads(path.read_bytes())  # noqa: S301 - this user's own run
    return found
