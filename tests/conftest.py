"""What all tests share: a Node that is not past its end of life, one Hypothesis profile, and a place for kept results."""

from __future__ import annotations

import gc
import os
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, settings

from hanzo_constructs.constructs.node.binary import NodeError, prepare_node

# Without a Node the tests marked `node` fail by themselves, and say why; the others need none.
with suppress(NodeError):
    prepare_node()

# No deadline: the time of one example says more about the machine than about the code. Examples are the same in every
# run, so that a failure belongs to the change under test; the slow tests search further.
settings.register_profile(
    "project", deadline=None, derandomize=True, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("fast", settings.get_profile("project"), max_examples=10)
settings.load_profile("project")


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep what `hzc` keeps away from the results of whoever runs the tests."""
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))


def pytest_collection_finish() -> None:
    """Have the collector look at what tests make alone, and not again and again at all that was imported and collected."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write what the golden cases compile to, for review")
