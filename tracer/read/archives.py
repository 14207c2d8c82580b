"""ZIP archives of files that can be read, WACZ among them."""

from __future__ import annotations

import struct
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import BinaryIO, NamedTuple, cast

from tracer.domain import Article, SkippedArticle
from tracer.read.byte_lines import UnreadableRestError, unpacked
from tracer.read.damage import guarded
from tracer.read.folder_rules import NOTE_REASON, REPORT_REASON, is_part_of_page, is_report, notes, page_stems
from tracer.read.formats import KINDS, ONE_ARTICLE, RANDOM_ACCESS, InputKind, read_file, suffix_of, unreadable
from tracer.read.inputs import InputFile
from tracer.read.labels import clean_label
from tracer.read.settings import ReadSettings
from tracer.read.temporary import read_through_file
from tracer.read.text_files import text_file_ids

_MOST_MEMBERS = 100_000
_MOST_FOLDERS = 100
_LARGE, _HIGHEST_RATIO = 50_000_000, 500
_ENCRYPTED = 0x1
_TOO_DEEP = f"stands in more than {_MOST_FOLDERS} folders, one in the other"
_LITTER = "__MACOSX"
_CHANGES = ("-wal", "-journal")


class _Member(NamedTuple):
    """A file in the archive: its folder and name there, as one would unpack it."""

    info: zipfile.ZipInfo
    folder: str
    name: str

    @property
    def kind(self) -> InputKind | None:
        return KINDS.get(suffix_of(self.name))


class _Listing(NamedTuple):
    """The files that are not passed over, by name; why some are not read; and the folders that hold reports."""

    members: list[_Member]
    faults: Mapping[str, str]
    reports: list[str]


def read_zip(stream: BinaryIO, path: str, settings: ReadSettings) -> Iterator[Article | SkippedArticle]:
    """The articles of the files in a ZIP archive, in the order of their names; each is shown as ``archive.zip/name``.

    What is read, passed over and skipped is what would be in the folder that it unpacks to: hidden files and the parts
    of saved pages in silence; reports, notes beside articles and other formats as skips. Of a WACZ only the web
    archives are read. Members are streamed, those that need random access through a temporary file of at most
    ``settings.max_file_bytes``; nothing is written under a member's name. Archives in archives, encrypted and damaged
    members, and ones that unpack to more than 50 MB and five hundred times their size are skips.

    Raises:
        UnreadableRestError: the file is damaged, or no ZIP archive.
    """
    with _opened(stream) as archive:
        infos = [info for info in archive.infolist() if not info.filename.endswith("/")]  # is_dir fails on no name
        if len(infos) > _MOST_MEMBERS:
            raise UnreadableRestError(f"holds {len(infos):,} files, more than {_MOST_MEMBERS:,}; unpack it first")
        found = sorted(filter(None, map(_placed, infos)), key=lambda member: member.info.filename)
        if suffix_of(path) == ".wacz":
            listing = _Listing([member for member in found if member.kind is InputKind.WEB_ARCHIVE], {}, [])
        else:
            listing = _as_in_folders(found)
        for folder in listing.reports:
            yield SkippedArticle(_shown(path, folder), 0, REPORT_REASON)
        ids = text_file_ids(
            InputFile(member.info.filename, member.info.filename, member.kind)
            for member in listing.members
            if member.kind in ONE_ARTICLE and member.kind is not None and member.info.filename not in listing.faults
        )
        for member in listing.members:
            shown, fault = _shown(path, member.info.filename), listing.faults.get(member.info.filename)
            if fault is not None:
                yield SkippedArticle(shown, 0, fault)
            else:
                yield from _member(archive, member, shown, ids.get(member.info.filename, ""), settings)


def _opened(stream: BinaryIO) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as error:
        raise UnreadableRestError(f"the file is damaged or no ZIP archive ({clean_label(str(error))})") from error


