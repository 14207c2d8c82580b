"""How the language of articles is told: by English function words or by py3langid, and what the latter alone would say.

    python tests/benchmarks/languages.py articles.jsonl.gz [more.jsonl.gz ...]
    python tests/benchmarks/languages.py --lists

Prints for each file how many texts go to py3langid, and the verdicts with and without the function words. ``--lists``
prints, for each language in Latin letters that wordfreq has (to be installed from PyPI), which share of its 5,000
commonest words, weighed by how often they occur, is on the two lists of ``tracer/split/data/en.toml``.
"""

from __future__ import annotations

import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import py3langid
from templates import read_records

from tracer.split.language import detect_language, load_language

_HEAD = 500
_COMMONEST = 5000


def of_file(path: Path) -> str:
    """What is told of the texts of a file, and how."""
    texts = [record["text"] for record in read_records(path) if record.get("text")]
    alone = [py3langid.classify(text[:_HEAD].encode(errors="replace").decode())[0] for text in texts]
    asked: list[str] = []
    classify = py3langid.classify
    py3langid.classify = lambda text: (asked.append(text), classify(text))[1]
    told = Counter(map(detect_language, texts))
    py3langid.classify = classify
    return f"{path.name}: {len(texts)} texts, {len(asked)} for py3langid: {told}; by it alone: {Counter(alone)}"


def of_lists() -> Iterator[str]:
    """The shares of both lists in each language, the largest share of English function words first."""
    import wordfreq  # noqa: PLC0415 - for this alone

    words = load_language("en").identification
    rows = []
    for code in wordfreq.available_languages("best"):
        top = [word for word in wordfreq.top_n_list(code, _COMMONEST) if word.isalpha()]
        if sum(unicodedata.name(word[0], "").startswith("LATIN") for word in top) * 10 < len(top) * 9:
            continue  # another script
        shares = [wordfreq.word_frequency(word, code) for word in top]
        english, foreign = (
            sum(share for word, share in zip(top, shares, strict=True) if word in listed.folded)
            for listed in (words.function_words, words.foreign_words)
        )
        marked = sum(share for word, share in zip(top, shares, strict=True) if not word.isascii())
        rows.append((english / sum(shares), (foreign + marked) / sum(shares), code))
    for english, foreign, code in sorted(rows, reverse=True):
        yield f"{code}: English function words {english:.3f}, foreign ones or other letters {foreign:.3f}"


if __name__ == "__main__":
    for line in of_lists() if sys.argv[1:] == ["--lists"] else map(of_file, map(Path, sys.argv[1:])):
        print(line)
