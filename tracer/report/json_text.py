"""Values as JSON: the same value, the same bytes."""

from __future__ import annotations

import json
import re

_RAW_CONTROL = re.compile("[\x7f-\x9f\ud800-\udfff]")


def json_text(value: object) -> str:
    """``value`` with sorted keys, indented by one, without characters that a terminal obeys or UTF-8 cannot hold.

    Raises:
        TypeError: for values that JSON does not know.
        ValueError: for numbers that are not finite.
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False)
    return _RAW_CONTROL.sub(lambda match: f"\\u{ord(match.group()):04x}", text) + "\n"
