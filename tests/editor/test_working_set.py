"""A set that changes: what is found is what `hzc compile` finds in the same texts, however they came to be."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanzo_constructs.cli.checking import check
from hanzo_constructs.editor import WorkingSet
from hanzo_constructs.editor.diagnostics import diagnostic_of
from hanzo_constructs.errors import Finding
from hanzo_constructs.platform import Platform
from tests.editor.inputs import SERVICE, service
from tests.golden.cases import CASES, SAMPLE, Case

CONFIG = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: shop}\ndata: {a: b}\n"
SCALER = """\
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: scaler, namespace: shop}
spec:
  minReplicas: 1
  maxReplicas: 3
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: api}
"""
GUARDED = service("db", "ports: {http: 80}", "networkPolicy: {allowIntraNamespace: false}")
CLIENT = service("web", "connections: [{kind: Service, name: db, env: {DB: url}}]")
OF_CONFIG = service("reader", "envFrom: [{configMapRef: {name: settings}}]", "env: {A: http://db.shop.svc:81}")
BASE = """\
apiVersion: hanzo.ai/v1
kind: Base
metadata: {name: NAME, namespace: shop}
spec:
  image: ghcr.io/acme/base:v1
  storage: {size: 1Gi}
  gateway: {name: front, route: /one}
