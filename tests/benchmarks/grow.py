"""Grow a corpus of any size in which reuse is as dense at a million articles as at a thousand.

    python tests/benchmarks/grow.py 10000 -o corpus.jsonl --truth truth.jsonl --jobs 2

A block of 1,000 articles is one day of 400 invented outlets. Fresh articles are composed of sentences of base texts
with the telling words replaced (``templates.py``), so that two of them are strangers. About a sixth of all articles
are copies of another one in their block, within 72 hours of it: printed as it came, cut, with a new lead, with
paragraphs added, or reworded with the simulator's synonyms. Others share no more than a quotation. Blocks
are independent, so every figure per article is the same at each size, and any number of processes writes the same
bytes. Memory does not grow with the corpus.

The date of an article tells the time that it appeared, by day only for some outlets; time grows with the corpus, at
1,000 articles a day. Texts have 3 kB on average, spread like those of real news. The truth file has a line per article:
``id``, ``story`` (shared by an original and its copies), ``parent`` and ``recipe`` (null for originals), ``statement``
(shared by articles with one quotation; null for most).

Without ``--base`` the base texts are taken from ``../shared/data``, 1,000 of each of two collections. The same base
texts, number and seed give the same bytes. Reading base texts takes half a minute, an article 0.3 to 0.5 ms.
"""

from __future__ import annotations

import argparse
import multiprocessing
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from newsday import Newsday
from templates import Templates, read_texts, templates

BLOCK = 1000
_DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
_BASE = (_DATA / "news-dev" / "articles.jsonl.gz", _DATA / "releases-dev" / "releases.jsonl.gz")
_TEXTS_PER_FILE = 1000

Lines = list[tuple[str, str]]


def grow(made_of: Templates, number: int, seed: int = 0, jobs: int = 1) -> Iterator[tuple[str, str]]:
    """The lines of so many articles and what is true of each, block by block. The same for any ``jobs``."""
    blocks = [(seed, block, min(BLOCK, number - start)) for block, start in enumerate(range(0, number, BLOCK))]
    if jobs == 1:
        for block in blocks:
            yield from _day(made_of, block)
        return
    with multiprocessing.get_context("spawn").Pool(jobs, _Process.take, (made_of,)) as pool:
        for lines in pool.imap(_Process.day, blocks):
            yield from lines


class _Process:
    """What a process of the pool keeps between blocks."""

    made_of: Templates

    @classmethod
    def take(cls, made_of: Templates) -> None:
        cls.made_of = made_of

    @classmethod
    def day(cls, plan: tuple[int, int, int]) -> Lines:
        return _day(cls.made_of, plan)


def _day(made_of: Templates, plan: tuple[int, int, int]) -> Lines:
    day = Newsday(made_of, *plan)
    day.grow()
    return day.records()


def base_templates(paths: Sequence[Path], most: int) -> Templates:
    """Templates of the first ``most`` texts of each file."""
    return templates(text for path in paths for text in islice(read_texts(path), most))


def write(lines: Iterable[tuple[str, str]], corpus: Path, truth: Path | None) -> None:
    """Write corpus and truth as JSON Lines while they are grown."""
    with corpus.open("w", encoding="utf-8") as articles:
        if truth is None:
            articles.writelines(f"{line}\n" for line, _ in lines)
            return
        with truth.open("w", encoding="utf-8") as facts:
            for line, fact in lines:
                articles.write(line + "\n")
                facts.write(fact + "\n")


def main() -> None:
    """Grow a corpus as the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("number", type=int, help="articles to grow")
    parser.add_argument("-o", "--out", type=Path, required=True, help="corpus to write, JSON Lines")
    parser.add_argument("--truth", type=Path, help="file to write what is true to, JSON Lines")
    parser.add_argument(
        "--base", type=Path, nargs="+", default=_BASE, help="base texts: .jsonl, .jsonl.gz or .txt files"
    )
    parser.add_argument("--base-texts", type=int, default=_TEXTS_PER_FILE, help="texts to take of each file")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1)
    chosen = parser.parse_args()
    made_of = base_templates(chosen.base, chosen.base_texts)
    write(grow(made_of, chosen.number, chosen.seed, chosen.jobs), chosen.out, chosen.truth)


if __name__ == "__main__":
    main()
