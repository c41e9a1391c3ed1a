"""The pytest plugin, in sessions of its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import syrupy

pytestmark = pytest.mark.processes

pytest_plugins = "pytester"

Run = Callable[..., pytest.RunResult]

STRICT = """
[pytest]
filterwarnings = error
"""


@pytest.fixture
def inside(strict: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a session in this process, which is faster."""

    def run(*arguments: str) -> pytest.RunResult:
        with monkeypatch.context() as patch:
            patch.setattr(
                syrupy, "_syrupy", None
            )  # syrupy has one session in each process, and ours goes on afterwards
            return strict.runpytest_inprocess(*arguments)

    return run


@pytest.fixture
def strict(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    # The sessions within are whole ones, even where this test runs in a worker: workers leave snapshot files to others.
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)
    pytester.makefile(".ini", pytest=STRICT)
    return pytester


@pytest.mark.node
def test_a_test_module_may_import_cdk8s_testing(strict: pytest.Pytester) -> None:
    strict.makepyfile(
        """
        from cdk8s import ApiObject, Testing

        def test_synth():
            chart = Testing.chart()
            ApiObject(chart, "a", api_version="v1", kind="ConfigMap")
            (manifest,) = Testing.synth(chart)
            assert manifest["kind"] == "ConfigMap"
        """
    )
    strict.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(passed=1)


def test_without_the_plugin_that_is_an_error(strict: pytest.Pytester) -> None:
    """Should pytest or cdk8s get rid of it by themselves, the plugin can do less."""
    strict.makepyfile("from cdk8s import Testing\ndef test(): pass")
    strict.runpytest_subprocess("-p", "no:hanzo_constructs").assert_outcomes(errors=1)


def test_tests_that_only_look_like_it_are_collected(strict: pytest.Pytester, inside: Run) -> None:
    strict.makepyfile("class Testing:\n    def test_it(self): pass\n\nclass TestOther:\n    def test_it(self): pass")
    inside().assert_outcomes(passed=2)


def test_a_session_that_uses_nothing_imports_nothing(strict: pytest.Pytester) -> None:
    strict.makepyfile(
        """
        import sys

        def test_nothing_is_here():
            heavy = {"cdk8s", "constructs", "jsii", "syrupy", "pydantic", "yaml"}
            assert not heavy & set(sys.modules)
            assert "hanzo_constructs.testing.plugin" in sys.modules
        """
    )
    # Other plugins of this environment import syrupy and yaml themselves.
    run = strict.runpytest_subprocess("-p", "no:syrupy", "-p", "no:hypothesispytest", "-p", "no:xdist")
    run.assert_outcomes(passed=1)


def test_node_sleeps_even_if_cdk8s_is_imported_first(strict: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("JSII_NODE", "/no/such/node")
    strict.makeconftest("import cdk8s")
    strict.makepyfile(
        """
        import cdk8s
        import cdk8s_plus_27
        from hanzo_constructs import HanzoApp, HanzoChart, ServiceConstruct
        from hanzo_constructs.testing import manifests

        def test_no_node_is_needed():
            chart = HanzoChart(HanzoApp(), "shop")
            ServiceConstruct(chart, "api", {"image": "ghcr.io/hanzoai/api:v1"})
            assert manifests(chart)["Deployment", "api"]["spec"]["replicas"] == 1
        """
    )
    strict.runpytest_subprocess().assert_outcomes(passed=1)


SNAPSHOTS = """
import pytest
from hanzo_constructs.testing import Manifests

def an_object(kind, name, **body):
    return {"apiVersion": "v1", "kind": kind, "metadata": {"name": name, "namespace": "shop"}, **body}

def test_fleet(manifest_snapshot):
    assert Manifests([%s]) == manifest_snapshot
"""
CONFIG = 'an_object("ConfigMap", "settings", data={"a": "yes"})'
BLANK = 'an_object("Secret", "token")'


@pytest.fixture
def snapshots(strict: pytest.Pytester, inside: Run) -> pytest.Pytester:
    strict.makepyfile(test_it=SNAPSHOTS % f"{CONFIG}, {BLANK}")
    inside("--snapshot-update").assert_outcomes(passed=1)
    return strict


def test_every_object_has_a_file_that_can_be_read(snapshots: pytest.Pytester, inside: Run) -> None:
    folder = snapshots.path / "__snapshots__" / "test_it"
    assert {path.name: path.read_text() for path in folder.iterdir()} == {
        "test_fleet[configmap-shop-settings].yaml": (
            'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata:\n  a: "yes"\n'
        ),
        "test_fleet[secret-shop-token].yaml": (
            "apiVersion: v1\nkind: Secret\nmetadata:\n  name: token\n  namespace: shop\n"
        ),
    }
    inside().assert_outcomes(passed=1)


def test_a_difference_is_shown_line_by_line(snapshots: pytest.Pytester, inside: Run) -> None:
    snapshots.makepyfile(test_it=SNAPSHOTS % f"{CONFIG.replace('yes', 'no')}, {BLANK}")
    run = inside("--color=no")
    run.assert_outcomes(failed=1)
    run.stdout.fnmatch_lines(
        ["E *the manifests are not those of the snapshots", "E *configmap-shop-settings:", '*a: "yes"*', '*a: "no"*']
    )
    run.stdout.no_fnmatch_line("*secret-shop-token:*")


def test_a_new_object_fails(snapshots: pytest.Pytester, inside: Run) -> None:
    snapshots.makepyfile(test_it=SNAPSHOTS % f'{CONFIG}, {BLANK}, an_object("Service", "api")')
    run = inside()
    run.assert_outcomes(failed=1)
    run.stdout.fnmatch_lines(["*service-shop-api:", "*does not exist!"])


def test_an_object_that_is_gone_fails_until_the_update_that_removes_its_file(
    snapshots: pytest.Pytester, inside: Run
) -> None:
    snapshots.makepyfile(test_it=SNAPSHOTS % CONFIG)
    run = inside()
    run.assert_outcomes(failed=1)
    run.stdout.fnmatch_lines(["*test_fleet[[]secret-shop-token[]].yaml: the object is gone; remove the file, or *"])
    inside("--snapshot-update").assert_outcomes(passed=1)
    assert [path.name for path in (snapshots.path / "__snapshots__" / "test_it").iterdir()] == [
        "test_fleet[configmap-shop-settings].yaml"
    ]
    inside().assert_outcomes(passed=1)


def test_objects_whose_file_names_would_meet_have_files_of_their_own(strict: pytest.Pytester, inside: Run) -> None:
    twins = 'an_object("Service", "api"), {**an_object("Service", "api"), "apiVersion": "hanzo.ai/v1"}'
    strict.makepyfile(test_it=SNAPSHOTS % twins)
    inside("--snapshot-update").assert_outcomes(passed=1)
    names = sorted(path.name for path in (strict.path / "__snapshots__" / "test_it").iterdir())
    assert names == ["test_fleet[service-shop-api-2].yaml", "test_fleet[service-shop-api].yaml"]
    inside().assert_outcomes(passed=1)


def test_the_fixture_without_syrupy_says_what_is_missing(strict: pytest.Pytester) -> None:
    strict.makepyfile(test_it=SNAPSHOTS % CONFIG)
    run = strict.runpytest_subprocess("-p", "no:syrupy")
    run.assert_outcomes(errors=1)
    run.stdout.fnmatch_lines(["*manifest_snapshot needs syrupy*"])
