"""Names under one canonical form, and the language files."""

from __future__ import annotations

import pytest

from tracer.domain import SourceKind, SourceName
from tracer.split import lookup_name, same_source
from tracer.split.institutions import body_named, may_name_body
from tracer.split.language import Language, detect_language, load_language, read_language
from tracer.split.lexicon import find_names, folded_names, name_spellings
from tracer.split.phrases import Phrases


@pytest.mark.parametrize(
    ("written", "canonical", "kind"),
    [
        ("AP", "AP", SourceKind.AGENCY),
        ("The Associated Press", "AP", SourceKind.AGENCY),
        ("ASSOCIATED PRESS", "AP", SourceKind.AGENCY),
        ("Ассошиэйтед Пресс", "AP", SourceKind.AGENCY),
        ("https://apnews.com/article/1", "AP", SourceKind.AGENCY),
        ("Agencia EFE", "EFE", SourceKind.AGENCY),
        ("Fox Online News", "Fox News", SourceKind.OUTLET),
        ("Fox News (Online)", "Fox News", SourceKind.OUTLET),
        ("CNN (Web News)", "CNN", SourceKind.OUTLET),
        ("www.bbc.co.uk", "BBC", SourceKind.OUTLET),
        ("New York Times - News", "New York Times", SourceKind.OUTLET),
        ("the Guardian", "The Guardian", SourceKind.OUTLET),
        ("Pentagon", "US Department of Defense", SourceKind.INSTITUTION),
        ("DoD", "US Department of Defense", SourceKind.INSTITUTION),
        ("US Department of Defense", "US Department of Defense", SourceKind.INSTITUTION),
    ],
)
def test_aliases_domains_and_suffixes_lead_to_one_name(written: str, canonical: str, kind: SourceKind) -> None:
    """Case, the article, what outlets add to their names, and web addresses do not matter."""
    assert lookup_name(written) == SourceName(canonical, kind)


@pytest.mark.parametrize(
    "written", ["", "  ", "The", "News", "US", "Ardley Gazette", "ardley.example", "x" * 100_000, "."]
)
def test_what_the_lexicon_lacks_is_none(written: str) -> None:
    """Also for nonsense and for very long strings."""
    assert lookup_name(written) is None


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("AP", "Associated Press", True),
        ("Fox News", "foxnews.com", True),
        ("The Ardley News", "ardley.com", True),
        ("Ardley Gazette", "The Ardley Gazette Online", True),
        ("Ardley Gazette", "Ardley Herald", False),
        ("AP", "Reuters", False),
        ("AP", "Ardley Gazette", False),
        ("", "", False),
    ],
)
def test_same_source_is_symmetric(left: str, right: str, expected: bool) -> None:
    """By lexicon entry where there is one, else by name without ornaments."""
    assert same_source(left, right) is expected
    assert same_source(right, left) is expected


def test_names_in_running_text_are_whole_words_as_written() -> None:
    """The longest name wins; "TIMEAP" and "ap" hold none."""
    text = "The New York Times and AP, not TIMEAP or ap."
    assert [(one.span.of(text), one.source.name) for one in find_names(text)] == [
        ("New York Times", "New York Times"),
        ("AP", "AP"),
    ]


def test_a_language_without_a_file_has_empty_lists() -> None:
    """And an impossible code is no path."""
    assert len(load_language("zz").speech.verbs) == 0
    assert len(load_language("../en").speech.verbs) == 0
    assert load_language("en") is load_language("en")


def test_a_language_file_with_an_unknown_list_is_refused() -> None:
    """A misspelt table or list would silently find nothing."""
    with pytest.raises(ValueError, match="verb"):
        read_language("xx", {"speech": {"verb": ["said"]}})
    with pytest.raises(ValueError, match="speach"):
        read_language("xx", {"speach": {}})
    assert isinstance(read_language("xx", {"speech": {"verbs": ["dijo"]}}), Language)


@pytest.mark.parametrize(
    ("text", "stated", "code"),
    [
        ("Rain.", "de-AT", "de"),
        ("Rain.", "EN_us", "en"),
        ("Rain.", None, "en"),
        ("Rain.", "english", "en"),
        (
            "Der Regen fiel den ganzen Tag auf die Stadt, und niemand wusste, wann die Fähre wieder in den Hafen " * 2,
            None,
            "de",
        ),
        (
            "El barco salió del puerto al mediodía con nueve personas a bordo, y nadie lo volvió a ver aquel día " * 2,
            "",
            "es",
        ),
        ("暴风雨过后，渡轮公司宣布周三之前不再开船。市长说，码头需要修理，居民应当留在家里等待通知。" * 5, None, "zh"),
    ],
)
def test_the_language_is_stated_or_identified(text: str, stated: str | None, code: str) -> None:
    """Too short a text is taken for English, unless it is short of blanks alone."""
    assert detect_language(text, stated) == code


