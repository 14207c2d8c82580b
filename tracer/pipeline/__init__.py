"""The public API's heart: settings in, trace out."""

from tracer.pipeline.settings import Settings
from tracer.pipeline.trace import Trace, trace

__all__ = ["Settings", "Trace", "trace"]
