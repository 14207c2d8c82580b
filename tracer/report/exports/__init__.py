"""Further files of a report, each made from the CSV tables that stand in its folder already."""

from tracer.report.exports.catalogue import EXPORTS, WRITERS, write_exports

__all__ = ["EXPORTS", "WRITERS", "write_exports"]
