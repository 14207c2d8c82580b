"""The public API's heart: settings in, trace out."""

from tracer.pipeline.settings import Settings
from tracer.pipeline.trace import PartedTrace, Trace, trace, trace_in_parts

__all__ = ["PartedTrace", "Settings", "Trace", "trace", "trace_in_parts"]
