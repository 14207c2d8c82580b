"""Coverage-guided fuzzing of the readers and the splitter with atheris; run by hand, not part of any suite.

    pip install atheris
    python tests/fuzzing/fuzz_readers.py CORPUS_FOLDER [-max_total_time=600] [more options of libFuzzer]

The first byte of an input chooses the format, the rest is the file. Anything but articles and skips ends the run with
the input that did it: an exception, an article that is not in the text, more than a gigabyte, more than ten seconds.
What is found becomes a test under ``tests/unit/read``. ``fixtures/fuzzing`` holds some inputs to begin with.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris

with atheris.instrument_imports(include=["tracer.read", "tracer.split"]):
    from tracer.domain import Article, InputError, SkippedArticle
    from tracer.read import ReadSettings, read_articles
    from tracer.split import parse_article

_NAMES = ("a.html", "a.mhtml", "a.rss", "a.warc", "a.csv", "a.jsonl", "a.json", "a.txt", "a.tsv", "a.warc.gz")
_FOLDER = TemporaryDirectory(prefix="tracer-fuzz-")
_SETTINGS = ReadSettings(min_words=1, max_file_bytes=1_000_000, max_article_chars=100_000)


def one_input(data: bytes) -> None:
    """Read a file of the format that the first byte chooses; split each article in it."""
    if not data:
        return
    path = Path(_FOLDER.name) / _NAMES[data[0] % len(_NAMES)]
    path.write_bytes(data[1:])
    try:
        found = list(read_articles([path], _SETTINGS))
    except InputError:
        return
    assert found, "neither an article nor a skip"
    for entry in found[:5]:
        assert isinstance(entry, Article | SkippedArticle)
        if isinstance(entry, Article):
            split = parse_article(entry).split
            assert all(sentence.span.stop <= len(entry.text) for sentence in split.sentences)


def main() -> None:
    """Hand over to libFuzzer."""
    atheris.Setup([*sys.argv, "-timeout=10", "-rss_limit_mb=2048", "-max_len=20000"], one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
