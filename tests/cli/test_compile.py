"""`hzc compile` writes what was asked for, where it was asked for, or nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from hanzo_constructs.output.listing import LIST_NAME
from tests.cli.conftest import Run
from tests.cli.inputs import DOUBTFUL, WRONG, service

PORTS = "[{name: http, containerPort: 8080}]"
API, WEB = service("api", ports=PORTS), service("web")


@pytest.fixture
def files(here: Path) -> Path:
    """A directory with two resources in two files."""
    (here / "in").mkdir()
    (here / "in" / "api.yaml").write_text(API)
    (here / "in" / "web.yaml").write_text(WEB)
    return here / "in"


def identities(text: str) -> list[tuple[str, str]]:
    return [(document["kind"], document["metadata"]["name"]) for document in yaml.safe_load_all(text)]


def written(directory: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in directory.iterdir() if path.name != LIST_NAME}


# To the standard output


@pytest.mark.usefixtures("files")
def test_children_of_all_resources_in_the_order_of_the_input(hzc: Run) -> None:
    ran = hzc("compile", "in/web.yaml", "in/api.yaml")
    assert (ran.status, ran.stderr) == (0, "")
    assert identities(ran.stdout) == [("Deployment", "web"), ("Service", "api"), ("Deployment", "api")]


@pytest.mark.usefixtures("files")
def test_outputs_can_be_strung_together(hzc: Run) -> None:
    both = hzc("compile", "in/api.yaml").stdout + hzc("compile", "in/web.yaml").stdout
    assert both == hzc("compile", "in/api.yaml", "in/web.yaml").stdout
    assert both.count("---\n") == 3


def test_the_standard_input(hzc: Run) -> None:
    assert identities(hzc("compile", "-", stdin=API + "---\n" + WEB).stdout) == [
        ("Service", "api"),
        ("Deployment", "api"),
        ("Deployment", "web"),
    ]
    assert hzc("compile", "-", stdin=WRONG).stderr == (
        "error: <stdin>:10: Service shop/wrong: spec.replicas: expected an integer, got a string\n"
        "1 error, 0 warnings; nothing written\n"
    )


def test_json_is_one_list(hzc: Run) -> None:
    ran = hzc("compile", "-", "--format", "json", stdin=API + "---\n" + service("x", args="[käse]"))
    data = json.loads(ran.stdout)
    assert {key: data[key] for key in ("apiVersion", "kind")} == {"apiVersion": "v1", "kind": "List"}
    assert [(item["kind"], item["metadata"]["name"]) for item in data["items"]] == [
        ("Service", "api"),
        ("Deployment", "api"),
        ("Deployment", "x"),
    ]
    assert "käse" in ran.stdout
    assert len(ran.stdout.splitlines()) == 2 + 3


def test_json_and_yaml_say_the_same(hzc: Run) -> None:
    as_yaml = list(yaml.safe_load_all(hzc("compile", "-", stdin=API).stdout))
    assert json.loads(hzc("compile", "-", "--format", "json", stdin=API).stdout)["items"] == as_yaml


def test_the_resources_themselves(hzc: Run) -> None:
    source = service("api", namespace=None, replicas="2")
    ran = hzc("compile", "-", "--mode", "resources", "--namespace", "shop", stdin=source)
    assert list(yaml.safe_load_all(ran.stdout)) == [
        {
            "apiVersion": "hanzo.ai/v1",
            "kind": "Service",
            "metadata": {"name": "api", "namespace": "shop"},
            "spec": {"image": {"repository": "ghcr.io/hanzoai/api", "tag": "v1.2.3"}, "replicas": 2},
        }
    ]
    again = hzc("compile", "-", "--mode", "resources", stdin=ran.stdout)
    assert (again.status, again.stdout) == (0, ran.stdout)
    assert hzc("compile", "-", stdin=ran.stdout).stdout == hzc("compile", "-", "-n", "shop", stdin=source).stdout


def test_the_resources_are_judged_like_their_children(hzc: Run) -> None:
    assert hzc("compile", "-", "--mode", "resources", stdin=WRONG).status == 2


def test_the_platform_decides_what_is_written_unless_the_command_does(hzc: Run, here: Path) -> None:
    (here / "hanzo.yaml").write_text("output: resources\n")
    assert identities(hzc("compile", "-", stdin=API).stdout) == [("Service", "api")]
    assert len(identities(hzc("compile", "-", "--mode", "children", stdin=API).stdout)) == 2


# The platform


def test_a_resource_without_a_namespace(hzc: Run, here: Path) -> None:
    source = service("web", namespace=None)

    def namespace(*arguments: str) -> object:
        (document,) = yaml.safe_load_all(hzc("compile", "-", *arguments, stdin=source).stdout)
        return document["metadata"].get("namespace")

    assert namespace() is None
    assert namespace("--namespace", "given") == "given"
    (here / "hanzo.yaml").write_text("namespace: found\n")
    assert namespace() == "found"
    assert namespace("-n", "given") == "given"
    (here / "other.yaml").write_text("namespace: other\n")
    assert namespace("--platform", "other.yaml") == "other"
    assert [
        document["metadata"]["namespace"] for document in yaml.safe_load_all(hzc("compile", "-", stdin=WEB).stdout)
    ] == ["shop"]


def test_a_namespace_that_is_none(hzc: Run) -> None:
    ran = hzc("compile", "-", "--namespace", "Shop", stdin=WEB)
    assert (ran.status, ran.stdout) == (2, "")
    assert ran.stderr.startswith("error: invalid value for '--namespace': must be lower-case letters, digits and '-'")


def test_settings_of_a_pyproject(hzc: Run, here: Path) -> None:
    (here / "pyproject.toml").write_text('[tool.hanzo]\nnamespace = "found"\nepoch = "2024"\n')
    assert hzc("compile", "-", stdin=WEB).stderr == (
        'error: pyproject.toml:3: tool.hanzo.epoch: must be one of 2025, 2026, got "2024"\n'
    )


# To a directory


@pytest.mark.usefixtures("files")
def test_one_file_for_each_resource(hzc: Run, here: Path) -> None:
    ran = hzc("compile", "in", "-o", "out")
    assert (ran.status, ran.stdout, ran.stderr) == (0, "", "")
    assert {name: identities(text) for name, text in written(here / "out").items()} == {
        "service.shop.api.yaml": [("Service", "api"), ("Deployment", "api")],
        "service.shop.web.yaml": [("Deployment", "web")],
    }
    joined = "".join(text for _, text in sorted(written(here / "out").items()))
    assert joined == hzc("compile", "in").stdout


@pytest.mark.usefixtures("files")
def test_a_single_file(hzc: Run, here: Path) -> None:
    assert hzc("compile", "in", "-o", "out", "--single").status == 0
    assert written(here / "out") == {"manifests.yaml": hzc("compile", "in").stdout}


@pytest.mark.usefixtures("files")
def test_files_of_json(hzc: Run, here: Path) -> None:
    assert hzc("compile", "in", "-o", "out", "--format", "json").status == 0
    assert {name: len(json.loads(text)["items"]) for name, text in written(here / "out").items()} == {
        "service.shop.api.json": 2,
        "service.shop.web.json": 1,
    }


def test_a_second_run_removes_what_is_not_needed_any_more(hzc: Run, here: Path, files: Path) -> None:
    hzc("compile", "in", "-o", "out")
    (here / "out" / "mine.yaml").write_text("mine")
    (files / "web.yaml").unlink()
    hzc("compile", "in", "-o", "out")
    assert set(written(here / "out")) == {"service.shop.api.yaml", "mine.yaml"}
    hzc("compile", "in", "-o", "out", "--single")
    assert set(written(here / "out")) == {"manifests.yaml", "mine.yaml"}


def test_wrong_input_leaves_the_old_output(hzc: Run, here: Path, files: Path) -> None:
    hzc("compile", "in", "-o", "out")
    before = written(here / "out")
    (files / "web.yaml").write_text(WRONG)
    ran = hzc("compile", "in", "-o", "out")
    assert ran.status == 2
    assert written(here / "out") == before


@pytest.mark.usefixtures("files")
def test_a_foreign_file_is_a_failure(hzc: Run, here: Path) -> None:
    (here / "out").mkdir()
    (here / "out" / "service.shop.web.yaml").write_text("mine")
    ran = hzc("compile", "in", "-o", "out")
    assert (ran.status, ran.stdout) == (1, "")
    assert ran.stderr == (
        "error: out/service.shop.web.yaml: was not written by an earlier run; move it or choose another directory\n"
    )
    assert written(here / "out") == {"service.shop.web.yaml": "mine"}


@pytest.mark.usefixtures("files")
def test_output_below_the_input_is_not_read_again(hzc: Run) -> None:
    assert hzc("compile", "in", "-o", "in/dist").status == 0
    assert hzc("compile", "in", "-o", "in/dist").status == 0


@pytest.mark.parametrize(
    ("argument", "output"),
    [
        ("in", "in"),
        ("in", "./in/../in"),
        ("in/api.yaml", "in"),
        ("in/api.yaml", "link"),
        ("link", "in"),
        ("link/api.yaml", "in"),
        ("web.yaml", "in"),
        ("in", "."),
        ("in", ".."),
        ("in/api.yaml", "."),
        ("deep", "deep/er"),
        ("deep", "deep"),
        ("hidden", "hidden"),
    ],
)
@pytest.mark.usefixtures("files")
def test_input_and_output_do_not_mix(hzc: Run, here: Path, argument: str, output: str) -> None:
    (here / "link").symlink_to("in")
    (here / "web.yaml").symlink_to("in/web.yaml")
    (here / "deep" / "er").mkdir(parents=True)
    (here / "deep" / "er" / "c.yaml").write_text(WEB)
    (here / "hidden" / ".data").mkdir(parents=True)
    (here / "hidden" / ".data" / "c.yaml").write_text(WEB)
    (here / "hidden" / "c.yaml").symlink_to(".data/c.yaml")
    before = sorted(here.rglob("*"))
    ran = hzc("compile", argument, "-o", output)
    assert (ran.status, ran.stdout) == (2, "")
    start = f"error: --output must name a directory that is not read from, and {output} holds "
    assert ran.stderr.startswith(start)
    assert ran.stderr.endswith("; choose another one, such as dist; see `hzc compile --help`\n")
    assert Path(ran.stderr.removeprefix(start).partition(";")[0]).exists()
    assert sorted(here.rglob("*")) == before


def test_an_output_without_a_name(hzc: Run) -> None:
    ran = hzc("compile", "-", "-o", "", stdin=WEB)
    message = "error: --output must name a directory, and the name is empty; see `hzc compile --help`\n"
    assert (ran.status, ran.stdout, ran.stderr) == (2, "", message)


def test_no_resource_vanishes_from_a_directory_with_a_list(hzc: Run, here: Path) -> None:
    for name in ("a", "b"):
        (here / "svcs" / name).mkdir(parents=True)
        (here / "svcs" / name / "s.yaml").write_text(service(name))
    assert hzc("compile", "svcs", "-o", "out").status == 0
    assert hzc("compile", "svcs/a/s.yaml", "-o", "svcs/a").status == 2
    for content in ("", '{"files": ["s.yaml"]}'):
        (here / "svcs" / "a" / LIST_NAME).write_text(content)
        assert hzc("validate", "svcs").stdout.splitlines()[-1] == "2 resources, 0 errors, 0 warnings"
        assert hzc("compile", "svcs", "-o", "out").status == 0
        assert set(written(here / "out")) == {"service.shop.a.yaml", "service.shop.b.yaml"}


@pytest.mark.usefixtures("files")
def test_output_among_the_input_is_said_and_is_nothing_to_mend(hzc: Run) -> None:
    hzc("compile", "in", "-o", "in/dist")
    for command in ("validate", "compile"):
        ran = hzc(command, "in", "--strict")
        assert (ran.status, ran.stderr) == (0, "note: in/dist: 2 files that hzc wrote are not read\n")


def test_objects_that_are_gone_are_printed(hzc: Run, files: Path) -> None:
    hzc("compile", "in", "-o", "out")
    (files / "web.yaml").unlink()
    (files / "api.yaml").write_text(service("api"))
    ran = hzc("compile", "in", "-o", "out")
    assert (ran.status, ran.stdout) == (0, "")
    assert ran.stderr == (
        "note: out: 2 objects are gone from the output; what was applied stays in the cluster, until you delete what "
        "nothing needs any more:\n"
        "  kubectl delete services/api --namespace shop\n"
        "  kubectl delete deployments.apps/web --namespace shop\n"
    )
    assert hzc("compile", "in", "-o", "out", "--single").stderr == ""
    assert hzc("compile", "in", "-o", "out", "--format", "json").stderr == ""


# Settings that are not read


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("command", ["compile", "validate", "show"])
def test_settings_that_lead_nowhere_are_an_error(hzc: Run, here: Path, command: str) -> None:
    (here / "hanzo.yaml").symlink_to("../nowhere/hanzo.yaml")
    ran = hzc(command, "in")
    message = "hanzo.yaml: is a symbolic link that leads nowhere; mend or remove it"
    assert (ran.status, ran.stdout) == (2, "")
    assert ran.stderr.endswith(f"{message}\n")


@pytest.mark.parametrize("command", ["compile", "validate", "show"])
def test_settings_among_the_input_do_not_count(hzc: Run, files: Path, command: str) -> None:
    (files / "hanzo.yaml").write_text("namespace: other\n")
    ran = hzc(command, "in")
    advice = "run hzc in that directory or name them with --platform"
    said = f"warning: in/hanzo.yaml: these settings do not count, the defaults do; {advice}\n"
    assert (ran.status, ran.stderr) == (0, said)
    assert hzc(command, "in", "--platform", "in/hanzo.yaml").stderr == ""


def test_settings_without_a_name(hzc: Run) -> None:
    ran = hzc("compile", "-", "--platform", "", stdin=WEB)
    assert (ran.status, ran.stdout) == (2, "")
    assert ran.stderr == (
        "error: invalid value for '--platform': the path of a file is empty; see `hzc compile --help`\n"
    )


def test_a_single_file_needs_a_directory(hzc: Run) -> None:
    ran = hzc("compile", "-", "--single", stdin=WEB)
    assert (ran.status, ran.stdout) == (2, "")
    assert (
        ran.stderr
        == "error: --single needs --output DIR: the standard output is one file anyway; see `hzc compile --help`\n"
    )


@pytest.mark.parametrize(
    ("options", "name"),
    [
        (["-o", "a", "--output", "b"], "--output"),
        (["-n", "a", "-n", "a"], "--namespace"),
        (["--platform", "a.yaml", "--platform=b.yaml"], "--platform"),
        (["--format", "json", "--format", "yaml"], "--format"),
    ],
)
def test_an_option_has_one_value(hzc: Run, here: Path, options: list[str], name: str) -> None:
    ran = hzc("compile", "-", *options, stdin=WEB)
    message = f"error: {name} is given twice; give it once; see `hzc compile --help`\n"
    assert (ran.status, ran.stdout, ran.stderr) == (2, "", message)
    assert not list(here.iterdir())


def test_a_flag_may_be_given_twice(hzc: Run) -> None:
    assert hzc("compile", "-", "--strict", "--strict", stdin=WEB).status == 0
    assert hzc("compile", "-", "-", stdin=WEB).stdout == hzc("compile", "-", stdin=WEB).stdout


# Warnings


def test_a_warning_is_printed_and_no_more(hzc: Run) -> None:
    ran = hzc("compile", "-", stdin=DOUBTFUL)
    assert ran.status == 0
    assert identities(ran.stdout) == [("Deployment", "doubtful")]
    assert ran.stderr == (
        'warning: <stdin>:7: Service shop/doubtful: spec.image: "ghcr.io/hanzoai/doubtful:latest" has the tag latest, '
        "so that a restart may bring another image; pin a version\n"
    )


def test_a_strict_run_takes_warnings_for_errors(hzc: Run, here: Path) -> None:
    ran = hzc("compile", "-", "--strict", "-o", "out", stdin=DOUBTFUL)
    assert ran.status == 2
    assert ran.stderr.splitlines()[-1] == "0 errors, 1 warning; nothing written"
    assert not (here / "out").exists()


# Promises


def test_the_same_input_gives_the_same_bytes(hzc: Run) -> None:
    assert hzc("compile", "-", stdin=API).stdout == hzc("compile", "-", stdin=API).stdout


@pytest.mark.usefixtures("files")
def test_a_resource_given_twice_is_read_once(hzc: Run) -> None:
    assert hzc("compile", "in", "in/api.yaml").stdout == hzc("compile", "in").stdout
