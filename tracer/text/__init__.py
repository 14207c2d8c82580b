"""Pure functions on strings and arrays: views, words, shingles, and how common they are."""

from tracer.text.background import Background, background
from tracer.text.identity import word_id
from tracer.text.runs import WordRuns, word_runs
from tracer.text.shingles import is_new, shingle_hashes, shingle_keys, sorted_once, windows_within
from tracer.text.tokens import Tokens, tokenise, tokenise_all
from tracer.text.view import NormalView, normal_view

__all__ = [
    "Background",
    "NormalView",
    "Tokens",
    "WordRuns",
    "background",
    "is_new",
    "normal_view",
    "shingle_hashes",
    "shingle_keys",
    "sorted_once",
    "tokenise",
    "tokenise_all",
    "windows_within",
    "word_id",
    "word_runs",
]
