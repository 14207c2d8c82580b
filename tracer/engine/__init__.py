"""Engines that run the two maps and the join."""

from tracer.engine.local import EngineResult, run_local
from tracer.engine.plan import Observer, Plan, TracedBatch, silent
from tracer.engine.reading import Intake
from tracer.engine.work_folder import OpenedWork, WorkFolder

__all__ = [
    "EngineResult",
    "Intake",
    "Observer",
    "OpenedWork",
    "Plan",
    "TracedBatch",
    "WorkFolder",
    "run_local",
    "silent",
]
