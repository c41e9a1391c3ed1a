"""`hzc check` says whether what was written is what would be written, and touches nothing."""

from __future__ import annotations

import fcntl
import json
import os
import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hanzo_constructs.cli import check as module
from hanzo_constructs.output.listing import LIST_NAME
from hanzo_constructs.spec import installed
from tests.cli.conftest import Run
from tests.cli.inputs import DOUBTFUL, WRONG, service


@pytest.fixture
def out(here: Path, hzc: Run) -> Path:
    """What two resources have become, in YAML."""
    (here / "in").mkdir()
    for name in ("api", "web"):
        (here / "in" / f"{name}.yaml").write_text(service(name))
    assert hzc("compile", "in", "-o", "out", "--kustomization").status == 0
    return here / "out"


@pytest.fixture
def check(hzc: Run, out: Path) -> Run:
    """Run the check of the two resources, and make sure that nothing is written."""

    def run(*arguments: str, keeps: bool = False) -> object:
        before = content(out)
        ran = hzc("check", "in", "-o", "out", "--kustomization", *arguments, keeps=keeps)
        assert content(out) == before
        return ran

    return run  # type: ignore[return-value]


def content(directory: Path) -> dict[str, bytes | None]:
    return {str(path): path.read_bytes() if path.is_file() else None for path in directory.rglob("*")}


MEND = "to write it anew: hzc compile in -o out --kustomization\n"


def test_what_was_just_written_is_fine(check: Run) -> None:
    ran = check()
    assert (ran.status, ran.stdout, ran.stderr) == (0, "", "")


def test_each_way_to_differ_and_what_it_does_to_what_runs(check: Run, out: Path) -> None:
    file = out / "service.shop.api.yaml"
    file.write_text(file.read_text().replace("replicas: 1", "replicas: 7"))
    (out / "service.shop.web.yaml").unlink()
    (out / "mine.yaml").write_text("kind: Other\n")
    listed = json.loads((out / LIST_NAME).read_text())
    (out / LIST_NAME).write_text(json.dumps({"files": [*listed["files"], "old.yaml"]}))
    (out / "old.yaml").write_text("---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: old\n")
    ran = check()
    assert (ran.status, ran.stderr) == (1, f"error: out: 2 stale, 1 missing, 1 orphaned; {MEND}")
    assert ran.stdout.startswith(
        "stale     out/.hzc-files\n"
        "stale     out/service.shop.api.yaml\n"
        "missing   out/service.shop.web.yaml\n"
        "orphaned  out/old.yaml\n"
        "\n"
    )
    for line in ("~ spec.replicas: 7 -> 1", "Deployment shop/web (new)", "ConfigMap old (removed)"):
        assert line in ran.stdout


def test_only_the_text_differs(check: Run, out: Path) -> None:
    file = out / "service.shop.api.yaml"
    file.write_text(f"{file.read_text()}# a comment\n")
    ran = check()
    assert ran.status == 1
    assert ran.stdout.endswith("\nno object changes: only the text, such as comments, quotes or the order of fields\n")


def test_what_is_no_yaml_any_more_is_named_and_not_shown(check: Run, out: Path) -> None:
    (out / "service.shop.api.yaml").write_text("<<<<<<< HEAD\npassword: hunter2\n  a: [\n")
    ran = check()
    assert ran.status == 1
    assert "out/service.shop.api.yaml:" in ran.stdout.partition("\n\n")[2]
    assert "hunter2" not in ran.stdout + ran.stderr


