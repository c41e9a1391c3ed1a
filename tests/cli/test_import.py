"""`hzc import`: what is written, what is left, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.inputs import WRONG, service

OLD = """\
apiVersion: hanzo.ai/v1alpha1
kind: HanzoService
metadata: {name: api, namespace: shop}
spec: {image: {repository: ghcr.io/acme/api, tag: v1}, zap: {enabled: true}}
"""


def test_a_program_of_older_resources_is_pinned(hzc: Run) -> None:
    ran = hzc("import", "-", stdin=OLD.replace(", zap: {enabled: true}", ""))
    assert (ran.status, ran.stderr) == (0, "")
    assert 'annotations={"hanzo.ai/epoch": "2025"}' in ran.stdout


def test_what_is_left_is_a_table(hzc: Run, here: Path) -> None:
    (here / "old.yaml").write_text(OLD)
    ran = hzc("import", "old.yaml", "-o", "x.py", "--report", "left.json")
    lines = ran.stderr.splitlines()
    assert ran.status == 0
    assert lines[0].split() == ["source", "field", "value", "why"]
    assert "spec.zap" in lines[1]
    (left,) = json.loads((here / "left.json").read_text())
    assert left == {
        "source": "old.yaml:4: HanzoService shop/api",
        "path": "spec.zap",
        "value": "a mapping",
        "why": "v1 cannot say it: the operator gave this sidecar up before v1",
    }
    assert (here / "x.py").read_text().count("ServiceConstruct(") == 1
    assert {path.name for path in here.iterdir()} == {"old.yaml", "x.py", "left.json"}


def test_strict_writes_nothing_where_something_is_left(hzc: Run, here: Path) -> None:
    (here / "old.yaml").write_text(OLD)
    ran = hzc("import", "old.yaml", "-o", "x.py", "--strict")
    assert (ran.status, ran.stderr.splitlines()[-1]) == (1, "1 field left; nothing written")
    assert not (here / "x.py").exists()
    assert hzc("import", "-", "--strict", stdin=service("api")).status == 0


def test_yaml_compiles_to_the_same(hzc: Run, here: Path) -> None:
    own = "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n"
    (here / "all.yaml").write_text("---\n".join([service("api"), own]))
    assert hzc("import", "all.yaml", "-o", "new.yml").status == 0
    assert (here / "new.yml").read_text() == hzc("import", "all.yaml", "--format", "yaml").stdout
    assert hzc("compile", "new.yml").stdout == hzc("compile", "all.yaml").stdout


def test_no_file_is_written_over(hzc: Run, here: Path) -> None:
    (here / "x.py").write_text("mine")
    (here / "x.py").chmod(0o600)
    ran = hzc("import", "-", "-o", "x.py", "--report", "left.json", stdin=service("api"))
    assert ran.status == 1
    assert ran.stderr == "error: x.py: is there already; nothing written; --force writes over it\n"
    assert [path.name for path in here.iterdir()] == ["x.py"]
    assert (here / "x.py").read_text() == "mine"
    assert hzc("import", "-", "-o", "x.py", "--force", stdin=service("api")).status == 0
    assert "HanzoApp" in (here / "x.py").read_text()
    ran = hzc("import", "-", "-o", "x.py/y.py", stdin=service("api"))
    assert (ran.status, "x.py/y.py: cannot be written" in ran.stderr) == (1, True)


def test_settings_are_read_by_the_program(hzc: Run, here: Path) -> None:
    (here / "other.yaml").write_text("apiGroup: acme.example\n")
    text = service("api").replace("hanzo.ai/v1", "acme.example/v1")
    ran = hzc("import", "-", "--platform", "other.yaml", stdin=text)
    assert 'main(build, platform=load_platform("other.yaml"))' in ran.stdout
    assert "HanzoChart, ServiceConstruct, load_platform, main\n" in ran.stdout


def test_files_beside_a_compose_file(hzc: Run, here: Path) -> None:
    folder = here / "shop"
    folder.mkdir()
    (here / "outside.env").write_text("OUTSIDE=1\n")
    (folder / "inside.env").write_text("INSIDE=1\n")
    (folder / "link.env").symlink_to("../outside.env")
    (folder / "compose.yaml").write_text(
        "x-a: &a {image: a/b:v1}\n"
        "services: {web: {<<: *a, env_file: [inside.env, ../outside.env, link.env], volumes: ['./up:/up']}}\n"
    )
    (folder / "up").mkdir()
    ran = hzc("import", "--from-compose", "shop/compose.yaml", "--format", "yaml")
    assert (ran.status, "name: INSIDE" in ran.stdout, "OUTSIDE" in ran.stdout) == (0, True, False)
    assert "namespace: shop" in ran.stdout
    assert ran.stderr.count("is not there to be read") == 2
    assert hzc("compile", "-", stdin=ran.stdout).status == 0


def test_score_files_share_what_has_an_id(hzc: Run, here: Path) -> None:
    for name in ("web", "api"):
        (here / f"{name}.yaml").write_text(
            f"apiVersion: score.dev/v1b1\nmetadata: {{name: {name}}}\n"
            "containers: {main: {image: a/b:v1, variables: {HOST: '${resources.cache.host}'}}}\n"
            "resources: {cache: {type: redis, id: shared}}\n"
        )
    ran = hzc("import", "--from-score", "web.yaml", "api.yaml", "--format", "yaml")
    assert ran.status == 0
    assert [ran.stdout.count(f"\nkind: {kind}\n") for kind in ("Service", "KV")] == [2, 1]
    assert hzc("compile", "-", stdin=ran.stdout).status == 0
    assert hzc("import", "--from-score", "-", stdin="a: 1\n").status == 2


def test_wrong_compose_files(hzc: Run, here: Path) -> None:
    (here / "a.yaml").write_text("services: {web: {image: a/b:v1}}\n")
    assert hzc("import", "--from-compose", "-", stdin="kind: Service\n").status == 2
    assert hzc("import", "--from-compose", "-", stdin="").status == 2
    (here / "b.yaml").write_text("services: {web: {image: a/b:v2}}\n")
    ran = hzc("import", "--from-compose", "a.yaml", "b.yaml")
    assert ran.status == 2
    assert "2 of the files come to it; import them one by one" in ran.stderr


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (WRONG, "<stdin>:10: Service shop/wrong: spec.replicas: expected an integer, got a string"),
        ("kind: [", "<stdin>"),
        (service("api") + "---\n" + service("api"), "metadata.name: is declared twice (also at <stdin>:1)"),
        ("apiVersion: v1\nkind: Secret\n", "<stdin>:1: Secret: metadata: required"),
        ("apiVersion: v1\nkind: Secret\nmetadata: []\n", "Secret: metadata: expected a mapping, got a list"),
        ("apiVersion: v1\nkind: Secret\nmetadata: {}\n", "Secret: metadata.name: required"),
        ("apiVersion: v1\nkind: Secret\nmetadata: {name: 1}\n", "metadata.name: expected a string, got an integer"),
    ],
)
def test_wrong_input(text: str, message: str, hzc: Run) -> None:
    ran = hzc("import", "-", stdin=text)
    assert (ran.status, ran.stdout) == (2, "")
    assert message in ran.stderr


def test_wrong_arguments(hzc: Run) -> None:
    ran = hzc("import", "-", "-o", "x.txt", stdin=service("api"))
    assert ran.status == 2
    assert "must end in .py, .yaml or .yml" in ran.stderr
    assert hzc("import", "-", "-o", "", stdin=service("api")).status == 2
    assert hzc("import", "missing.yaml").status == 2


MANIFESTS = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "acme/web:v1"}]}
"""


def test_plain_manifests_become_resources(hzc: Run) -> None:
    ran = hzc("import", "--from-manifests", "-", "--format", "yaml", stdin=MANIFESTS)
    assert (ran.status, ran.stderr) == (0, "")
    assert "kind: Service" in ran.stdout
    assert hzc("compile", "-", stdin=ran.stdout).status == 0
    assert "ServiceConstruct(" in hzc("import", "--from-manifests", "-", stdin=MANIFESTS).stdout


def test_two_versions_of_a_manifest_are_refused(hzc: Run) -> None:
    other = MANIFESTS.replace("web:v1", "web:v2")
    ran = hzc("import", "--from-manifests", "-", stdin=f"{MANIFESTS}---\n{other}")
    assert ran.status == 2
    assert "is declared twice, and differs (also at <stdin>:1); name one of the files" in ran.stderr
