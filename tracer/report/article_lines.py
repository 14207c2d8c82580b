"""The articles as they were read, one JSON object a line, which tracer reads again.

Every place in the tables counts code points of the ``text`` that stands here, also where it was taken out of a page, a
document or an archive; an audit can be done again from this file alone.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterator
from pathlib import Path

from tracer.domain import Article, ArticleKind
from tracer.report.json_text import json_bytes
from tracer.report.schema import LIST_SEPARATOR

ARTICLE_LINES = "articles.jsonl"
_BEFORE_ID = b'{"id": "'


def article_line(article: Article) -> bytes:
    """The line of an article, line feed included; what is unknown is left out. Linear in its text."""
    known = {
        "id": article.id,
        "outlet": article.outlet,
        "title": article.title,
        "published": article.published.isoformat(),
        "url": article.url,
        "language": article.language,
        "byline": article.byline,
        "group": article.group,
        "kind": "" if article.kind is ArticleKind.ARTICLE else article.kind.value,
        "credit": LIST_SEPARATOR.join(article.credited),
        "text": article.text,
    }
    told = {name: value for name, value in known.items() if value}
    try:
        members = [b'"%b": %b' % (name.encode(), json_bytes(value)) for name, value in told.items()]
        return b"{%b}\n" % b", ".join(members)
    except UnicodeEncodeError:  # half of a surrogate pair, which only an escape can write
        return (json.dumps(told) + "\n").encode()


def saved_texts(path: Path, wanted: Container[str]) -> Iterator[tuple[str, str]]:
    """The id and the text of each article in such a file that is ``wanted`` by its id, one at a time.

    The lines of others are read no further than their id, which comes first where tracer wrote them.

    Raises:
        OSError: when the file cannot be read.
        ValueError: when it is no such file.
    """
    with path.open("rb") as stream:
        for line in stream:
            if line.startswith(_BEFORE_ID):
                written = line[len(_BEFORE_ID) : line.find(b'"', len(_BEFORE_ID))]
                if b"\\" not in written and written.decode() not in wanted:
                    continue
            entry = json.loads(line)
            if not isinstance(entry, dict) or not {"id", "text"} <= entry.keys():
                raise ValueError("a line is no article")
            if str(entry["id"]) in wanted:
                yield str(entry["id"]), str(entry["text"])
