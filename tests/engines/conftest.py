"""Spark for the tests marked `engines`: started once, on one core, answering Spark Connect as well."""

import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from styrkedja.indicators.engine import EngineFault
from styrkedja.indicators.spark import SparkRunner, connect_spark, local_session

HERE = Path(__file__).parent
# Spark writes and compiles a program for each question, which takes longer than to answer when there are a dozen rows.
QUICK = {"spark.sql.codegen.wholeStage": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN", "spark.sql.adaptive.enabled": "false"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of them are marked, and forgiven the sockets to Java that the library leaves to the garbage collector."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("engines")
            item.add_marker(pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"))
            item.add_marker(pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"))


@pytest.fixture(scope="session")
def server() -> str:
    """The address of Spark Connect in the Spark of this process."""
    pytest.importorskip("pyspark", reason="Spark is not installed: make test-engines does it")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    plugin = {"spark.plugins": "org.apache.spark.sql.connect.SparkConnectPlugin", "spark.connect.grpc.binding.address": "127.0.0.1"}
    small = {"spark.master": "local[1]", "spark.sql.shuffle.partitions": "1", "spark.driver.memory": "1g"}
    try:
        local_session(small | plugin | {"spark.connect.grpc.binding.port": port})
    except EngineFault as fault:
        pytest.skip(str(fault))
    return f"spark+connect://127.0.0.1:{port}"


@pytest.fixture
def here(server: str) -> SparkRunner:
    """A session of its own on this machine."""
    return SparkRunner(local_session(QUICK))


@pytest.fixture
def remote(server: str) -> Iterator[SparkRunner]:
    """A session of its own on a server."""
    runner = connect_spark(f"{server}?{urlencode(QUICK)}")
    yield runner
    runner.close()


@pytest.fixture(params=["here", "remote"])
def spark(request: pytest.FixtureRequest) -> SparkRunner:
    """One of each kind."""
    return request.getfixturevalue(request.param)
