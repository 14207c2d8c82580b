"""The words of many texts at once are those of each by itself."""

from __future__ import annotations

import pytest

from tracer.text import identity, tokenise, word_id, word_runs

PLAIN = "The minister’s U.S. visit — his 2nd — cost $1,000.50."
OTHERS = (
    pytest.param("Привет, мир. Ещё раз.", id="letters of another script"),
    pytest.param("Gdańsk i Łódź", id="Latin letters beyond the first 256"),
    pytest.param("Ünïcödé ÀÉÎ Straße Ÿ", id="Latin letters of one byte"),
    pytest.param("donâ€™t Ã© la", id="damaged characters"),
    pytest.param("co\u00adoperate zero\u200bwidth", id="invisible marks"),
    pytest.param("e\u0301te\u0301 \u0301", id="accents of their own"),
    pytest.param("ΣΑΣ σας", id="letters that go by their neighbours"),
    pytest.param("ＦＵＬＬ ｗｉｄｔｈ", id="letters with another form"),
    pytest.param("𝓓onald 🦄 🇵🇷", id="characters beyond the basic plane"),
    pytest.param("10€ 5™ ℓ①⦁ 6″ ⅔ Ⅳ ➜b ◆c⟨d⟩", id="signs, some of which are letters or have another form"),
    pytest.param("half \ud83d of a pair", id="half a pair of surrogates"),
    pytest.param("internationalisation of counterrevolutionaries", id="long words"),
    pytest.param(f"{'ab' * 300} {'ab' * 300}c {'x' * 512} {'x' * 513}", id="giant words"),
    pytest.param("", id="nothing"),
    pytest.param("e.g.", id="a dot at the end"),
)


@pytest.mark.parametrize("text", OTHERS)
def test_a_text_has_its_words_whatever_stands_beside_it(text: str) -> None:
    """Whether its characters fit into a byte or not."""
    texts = [text, PLAIN, text, text, PLAIN]
    for _ in range(2):
        runs = word_runs(texts)
        assert [runs.of(place).tolist() for place in range(len(runs))] == [
            tokenise(each).ids.tolist() for each in texts
        ]


def test_different_words_are_told_apart_however_alike() -> None:
    """Also where they differ behind the first eight letters, and in their length alone."""
    words = ["a", "aa", "a" * 8, "a" * 9, "a" * 16, "a" * 17, "b" + "a" * 8, "a" * 8 + "b", "a" * 16 + "b", "a" * 600]
    runs = word_runs([" ".join(words), "Я " + " ".join(words)])
    assert len(set(runs.of(0).tolist())) == len(words)
    assert runs.of(1).tolist()[1:] == runs.of(0).tolist()


@pytest.mark.parametrize("scripts", [("c0 b1", "っ、 ㅢ Я"), ("っ Я", "c0 b1"), ("c0", "𝓓 っ")])
def test_words_of_other_scripts_are_told_apart_where_their_bytes_are_alike(scripts: tuple[str, str]) -> None:
    """Two Latin letters of a byte each are the bytes of one character of two: U+3063 is ``c0``."""
    for text in scripts:
        assert word_runs([text]).of(0).tolist() == tokenise(text).ids.tolist() == [*map(word_id, tokenise(text).words)]


@pytest.mark.parametrize("letters", ["ba", "яю"])
def test_giant_words_are_not_kept(letters: str) -> None:
    """A quarter of a million of them would fill the memory; a number each is little."""
    giant = letters * 3000
    found = word_runs([giant]).of(0).tolist()
    assert giant not in identity._WORDS
    assert found == [word_id(giant)]
