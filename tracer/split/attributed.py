"""Whether a name found in running text stands there as a source, whatever lexicon it is from."""

from __future__ import annotations

from tracer.domain import Span
from tracer.split.language import load_language

_REACH = 48
_WORDS_AFTER = 3


def reads_as_attribution(text: str, name: Span, language: str) -> bool:
    """Whether a cue stands right before a name ("told the Courier") or a verb of reporting right behind it.

    False for a language without lists. Constant cost.
    """
    lists = load_language(language)
    before = text[max(0, name.start - _REACH) : name.start].lower().rstrip().removesuffix(" the").rstrip()
    cues = (lists.attributions.according_to, lists.attributions.told, lists.attributions.via)
    if any(before.endswith(f" {cue.lower()}") or before == cue.lower() for phrases in cues for cue in phrases):
        return True
    after = [word.strip(" ,.;:”\"'") for word in text[name.stop : name.stop + _REACH].split()[:_WORDS_AFTER]]
    return any(word in lists.speech.report_verbs for word in after)
