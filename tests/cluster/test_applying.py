"""A server takes what every golden case compiles to, without a warning, and has nothing to do when it gets it again."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.cluster.server import ControlPlane
from tests.cluster.sets import apart, make_namespaces, unfit
from tests.golden.cases import VALID, Case

pytestmark = [pytest.mark.slow, pytest.mark.cluster]

_EXPECTED = (
    # the platform's default style; ingressClassStyle: field gives none
    re.compile(r'annotation "kubernetes\.io/ingress\.class" is deprecated'),
    # what only a user can write
    re.compile(r"deprecated in v1\.\d+"),
    re.compile(r"has no sources provided"),
)
"""Warnings that a set may give; the documentation tells of them."""


@pytest.mark.parametrize("case", VALID, ids=lambda case: case.name)
def test_every_golden_output_is_taken_and_applied_again_is_no_change(control_plane: ControlPlane, case: Case) -> None:
    if reason := unfit(case, control_plane):
        pytest.skip(reason)
    client = control_plane.client
    children = apart((child for each in case.compilations() for child in each.manifests), case.name)
    make_namespaces(client, children)
    for child in children:
        first = client.apply(child)
        assert not first.message
        assert not [text for text in first.warnings if not any(known.search(text) for known in _EXPECTED)]
        again = client.apply(child)
        assert _state(again.body) == _state(first.body)


def _state(stored: dict[str, Any]) -> tuple[str, int | None]:
    metadata = stored["metadata"]
    return metadata["resourceVersion"], metadata.get("generation")
