"""One server of each kind a test run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.server.log.servers import server


@pytest.fixture(scope="session")
def valkey() -> Iterator[str]:
    """The address of the bundled Valkey."""
    with server("valkey") as url:
        yield url


@pytest.fixture(scope="session")
def debian_redis() -> Iterator[str]:
    """The address of Debian's Redis."""
    with server("redis") as url:
        yield url


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    """The address of a cluster of one."""
    with server("cluster") as url:
        yield url


@pytest.fixture(params=["valkey", "debian_redis", "cluster"])
def redis_url(request: pytest.FixtureRequest) -> str:
    """The address of a server, each kind in turn."""
    url: str = request.getfixturevalue(request.param)
    return url
