"""A Spark session that fits the work, and what its failures are in plain words."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tracer.domain import InputError, OutputError, TracerError

LOCAL = "local[*]"
"""The master by default: this machine, all its processors."""
_NEEDS = "install tracer with its extra: pip install 'tracer-news[spark]'"
_SUBMITTED = "PYSPARK_GATEWAY_PORT"
_QUERY_SETTINGS = {
    # A partition is some thousand articles: their splitting takes half a minute, which is little to lose or wait for.
    "spark.sql.files.maxPartitionBytes": "16m",
    "spark.sql.files.openCostInBytes": "1m",
    # Rows are small and costly: partitions are not to be put together by their bytes.
    "spark.sql.adaptive.coalescePartitions.enabled": "false",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "256",
    "spark.sql.shuffle.partitions": "200",
    "spark.sql.parquet.compression.codec": "zstd",
}
_CAUSE = re.compile(r"^(?P<kind>(?!org\.|java\.|scala\.|py4j\.)[\w.]+(?:Error|Exception)): (?P<why>.+)$", re.MULTILINE)


@contextmanager
def opened_session(master: str = LOCAL) -> Iterator[Any]:
    """A Spark session on ``master``, stopped at the end; one that is already running is used instead, and left alone.

    Under ``spark-submit`` the master is the one given there, unless ``master`` names another than the default.

    Raises:
        TracerError: when pyspark or Java is missing, when the session cannot be started, and when a task fails: with
            the message of what failed.
    """
    try:
        from py4j.protocol import Py4JError  # noqa: PLC0415 - an extra, and heavy
        from pyspark.errors import PySparkException  # noqa: PLC0415
        from pyspark.sql import SparkSession  # noqa: PLC0415
    except ImportError as error:
        raise TracerError(f"the engine spark needs pyspark, which cannot be imported ({error}); {_NEEDS}") from error
    running = SparkSession.getActiveSession()
    try:
        session = running or _started(SparkSession.builder, master)
        try:
            with _settings(session):
                yield session
        finally:
            if running is None:
                session.stop()
    except (PySparkException, Py4JError) as error:
        raise _in_plain_words(error) from error


def _started(builder: Any, master: str) -> Any:
    submitted = _SUBMITTED in os.environ
    if not submitted:
        _require_java()
    if not submitted or master != LOCAL:
        builder = builder.master(master)
    builder = builder.appName("tracer").config("spark.ui.showConsoleProgress", "false")
    if master.startswith("local") and not submitted:
        builder = builder.config("spark.ui.enabled", "false").config("spark.driver.host", "127.0.0.1")
        log = Path(__file__).with_name("log4j2.properties")
        builder = builder.config("spark.driver.extraJavaOptions", f"-Dlog4j2.configurationFile={log.as_uri()}")
        if "SPARK_DRIVER_MEMORY" not in os.environ:
            builder = builder.config("spark.driver.memory", "4g")
        with _same_program():
            return _created(builder)
    return _created(builder)


def _created(builder: Any) -> Any:
    if threading.current_thread() is not threading.main_thread():
        return builder.getOrCreate()
    handler = signal.getsignal(signal.SIGINT)
    session = builder.getOrCreate()
    signal.signal(signal.SIGINT, handler)  # Spark has put its own in place
    return session


@contextmanager
def _same_program() -> Iterator[None]:
    """What is started meanwhile runs this very Python and tracer.

    Spark would look for Python on the path, and its workers for modules in the working folder first, where another
    version of tracer may stand.
    """
    home = Path(__file__).resolve().parents[3]
    paths = [] if home.name in {"site-packages", "dist-packages"} else [str(home)]
    paths += filter(None, [os.environ.get("PYTHONPATH")])
    wanted = {"PYSPARK_PYTHON": sys.executable, "PYTHONSAFEPATH": "1", "PYTHONPATH": os.pathsep.join(paths)}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _require_java() -> None:
    home = os.environ.get("JAVA_HOME")
    if shutil.which("java", path=str(Path(home, "bin")) if home else None) is None:
        where = f"under JAVA_HOME ({home})" if home else "on the path"
        raise TracerError(
            f"the engine spark needs Java 17 or later, and there is no java {where}; install it, on Debian and Ubuntu "
            "with: apt-get install openjdk-17-jre-headless"
        )


@contextmanager
def _settings(session: Any) -> Iterator[None]:
    before = {name: session.conf.get(name, None) for name in _QUERY_SETTINGS}
    for name, value in _QUERY_SETTINGS.items():
        session.conf.set(name, value)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is not None:
                session.conf.set(name, value)


def _in_plain_words(error: Exception) -> TracerError:
    causes = list(_CAUSE.finditer(str(error)))
    if not causes:
        first = str(error).strip().partition("\n")[0] or type(error).__name__
        return TracerError(f"Spark failed: {first}; look into Spark's own log")
    kind, why = causes[-1]["kind"].rpartition(".")[2], causes[-1]["why"]
    for known in (InputError, OutputError):
        if kind == known.__name__:
            return known(why)
    return TracerError(f"a task on Spark failed: {kind}: {why}")
