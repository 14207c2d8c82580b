"""The Spark engine: the steps of the local one as DataFrame joins and grouped maps, on one machine or many."""

from tracer.engine.spark.run import run_spark

__all__ = ["run_spark"]
