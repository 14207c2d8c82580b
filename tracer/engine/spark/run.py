"""The Spark engine as a whole."""

from __future__ import annotations

import numpy as np

from tracer.engine.local import EngineResult, crowded_warnings
from tracer.engine.plan import Observer, Plan, silent
from tracer.engine.reading import Intake
from tracer.engine.spark.comparing import compare_on_spark
from tracer.engine.spark.joining import join_on_spark
from tracer.engine.spark.reading import store_corpus
from tracer.engine.spark.session import LOCAL, opened_session
from tracer.engine.spark.splitting import split_on_spark
from tracer.engine.spark.tables import Cluster
from tracer.engine.spark.tracing import trace_on_spark
from tracer.engine.work_folder import WorkFolder


def run_spark(
    intake: Intake, folder: WorkFolder, plan: Plan, master: str = LOCAL, observe: Observer = silent
) -> EngineResult:
    """Trace all articles on Spark, with the result of :func:`tracer.engine.run_local`.

    ``folder`` must stand under the same path for this process and every worker. This process reads the articles, and
    holds some hundred bytes of each article and each pair; see the how-to on Spark. A run that goes on with what
    another has left in the folder begins with the first stage that is not finished.

    Raises:
        TracerError: when pyspark or Java is missing, or Spark fails.
        OutputError: when the folder cannot be written.
    """
    with opened_session(master) as session:
        cluster = Cluster(session, folder)
        corpus = store_corpus(folder, intake, plan, observe)
        if not len(corpus):
            return EngineResult((), 0, 0, ())
        size = len(corpus)
        observe("finding pairs", 0, size)
        pairs = join_on_spark(cluster, corpus, plan)
        observe("finding pairs", size, size)
        partnered = np.zeros(size, dtype=np.bool_)
        partnered[pairs.left] = partnered[pairs.right] = True
        observe("splitting articles", 0, size)
        alone = split_on_spark(cluster, corpus, partnered, plan)
        observe("splitting articles", size, size)
        observe("comparing pairs", 0, len(pairs.left))
        compared, linked = compare_on_spark(cluster, pairs, plan)
        observe("comparing pairs", len(pairs.left), len(pairs.left))
        sharing = int(partnered.sum())
        observe("tracing stories", 0, sharing)
        told, warnings = trace_on_spark(cluster, corpus, linked, partnered, plan)
        observe("tracing stories", sharing, sharing)
    parts = tuple(folder.place(name) for name in (*alone, *told))
    return EngineResult(parts, size, compared, (*crowded_warnings(pairs, plan), *warnings))
