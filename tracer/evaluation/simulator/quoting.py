"""Quotations trimmed and restored, their attribution moved, and statements quoted afresh by other reporters."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

from tracer.evaluation.simulator.drafts import Line, Unit, capitalised, quoted_words
from tracer.evaluation.simulator.draws import chance
from tracer.evaluation.simulator.tables import table, words

_SAID = "said|added|stated|noted|explained|remarked|commented|continued|argued"
_BEHIND = re.compile(rf"“([^“”]+)[,.]” (?:({_SAID}) ([^“”]{{3,80}})|([A-Z][^“”]{{2,60}}?|[Hh]e|[Ss]he) ({_SAID}))\.")
_BEFORE = re.compile(rf"([A-Z][^“”]{{1,80}}) ({_SAID})[,:]? “([^“”]+)[.,]”")
_CLAUSE = re.compile(r", (?=(?:and|but|so|which|because|while|as|that|or)\b)|; | (?=because\b|so that\b|but\b)")
_FEWEST_LEFT = 6


def trimmed(unit: Unit, rng: Random) -> Unit:
    """The unit with less of its quotation: a clause at its end, or a whole sentence of it, is gone.

    A unit whose quotation is too short to lose anything is returned as it is.
    """
    if len(unit) > 1 and chance(rng, 0.6):
        shorter = _without_sentence(unit, rng)
        if shorter != unit:
            return shorter
    lines = list(unit)
    for place in rng.sample(range(len(lines)), len(lines)):
        shorter_line = _without_clause(lines[place], rng)
        if shorter_line is not None:
            lines[place] = shorter_line
            return tuple(lines)
    return unit


def _without_sentence(unit: Unit, rng: Random) -> Unit:
    """A sentence that lies wholly inside the quotation left out; its closing mark, if it had it, moves back."""
    inner = [place for place, line in enumerate(unit) if line.inside and "“" not in line.text and place > 0]
    ends = [place for place in inner if "”" not in unit[place].text or unit[place].text.endswith("”")]
    if not ends:
        return unit
    place = rng.choice(ends)
    lines = list(unit)
    gone = lines.pop(place)
    if gone.text.endswith("”"):
        lines[place - 1] = replace(lines[place - 1], text=lines[place - 1].text + "”")
    return tuple(lines)


def _without_clause(line: Line, rng: Random) -> Line | None:
    start = line.text.find("“") + 1 if not line.inside else 0
    stop = line.text.find("”", start)
    if (start == 0 and not line.inside) or stop < 0:
        return None
    words_inside = line.text[start:stop]
    places = [found.start() for found in _CLAUSE.finditer(words_inside)]
    places = [place for place in places if len(words_inside[:place].split()) >= _FEWEST_LEFT]
    if not places:
        return None
    mark = words_inside[-1] if words_inside[-1] in ",.?!" else ""
    return replace(line, text=line.text[:start] + words_inside[: rng.choice(places)] + mark + line.text[stop:])


def restored(units: Sequence[Unit], full: Mapping[str, Unit]) -> tuple[Unit, ...]:
    """The units with each quotation as long as the statement has it.

    ``full`` gives, for every source sentence, the unit of the statement's full text that it stands in. A sentence that
    the draft never had comes without a path, for it was taken from the statement itself.
    """
    return tuple(_restored(unit, full) for unit in units)


def _restored(unit: Unit, full: Mapping[str, Unit]) -> Unit:
    whole = full.get(unit[0].origins[0])
    if whole is None or sum(map(len, map(quoted_words, whole))) <= sum(map(len, map(quoted_words, unit))):
        return unit
    known = {origin: line for line in unit for origin in line.origins}
    lines = [
        replace(line, path=known[line.origins[0]].path, glyphs=known[line.origins[0]].glyphs)
        if line.origins[0] in known
        else replace(line, path=(), glyphs=unit[0].glyphs)
        for line in whole
    ]
    return (replace(lines[0], opens=unit[0].opens), *lines[1:])


def move_attribution(line: Line, rng: Random) -> Line:
    """``“…,” said X.`` becomes ``X said: “….”``, or the other way; another verb of saying now and then."""
    verbs = words("style", "said", "verbs")
    if found := _BEHIND.fullmatch(line.text):
        speaker, verb = (found[3], found[2]) if found[3] else (found[4], found[5])
        verb = rng.choice(verbs) if chance(rng, 0.4) else verb
        link = rng.choice((":", ","))
        return replace(line, text=f"{capitalised(speaker)} {verb}{link} “{found[1]}.”")
    if found := _BEFORE.fullmatch(line.text):
        verb = rng.choice(verbs) if chance(rng, 0.4) else found[2]
        speaker = found[1][0].lower() + found[1][1:] if found[1] in ("He", "She", "They") else found[1]
        speaker = speaker[0].lower() + speaker[1:] if speaker.startswith("The ") else speaker
        order = f"{speaker} {verb}" if chance(rng, 0.6) else f"{verb} {speaker}"
        return replace(line, text=f"“{found[3]},” {order}.")
    return line


def said_otherwise(line: Line, rng: Random) -> Line:
    """Another verb of saying beside a quotation."""
    if "”" not in line.text:
        return line
    verb = rng.choice(words("style", "said", "verbs"))
    return replace(line, text=re.sub(rf"(?<=” )({_SAID})\b", verb, line.text, count=1))


def spoken_words(unit: Unit) -> str:
    """The quoted words of a unit in one piece, without marks; sentences are parted by a space."""
    pieces = []
    for line in unit:
        depth = line.inside
        text = ""
        for char in line.text:
            if char in "“”":
                depth = char == "“"
                text += " " if char == "”" else ""
            elif depth:
                text += char
        pieces.append(text.strip())
    return " ".join(piece for piece in pieces if piece)


def quoted_afresh(unit: Unit, speaker: str, rng: Random, layout: str) -> tuple[Line, ...]:
    """The statement of a unit as another reporter prints it, the reporter's own words around it.

    ``layout``: ``"marks"``, or ``"block"`` and ``"transcript"``, which set it off without quotation marks.
    """
    known = table("newsroom")["statement"]
    unit = trimmed(unit, rng) if chance(rng, 0.4) else unit
    origins = tuple(sorted({origin for line in unit if quoted_words(line) for origin in line.origins}))
    said = spoken_words(unit).rstrip(",; ")
    said = capitalised(said) if said[-1:] in ".?!" else capitalised(said) + "."
    who = speaker or rng.choice(("The office", "A spokesman", "The statement", "The group"))
    if layout == "marks":
        behind = chance(rng, 0.5)
        quote = f"“{said[:-1]},”" if behind and said.endswith(".") else f"“{said}”"
        form = rng.choice(known["back" if behind else "front"])
        return (Line(form.format(who=who, quote=quote), origins, opens=True),)
    if layout == "transcript":
        return (Line(f"{who.upper()}: {said}", origins, opens=True, spoken=True),)
    head = rng.choice(known["transcript"][1:]).format(who=who)
    return (Line(head, opens=True), Line(said, origins, opens=True, spoken=True))
