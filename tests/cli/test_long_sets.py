"""A long set is compiled while it is read, and its texts wait in a file; what comes of it is what comes of a short one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from io import FileIO
from pathlib import Path
from typing import Any

import pytest

from benchmarks.mixed import mixed_resource
from hanzo_constructs.cli import checking, making, processes, reading, works
from hanzo_constructs.cli.checking import Checked, check
from hanzo_constructs.cli.rendering import FORMATS, Piece, renderer, stored_pieces
from hanzo_constructs.cli.spool import Spool
from hanzo_constructs.compiler import compile_resource, compile_unshared
from hanzo_constructs.compiler.links import NO_LINKS, links_of
from hanzo_constructs.compiler.resource_ties import ties_of
from hanzo_constructs.kube.yaml import dump_all
from hanzo_constructs.platform import Platform
from hanzo_constructs.spec.kinds import parse
from tests.cli.test_processes import application, gateway, said, service

SIZE = 40
HPA = {
    "apiVersion": "autoscaling/v2",
    "kind": "HorizontalPodAutoscaler",
    "metadata": {"name": "api-3", "namespace": "shop"},
    "spec": {
        "maxReplicas": 4,
        "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "api-3"},
        "metrics": [
            {"type": "Resource", "resource": {"name": "cpu", "target": {"type": "AverageValue", "averageValue": "1"}}}
        ],
    },
}


def services(**at: dict[str, Any]) -> list[dict[str, Any]]:
    """Return services, of which those named by `n4` have fields of their own."""
    return [service(number, **at.get(f"n{number}", {})) for number in range(SIZE)]


def elsewhere(number: int, **spec: Any) -> dict[str, Any]:
    """Return a service in a namespace of its own, so that it is nobody's neighbour."""
    found = service(number, networkPolicy={"allowIntraNamespace": False}, **spec)
    return {**found, "metadata": {"name": f"api-{number}", "namespace": f"team-{number}"}}


def calling(number: int) -> dict[str, Any]:
    return {"env": [{"name": "API", "value": f"http://api-{number}.team-{number}.svc:8080"}]}


SETS: dict[str, Callable[[], list[dict[str, Any]]]] = {
    "nobody names anybody": services,
    "later ones name earlier ones": lambda: [elsewhere(n, **(calling(n - 7) if n > 7 else {})) for n in range(SIZE)],
    "earlier ones name later ones": lambda: [elsewhere(n, **(calling(n + 7) if n < 30 else {})) for n in range(SIZE)],
    "one has a name twice": lambda: [*services(), service(2), service(38)],
    "applications wait between others": lambda: [application("notes"), *services(), gateway(), application("memos")],
    "a host is served by one that waits and by one that does not": lambda: [
        {**application("notes"), "spec": {**application("notes")["spec"], "ingress": {"hosts": ["a.example.com"]}}},  # type: ignore[dict-item]
        *services(n9={"ingress": {"hosts": ["a.example.com"]}}),
        gateway(),
    ],
    "objects of the user's own scale one": lambda: [*services(n3={"resources": {"requests": {"cpu": "1"}}}), HPA],
    "errors of compiling": lambda: services(n8={"replicas": 3, "autoscaling": {"maxReplicas": 5}}, n30={"image": "a"}),
    "a fleet of all kinds": lambda: [mixed_resource(n * 77 % 120) for n in range(120)],
}


def checked(file: Path, *, store: bool = False) -> Checked[Piece]:
    with Spool() as spool:
        render = renderer(FORMATS["yaml"], "children")
        found = check([str(file)], Platform(), render, store=partial(stored_pieces, spool) if store else None)
        for outcome in found.outcomes:  # texts that are stored are gone with the spool
            outcome.value = outcome.value and outcome.value._replace(content=outcome.value.text)
        return found


@pytest.fixture
def in_order(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], Checked[Piece]]:
    """Return who checks a file in one process, and everything in the order of the input."""

    def run(file: Path) -> Checked[Piece]:
        with monkeypatch.context() as patch:
            patch.setattr(checking, "LONG", sys.maxsize)
            return checked(file)

    return run


@pytest.mark.thorough
@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("name", SETS)
def test_a_long_set_says_what_a_short_one_says(
    name: str,
    number: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    in_order: Callable[[Path], Checked[Piece]],
) -> None:
    if number > 1 and sys.platform != "linux":
        pytest.skip("processes are forked on Linux only")
    file = tmp_path / "fleet.yaml"
    file.write_text(dump_all(SETS[name]()), encoding="utf-8")
    expected = said(in_order(file))
    monkeypatch.setattr(checking, "LONG", 1)
    monkeypatch.setattr(processes, "_PART", 7)
    monkeypatch.setattr(processes, "_processors", lambda: number)
    for module in (reading, making):
        monkeypatch.setattr(module, "BATCH", 3)
    monkeypatch.setattr(making, "_PACKED", 2)
    assert said(checked(file, store=True)) == expected


