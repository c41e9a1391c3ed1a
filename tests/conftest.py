"""What all tests share: a Node that is not past its end of life, and one Hypothesis profile."""

from __future__ import annotations

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


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write what the golden cases compile to, for review")