def test_a_long_difference_is_cut(check: Run, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_LINES", 2)
    (out / "service.shop.api.yaml").unlink()
    lines = check().stdout.splitlines()
    assert lines[0].startswith("missing ")
    assert lines[-1].startswith("... ")
    assert lines[-1].endswith(" lines more")
    assert len(lines) == 5


def test_nothing_was_written_yet(hzc: Run, out: Path) -> None:
    ran = hzc("check", "in", "-o", "new", "--format", "json")
    assert ran.status == 1
    assert "missing   new/.hzc-files\nmissing   new/service.shop.api.json\n" in ran.stdout
    assert ran.stderr == "error: new: 3 missing; to write it anew: hzc compile in -o new --format json\n"
    assert not (out.parent / "new").exists()


@pytest.mark.parametrize(
    "options",
    [("--single",), ("--format", "json"), ("--mode", "resources"), ("-n", "other"), ("--platform", "p.yaml"), ()],
    ids=" ".join,
)
def test_it_takes_the_options_of_compile(hzc: Run, out: Path, options: tuple[str, ...]) -> None:
    (out.parent / "p.yaml").write_text('epoch: "2025"\n')
    (out.parent / "in" / "web.yaml").write_text(service("web").replace("  namespace: shop\n", ""))
    hzc("compile", "in", "-o", "two", *options)
    assert hzc("check", "in", "-o", "two", *options).status == 0
    ran = hzc("check", "in", "-o", "three", *options)
    hzc(*shlex.split(ran.stderr.partition("to write it anew: hzc ")[2]))
    assert hzc("check", "in", "-o", "three", *options).status == 0


def test_a_checkout_with_the_line_ends_of_windows(check: Run, out: Path) -> None:
    for path in out.iterdir():
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert check().status == 0


def test_a_result_that_is_kept_is_compared(
    check: Run, out: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    installed._entries.cache_clear()  # as it is when a process starts
    for _ in range(2):
        assert check(keeps=True).status == 0
    monkeypatch.setattr("hanzo_constructs.cli.checking.check", None)
    assert check(keeps=True).status == 0
    (out / "service.shop.api.yaml").unlink()
    assert check(keeps=True).status == 1


def test_what_is_wrong_is_not_compared(check: Run, out: Path) -> None:
    (out.parent / "in" / "web.yaml").write_text(WRONG)
    ran = check()
    assert (ran.status, ran.stdout) == (2, "")
    assert ran.stderr.endswith("1 error, 0 warnings; nothing compared\n")
    (out.parent / "in" / "web.yaml").write_text(DOUBTFUL)
    assert check("--strict").status == 2


def _tampered(out: Path) -> None:
    (out / LIST_NAME).write_text('{"files": ["../../etc/passwd"]}')


def _folder(out: Path) -> None:
    (out / "service.shop.api.yaml").unlink()
    (out / "service.shop.api.yaml").mkdir()


def _link(out: Path) -> None:
    (out / "service.shop.api.yaml").rename(out / "real")
    (out / "service.shop.api.yaml").symlink_to("real")


def _own(out: Path) -> None:
    (out / "kustomization.yml").write_text("resources: []\n")


def _foreign(out: Path) -> None:
    (out / LIST_NAME).unlink()
    (out / "service.shop.api.yaml").write_text("mine\n")


IN_THE_WAY: dict[str, tuple[Callable[[Path], None], str]] = {
    "a list that leads elsewhere": (
        _tampered,
        ".hzc-files: is not a list of files that hzc wrote; remove it or choose",
    ),
    "a directory": (_folder, "service.shop.api.yaml: is not a file; remove it"),
    "a link": (_link, "service.shop.api.yaml: is a symbolic link, which is not followed; remove it"),
    "a kustomization of the user's": (_own, "kustomization.yml: kustomize reads one kustomization of a directory"),
    "a file of the user's": (_foreign, "service.shop.api.yaml: was not written by an earlier run; move it"),
}


@pytest.mark.parametrize("case", IN_THE_WAY)
def test_what_is_in_the_way(check: Run, hzc: Run, out: Path, case: str) -> None:
    spoil, message = IN_THE_WAY[case]
    spoil(out)
    before = content(out)
    for ran in (check(), hzc("compile", "in", "-o", "out", "--kustomization")):
        assert (ran.status, ran.stdout) == (1, "")
        assert ran.stderr.startswith(f"error: out/{message}")
    assert content(out) == before


def test_a_directory_that_is_a_link_and_a_run_that_writes(check: Run, hzc: Run, out: Path) -> None:
    out.rename(out.parent / "real")
    out.symlink_to("real")
    assert check().status == 0
    handle = os.open(out, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    assert check().stderr == "error: out: another run is writing there\n"
    os.close(handle)
    (out.parent / "file").write_text("")
    assert hzc("check", "in", "-o", "file").stderr == "error: file: is not a directory\n"


# Programs

PROGRAM = """
from hanzo_constructs import HanzoChart, ServiceConstruct, main

main(lambda app: ServiceConstruct(HanzoChart(app, "shop"), "api", {"image": "ghcr.io/hanzoai/api:v1"}))
"""


@pytest.fixture(autouse=True)
def _no_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CDK8S_OUTDIR", raising=False)


def rendering(*directories: str, warnings: int = 0) -> str:
    """Return a command that says that it would write a file to each of *directories*, quicker than Python."""
    files = {"shop.k8s.yaml": "---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: map\n"}
    said = [json.dumps({"directory": each, "files": files, "warnings": warnings}) for each in directories]
    return "; ".join(
        f'printf %s {shlex.quote(each)} > "$HZC_RENDER_INTO/{place}.json"' for place, each in enumerate(said)
    )


@pytest.mark.processes
def test_what_a_program_renders(hzc: Run, here: Path) -> None:
    (here / "app.py").write_text(PROGRAM)
    command = f"{shlex.quote(sys.executable)} app.py"
    ran = hzc("check", "--app", command)
    assert ran.status == 1
    assert ran.stdout.startswith("missing   dist/.hzc-files\nmissing   dist/shop.k8s.yaml\n\n")
    assert ran.stderr == f"error: dist: 2 missing; to write it anew: {command}\n"
    assert not (here / "dist").exists()
    assert os.system(command) == 0  # noqa: S605 - as the message says
    assert hzc("check", "--app", command).status == 0


def test_the_program_and_the_directory_of_cdk8s_yaml(hzc: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command = 'mkdir "$CDK8S_OUTDIR"; echo > "$CDK8S_OUTDIR/a.yaml"'
    (here / "cdk8s.yaml").write_text(json.dumps({"app": command, "output": "other"}))
    assert hzc("check").stderr == f"error: other: 1 missing; to write it anew: CDK8S_OUTDIR=other {command}\n"
    assert hzc("check", "elsewhere").stderr.startswith("error: elsewhere: 1 missing; ")
    monkeypatch.setenv("CDK8S_OUTDIR", "third")
    assert hzc("check").stderr.startswith("error: third: 1 missing; ")
    (here / "dist").mkdir()
    (here / "dist" / "a.yaml").write_text("\n")
    assert hzc("check", "dist").status == 0


def test_apps_with_directories_of_their_own(hzc: Run, here: Path) -> None:
    command = rendering(f"{here}/out/staging", f"{here}/out/production", warnings=1)
    ran = hzc("check", "--app", command)
    assert ran.status == 1
    assert ran.stderr == "".join(
        f"error: out/{name}: 2 missing; to write it anew: {command}\n" for name in ("staging", "production")
    )
    assert not (here / "out").exists()
    ran = hzc("check", "--app", command, "--strict")
    assert (ran.status, ran.stderr) == (2, "error: 2 warnings; nothing compared\n")
    ran = hzc("check", "--app", command, "dist")
    message = "does not write to CDK8S_OUTDIR, so that DIR has no meaning; leave dist out"
    assert (ran.status, ran.stderr) == (2, f"error: {command}: {message}\n")
    ran = hzc("check", "--app", rendering(f"{here}/out", f"{here}/./out"))
    assert ran.status == 1
    assert ran.stderr.startswith("error: out: two apps write there, so that one removes the files of the other; ")


def test_programs_that_are_no_good(hzc: Run) -> None:
    ran = hzc("check", "--app", "echo hello; exit 3")
    assert (ran.status, ran.stdout) == (2, "")
    assert ran.stderr == "hello\nerror: echo hello; exit 3: ended with status 3; nothing compared\n"
    message = "rendered nothing; it must call synth() of an app, or main()"
    assert hzc("check", "--app", "true").stderr == f"error: true: {message}\n"


def test_a_program_that_writes_by_itself(hzc: Run, here: Path) -> None:
    """As a plain App of cdk8s does, which keeps no list."""
    command = 'mkdir -p "$CDK8S_OUTDIR" && printf "text" > "$CDK8S_OUTDIR/shop.k8s.yaml"'
    assert hzc("check", "--app", command).status == 1
    (here / "dist").mkdir()
    (here / "dist" / "shop.k8s.yaml").write_text("text")
    assert hzc("check", "--app", command).status == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "nothing to check is named; write hzc check FILE... -o DIR for resources, or name a program with --app"),
        (["out"], "out: what writes it is not known; write hzc check FILE... -o DIR"),
        (["-o", "out"], "missing argument FILE: name what hzc compile has read"),
        (["in", "-o", ""], "--output must name a directory"),
        (["in", "-o", "-"], "--output must name a directory"),
        (["a", "b"], "got 2 arguments; FILE need -o DIR, and a program writes to one DIR"),
        ([""], "the path of DIR is empty"),
        (["--app", "x", "-o", "out", "in"], "--app renders a program and -o says where FILE were written; leave one"),
        (["--app", "x", "--format", "json"], "--format is for FILE, which need -o DIR; a program decides it itself"),
        (["--app", "x", "--platform", "p"], "--platform is for FILE, which need -o DIR"),
        (["--app", "x", "--kustomization"], "--kustomization is for FILE, which need -o DIR"),
    ],
)
def test_wrong_arguments(hzc: Run, arguments: list[str], message: str) -> None:
    ran = hzc("check", *arguments)
    assert (ran.status, ran.stdout) == (2, "")
    assert ran.stderr.startswith(f"error: {message}")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("app: [a]\n", "cdk8s.yaml: app: expected a string"),
        ("app: [\n", "cdk8s.yaml:"),
        ("", "nothing to check is named"),
    ],
)
def test_a_wrong_cdk8s_yaml(hzc: Run, here: Path, text: str, message: str) -> None:
    (here / "cdk8s.yaml").write_text(text)
    ran = hzc("check")
    assert ran.status == 2
    assert ran.stderr.startswith(f"error: {message}")


def test_a_kustomization_lists_what_was_written(hzc: Run, out: Path) -> None:
    listed = "resources:\n- service.shop.api.yaml\n- service.shop.web.yaml\n"
    assert (out / "kustomization.yaml").read_text().endswith(listed)
    hzc("compile", "in/api.yaml", "-o", "out", "--kustomization")
    assert (out / "kustomization.yaml").read_text().endswith("resources:\n- service.shop.api.yaml\n")
    hzc("compile", "in", "-o", "out")
    assert not (out / "kustomization.yaml").exists()
    (out / "kustomization.yaml").write_text("resources: [mine.yaml]\n")
    assert hzc("compile", "in", "-o", "out").status == 0
    ran = hzc("compile", "in", "-o", "out", "--kustomization")
    assert ran.status == 1
    assert ran.stderr.startswith("error: out/kustomization.yaml: was not written by an earlier run; move it")
    assert (out / "kustomization.yaml").read_text() == "resources: [mine.yaml]\n"
    ran = hzc("compile", "in", "--kustomization")
    assert ran.stderr.startswith("error: --kustomization needs --output DIR")
