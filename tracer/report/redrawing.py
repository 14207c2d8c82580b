"""What is drawn from a report's own tables, drawn again without tracing."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from tracer.domain import InputError, OutputError
from tracer.report.exports import write_exports
from tracer.report.json_text import json_text
from tracer.report.manifest import MANIFEST
from tracer.report.page.draw import write_page
from tracer.report.saved_report import is_report


def redraw(directory: Path) -> tuple[str, ...]:
    """Draw again what is made from the tables of a finished report, and tell the names of the files.

    Each file is replaced when all are drawn, and then the manifest, in which nothing but their digests changes. For a
    report of an older version of tracer, or whose tables somebody has changed. Cost: some passes over the tables.

    Raises:
        InputError: when ``directory`` is no report, or one of its files cannot be read.
        OutputError: when the folder cannot be written.
    """
    if not is_report(directory):
        raise InputError(f"{directory} is not a folder that `tracer report` wrote; name one, or trace articles first")
    try:
        with TemporaryDirectory(dir=directory, prefix=".drawing-") as place:
            made = write_page(directory, Path(place)) | write_exports(directory, Path(place))
            noted = json.loads((directory / MANIFEST).read_text(encoding="utf-8"))
            noted["files"] |= made
            (Path(place) / MANIFEST).write_text(json_text(noted), encoding="utf-8", newline="")
            for name in (*made, MANIFEST):
                (Path(place) / name).replace(directory / name)
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{directory / MANIFEST} is damaged ({error}); run `tracer report` again") from error
    except OSError as error:
        raise OutputError(
            f"{directory} cannot be written ({error.strerror}); free space or allow writing there"
        ) from error
    return tuple(sorted(made))