def _placed(info: zipfile.ZipInfo) -> _Member | None:
    """Where a file of the archive would be; ``None`` where it is hidden."""
    parts = [part for part in info.filename.split("/") if part not in {"", "."}]
    if not info.filename:
        return _Member(info, "", "")
    if not parts or parts[0] == _LITTER or any(part.startswith(".") and part != ".." for part in parts):
        return None
    return _Member(info, "/".join(parts[:-1]), parts[-1])


def _shown(path: str, name: str) -> str:
    return clean_label(f"{path}/{name}" if name else path, 4_096)


def _as_in_folders(found: list[_Member]) -> _Listing:
    """What is left of the files of an archive by the rules for folders."""
    deep = {member.info.filename: _TOO_DEEP for member in found if member.folder.count("/") >= _MOST_FOLDERS}
    faults = dict(deep)
    folders: dict[str, list[_Member]] = defaultdict(list)
    for member in found:
        if member.info.filename not in deep:
            folders[member.folder].append(member)
    stems = {folder: page_stems(member.name for member in held) for folder, held in folders.items()}
    reports = {folder for folder, held in folders.items() if is_report(member.name for member in held)}

    @cache
    def passed_over(folder: str) -> bool:
        parent, _, name = folder.rpartition("/")
        inside = folder != "" and (is_part_of_page(name, stems.get(parent, frozenset())) or passed_over(parent))
        return inside or folder in reports

    for held in folders.values():
        readable = {member.name: member for member in held if member.kind not in {None, InputKind.ZIP}}
        faults |= {readable[name].info.filename: NOTE_REASON for name in notes(readable)}
        faults |= _with_changes(held)
    left = [member for member in found if member.info.filename in deep or not passed_over(member.folder)]
    shown = (folder for folder in reports if not folder or not passed_over(folder.rpartition("/")[0]))
    return _Listing(left, faults, sorted(shown))


def _with_changes(held: list[_Member]) -> dict[str, str]:
    """The databases of a folder that something was still being written to, which stands beside them."""
    sizes = {member.name: member.info.file_size for member in held}
    return {
        member.info.filename: f"has changes in {clean_label(member.name + end, 60)}; unpack the archive first"
        for member in held
        for end in _CHANGES
        if member.kind is InputKind.DATABASE and sizes.get(member.name + end)
    }


def _member(
    archive: zipfile.ZipFile, member: _Member, shown: str, id_: str, settings: ReadSettings
) -> Iterator[Article | SkippedArticle]:
    info, kind, suffix = member.info, member.kind, suffix_of(member.name)
    fault = _fault(info, kind) or unreadable(suffix, kind)
    if kind is None or fault is not None:
        yield SkippedArticle(shown, 0, fault or f"{clean_label(suffix, 20) or 'no suffix'} is not read in archives")
        return
    try:
        yield from guarded(shown, _articles(archive, info, kind, (shown, id_), settings))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, UnicodeDecodeError) as error:
        yield SkippedArticle(shown, 0, f"is damaged, or packed in a way that is not read ({clean_label(str(error))})")


def _articles(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, kind: InputKind, called: tuple[str, str], settings: ReadSettings
) -> Iterator[Article | SkippedArticle]:
    with archive.open(info) as packed:
        stream = unpacked(cast(BinaryIO, packed), info.filename)
        read = read_through_file if kind in RANDOM_ACCESS else read_file
        yield from read(stream, kind, *called, settings)


def _fault(info: zipfile.ZipInfo, kind: InputKind | None) -> str | None:
    if info.flag_bits & _ENCRYPTED:
        return "is encrypted; unpack the archive with its password first"
    if kind is InputKind.ZIP:
        return "is an archive in an archive; unpack it first"
    if info.file_size > _LARGE and info.file_size > _HIGHEST_RATIO * max(1, info.compress_size):
        return f"unpacks to {info.file_size:,} bytes, far more than texts do; it is not read"
    return None
