"""Where the words of a stretch or a sentence stand, asked again and again within one story."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping

from tracer.domain import Span
from tracer.split import ParsedArticle


class Places:
    """Word places in the articles of one story, with each article's words listed once."""

    def __init__(self, articles: Mapping[str, ParsedArticle]) -> None:
        self.articles = articles
        self._starts: dict[str, list[int]] = {}
        self._sentences: dict[tuple[str, int], range] = {}

    def within(self, article: str, span: Span) -> range:
        """The words of an article that start inside ``span``."""
        starts = self._starts.get(article)
        if starts is None:
            starts = self._starts[article] = self.articles[article].tokens.starts.tolist()
        first = bisect_left(starts, span.start)
        return range(first, bisect_left(starts, span.stop, first))

    def sentence(self, article: str, sentence: int) -> range:
        """The words of a sentence."""
        key = article, sentence
        if key not in self._sentences:
            self._sentences[key] = self.within(article, self.articles[article].split.sentences[sentence].span)
        return self._sentences[key]
