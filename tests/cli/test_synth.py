"""`hzc synth` runs a program and writes what it renders, as `cdk8s synth` does."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from hanzo_constructs.cli import programs
from hanzo_constructs.output.listing import LIST_NAME
from tests.cli.conftest import Run

MAP = "---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {}\n"

PROGRAM = """
import gc, json, os, sys
from pathlib import Path
from cdk8s import JsonPatch
import jsii

before = sum(each["collections"] for each in gc.get_stats())
from hanzo_constructs import HanzoChart, ServiceConstruct, main
collections = sum(each["collections"] for each in gc.get_stats()) - before

SPEC = {"image": "ghcr.io/hanzoai/api:v1", "envFrom": [{"secretRef": {"name": "keys"}}]}

def build(app):
    api = ServiceConstruct(HanzoChart(app, "shop"), "api", SPEC)
    api.deployment.add_json_patch(JsonPatch.add("/spec/paused", True))

main(build)
facts = {"collections": collections, "imported": [*sys.modules], "node": jsii.kernel.provider.is_started}
facts |= {"path": os.environ["PYTHONPATH"], "own": sys.modules["sitecustomize"].__file__}
Path("facts.json").write_text(json.dumps(facts))
"""


@pytest.fixture(autouse=True)
def _no_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CDK8S_OUTDIR", raising=False)


def rendering(directory: str, *names: str, warnings: int = 0, needs: tuple[str, ...] = ()) -> str:
    """Return a command that says, as a HanzoApp does, that it would write a file of each name to *directory*."""
    files = {f"{name}.k8s.yaml": MAP.format(name) for name in names}
    said = json.dumps({"directory": directory, "files": files, "warnings": warnings, "needs": needs})
    return f'printf %s {shlex.quote(said)} > "$HZC_RENDER_INTO/$(ls "$HZC_RENDER_INTO" | wc -l).json"'


def written(directory: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in directory.iterdir() if path.name != LIST_NAME}


@pytest.mark.processes
def test_a_python_without_a_sitecustomize_of_its_own_starts_without_a_word(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(programs._SITE)
    code = f"""
import sys
from pathlib import Path
sys.path[:] = [{str(tmp_path)!r}, *(each for each in sys.path if not Path(each, "sitecustomize.py").exists())]
sys.modules.pop("sitecustomize", None)
import sitecustomize
print(sitecustomize.__name__)
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "sitecustomize\n", "")


@pytest.mark.processes
def test_a_program_is_run_and_its_files_are_written(hzc: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "app.py").write_text(PROGRAM)
    (here / "site").mkdir()
    (here / "site" / "sitecustomize.py").write_text("")
    monkeypatch.setenv("PYTHONPATH", str(here / "site"))
    (here / "cdk8s.yaml").write_text(f"language: python\napp: {shlex.quote(sys.executable)} app.py\n")
    ran = hzc("synth")
    assert (ran.status, ran.stdout) == (0, "dist/shop.k8s.yaml\n")
    assert ran.stderr.startswith("needs Secret keys")
    facts = json.loads((here / "facts.json").read_text())
    assert facts["collections"] < 20  # some fifty otherwise
    assert (facts["node"], facts["path"]) == (False, str(here / "site"))  # although it imports cdk8s first
    assert facts["own"] == str(here / "site" / "sitecustomize.py")
    others = ("spec.gateway", "spec.base", "spec.datastore", "sources", "output.directory")
    assert not {f"hanzo_constructs.{name}" for name in others} & {*facts["imported"]}
    printed = hzc("synth", "--stdout").stdout
    assert printed == (here / "dist" / "shop.k8s.yaml").read_text()
    assert hzc("synth", "--check").status == 0
    assert hzc("check").status == 0


def test_what_is_gone_is_removed_and_what_others_keep_there_stays(hzc: Run, here: Path) -> None:
    out = here / "out"
    hzc("synth", "--app", rendering(str(out), "one", "two"))
    (out / "mine.txt").write_text("mine")
    ran = hzc("synth", "--app", rendering(str(out), "two", "three"))
    assert (ran.status, ran.stdout) == (0, "out/three.k8s.yaml\nout/two.k8s.yaml\n")
    assert ran.stderr.endswith("removed out/one.k8s.yaml\n")
    assert "kubectl delete configmaps/one" in ran.stderr
    assert sorted(written(out)) == ["mine.txt", "three.k8s.yaml", "two.k8s.yaml"]


