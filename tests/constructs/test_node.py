"""Which Node cdk8s gets, on machines with a good one, an old one, none, or a choice."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from hanzo_constructs.constructs.node import binary as node

PATH = os.environ["PATH"]
MakeNode = Callable[..., Path]
REMEDY = "install one with `pip install 'hanzo-constructs[node]'`, put Node 22 or 24 on PATH, or name one in JSII_NODE"


@pytest.fixture(autouse=True)
def bare_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """No Node anywhere, nothing chosen, jsii not yet started."""
    monkeypatch.setenv("PATH", "")
    for name in list(os.environ):
        if name.startswith("JSII_"):
            monkeypatch.delenv(name)
    for name in ("JSII_NODE", "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION"):
        monkeypatch.setenv(name, "")  # so that what prepare_node sets is undone
        monkeypatch.delenv(name)
    monkeypatch.delitem(sys.modules, "jsii", raising=False)
    monkeypatch.setattr(node, "_wheel_binary", lambda: None)


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MakeNode:
    """Put a link to a Node on PATH that tells its version by a header, by its answer, or by neither."""

    def make(*, header: int | None = None, answer: str = "exit 1") -> Path:
        binary = tmp_path / "opt" / "bin" / "node"
        binary.parent.mkdir(parents=True)
        binary.write_text(f"#!/bin/sh\n/bin/echo >> '{tmp_path}/started'\n{answer}\n")
        binary.chmod(0o755)
        if header is not None:
            include = tmp_path / "opt" / "include" / "node"
            include.mkdir(parents=True)
            (include / "node_version.h").write_text(f"#define NODE_MAJOR_VERSION {header}\n")
        link = tmp_path / "links" / "node"
        link.parent.mkdir()
        link.symlink_to(binary)
        monkeypatch.setenv("PATH", str(link.parent))
        return link

    return make


@pytest.fixture
def wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    binary = tmp_path / "wheel" / "node"
    monkeypatch.setattr(node, "_wheel_binary", lambda: binary)
    return binary


def prepared() -> str:
    node.prepare_node()
    return os.environ["JSII_NODE"]


@pytest.mark.parametrize("major", node.TESTED)
def test_a_tested_node_on_path_is_taken_without_starting_it(
    installed: MakeNode, wheel: Path, tmp_path: Path, major: int
) -> None:
    binary = installed(header=major)
    assert prepared() == str(binary) != str(wheel)
    assert not (tmp_path / "started").exists()


@pytest.mark.parametrize("major", [18, 20, 23, 26])
def test_any_other_node_on_path_gives_way_to_the_extra(installed: MakeNode, wheel: Path, major: int) -> None:
    installed(header=major)
    assert prepared() == str(wheel)


def test_a_node_of_unknown_version_gives_way_to_the_extra_without_starting_it(
    installed: MakeNode, wheel: Path, tmp_path: Path
) -> None:
    installed(answer="echo v24.1.0")
    assert prepared() == str(wheel)
    assert not (tmp_path / "started").exists()


def test_without_the_extra_a_node_of_unknown_version_is_asked(installed: MakeNode) -> None:
    binary = installed(answer="echo v24.1.0")
    assert prepared() == str(binary)


@pytest.mark.parametrize("major", [23, 26])
def test_without_the_extra_a_node_newer_than_the_oldest_tested_will_do(installed: MakeNode, major: int) -> None:
    binary = installed(header=major)
    assert prepared() == str(binary)


def test_without_the_extra_an_old_node_is_refused(installed: MakeNode) -> None:
    binary = installed(header=20)
    with pytest.raises(node.NodeError) as refused:
        node.prepare_node()
    assert str(refused.value) == f"node: {binary} is version 20, past its end of life; {REMEDY}"
    assert "JSII_NODE" not in os.environ


def test_without_the_extra_a_program_that_is_no_node_is_refused(installed: MakeNode) -> None:
    binary = installed(answer="echo hello")
    with pytest.raises(node.NodeError) as refused:
        node.prepare_node()
    assert str(refused.value) == f"node: {binary} does not tell its version; {REMEDY}"


def test_a_machine_without_node_is_told_how_to_get_one() -> None:
    with pytest.raises(node.NodeError) as refused:
        node.prepare_node()
    assert str(refused.value) == f"node: none on PATH; {REMEDY}"


def test_the_node_that_the_user_names_wins_and_its_age_is_not_remarked_upon(
    installed: MakeNode, wheel: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    binary = installed(header=24)
    monkeypatch.setenv("JSII_NODE", sys.executable)
    assert prepared() == sys.executable not in {str(binary), str(wheel)}
    assert "20" in os.environ["JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION"].split(",")
    assert "22" not in os.environ["JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION"].split(",")


def test_age_is_remarked_upon_when_the_user_names_no_node(installed: MakeNode) -> None:
    installed(header=24)
    node.prepare_node()
    assert "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION" not in os.environ


def test_an_empty_choice_is_no_choice(wheel: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JSII_NODE", "")
    assert prepared() == str(wheel)


def test_a_chosen_node_that_does_not_exist_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JSII_NODE", "/no/such/node")
    with pytest.raises(node.NodeError) as refused:
        node.prepare_node()
    assert str(refused.value) == f"JSII_NODE: no such program, got '/no/such/node'; {REMEDY}"


def test_nothing_is_changed_once_jsii_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jsii", sys)
    node.prepare_node()
    assert "JSII_NODE" not in os.environ


def test_the_tested_versions_are_the_last_of_the_table_inside_jsii() -> None:
    spec = find_spec("jsii")
    assert spec is not None
    assert spec.origin is not None
    runtime = Path(spec.origin).parent / "_embedded" / "jsii" / "bin__jsii-runtime.js"
    releases = re.findall(r"new NodeRelease\((\d+),\{([^}]*)\}\)", runtime.read_text())
    tested = sorted(int(major) for major, facts in releases if "untested" not in facts)
    assert tuple(tested[-len(node.TESTED) :]) == node.TESTED


@pytest.mark.node
def test_cdk8s_starts_without_a_banner_on_this_machine() -> None:
    code = (
        "from hanzo_constructs.constructs.node.binary import prepare_node; prepare_node();"
        "import cdk8s; print(cdk8s.Size.gibibytes(1).to_mebibytes())"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], env={"PATH": PATH}, capture_output=True, text=True, timeout=60, check=True
    )
    assert (run.stdout, run.stderr) == ("1024\n", "")
