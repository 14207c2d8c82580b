"""Records as bytes in a column. They are pickled: a work folder is its user's own, and so are the workers."""

from __future__ import annotations

import pickle
from typing import Any


def packed(record: object) -> bytes:
    """A record as bytes."""
    return pickle.dumps(record, protocol=5)


def unpacked(data: bytes) -> Any:
    """The record that was packed."""
    return pickle.loads(data)  # noqa: S301 - written by this user's own run
