"""What makes two records the same article: a digest of content that ignores where it stood."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from hashlib import blake2b

from tracer.domain import Article

_ID_BYTES = 8
_LOOKED_AT, _LONGEST_NAME = 100, 24
_LATIN = re.compile(r"[a-z0-9]+")


def content_digest(article: Article, size: int = 16) -> bytes:
    """A stable digest of everything but ``id``, ``path``, ``line``, ``warnings`` and ``kind``.

    ``size`` bytes, at most 64.
    """
    published = f"{article.published.isoformat()} {article.published.precision.value}"
    parts = (article.text, article.outlet, article.title, published, article.url, article.language, article.byline)
    digested = []
    for part in (*parts, article.group, *article.credited):
        if part is None:
            digested.append(b"-1:")
        else:
            data = part.encode("utf-8", "surrogatepass")
            digested += (b"%d:" % len(data), data)
    return blake2b(b"".join(digested), digest_size=size).digest()


def digest_id(article: Article) -> Article:
    """``article`` under an id made of its content, such as ``hollin-post-3f9c0e12b7a45d60``.

    In front stands its outlet, else its title, as far as Latin letters go, for those who read the id; ``a`` without. 64
    bits: among a million articles two different ones share an id with a probability of 3e-8.
    """
    return replace(article, id=f"{_called(article)}-{content_digest(article, _ID_BYTES).hex()}")


def _called(article: Article) -> str:
    name = unicodedata.normalize("NFKD", (article.outlet or article.title or "")[:_LOOKED_AT])
    words = _LATIN.findall(name.encode("ascii", "ignore").decode().casefold())
    return "-".join(words)[:_LONGEST_NAME].rstrip("-") or "a"