def test_a_program_that_writes_by_itself(hzc: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a plain App of cdk8s does: it keeps no list, and it gets one here."""
    text = MAP.format("one").removeprefix("---\n")
    command = 'mkdir -p "$CDK8S_OUTDIR" && printf %s {} > "$CDK8S_OUTDIR/{}.k8s.yaml"'
    one, two = (command.format(shlex.quote(text), name) for name in ("one", "two"))
    (here / "cdk8s.yaml").write_text(json.dumps({"app": one, "output": "other"}))
    assert hzc("synth").stdout == "other/one.k8s.yaml\n"
    assert written(here / "other") == {"one.k8s.yaml": text}
    assert hzc("synth", "-a", two).stdout == "other/two.k8s.yaml\n"
    assert list(written(here / "other")) == ["two.k8s.yaml"]
    assert hzc("synth", "-p", "-a", f"{one}; {two}").stdout == f"---\n{text}---\n{text}"
    monkeypatch.setenv("CDK8S_OUTDIR", "third")
    assert hzc("synth").stdout == "third/one.k8s.yaml\n"
    assert hzc("synth", "-o", "fourth").stdout == "fourth/one.k8s.yaml\n"
    (here / "fifth").mkdir()
    (here / "fifth" / "one.k8s.yaml").write_text("mine")
    ran = hzc("synth", "-o", "fifth")
    assert (ran.status, ran.stdout) == (1, "")
    assert ran.stderr.startswith("error: fifth/one.k8s.yaml: was not written by an earlier run; move it")


def test_several_apps_of_one_program(hzc: Run, here: Path) -> None:
    apps = [rendering(f"{here}/{name}", name, warnings=1, needs=("needs Secret keys",)) for name in ("one", "two")]
    command = "; ".join(apps)
    assert hzc("synth", "--app", command, "-p").stdout == MAP.format("one") + MAP.format("two")
    ran = hzc("synth", "--app", command, "--strict")
    assert (ran.status, ran.stdout, ran.stderr) == (2, "", "error: 2 warnings; nothing written\n")
    assert [*here.iterdir()] == []
    ran = hzc("synth", "--app", command)
    assert (ran.stdout, ran.stderr) == ("one/one.k8s.yaml\ntwo/two.k8s.yaml\n", "needs Secret keys\n")
    ran = hzc("synth", "--app", command, "-o", "dist")
    assert ran.stderr.endswith("does not write to CDK8S_OUTDIR, so that DIR has no meaning; leave dist out\n")


def test_check_writes_nothing_and_says_what_would(hzc: Run, here: Path) -> None:
    command = rendering(f"{here}/out", "one")
    ran = hzc("synth", "--app", command, "--check")
    assert ran.status == 1
    assert ran.stdout.startswith("missing   out/.hzc-files\nmissing   out/one.k8s.yaml\n")
    mend = ran.stderr.partition("to write it anew: hzc ")[2]
    assert [*here.iterdir()] == []
    assert hzc(*shlex.split(mend)).status == 0
    assert hzc("synth", "--app", command, "--check").status == 0


def test_a_program_that_fails_changes_nothing(hzc: Run, here: Path) -> None:
    hzc("synth", "--app", rendering(f"{here}/out", "one"))
    ran = hzc("synth", "--app", "echo hello; exit 3")
    assert (ran.status, ran.stdout) == (2, "")
    assert ran.stderr == "hello\nerror: echo hello; exit 3: ended with status 3; nothing written\n"
    assert (
        hzc("synth", "--app", "true").stderr
        == "error: true: rendered nothing; it must call synth() of an app, or main()\n"
    )
    assert list(written(here / "out")) == ["one.k8s.yaml"]


WRONG: dict[str, tuple[list[str], dict[str, object], str]] = {
    "nothing to run": ([], {}, "nothing to run is named; write app: COMMAND in cdk8s.yaml, or --app COMMAND"),
    "two outputs": (["-p", "-o", "out"], {"app": "x"}, "--stdout prints and -o out writes; leave one of them out"),
    "an unset variable": (["-o", ""], {"app": "x"}, "--output must name a directory, and the name is empty"),
    "a check of nothing": (
        ["-p", "--check"],
        {"app": "x"},
        "--check compares with a directory, and the standard output",
    ),
    "a chart of Helm": (
        [],
        {"app": "x", "synthConfig": {"format": "helm"}},
        "cdk8s.yaml: synthConfig.format: hzc synth writes plain manifests; cdk8s synth writes the chart of Helm",
    ),
    "no command": ([], {"app": ["x"]}, "cdk8s.yaml: app: expected a string"),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_arguments_and_settings(hzc: Run, here: Path, case: str) -> None:
    arguments, settings, message = WRONG[case]
    (here / "cdk8s.yaml").write_text(json.dumps(settings))
    ran = hzc("synth", *arguments)
    assert (ran.status, ran.stdout) == (2, "")
    assert ran.stderr.startswith(f"error: {message}")


def test_settings_of_the_cdk8s_command_line_that_are_left_out_are_named(hzc: Run, here: Path) -> None:
    settings = {
        "language": "python",
        "imports": ["k8s"],
        "validations": [{"package": "x"}],
        "synthConfig": {"format": "plain"},
    }
    (here / "cdk8s.yaml").write_text(json.dumps({**settings, "app": rendering(f"{here}/out", "one")}))
    ran = hzc("synth")
    assert (ran.status, ran.stderr) == (
        0,
        "note: cdk8s.yaml: validations: not run by hzc synth; cdk8s synth does that\n",
    )
