"""Postings of an index segment as sorted numbers, and as blobs cut by the leading bits of the hash.

A posting says that one shingle stands in one article. It is one number: the leading ``HASH_BITS`` of the shingle's
hash, then the article's place within the segment. Sorted, they lie by hash; those with equal leading bits of the hash
make a bucket, and a bucket's blob leaves out the bits that its row already tells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tracer.text import is_new

HASH_BITS = 40
"""Leading bits of a hash that the index keeps. A chance hit costs one comparison, and the comparison finds it out."""
MOST_OFFSET_BITS = 64 - HASH_BITS
_POSTINGS_PER_BUCKET = 32
_MOST_BUCKET_BITS = 24
_WORD = 8

Postings = npt.NDArray[np.uint64]
Row = tuple[int, bytes]
"""A bucket and its blob."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How the postings of a segment are laid out.

    ``bucket_bits`` of the hash name the bucket; ``offset_bits`` hold an article's number less the segment's first.
    """

    bucket_bits: int
    offset_bits: int

    @classmethod
    def of(cls, postings: int, numbers: int) -> Layout:
        """For about ``postings`` postings of articles within a range of ``numbers`` numbers: some 32 to 64 a bucket.

        Raises:
            ValueError: when the range is too wide for a posting.
        """
        offset_bits = max(1, (numbers - 1).bit_length())
        if offset_bits > MOST_OFFSET_BITS:
            raise ValueError(f"a segment spans at most {1 << MOST_OFFSET_BITS} article numbers, not {numbers}")
        bucket_bits = min(_MOST_BUCKET_BITS, max(1, (postings // _POSTINGS_PER_BUCKET).bit_length() - 1))
        return cls(bucket_bits, offset_bits)

    @property
    def rest_bits(self) -> int:
        """Bits of a posting that its bucket does not tell."""
        return HASH_BITS - self.bucket_bits + self.offset_bits

    @property
    def width(self) -> int:
        """Bytes of a posting in a blob."""
        return (self.rest_bits + 7) // 8

    def packed(self, hashes: npt.NDArray[np.uint64], offsets: npt.NDArray[np.int64]) -> Postings:
        """Postings of shingle hashes (64 bits) in the articles at ``offsets``; not sorted."""
        leading = (hashes >> np.uint64(64 - HASH_BITS)) << np.uint64(self.offset_bits)
        packed: Postings = leading | offsets.astype(np.uint64)
        return packed

    def relaid(self, postings: Postings, before: Layout, shift: int) -> Postings:
        """``postings`` of a segment laid out as ``before``, whose first number is ``shift`` above this one's."""
        offsets = (postings & np.uint64((1 << before.offset_bits) - 1)) + np.uint64(shift)
        return (before.hashes(postings) << np.uint64(self.offset_bits)) | offsets

    def offsets(self, postings: Postings) -> npt.NDArray[np.int64]:
        """The articles of ``postings``, as offsets."""
        return (postings & np.uint64((1 << self.offset_bits) - 1)).astype(np.int64)

    def hashes(self, postings: Postings) -> npt.NDArray[np.uint64]:
        """The leading bits of the hashes of ``postings``."""
        return postings >> np.uint64(self.offset_bits)

    def buckets(self, leading: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
        """The bucket of each hash, of which the leading ``HASH_BITS`` are given."""
        return (leading >> np.uint64(HASH_BITS - self.bucket_bits)).astype(np.int64)

    def rows(self, postings: Postings) -> Iterator[Row]:
        """The buckets that sorted ``postings`` fill, with their blobs; empty buckets have none."""
        if not len(postings):
            return
        buckets = (postings >> np.uint64(self.rest_bits)).astype(np.int64)
        starts = np.flatnonzero(is_new(buckets))
        width = self.width
        rest = (postings & np.uint64((1 << self.rest_bits) - 1)).astype(">u8").view(np.uint8)
        blob = rest.reshape(-1, _WORD)[:, _WORD - width :].tobytes()
        stops = np.append(starts[1:], len(postings))
        for bucket, start, stop in zip(buckets[starts].tolist(), starts.tolist(), stops.tolist(), strict=True):
            yield bucket, blob[start * width : stop * width]

    def postings(self, rows: Sequence[Row]) -> Postings:
        """The postings in ``rows``; sorted when the rows are sorted by bucket.

        Raises:
            ValueError: when a blob is no whole number of postings.
        """
        width = self.width
        buckets, blobs = zip(*rows, strict=True) if rows else ((), ())
        counts = np.fromiter(map(len, blobs), dtype=np.int64, count=len(blobs))
        if (counts % width).any():
            raise ValueError("a bucket of the index is cut off")
        counts //= width
        joined = b"".join((bytes(_WORD - width), *blobs))
        # The eight bytes that end with each posting: what they hold of the one before is masked off.
        words = np.ndarray(int(counts.sum()), dtype=">u8", buffer=joined, strides=(width,))
        found = words.astype(np.uint64)
        found &= np.uint64((1 << 8 * width) - 1)
        heads = np.array(buckets, dtype=np.uint64) << np.uint64(self.rest_bits)
        found |= np.repeat(heads, counts)
        return found
