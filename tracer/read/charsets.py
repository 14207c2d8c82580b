"""Encodings by the names that pages and mails give them, as browsers understand those names."""

from __future__ import annotations

import codecs

from tracer.read.encodings import Decoded

_LONGEST_NAME = 40
_KNOWN = frozenset(
    {
        *("utf-8", "utf-8-sig", "utf-7", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"),
        *(f"iso8859-{number}" for number in range(2, 17)),
        *(f"cp{number}" for number in range(1250, 1259)),
        *("cp437", "cp737", "cp775", "cp850", "cp852", "cp855", "cp857", "cp858", "cp866", "cp874"),
        *("koi8-r", "koi8-u", "koi8-t", "kz1048", "ptcp154", "mac-roman", "mac-cyrillic", "mac-latin2", "mac-greek"),
        *("gb18030", "hz", "big5hkscs", "cp950", "euc_jp", "cp932", "iso2022_jp", "iso2022_jp_2", "cp949"),
        *("iso2022_kr", "johab"),
    }
)
"""Encodings of text whose cost is linear. Python knows more: some are for names of hosts, and quadratic."""
_READ_AS = dict(
    pair.split("=")
    for pair in (
        *("ascii=cp1252", "iso8859-1=cp1252", "iso8859-9=cp1254", "iso8859-11=cp874", "tis-620=cp874"),
        *("gb2312=gb18030", "gbk=gb18030", "big5=big5hkscs", "shift_jis=cp932", "euc_kr=cp949"),
    )
)
"""What calls itself the one is the other, which holds all of it."""
_SPELLINGS = dict(
    pair.split("=")
    for pair in (
        *("windows-874=cp874", "windows-31j=cp932", "windows-949=cp949", "x-sjis=cp932", "x-gbk=gb18030"),
        *("x-euc-jp=euc_jp", "big5-eten=big5hkscs", "x-mac-cyrillic=mac-cyrillic", "x-mac-roman=mac-roman"),
        *("iso-8859-8-i=iso8859-8", "iso-8859-8-e=iso8859-8", "x-cp1250=cp1250", "x-cp1251=cp1251", "x-cp1252=cp1252"),
        "unicode-1-1-utf-8=utf-8",
    )
)


def codec_named(name: str) -> str | None:
    """The Python codec for an encoding of text by its ``name``; ``None`` where there is none.

    Latin-1 and ASCII mean Windows-1252, and GB2312 means GB18030, as in browsers.
    """
    label = name.strip().casefold()
    if not label or len(label) > _LONGEST_NAME or not label.isascii():
        return None
    try:
        found = _SPELLINGS.get(label) or codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    found = _READ_AS.get(found, found)
    return found if found in _KNOWN else None


def decoded_as(data: bytes, name: str) -> Decoded | None:
    """``data`` in the encoding called ``name``; ``None`` where there is none of that name, or it does not fit.

    UTF-16 and UTF-32 without a single zero byte are none.
    """
    codec = codec_named(name)
    if codec is None or (is_wide(codec) and b"\0" not in data):
        return None
    try:
        return Decoded(data.decode(codec), codec)
    except UnicodeError:
        return None


def is_wide(codec: str) -> bool:
    """Whether ``codec`` is one of UTF-16 or UTF-32."""
    return codec.startswith(("utf-16", "utf-32"))