def test_most_is_compiled_once_and_who_is_named_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []

    def noted(resource: Any, *arguments: Any, **options: Any) -> Any:
        compiled.append(resource.name)
        return compile_unshared(resource, *arguments, **options)

    monkeypatch.setattr(making, "compile_unshared", noted)
    monkeypatch.setattr(checking, "LONG", 1)
    monkeypatch.setattr(processes, "_processors", lambda: 1)
    file = tmp_path / "fleet.yaml"
    file.write_text(dump_all([*map(elsewhere, range(SIZE)), elsewhere(99, **calling(5))]), encoding="utf-8")
    checked(file)
    assert compiled == [*(f"api-{number}" for number in range(SIZE)), "api-99", "api-5"]


def test_links_that_concern_nobody_by_name_change_nothing() -> None:
    """What is compiled at once is right: it asks links for nothing but its own name."""
    platform = Platform(namespace="shop")
    resources = [parse(mixed_resource(number), platform) for number in range(120)]
    resources += [parse(elsewhere(n, **calling(n + 1)), platform) for n in range(20)]
    links, _ = links_of(resources, platform)
    alone = [
        each for each in resources if (ties := ties_of(each, platform)).names_nobody and not links.concern(ties.name)
    ]
    assert len({each.kind for each in alone}) > 1
    for each in alone:
        mine, without = compile_resource(each, platform, links=links), compile_resource(each, platform, links=NO_LINKS)
        assert (mine.manifests, mine.warnings) == (without.manifests, without.warnings)


def test_where_there_is_no_room_texts_stay_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_order: Callable[[Path], Checked[Piece]]
) -> None:
    file = tmp_path / "fleet.yaml"
    file.write_text(dump_all(services()), encoding="utf-8")
    expected = said(in_order(file))
    monkeypatch.setattr(checking, "LONG", 1)
    monkeypatch.setattr(processes, "_PART", 7)
    full = Path("/dev/full")
    if full.exists():
        monkeypatch.setattr(tempfile, "TemporaryFile", lambda **_: FileIO(str(full), "r+"))
        assert said(checked(file, store=True)) == expected
    monkeypatch.setattr(tempfile, "TemporaryFile", _refused)
    assert said(checked(file, store=True)) == expected


def _refused(**_: Any) -> Any:
    raise PermissionError(13, "no folder for temporary files")


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")
def test_a_process_that_is_killed_leaves_nothing_but_its_work_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_order: Callable[[Path], Checked[Piece]]
) -> None:
    file = tmp_path / "fleet.yaml"
    file.write_text(dump_all(services()), encoding="utf-8")
    expected = said(in_order(file))
    monkeypatch.setattr(checking, "LONG", 1)
    monkeypatch.setattr(processes, "_PART", 7)
    monkeypatch.setattr(processes, "_processors", lambda: 2)
    monkeypatch.setattr(processes, "finished", _killed_in_a_child(os.getpid(), works.finished))
    assert said(checked(file, store=True)) == expected


def _killed_in_a_child(parent: int, finished: Callable[..., Any]) -> Callable[..., Any]:
    def run(*arguments: Any) -> Any:
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return finished(*arguments)

    return run


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("input") / "fleet.yaml"
    file.write_text(dump_all(service(number) for number in range(600)), encoding="utf-8")
    return file


def command(fleet: Path, *options: str) -> list[str]:
    return [str(Path(sys.executable).with_name("hzc")), "compile", "--no-cache", str(fleet), *options]


@pytest.mark.processes
def test_the_same_bytes_into_a_pipe_a_file_and_the_end_of_one(fleet: Path, tmp_path: Path) -> None:
    piped = subprocess.run(command(fleet), check=True, capture_output=True).stdout
    assert piped.count(b"\n---\n") > 600
    target = tmp_path / "out.yaml"
    for mode in ("wb", "ab"):
        with target.open(mode) as stream:
            subprocess.run(command(fleet), check=True, stdout=stream, stderr=subprocess.DEVNULL)
    assert target.read_bytes() == piped * 2
    subprocess.run(command(fleet, "-o", str(tmp_path / "one"), "--single"), check=True, capture_output=True)
    assert (tmp_path / "one" / "manifests.yaml").read_bytes() == piped
    subprocess.run(command(fleet, "-o", str(tmp_path / "many")), check=True, capture_output=True)
    assert len([*(tmp_path / "many").glob("*.yaml")]) == 600


@pytest.mark.processes
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda each: each.name)
def test_nothing_is_left_behind_by_who_is_stopped(fleet: Path, tmp_path: Path, number: signal.Signals) -> None:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # who starts us may have it ignored
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    process = subprocess.Popen(
        command(fleet), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, start_new_session=True
    )
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and not _holds_a_file_in(tmp_path, process.pid):
            time.sleep(0.01)
        process.send_signal(number)
        out, _ = process.communicate(timeout=60)
    finally:
        signal.signal(signal.SIGINT, before)
        process.kill()
    assert out == b""
    assert process.returncode != 0
    assert [*tmp_path.iterdir()] == []


def _holds_a_file_in(folder: Path, process: int) -> bool:
    handles = Path(f"/proc/{process}/fd")
    if not handles.is_dir():
        return True
    opened = [str(each.readlink()) for each in handles.iterdir() if each.is_symlink()]
    return any(str(folder) in each and each.endswith(" (deleted)") for each in opened)  # it has no name any more
