"""Bytes become the text that was meant, or a reason."""

from __future__ import annotations

import codecs

import pytest

from tracer.read.encodings import binary_reason, decode

ENGLISH = "The harbour board of Quill Bay won’t sell the “Old Maud”, its chair said — not even for £9,000. " * 4
SPANISH = (
    "El consejo del puerto no venderá el viejo transbordador, según explicó la alcaldesa de Peña Rota el miércoles. "
)
FRENCH = "Le port a déclaré qu’il ne vendrait pas le bac, malgré « un prix honnête » offert par une société étrangère. "
GERMAN = (
    "Der Hafenrat erklärte am Dienstag, die alte Fähre werde nicht verkauft; für viele wäre es ein großes Unglück. "
)
POLISH = "Rada portu ogłosiła we wtorek, że nie sprzeda starego promu, choć spółka złożyła „uczciwą” propozycję. "
RUSSIAN = "Совет порта заявил во вторник, что не будет продавать старый паром, несмотря на предложенную цену. "
JAPANESE = "港の評議会は火曜日、古い渡し船を売却しないと発表した。漁師たちはその決定を夜中まで祝った。"


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (ENGLISH, "utf-8"),
        (ENGLISH, "utf-8-sig"),
        (ENGLISH, "utf-16"),
        (ENGLISH, "utf-16-le"),
        (RUSSIAN, "utf-16-be"),
        (RUSSIAN, "utf-16-le"),
        (JAPANESE, "utf-32"),
        (ENGLISH, "cp1252"),
        (SPANISH, "latin-1"),
        (FRENCH, "cp1252"),
        (GERMAN, "latin-1"),
        (POLISH, "cp1250"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc-jp"),
    ],
)
def test_text_comes_out_as_written(text: str, codec: str) -> None:
    """Unicode with and without a mark, and the legacy encodings of several languages, curly quotes included."""
    decoded = decode(text.encode(codec))
    assert decoded is not None
    assert decoded.text == text
    assert decoded.warnings == ()


def test_big_endian_mark() -> None:
    """A byte order mark decides and does not become part of the text."""
    decoded = decode(codecs.BOM_UTF16_BE + ENGLISH.encode("utf-16-be"))
    assert decoded is not None
    assert decoded.text == ENGLISH


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_cut_download_keeps_its_encoding(codec: str) -> None:
    """A last character cut in half is replaced, with a warning, instead of turning the rest to mojibake."""
    decoded = decode(RUSSIAN.strip(" .").encode(codec)[:-1])
    assert decoded is not None
    assert decoded.text == RUSSIAN.strip(" .")[:-1] + "\ufffd"
    assert decoded.warnings == (f"1 damaged {codec.upper()} sequences were replaced by U+FFFD",)


def test_mojibake_is_evidence() -> None:
    """Text that was damaged before it reached us stays as it is."""
    broken = ENGLISH.encode().decode("cp1252", "ignore")
    decoded = decode(broken.encode())
    assert decoded is not None
    assert decoded.text == broken


def test_no_encoding() -> None:
    """Bytes that fit nothing are refused, not forced."""
    assert decode(bytes(range(1, 256)) * 3) is None


def test_late_legacy_character_is_found() -> None:
    """A long ASCII head does not hide the encoding of what follows it."""
    text = "plain words only " * 20_000 + "\n" + RUSSIAN * 3
    decoded = decode(text.encode("cp1251"))
    assert decoded is not None
    assert decoded.text == text


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04", "Office"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"\x00\x01\x00\x02abc\x00\x00" * 9, "zero bytes"),
    ],
)
def test_binary_heads(head: bytes, reason: str) -> None:
    """Known file types and zero bytes are named as the reason."""
    assert reason in (binary_reason(head) or "")


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "utf-32", "utf-16-le", "cp1252"])
def test_text_heads(codec: str) -> None:
    """Text in any encoding is not taken for a binary file."""
    assert binary_reason(ENGLISH.encode(codec, "replace")) is None