_ENGLISH = "The two senators said that the money would go to the harbours which had been closed since the storm. "
_SPANISH = "El barco salió del puerto al mediodía con nueve personas a bordo, y nadie lo volvió a ver aquel día. "
_TAMIL = "துறைமுகம் மூடப்பட்டது என்று நகராட்சித் தலைவர் கூறினார். மக்கள் வீட்டில் இருக்க வேண்டும். "
_CHINESE = "暴风雨过后，渡轮公司宣布周三之前不再开船。市长说，码头需要修理，居民应当留在家里等待通知。"


def test_english_under_a_heading_of_names_is_english() -> None:
    """Capitals, names and a contact line tell nothing of the language; the sentences below them do."""
    heading = "MARLOW OSTREM SECURE NEARLY 2 1 MILLION FOR THREE HARBOURS Contact Wes Ivarsen 202 555 0142 "
    assert detect_language(6 * heading) != "en"
    assert detect_language(6 * heading + 30 * _ENGLISH) == "en"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (10 * _SPANISH + 40 * _ENGLISH, "es"),
        (6 * "Di minista tok say di money go reach di harbour afta dem don close am from January. ", "pcm"),
        (
            "We use cookies on this site. By closing this you agree to their use and to our terms. " + 20 * _SPANISH,
            "es",
        ),
        ("We use cookies on this site. By closing this you agree to their use and to our terms. " + 20 * _TAMIL, "ta"),
        (3 * _SPANISH + "“They were out there and it was over,” he said. " + 3 * _SPANISH, "es"),
        ("据 Bank of America 报道，" + 20 * _CHINESE, "zh"),
        (20 * _CHINESE + " The Guardian " + 20 * _CHINESE, "zh"),
        ((4 * _CHINESE + 2 * _ENGLISH) * 10, "zh"),
        (_CHINESE, "zh"),
    ],
)
def test_some_english_does_not_make_a_text_english(text: str, code: str) -> None:
    """Neither a part of it, nor a banner, a quotation or a title."""
    assert detect_language(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "Photos: https://t.example/" + 90 * "a" + " https://pics.example/" + 90 * "b" + " #StormKathleen",
        "Hurrah Wick!!! " + 17 * "👏",
        "Harbour master slams ferrymen—Dunmore’s own",
        "Québec City and Trois-Rivières welcomed Éric Lévesque-Bélanger and Geneviève Côté on Monday. Montréal’s "
        "Véronique Théberge and Hélène Côté said that Hydro-Québec would pay. François Doré and Zoé Roy stayed away.",
        "UN chief tells UN council that UN aid reached La Paz and El Alto. Dan de Vries, the LA County DA, and Dan Roy "
        "of the UN said in Los Altos that a UN plane had left for La Paz with the DA, the UN envoy and the rest of it.",
    ],
)
def test_names_and_signs_do_not_take_a_text_from_english(text: str) -> None:
    """Links, emoji, dashes, names with accents, and names that are small words elsewhere."""
    assert detect_language(text) == "en"


def test_phrases_match_the_longest_at_word_boundaries() -> None:
    """With a capital first letter too; an empty set matches nothing."""
    phrases = Phrases(["said", "said to", "(c)"])
    found = [match.group() for match in phrases.finditer("Said said to aforesaid saids (c)2013")]
    assert found == ["Said", "said to", "(c)"]
    assert list(Phrases(()).finditer("said")) == []
    assert "SAID" in phrases
    assert "SAID" not in phrases.exact


def _written_otherwise(name: str) -> tuple[str, ...]:
    """A name as others may write it: they still begin it, or the address of which it is the end, with a capital."""
    capital = name[0].upper() + name[1:]
    addresses = [f"{begun}{name}" for begun in ("Www.", "M.", "Markets.", "Https://", "Https://www.", "Ardley.com/://")]
    written = capital.title(), capital[0] + name[1:].swapcase(), f"{capital} Online News", f"Www.{name.title()}/ardley"
    return capital, name.upper(), *written, *addresses


@pytest.mark.parametrize("code", ["en", "xx"])
def test_no_known_body_is_overlooked(code: str) -> None:
    """The cheap test passes for all that the dear one knows, however it is written."""
    language = load_language(code)
    bodies = language.institutions
    names = {*name_spellings().spellings, *(f"Ardley {head}" for head in bodies.heads), *bodies.places}
    others = [form for name in sorted({*names, *folded_names()}) for form in _written_otherwise(name)]
    forms = [form for form in (*sorted(names), *others) if body_named(form, language)]
    assert forms
    assert [form for form in forms if not may_name_body(f"what the “{form}’s” mayor", language)] == []


@pytest.mark.parametrize("words", ["the mayor and her brother, Ann Lee,", "", "who had a word with one of the people"])
def test_no_body_where_nobody_is_named(words: str) -> None:
    """Ordinary words do not pass the cheap test for beginning like a name."""
    assert not may_name_body(words, load_language("en"))
