"""First pass: this process reads the articles and stores them as a table."""

from __future__ import annotations

from tracer.engine.corpus import Corpus, Entry
from tracer.engine.plan import Observer, Plan
from tracer.engine.reading import ARTICLES_PER_BATCH, Batch, Intake, entry_of, read_corpus, stored_entries
from tracer.engine.spark.packing import packed
from tracer.engine.spark.tables import write_table
from tracer.engine.work_folder import WorkFolder

ARTICLES = "articles"
_COLUMNS = (("number", "int64"), ("article", "binary"))


def store_corpus(folder: WorkFolder, intake: Intake, plan: Plan, observe: Observer) -> Corpus:
    """Store all articles. In the folder: ``articles/`` (a running number and a record each), ``entries/N``, ``read``.

    Memory of this process: some 250 bytes an article.
    """
    return read_corpus(map, folder, intake, plan, observe, _store)


def _store(batch: Batch, folder: WorkFolder, plan: Plan) -> list[Entry]:
    number, articles = batch
    if folder.has(f"entries/{number:06}"):
        return stored_entries(folder, number)
    numbers = range(number * ARTICLES_PER_BATCH, number * ARTICLES_PER_BATCH + len(articles))
    write_table(folder, f"{ARTICLES}/{number:06}.parquet", _COLUMNS, zip(numbers, map(packed, articles), strict=True))
    entries = [entry_of(article, plan) for article in articles]
    folder.write(f"entries/{number:06}", packed(entries))
    return entries