"""
GATEWAY = "apiVersion: hanzo.ai/v1\nkind: Gateway\nmetadata: {name: front, namespace: shop}\nspec: {image: a/b:v1}\n"
DOCUMENTS = (
    SERVICE,
    service("api", "replicas: 2"),
    service("api", "replica: 2"),
    GUARDED,
    CLIENT,
    OF_CONFIG,
    CONFIG,
    SCALER,
    BASE.replace("NAME", "one"),
    BASE.replace("NAME", "two"),
    GATEWAY,
    GATEWAY.replace("spec:", "specs:"),
    "- 1\n",
    "",
)

Said = tuple[str, str, str, str]


def said(findings: Iterable[Finding]) -> Counter[Said]:
    return Counter((each.severity, each.subject, each.path, each.message) for each in findings)


def of_the_command(texts: dict[str, str], platform: Platform, folder: Path) -> Counter[Said]:
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode())
    before = Path.cwd()
    os.chdir(folder)
    try:
        found = said(check([*texts], platform, lambda _: None).findings)
    finally:
        os.chdir(before)
    return Counter({each: number for each, number in found.items() if each[3] != "holds no resource"})


def of_the_set(texts: dict[str, str], platform: Platform) -> Counter[Said]:
    working = WorkingSet(platform)
    for name, text in texts.items():
        working.update(name, text)
    placed = [each.finding for each in working.found()]
    return said([*placed, *working.of_no_place])


def check_case(case: Case, folder: Path) -> None:
    text = (case.folder / "input.yaml").read_bytes().decode()
    texts = {"a.yaml": text}
    assert of_the_set(texts, case.platform) == of_the_command(texts, case.platform, folder), case.name


def test_golden_cases_say_what_compiling_says(tmp_path: Path) -> None:
    for case in SAMPLE:
        check_case(case, tmp_path)


@pytest.mark.slow
def test_all_golden_cases_say_what_compiling_says(tmp_path: Path) -> None:
    for case in CASES:
        check_case(case, tmp_path)


EDITS = st.lists(
    st.tuples(st.sampled_from(("a.yaml", "b.yaml", "c.yaml")), st.lists(st.sampled_from(DOCUMENTS), max_size=4)),
    min_size=1,
    max_size=6,
)


@settings(deadline=None)
@given(EDITS)
def test_any_way_to_a_text_leads_to_what_compiling_says_of_it(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, list[str]]]
) -> None:
    working, texts = WorkingSet(), dict[str, str]()
    for name, documents in edits:
        texts[name] = "---\n".join(documents)
        working.update(name, texts[name])
        for each in working.found():
            assert diagnostic_of(each).span.start.line <= len(each.file.text.lines)
    ordered = {name: texts[name] for name in sorted(texts)}
    assert said(each.finding for each in working.found()) == of_the_command(
        ordered, Platform(), tmp_path_factory.mktemp("set")
    )


def messages(working: WorkingSet) -> list[str]:
    return [diagnostic_of(each).message for each in working.found()]


def test_a_broken_document_says_so_and_counts_as_it_was() -> None:
    working = WorkingSet()
    working.update("db.yaml", GUARDED)
    working.update("web.yaml", CLIENT)
    assert messages(working) == []
    working.update("db.yaml", GUARDED + "  env: {A\n")
    assert [diagnostic_of(each)[:2] for each in working.found()] != []
    assert all("not valid YAML" in message for message in messages(working))
    working.update("db.yaml", GUARDED + "  env: {A: b}\n")
    assert messages(working) == []


def test_a_removed_file_counts_no_more() -> None:
    working = WorkingSet()
    working.update("db.yaml", GUARDED)
    working.update("web.yaml", CLIENT)
    assert messages(working) == []
    working.remove("db.yaml")
    assert len(messages(working)) == 1


def test_places_that_messages_name_move_with_their_lines() -> None:
    working = WorkingSet()
    working.update("a.yaml", SERVICE)
    working.update("b.yaml", SERVICE)
    assert messages(working) == ["metadata.name: is declared twice (also at a.yaml:1)"]
    working.update("a.yaml", "# one\n# two\n---\n" + SERVICE)
    assert messages(working) == ["metadata.name: is declared twice (also at a.yaml:4)"]


def test_only_what_changes_is_read_and_compiled_anew() -> None:
    working = WorkingSet()
    working.update("a.yaml", f"{GUARDED}---\n{SERVICE}")
    working.found()
    before = [each.compilation for each in working.entries()]
    working.update("a.yaml", f"{GUARDED}---\n# moved\n{SERVICE}")
    working.found()
    after = [each.compilation for each in working.entries()]
    assert before[0] is after[0]
    assert before[1] is not after[1]
    working.update("b.yaml", service("web", "connections: [{kind: Service, name: db, env: {DB: url}}]"))
    working.found()
    linked = [each.compilation for each in working.entries()]
    assert linked[0] is not after[0]  # its policy admits another one now
    assert linked[1] is after[1]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (service("api", "replica: 2"), "replica"),
        (service("api", "replicas: two"), "two"),
        (service("api", "ports: {http: '80'}"), "'80'"),
        (service("api", "ports: [{name: http}]"), "{name: http}"),
        (SERVICE.replace("kind: Service", "kind: Servise"), "Servise"),
        (SERVICE.replace("  image: ghcr.io/acme/api:v1.0.0", "  {}"), "spec"),
        (service("api", "env: {A: 1}"), "1"),
        (service("api", "replicas:"), "replicas"),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_what_is_underlined(text: str, place: str, line_end: str) -> None:
    working = WorkingSet()
    working.update("a.yaml", f"# before\n---\n{text}".replace("\n", line_end))
    (found,) = working.found()
    assert found.file.text.cut(diagnostic_of(found).span) == place


def test_what_is_wrong_with_a_derived_object_is_shown_at_the_field_that_decides_it() -> None:
    working = WorkingSet()
    working.update(
        "a.yaml", service("api", "envFrom: [{configMapRef: {name: settings}}]", "env: {U: http://db.shop.svc:81}")
    )
    working.update("b.yaml", service("db", "ports: {http: 80}"))
    (found,) = working.found()
    assert found.finding.subject == "Deployment shop/api"
    assert diagnostic_of(found).message.startswith(
        "Deployment shop/api: spec.template.spec.containers[0].env[0].value: "
    )
    assert found.file.text.cut(diagnostic_of(found).span) == "http://db.shop.svc:81"


def test_json_and_lists() -> None:
    working = WorkingSet()
    working.update(
        "a.json",
        '{"apiVersion": "hanzo.ai/v1", "kind": "Service",\n\t"metadata": {"name": "api"}, "spec": {"image": "a/b:1", "x": 1}}',
    )
    (found,) = working.found()
    assert found.file.text.cut(diagnostic_of(found).span) == '"x"'
    working.update("a.json", "apiVersion: v1\nkind: List\nitems:\n- 1\n")
    assert len(working.found()) == 1


def test_bytes_that_are_no_text() -> None:
    working = WorkingSet()
    working.update("a.yaml", b"a: \xff\n")
    assert messages(working) == ["not valid UTF-8: byte 0xff at offset 3"]
    working.update("a.yaml", SERVICE)
    assert messages(working) == []
