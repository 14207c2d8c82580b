"""The local engine: both maps and the join on this machine, out of core."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tracer.candidates import MOST_CARRIERS, PossiblePairs
from tracer.engine.comparing import compare_corpus
from tracer.engine.confirming import confirm_corpus
from tracer.engine.joining import join_corpus
from tracer.engine.plan import Observer, Plan, silent
from tracer.engine.reading import Intake, read_corpus
from tracer.engine.splitting import split_corpus
from tracer.engine.tracing import trace_corpus
from tracer.engine.work_folder import WorkFolder
from tracer.engine.workers import workers


@dataclass(frozen=True, slots=True)
class EngineResult:
    """What an engine hands back, however it ran.

    ``parts`` are what ``Plan.finish`` wrote: together they hold every article exactly once. ``pairs`` counts the pairs
    compared. ``warnings`` say which bounds bit.
    """

    parts: tuple[Path, ...]
    articles: int
    pairs: int
    warnings: tuple[str, ...]


def run_local(
    intake: Intake, folder: WorkFolder, plan: Plan, jobs: int = 1, observe: Observer = silent
) -> EngineResult:
    """Trace all articles. The result is the same for any ``jobs`` and any order of the articles.

    All that grows with the corpus, but for some hundred bytes an article and a pair, is kept in ``folder``: about ten
    times the size of the texts. A run that goes on with what another has left there ends with the same result.

    Raises:
        OutputError: when the folder cannot be written.
    """
    with workers(jobs) as run:
        corpus = read_corpus(run, folder, intake, plan, observe)
        pairs = join_corpus(run, folder, corpus, plan, observe)
        partnered = np.zeros(len(corpus), dtype=np.bool_)
        partnered[pairs.left] = partnered[pairs.right] = True
        alone = split_corpus(run, folder, corpus, partnered, plan, observe)
        confirmed = confirm_corpus(run, folder, corpus, pairs, plan, observe)
        small, large = confirmed.divided(plan.story.most_articles)
        linked = compare_corpus(run, folder, corpus, large, plan, observe)
        told, warnings = trace_corpus(run, folder, corpus, partnered, small, linked, plan, observe)
    parts = tuple(folder.place(name) for name in (*alone, *told))
    return EngineResult(parts, len(corpus), confirmed.compared, (*crowded_warnings(pairs, plan), *warnings))


def crowded_warnings(pairs: PossiblePairs, plan: Plan) -> Iterator[str]:
    """What the reader has to know about shingles and words that stood in too many articles to be linked all to all."""
    if pairs.crowded:
        yield (
            f"{pairs.crowded} runs of six words stand in more than {plan.candidates.most_articles} articles each; "
            "those articles were linked one to the next instead of all to all"
        )
    if pairs.crowded_words:
        yield (
            f"{pairs.crowded_words} rare words stand in more than {MOST_CARRIERS} articles each; articles that share "
            "no run of six words were sought by such a word from one to the next instead of all to all"
        )
