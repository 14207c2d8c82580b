"""Articles into sentences, quotations, credits, attributions and classed words."""

from tracer.split.attributed import reads_as_attribution
from tracer.split.language import detect_language
from tracer.split.lexicon import is_ordinary_word, lookup_name, outlet_key, same_source, spellings_of
from tracer.split.masked import ParsedArticle, WordClass, as_written, parse_article, parse_articles
from tracer.split.parsed import Attribution, Credit, CreditKind, Quotation, Relay, Sentence, SplitText
from tracer.split.splitter import split_article

__all__ = [
    "Attribution",
    "Credit",
    "CreditKind",
    "ParsedArticle",
    "Quotation",
    "Relay",
    "Sentence",
    "SplitText",
    "WordClass",
    "as_written",
    "detect_language",
    "is_ordinary_word",
    "lookup_name",
    "outlet_key",
    "parse_article",
    "parse_articles",
    "reads_as_attribution",
    "same_source",
    "spellings_of",
    "split_article",
]
