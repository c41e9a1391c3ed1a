"""Of a long input, what has not changed is not compiled again, and what is said and written is that of a run without a cache."""

from __future__ import annotations

import os
import pickle
import random
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from benchmarks.mixed import mixed_resource
from hanzo_constructs.cli import checking, incremental, making, parts, processes, sections
from hanzo_constructs.cli.kept import keep_content
from hanzo_constructs.cli.kept_sections import links_seen
from hanzo_constructs.compiler import compile_unshared
from hanzo_constructs.compiler.links import Links, Ties, links_between, ties_of
from hanzo_constructs.compiler.object_needs import ties_of_objects
from hanzo_constructs.kube.yaml import dump
from hanzo_constructs.own_objects import is_own_object
from hanzo_constructs.spec import installed
from hanzo_constructs.spec.kinds import parse
from tests.cli.conftest import Ran, Run
from tests.cli.inputs import DOUBTFUL, WRONG, service
from tests.golden.cases import VALID, Case
from tests.golden.every import each_of

OBJECTS = [
    dump({"apiVersion": "v1", "kind": kind, "metadata": {"name": name, "namespace": "shop"}} | content)
    for kind, name, content in (
        ("ConfigMap", "own", {"data": {"UPSTREAM": "http://svc-0001.shop.svc:80"}}),
        (
            "Service",
            "door",
            {"spec": {"selector": {"team": "checkout"}, "ports": [{"port": 80, "targetPort": "http"}]}},
        ),
        ("Secret", "svc-0000-database", {"stringData": {"password": "x"}}),
    )
]
FLEET = [dump(mixed_resource(number)) for number in range(60)]


