"""`hzc crds`, `schema`, `explain` and `compat`: what they print and write, and what they say of wrong input."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from hanzo_constructs.kube.yaml import load_all
from hanzo_constructs.platform import Platform
from hanzo_constructs.spec.kinds import KINDS
from tests.cli.conftest import Ran, Run

_WRONG_KIND = 'error: kind: unknown kind "Servce", did you mean Service?\n'


def _git(*arguments: str) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *identity, *arguments], check=True, capture_output=True)  # noqa: S607 - any git will do


@pytest.mark.thorough
def test_a_definition_for_each_kind(hzc: Run, here: Path) -> None:
    assert hzc("crds", "-o", "crds") == Ran(0, "", "")
    files = {path.name for path in (here / "crds").glob("*.yaml")}
    assert files == {f"{kind.plural}.{kind.api_version(Platform()).partition('/')[0]}.yaml" for kind in KINDS.values()}
    printed = hzc("crds").stdout
    assert [document.data["spec"]["names"]["kind"] for document in load_all(printed)] == [*KINDS]


@pytest.mark.parametrize("name", ["SQL", "sqls", "sql", "SQLS"])
def test_a_kind_is_named_as_for_kubectl(hzc: Run, name: str) -> None:
    ran = hzc("crds", name, "sql", "--api-group", "lux.cloud")
    assert [document.data["metadata"]["name"] for document in load_all(ran.stdout)] == ["sqls.lux.cloud"]


def test_what_is_not_wanted_any_more_stays_in_the_cluster(hzc: Run, here: Path) -> None:
    hzc("crds", "sql", "kv", "-o", "crds")
    ran = hzc("crds", "sql", "-o", "crds")
    assert ran.stderr == "note: crds/kvs.hanzo.ai.yaml: removed; what was applied from it stays in the cluster\n"
    assert [path.name for path in (here / "crds").glob("*.yaml")] == ["sqls.hanzo.ai.yaml"]


def test_schemas_in_the_layout_of_catalogs(hzc: Run, here: Path) -> None:
    assert hzc("schema", "hsvc", "Task", "-o", "schemas") == Ran(0, "", "")
    files = {path.relative_to(here / "schemas").as_posix() for path in (here / "schemas").rglob("*.json")}
    assert files == {"hanzo.ai/service_v1.json", "hanzo.ai/task_v1.json", "all.json", "hanzo.json"}
    one = json.loads(hzc("schema", "Task").stdout)
    assert one == json.loads((here / "schemas/hanzo.ai/task_v1.json").read_text())
    both = json.loads(hzc("schema", "hsvc", "Task").stdout)
    assert both == json.loads((here / "schemas/all.json").read_text())


@pytest.mark.parametrize("command", ["crds", "schema", "explain"])
def test_a_kind_that_there_is_not(hzc: Run, command: str) -> None:
    assert hzc(command, "Servce") == Ran(2, "", _WRONG_KIND)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("crds", "--api-group", "hanzo"), "--api-group': must be a DNS name with a dot, got hanzo"),
        (("crds", "--api-group", "Hanzo.ai"), "--api-group': must be lower-case letters"),
        (("schema", "kv", "-o", ""), "--output must name a directory, and the name is empty"),
        (("crds", "kv", "--output", ""), "--output must name a directory, and the name is empty"),
        (("explain", "sql", "--api-version", "hanzo.ai/v2"), "SQL is of hanzo.ai/v1, got hanzo.ai/v2"),
        (("explain", "sql.spec.storag"), "sql.spec.storag: there is no such field, did you mean storage?"),
        (("explain", "sql."), "sql.: there is no such field, known are apiVersion, kind, metadata, spec, status"),
    ],
)
def test_wrong_input(hzc: Run, arguments: tuple[str, ...], message: str) -> None:
    ran = hzc(*arguments)
    assert (ran.status, ran.stdout) == (2, "")
    assert message in ran.stderr


def test_a_path_is_explained(hzc: Run) -> None:
    ran = hzc("explain", "HSVC.spec.replicas", "--api-version", "hanzo.ai/v1")
    assert ran.stdout == (
        "GROUP:      hanzo.ai\nKIND:       Service\nVERSION:    v1\n\nFIELD: replicas <integer>\n\n\n"
        "DESCRIPTION:\n    Number of pods; leave it out beside autoscaling.\n    \n\n"
    )


def test_definitions_of_two_directories(hzc: Run, here: Path) -> None:
    hzc("crds", "Task", "-o", "old")
    hzc("crds", "Task", "-o", "new")
    assert hzc("compat", "old", "new") == Ran(0, "0 changes: 0 breaking, 0 risky, 0 safe\n", "")
    file = here / "new" / "tasks.hanzo.ai.yaml"
    file.write_text(file.read_text().replace("- htask\n", "- tsk\n").replace("maxLength: 63", "maxLength: 60", 1))
    ran = hzc("compat", "old", "new/tasks.hanzo.ai.yaml")
    assert ran == Ran(
        1,
        "breaking  tasks.hanzo.ai v1.metadata.name: maxLength: was 63, is 60 "
        "(stored objects work until the value is changed)\n"
        "risky     tasks.hanzo.ai: shortNames: the short name htask is gone; scripts may use it\n"
        "3 changes: 1 breaking, 1 risky, 1 safe\n",
        "",
    )
    everything = json.loads(hzc("compat", "old", "new", "--format", "json", "--all").stdout)
    assert [change["severity"] for change in everything] == ["breaking", "risky", "safe"]
    assert everything[0]["place"] == "v1.metadata.name"
    table = hzc("compat", "old", "new", "--format", "markdown").stdout
    assert "### Risky\n\n| definition | place | check | change |\n|---|---|---|---|\n| tasks.hanzo.ai |  | " in table
    assert (
        hzc("compat", "old", "old", "--format", "markdown").stdout == "No change of the definitions breaks anything.\n"
    )


def test_revisions_of_git(hzc: Run, here: Path) -> None:
    hzc("crds", "Task", "SQL", "-o", "crds")
    (here / "notes.yaml").write_text("no: [yaml\n")
    _git("init", "-q")
    _git("add", "-A")
    _git("commit", "-qm", "one")
    hzc("crds", "Task", "-o", "crds")
    _git("commit", "-qam", "two")
    gone = "breaking  sqls.hanzo.ai: removed: is gone: with it, every object is deleted\n1 change: 1 breaking, 0 risky, 0 safe\n"
    for old, new in (("HEAD~1", "HEAD"), ("HEAD~1:crds", "HEAD:crds"), ("HEAD~1", "crds")):
        assert hzc("compat", old, new) == Ran(1, gone, "")
    assert hzc("compat", "HEAD:nothing", "HEAD").stderr == "error: HEAD:nothing: holds no CustomResourceDefinition\n"
    assert hzc("compat", "nothing:crds", "HEAD").stderr.startswith("error: git ls-tree failed: ")
    assert hzc("compat", "nothing", "HEAD").stderr == "error: nothing: no such file or directory\n"


def test_what_a_cluster_has_is_compared_too(hzc: Run, here: Path) -> None:
    hzc("crds", "Task", "SQL", "-o", "crds")
    items = [
        document.data for file in sorted((here / "crds").glob("*.yaml")) for document in load_all(file.read_text())
    ]
    live = json.dumps({"apiVersion": "v1", "kind": "List", "items": items, "metadata": {"resourceVersion": ""}})
    assert hzc("compat", "-", "crds", stdin=live) == Ran(0, "0 changes: 0 breaking, 0 risky, 0 safe\n", "")
    items[1]["spec"]["grup"] = "a"
    wrong = hzc("compat", "-", "crds", stdin=json.dumps({"apiVersion": "v1", "kind": "List", "items": items}))
    assert wrong.stderr.startswith("error: <stdin>:1: CustomResourceDefinition: spec.grup: unknown field")


def test_a_definition_that_is_none(hzc: Run, here: Path) -> None:
    (here / "a.yaml").write_text("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n")
    assert hzc("compat", "a.yaml", "a.yaml").stderr == "error: a.yaml: holds no CustomResourceDefinition\n"
    (here / "b.yaml").write_text(
        "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {}\nspec:\n  grup: a\n"
    )
    ran = hzc("compat", "b.yaml", "b.yaml")
    assert ran.status == 2
    assert "error: b.yaml:1: CustomResourceDefinition: spec.grup: unknown field" in ran.stderr
    (here / "c.yaml").write_text("kind: CustomResourceDefinition\nspec: [\n")
    assert hzc("compat", "c.yaml", "c.yaml").stderr.startswith("error: c.yaml:")


def test_compiling_loads_none_of_it(here: Path) -> None:
    (here / "api.yaml").write_text(
        "apiVersion: hanzo.ai/v1\nkind: Service\nmetadata:\n  name: api\nspec:\n  image: ghcr.io/acme/api:v1\n"
    )
    program = (
        "import sys\nfrom hanzo_constructs.cli.app import run\nrun(['compile', 'api.yaml', '-o', 'dist'])\n"
        "print([name for name in sys.modules if name.startswith('hanzo_constructs.schema') or name.endswith('spec.status')])"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


def test_definitions_of_v1alpha1_are_printed_by_name_only(hzc: Run) -> None:
    assert "v1alpha1\n" not in hzc("crds", "service", "base").stdout
    ran = hzc("crds", "HanzoService", "baseapps", "hgw")
    assert (ran.status, ran.stderr) == (0, "")
    names = [document.data["metadata"]["name"] for document in load_all(ran.stdout)]
    assert names == ["hanzoservices.hanzo.ai", "baseapps.hanzo.ai", "gateways.hanzo.ai"]
    assert hzc("schema", "HanzoService").status == 2


def test_settings_of_the_platform_are_explained(hzc: Run) -> None:
    ran = hzc("explain", "platform.rules.severity")
    assert ran.stdout.splitlines()[:6] == [
        "SETTINGS:   hanzo.yaml",
        "",
        "FIELD: severity <string>",
        "ENUM:",
        "    error",
        "    warning",
    ]
    listed = hzc("explain", "platform", "--recursive").stdout
    assert "\n  rules\t<[]Object>\n" in listed
    assert "\n    expression\t<string> -required-\n" in listed
    for field in Platform.model_fields.values():
        assert hzc("explain", f"platform.{field.alias}").status == 0


def test_a_setting_that_there_is_not(hzc: Run) -> None:
    ran = hzc("explain", "platform.rule")
    assert (ran.status, ran.stderr) == (2, "error: platform.rule: there is no such field, did you mean rules?\n")
    ran = hzc("explain", "platform", "--api-version", "hanzo.ai/v1")
    assert (ran.status, "platform settings have no API version" in ran.stderr) == (2, True)
