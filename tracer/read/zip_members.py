"""The members of the ZIP archives that office documents are: looked up by name, read in bounded pieces."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from tracer.read.documents import DocumentFault
from tracer.read.settings import ReadSettings

_OFFICE_MAGIC = b"\xd0\xcf\x11\xe0"
_DIRECTORY_ENTRY = b"PK\x01\x02"
_MOST_MEMBERS = 10_000
_BLOCK = 65_536
_XML_BYTES_PER_CHARACTER = 16
_XML_OVERHEAD = 1_048_576
_ENCRYPTED = 0x1
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_TO_DO = "open it, and save its text as .txt"


class ZipMembers:
    """The members of the archive in ``data``. Nothing is unpacked to disk, so that names lead nowhere.

    Raises:
        DocumentFault: it is no archive, an encrypted one, has more than 10,000 members, or they declare more than
            ``settings.max_file_bytes`` in all.
        zipfile.BadZipFile: it is damaged.
    """

    def __init__(self, data: bytes, settings: ReadSettings) -> None:
        if data.startswith(_OFFICE_MAGIC):
            raise DocumentFault(f"is encrypted, or of an old version of Office; {_TO_DO}")
        # Counted before the directory is read: an entry takes 46 bytes in the file and a kilobyte in memory.
        if data.count(_DIRECTORY_ENTRY) > _MOST_MEMBERS:
            raise DocumentFault(f"has more than {_MOST_MEMBERS:,} parts; {_TO_DO}")
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._most_xml = _XML_BYTES_PER_CHARACTER * settings.max_article_chars + _XML_OVERHEAD
        size = sum(info.file_size for info in self._archive.infolist())
        if size > settings.max_file_bytes:
            raise DocumentFault(f"unpacks to {size:,} bytes, more than {settings.max_file_bytes:,}; {_TO_DO}")

    def has(self, name: str) -> bool:
        """Whether there is a member ``name``."""
        return name in self._archive.NameToInfo

    def blocks(self, name: str) -> Iterator[bytes]:
        """The bytes of the member ``name`` in blocks of 64 KiB, never more than it declares.

        Raises:
            DocumentFault: it is encrypted, unusually compressed, or larger than the XML of the longest article can be.
            KeyError: there is none.
            zipfile.BadZipFile, zlib.error, EOFError: it is damaged.
        """
        info = self._archive.getinfo(name)
        if info.flag_bits & _ENCRYPTED:
            raise DocumentFault(f"is encrypted; {_TO_DO}")
        # Decompressors of other methods take as much memory as the archive asks them to.
        if info.compress_type not in _METHODS:
            raise DocumentFault(f"is compressed in a way that office documents are not; {_TO_DO}")
        if info.file_size > self._most_xml:
            raise DocumentFault(f"holds {info.file_size:,} bytes of text with markup, too many; {_TO_DO}")
        with self._archive.open(info) as member:
            while block := member.read(_BLOCK):
                yield block
