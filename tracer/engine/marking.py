"""What the corpus attests, marked in the split articles as they are loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from tracer.candidates import mark_attested
from tracer.engine.corpus import stands_at
from tracer.engine.plan import Plan
from tracer.engine.records import RecordPlace, mapped_array, read_places, write_array
from tracer.engine.splitting import load_accepted, undated
from tracer.engine.work_folder import WorkFolder
from tracer.split import ParsedArticle

_HOLDERS = "holders.npy"


def save_holders(folder: WorkFolder, stands: npt.NDArray[np.int64]) -> None:
    """Keep which articles hold attested words, by where they stand (as in ``Corpus.stands``), each once or more.

    In the folder: ``holders.npy``. Of the articles with a possible partner, no other is marked otherwise than its own
    text says.
    """
    write_array(folder, _HOLDERS, np.unique(stands))


def load_marked(
    folder: WorkFolder, places: Iterable[RecordPlace], plan: Plan
) -> Iterator[tuple[RecordPlace, ParsedArticle]]:
    """Split articles from the folder, marked, and dated or not as the run wants them; each with its place, sorted.

    They must be articles with a possible partner: of others it was not asked whether they hold attested words.
    """
    wanted = sorted(set(places))
    accepted, least = load_accepted(folder), plan.candidates.least_surprisal
    for (place, parsed), holds in zip(read_places(folder, "split", wanted), _holds(folder, wanted), strict=True):
        yield place, undated(mark_attested(parsed, accepted, least) if holds else parsed, plan)


def _holds(folder: WorkFolder, places: Sequence[RecordPlace]) -> list[bool]:
    """Which of the articles at some places hold attested words."""
    holders = mapped_array(folder, _HOLDERS)
    batches, rows = np.array(places, dtype=np.int64).reshape(-1, 2).T
    stands = stands_at(batches, rows)
    found: list[bool] = (holders.searchsorted(stands, side="right") > holders.searchsorted(stands)).tolist()
    return found
