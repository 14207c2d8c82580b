"""ZIP archives of files that can be read, WACZ among them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from tempfile import NamedTemporaryFile
from typing import BinaryIO, cast

from tracer.domain import Article, SkippedArticle
from tracer.read.byte_lines import UnreadableRestError, unpacked
from tracer.read.damage import guarded
from tracer.read.formats import KINDS, ONE_ARTICLE, RANDOM_ACCESS, InputKind, read_file, suffix_of, unreadable
from tracer.read.inputs import InputFile
from tracer.read.labels import clean_label
from tracer.read.settings import ReadSettings
from tracer.read.text_files import text_file_ids

_MOST_MEMBERS = 100_000
_LARGE, _HIGHEST_RATIO = 50_000_000, 500
_ENCRYPTED = 0x1
_BLOCK = 1 << 20
_LITTER = ("__MACOSX/", ".DS_Store")


def read_zip(stream: BinaryIO, path: str, settings: ReadSettings) -> Iterator[Article | SkippedArticle]:
    """The articles of the files in a ZIP archive, in the order of their names; each is shown as ``archive.zip/name``.

    Of a WACZ only the web archives are read. Members are streamed, those that need random access through a temporary
    file without a name, of at most ``settings.max_file_bytes``; nothing is written under a member's name. Archives in
    archives, encrypted members, and ones that unpack to five hundred times their size are skips; hidden files and
    other formats are too.

    Raises:
        UnreadableRestError: the file is damaged, or no ZIP archive.
    """
    try:
        with zipfile.ZipFile(stream) as archive:
            infos = [info for info in archive.infolist() if not _is_passed_over(info.filename)]
            if len(infos) > _MOST_MEMBERS:
                raise UnreadableRestError(f"holds {len(infos):,} files, more than {_MOST_MEMBERS:,}; unpack it first")
            if suffix_of(path) == ".wacz":
                infos = [info for info in infos if KINDS.get(suffix_of(info.filename)) is InputKind.WEB_ARCHIVE]
            infos.sort(key=lambda info: info.filename)
            ids = text_file_ids(
                InputFile(info.filename, info.filename, kind)
                for info in infos
                if (kind := KINDS.get(suffix_of(info.filename))) in ONE_ARTICLE and kind is not None
            )
            for info in infos:
                yield from _member(archive, info, path, ids.get(info.filename, ""), settings)
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError) as error:
        raise UnreadableRestError(f"the file is damaged or no ZIP archive ({error})") from error


def _is_passed_over(name: str) -> bool:
    """Whether a member is a folder, hidden, or litter. Names may be empty, for which ``ZipInfo.is_dir`` fails."""
    return name.endswith("/") or name.startswith(_LITTER) or name.rpartition("/")[2].startswith(".")


def _member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: str, id_: str, settings: ReadSettings
) -> Iterator[Article | SkippedArticle]:
    shown = clean_label(f"{path}/{info.filename}", 4_096)
    kind, suffix = KINDS.get(suffix_of(info.filename)), suffix_of(info.filename)
    fault = _fault(info, kind) or unreadable(suffix, kind)
    if kind is None or fault is not None:
        yield SkippedArticle(shown, 0, fault or f"{clean_label(suffix, 20) or 'no suffix'} is not read in archives")
        return
    try:
        with archive.open(info) as packed:
            member = unpacked(cast(BinaryIO, packed), info.filename)
            if kind in RANDOM_ACCESS:
                yield from _through_file(member, kind, shown, id_, settings)
            else:
                yield from guarded(shown, read_file(member, kind, shown, id_, settings))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, UnicodeDecodeError) as error:
        why = clean_label(str(error))
        yield SkippedArticle(shown, 0, f"is damaged, or packed in a way that is not read ({why})")


def _fault(info: zipfile.ZipInfo, kind: InputKind | None) -> str | None:
    if info.flag_bits & _ENCRYPTED:
        return "is encrypted; unpack the archive with its password first"
    if kind is InputKind.ZIP:
        return "is an archive in an archive; unpack it first"
    if info.file_size > _LARGE and info.file_size > _HIGHEST_RATIO * max(1, info.compress_size):
        return f"unpacks to {info.file_size:,} bytes, far more than texts do; it is not read"
    return None


def _through_file(
    member: BinaryIO, kind: InputKind, shown: str, id_: str, settings: ReadSettings
) -> Iterator[Article | SkippedArticle]:
    """A member that has to be read here and there, by way of a temporary file."""
    with NamedTemporaryFile(prefix="tracer-", suffix=".part") as file:
        while (left := settings.max_file_bytes + 1 - file.tell()) > 0 and (block := member.read(min(left, _BLOCK))):
            file.write(block)
        if file.tell() > settings.max_file_bytes:
            yield SkippedArticle(
                shown, 0, f"is larger than {settings.max_file_bytes:,} bytes; unpack the archive first"
            )
            return
        file.flush()
        file.seek(0)
        yield from guarded(shown, read_file(cast(BinaryIO, file), kind, shown, id_, settings))
