"""Pure functions on strings and arrays: views, words, shingles, and how common they are."""

from tracer.text.background import Background, background
from tracer.text.identity import ids_of, word_id
from tracer.text.packed_arrays import Layout, packed_arrays, unpacked_arrays
from tracer.text.runs import WordRuns, word_runs
from tracer.text.shingles import is_new, shingle_hashes, shingle_keys, sorted_once, windows_within
from tracer.text.tokens import Tokens, tokenise, tokenise_all
from tracer.text.view import NormalView, normal_view

__all__ = [
    "Background",
    "Layout",
    "NormalView",
    "Tokens",
    "WordRuns",
    "background",
    "ids_of",
    "is_new",
    "normal_view",
    "packed_arrays",
    "shingle_hashes",
    "shingle_keys",
    "sorted_once",
    "tokenise",
    "tokenise_all",
    "unpacked_arrays",
    "windows_within",
    "word_id",
    "word_runs",
]