@pytest.fixture(autouse=True)
def _small_sections(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty cache, and sections of a few documents."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    monkeypatch.setattr(parts, "FEW", 2)
    monkeypatch.setattr(sections, "_ENDS", 4)
    installed._entries.cache_clear()  # as it is when a process starts


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of what was compiled."""
    seen: list[str] = []

    def noted(resource: Any, *args: Any, **options: Any) -> Any:
        seen.append(resource.metadata.name)
        return compile_unshared(resource, *args, **options)

    monkeypatch.setattr(making, "compile_unshared", noted)
    return seen


@pytest.fixture
def same(hzc: Run, compiled: list[str]) -> Callable[..., Ran]:
    """Write documents, compile them with the cache and without, compare all of it, and forget what the latter compiled."""

    def compare(documents: Sequence[str], *options: str, file: str = "all.yaml") -> Ran:
        Path(file).write_text("---\n".join(documents))
        kept = hzc("compile", ".", *options, keeps=True)
        before = len(compiled)
        assert kept == hzc("compile", ".", *options)
        del compiled[before:]
        return kept

    return compare


def test_one_changed_document_compiles_its_section(same: Callable[..., Ran], compiled: list[str]) -> None:
    assert same(FLEET).status == 0
    assert len(compiled) == len(FLEET)
    compiled.clear()
    changed = [*FLEET]
    changed[20] = changed[20].replace("team: ", "team: new-")
    assert same(changed).status == 0
    assert 1 <= len(compiled) <= 16
    compiled.clear()
    assert same(["# a line on top\n" + changed[0], *changed[1:]]).status == 0
    assert len(compiled) <= 16


def test_files_are_put_together_and_parted(same: Callable[..., Ran], compiled: list[str]) -> None:
    same(FLEET)
    compiled.clear()
    same(FLEET[:30])
    same(FLEET[30:], file="more.yaml")
    assert len(compiled) <= 48  # the sections around the two places where documents met others


def test_what_links_say_is_compiled_anew(same: Callable[..., Ran], compiled: list[str]) -> None:
    (gateway,) = (index for index, each in enumerate(FLEET[:50]) if "kind: Gateway" in each)
    base = next(index for index, each in enumerate(FLEET) if "kind: Base" in each)
    same(FLEET)
    compiled.clear()
    without = same([each for index, each in enumerate(FLEET) if index != base])
    name = FLEET[gateway].partition("name: ")[2].partition("\n")[0]
    assert name in compiled
    assert without.stdout != same(FLEET).stdout


FORMS = [(), ("--format", "json"), ("-n", "other"), ("--mode", "resources")]


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(4))
def test_any_edits_in_turn(same: Callable[..., Ran], seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    pool = [*FLEET, *OBJECTS, DOUBTFUL, WRONG, "# nothing\n", *(dump(each.documents[0]) for each in VALID[seed::40])]
    documents = chance.sample(pool, 30)
    for _ in range(12):
        edit, place = chance.randrange(6), chance.randrange(len(documents))
        if edit == 0:
            documents.insert(place, chance.choice(pool))  # which may be there already
        elif edit == 1 and len(documents) > 10:
            del documents[place]
        elif edit == 2:
            documents[place] = "# moved down\n\n" + documents[place]
        elif edit == 3:
            documents[place] = documents[place].replace("name: svc-", "name: other-", 1)
        elif edit == 4:
            chance.shuffle(documents)
        else:
            documents[place] = documents[place].replace(": shop\n", ": elsewhere\n")
        same(documents, *FORMS[seed])


def test_warnings_name_the_line_where_it_is_now(same: Callable[..., Ran]) -> None:
    first = same([*FLEET[:8], DOUBTFUL])
    line = int(first.stderr.partition("all.yaml:")[2].partition(":")[0])
    second = same([*FLEET[:8], "# one\n# two\n" + DOUBTFUL])
    assert f"all.yaml:{line + 2}:" in second.stderr
    assert "\x02" not in first.stderr + second.stderr


def test_an_error_keeps_what_is_right(same: Callable[..., Ran], compiled: list[str]) -> None:
    assert same([*FLEET, WRONG]).status == 2
    compiled.clear()
    assert same([*FLEET, service("mended")]).status == 0
    assert len(compiled) <= 16


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")
def test_several_processes_keep_what_one_finds(
    same: Callable[..., Ran], compiled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "_PART", 7)
    monkeypatch.setattr(processes, "_processors", lambda: 2)
    for module in (checking, incremental):
        monkeypatch.setattr(module, "LONG", 1)
    first = same([*FLEET, DOUBTFUL])
    assert len(compiled) < len(FLEET)  # the others were compiled elsewhere
    monkeypatch.setattr(incremental, "LONG", 10**6)
    compiled.clear()
    again = same([DOUBTFUL.replace("name: ", "name: new-", 1), *FLEET, DOUBTFUL])
    assert len(compiled) <= 16
    assert first.stdout in again.stdout


def test_settings_and_options_have_results_of_their_own(same: Callable[..., Ran], compiled: list[str]) -> None:
    same(FLEET)
    for change in ("clusterDomain: example.org\n", "epoch: '2026'\n"):
        Path("hanzo.yaml").write_text(change)
        compiled.clear()
        same(FLEET)
        assert len(compiled) == len(FLEET)


def test_rules_of_the_company_are_asked_of_everything(same: Callable[..., Ran], compiled: list[str]) -> None:
    rule = (
        "rules:\n- name: a\n  match: {objects: [Service]}\n  expression: 'false'\n  message: m\n  severity: warning\n"
    )
    Path("hanzo.yaml").write_text(rule)
    same(FLEET)
    compiled.clear()
    said = same([*FLEET, service("new")])
    assert len(compiled) == len(FLEET) + 1
    assert said.stderr.count(": m") > len(FLEET)


DAMAGE = {
    "no pickle": b"nonsense",
    "of another form": pickle.dumps(("a", "b")),
    "of another class": pickle.dumps(Path("x")),
    "a function": pickle.dumps(print),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_what_is_damaged_is_not_there(same: Callable[..., Ran], compiled: list[str], damage: str) -> None:
    same(FLEET)
    entries = [*Path(os.environ["XDG_CACHE_HOME"], "hzc").iterdir()]
    assert len(entries) > 5
    for entry in entries:
        keep_content(entry.name, (DAMAGE[damage],))
    compiled.clear()
    same([*FLEET, service("new")])
    assert len(compiled) == len(FLEET) + 1


SETS = [case for case in VALID if len(case.documents) > 1]


@pytest.mark.thorough
@each_of(SETS)
def test_nothing_else_of_links_is_asked_for(case: Case) -> None:
    objects = [each for each in case.documents if is_own_object(each, case.platform)]
    resources = [parse(each, case.platform) for each in case.documents if each not in objects]
    ties = [ties_of(resource, case.platform) for resource in resources]
    links, _ = links_between(
        [
            *ties,
            ties_of_objects([_door(next((each for each in ties if each.guarded), ties[0])), *objects], case.platform),
        ]
    )
    for resource, its in zip(resources, ties, strict=True):
        whole = compile_unshared(resource, case.platform, links=links, ties=its)
        alone = compile_unshared(resource, case.platform, links=_only_what_is_kept(links, its), ties=its)
        assert (alone.manifests, alone.warnings, alone.unmet) == (whole.manifests, whole.warnings, whole.unmet)


def _door(ties: Ties) -> dict[str, Any]:
    """Return a Service of the user's own that lets the world in to the pods of a resource with *ties*."""
    ports = [{"port": 7, "targetPort": number, "protocol": protocol} for number, protocol in ties.pod_ports[:1]]
    spec = {"type": "LoadBalancer", "selector": dict(ties.labels), "ports": ports or [{"port": 7}]}
    metadata = {"name": "door", "namespace": ties.name[0]}
    return {"apiVersion": "v1", "kind": "Service", "metadata": metadata, "spec": spec}


def _only_what_is_kept(links: Links, ties: Ties) -> Links:
    name = ties.name
    seen = links_seen(links, ties)
    if seen is None:
        return Links()
    *by_name, gateway = ({} if each is None else {name: each} for each in seen)
    routed = {ties.routed[0]: gateway[name]} if ties.routed and gateway else {}
    return Links(routed, *by_name)
