"""The pytest plugin: lets test modules import `cdk8s.Testing`, and offers the fixture `manifest_snapshot`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from .snapshots import ManifestSnapshots

__all__ = ["manifest_snapshot", "pytest_assertrepr_compare", "pytest_pycollect_makeitem"]


@pytest.hookimpl(tryfirst=True)
def pytest_pycollect_makeitem(obj: object) -> list[pytest.Item] | None:
    """Collect nothing from `cdk8s.Testing`, which is called like a test class and is none."""
    is_testing = isinstance(obj, type) and vars(obj).get("__jsii_type__") == "cdk8s.Testing"
    return [] if is_testing else None


def pytest_assertrepr_compare(left: object, right: object) -> list[str] | None:
    """Say what is different from the snapshots."""
    for side in (left, right):
        if report := getattr(type(side), "manifest_snapshot_report", None):
            return [*report(side)]
    return None


@pytest.fixture
def manifest_snapshot(request: pytest.FixtureRequest) -> ManifestSnapshots:
    """Compare manifests with one file for each: `assert manifests(chart) == manifest_snapshot`; needs syrupy."""
    if not request.config.pluginmanager.hasplugin("syrupy"):
        pytest.fail("manifest_snapshot needs syrupy, which is not installed or switched off", pytrace=False)
    from .snapshots import ManifestSnapshots

    snapshot: Any = request.getfixturevalue("snapshot")
    return ManifestSnapshots(snapshot)
