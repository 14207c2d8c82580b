"""Engines that run the two maps and the join."""

from tracer.engine.local import EngineResult, Observer, run_local, silent

__all__ = ["EngineResult", "Observer", "run_local", "silent"]
