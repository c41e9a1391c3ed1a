"""`hzc` as a process: what the system, the shell and a terminal see of it."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from hanzo_constructs.cli import app, parts
from hanzo_constructs.spec.kinds import KINDS, Kind
from tests.cli.inputs import DOUBTFUL, WRONG, service

HZC = Path(sys.executable).with_name("hzc")
FLEET = "---\n".join(service(f"service-{number}", ports="[{name: http, containerPort: 80}]") for number in range(600))

pytestmark = [pytest.mark.usefixtures("here"), pytest.mark.processes]


def run(
    *arguments: str, stdin: str = "", env: Mapping[str, str] | None = None, **options: object
) -> subprocess.CompletedProcess[bytes]:
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
    environment = {**os.environ, **(env or {})}
    return subprocess.run([HZC, *arguments], input=stdin.encode(), env=environment, check=False, **streams)  # type: ignore[call-overload,no-any-return]


def on_a_terminal(*arguments: str, stdin: str = "", env: Mapping[str, str] | None = None) -> str:
    """Run `hzc` with standard output and error on a terminal of 60 columns, and return what appears there."""
    ours, its = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "60", **(env or {})}
    for name in {"NO_COLOR", "FORCE_COLOR", "CI"} - set(env or {}):
        environment.pop(name, None)
    with subprocess.Popen([HZC, *arguments], stdin=subprocess.PIPE, stdout=its, stderr=its, env=environment) as process:
        os.close(its)
        assert process.stdin
        process.stdin.write(stdin.encode())
        process.stdin.close()
        shown = b""
        try:
            while piece := os.read(ours, 65536):
                shown += piece
        except OSError:  # the other end is gone: Linux' way to say end of file
            pass
    os.close(ours)
    return shown.decode().replace("\r\n", "\n")


# Status and streams


def test_data_and_errors_go_separate_ways() -> None:
    ran = run("compile", "-", stdin=DOUBTFUL)
    assert (ran.returncode, ran.stdout[:15]) == (0, b"---\napiVersion:")
    assert ran.stderr.startswith(b"warning: <stdin>:7: Service shop/doubtful: spec.image: ")


def test_wrong_input_is_status_2() -> None:
    ran = run("compile", "-", stdin=WRONG)
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert ran.stderr == (
        b"error: <stdin>:10: Service shop/wrong: spec.replicas: expected an integer, got a string\n"
        b"1 error, 0 warnings; nothing written\n"
    )


def test_both_names_of_the_command() -> None:
    other = HZC.with_name("hanzo-constructs")
    assert subprocess.run([other, "--version"], capture_output=True, check=True).stdout == run("--version").stdout


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    with subprocess.Popen(
        [HZC, "compile", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(FLEET.encode())
        process.stdin.close()
        assert process.stdout.readline() == b"---\n"
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_a_full_disk_behind_the_standard_output_is_a_failure() -> None:
    with Path("/dev/full").open("wb") as full:
        ran = run("compile", "-", stdin=service("api"), stdout=full)
    assert (ran.returncode, ran.stderr) == (1, b"error: no space left on device\n")


def test_closed_streams_are_no_riddle() -> None:
    script = f"exec {HZC} compile - "
    ran = subprocess.run(["/bin/sh", "-c", script + "<&-"], capture_output=True, check=False)
    assert (ran.returncode, ran.stderr) == (2, b"error: <stdin>: is closed\n")
    ran = subprocess.run(
        ["/bin/sh", "-c", script + ">&-"], input=service("api").encode(), capture_output=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (1, b"error: the standard output is closed\n")
    ran = subprocess.run(["/bin/sh", "-c", script + "2>&-"], input=WRONG.encode(), stdout=subprocess.PIPE, check=False)
    assert (ran.returncode, ran.stdout) == (2, b"")


def test_nobody_who_reads_errors_is_no_riddle_either() -> None:
    with subprocess.Popen([HZC, "compile", "-"], stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stderr
        process.stderr.close()
        process.stdin.write(WRONG.encode())
        process.stdin.close()
    assert process.returncode == 2


def test_an_interrupt_ends_it_without_a_traceback() -> None:
    os.mkfifo("pipe")
    # Processes that a shell starts in the background ignore interrupts, and so do their children.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    with (
        subprocess.Popen([HZC, "compile", "pipe"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process,
        Path("pipe").open("wb"),  # waits until the other end is open: from then on it reads
    ):
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate()
    signal.signal(signal.SIGINT, before)
    assert (process.returncode, stdout, stderr.strip()) == (130, b"", b"error: interrupted")


# The same everywhere


def test_nothing_but_python_is_needed() -> None:
    ran = run("compile", "-", stdin=service("api"), env={"PATH": ""})
    assert (ran.returncode, ran.stderr) == (0, b"")


@pytest.mark.parametrize(
    "env",
    [
        {
            "PYTHONHASHSEED": "1",
            "TZ": "Asia/Kathmandu",
            "FORCE_COLOR": "1",
            "CLICOLOR_FORCE": "1",
            "PYTHONIOENCODING": "latin-1",
        },
        {
            "PYTHONHASHSEED": "2",
            "COLUMNS": "20",
            "TERM": "dumb",
            "LC_ALL": "C",
            "PYTHONUTF8": "0",
            "PYTHONCOERCECLOCALE": "0",
        },
    ],
)
def test_the_same_bytes_whatever_the_environment(env: dict[str, str]) -> None:
    for command in COMMANDS:
        assert outcome(command, **env) == outcome(command)


def test_what_the_environment_cannot_change() -> None:
    for command in COMMANDS:
        status, stdout, stderr = outcome(command)
        assert (status, stderr) == (0, b"")
        assert stdout


@cache
def outcome(command: tuple[str, ...], **env: str) -> tuple[int, bytes, bytes]:
    source = service("api", args="[größe, 日本語]", ports="[{name: http, containerPort: 80}]", replicas="3")
    ran = run(*command, stdin=source, env=env)
    return ran.returncode, ran.stdout, ran.stderr


COMMANDS = (("compile", "-"), ("compile", "-", "--format", "json"), ("show", "-", "--why"), ("validate", "-"))


def test_errors_are_utf_8_whatever_the_locale() -> None:
    ran = run("compile", "-", stdin=service("api", strategy="größe"), env={"PYTHONIOENCODING": "ascii"})
    assert 'got "größe"' in ran.stderr.decode()


# Start


IMPORTED = (
    "import sys; from hanzo_constructs.cli.app import run; run(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
)


def imported(*arguments: str) -> set[str]:
    ran = subprocess.run([sys.executable, "-c", IMPORTED, *arguments], capture_output=True, text=True, check=True)
    return set(ran.stderr.split())


def test_little_is_imported_before_it_is_needed() -> None:
    Path("api.yaml").write_text(service("api"))
    assert not {"pydantic", "yaml", "rich", "json"} & imported("--help")
    never = {
        "yaml",
        "rich",
        "cdk8s",
        "constructs",
        "jsii",
        "tomllib",
        "pygls",
        "hanzo_constructs.editor",
        "hanzo_constructs.importing",
    }
    programs = {"subprocess", "hanzo_constructs.cli.synth", "hanzo_constructs.cli.programs"}
    assert not (never | programs) & imported("compile", "api.yaml")
    writes = 'mkdir -p "$CDK8S_OUTDIR" && echo > "$CDK8S_OUTDIR/a.yaml"'
    assert not (never | {"pydantic"}) & imported("synth", "-o", "out", "--app", writes)


def test_plain_manifests_are_compared_without_models() -> None:
    Path("old.yaml").write_text("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: api}\ndata: {a: '1'}\n")
    Path("new.yaml").write_text("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: api}\ndata: {a: '2'}\n")
    assert not {"pydantic", "yaml", "hanzo_constructs.compiler"} & imported("diff", "old.yaml", "new.yaml")


def test_what_finds_plugins_of_pydantic_is_not_imported_where_they_are_off(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("api.yaml").write_text(service("api"))
    finders = {"importlib.metadata", "email", "zipfile"}
    assert finders <= imported("compile", "api.yaml")
    monkeypatch.setenv("PYDANTIC_DISABLE_PLUGINS", "__all__")  # as `hzc` does
    assert not finders & imported("compile", "api.yaml")


def test_of_the_kinds_only_those_are_imported_that_a_document_names() -> None:
    def modules(kind: Kind) -> set[str]:
        return {f"hanzo_constructs{part.partition(':')[0]}" for part in (kind.resource, kind.compiler)}

    kinds = {kind.compiled_as: kind for kind in KINDS.values() if not kind.of}
    others = set().union(*(modules(kind) for name, kind in kinds.items() if name != "Service"))
    Path("api.yaml").write_text(service("api"))
    loaded = imported("compile", "api.yaml")
    assert modules(kinds["Service"]) <= loaded
    assert not others & loaded
    rarely = (
        "compiler.overlay",
        "compiler.adoption",
        "compiler.connections",
        "spec.engines",
        "output.directory",
        "report",
        "graph",
    )
    assert not {f"hanzo_constructs.{name}" for name in rarely} & loaded


def test_it_starts_in_less_than_two_and_a_half_times_what_importing_its_libraries_takes() -> None:
    def seconds(command: list[str]) -> float:
        start = time.perf_counter()
        subprocess.run(command, capture_output=True, check=True)
        return time.perf_counter() - start

    libraries = [sys.executable, "-c", "import pydantic, yaml"]
    ours = [str(HZC), "--version"]
    rounds = [(seconds(libraries), seconds(ours)) for _ in range(5)]
    # The best of each: what else runs on the machine only ever adds.
    assert min(after for _, after in rounds) < 2.5 * min(before for before, _ in rounds)


# Terminals


def test_colours_are_for_terminals_that_want_them() -> None:
    assert on_a_terminal("validate", "-", stdin=WRONG).startswith("\x1b[1;31merror\x1b[0m: <stdin>:10: ")
    assert "\x1b[32mok\x1b[0m    Service shop/api" in on_a_terminal("validate", "-", stdin=service("api"))
    for env in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert "\x1b" not in on_a_terminal("validate", "-", stdin=WRONG, env=env)
        assert "\x1b" not in on_a_terminal("show", "-", "--why", stdin=service("api"), env=env)


def test_tables_are_as_wide_as_the_terminal() -> None:
    shown = on_a_terminal("show", "-", "--why", stdin=service("api"), env={"NO_COLOR": "1"})
    table, commands, _ = shown.partition("if a Deployment api runs already")
    assert commands  # they are not broken, so that they can be pasted
    assert max(map(len, table.splitlines())) <= 60
    assert "Service shop/api (<stdin>:1)" in shown
    assert "spec.replicas = 1" in shown


def test_progress_is_shown_for_a_long_set_on_a_terminal_only() -> None:
    assert "compiling" in on_a_terminal("validate", "-", stdin=FLEET)
    assert "compiling" not in on_a_terminal("validate", "-", stdin=service("api"))
    assert run("validate", "-", stdin=FLEET).stderr == b""


def test_writing_is_told_on_a_terminal_only() -> None:
    told = on_a_terminal("compile", "-", "-o", "out", stdin=service("api"))
    assert told == "out: 1 file written, 0 unchanged, 0 removed\n"
    assert run("compile", "-", "-o", "out", stdin=service("api")).stderr == b""


# Bugs


def test_a_bug_is_one_line_that_asks_for_a_report(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("first\nsecond")

    monkeypatch.setattr(parts, "parse", broken)
    Path("api.yaml").write_text(service("api"))
    monkeypatch.delenv("HZC_DEBUG", raising=False)
    assert app.run(["compile", "api.yaml"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == (
        "error: RuntimeError: first\\nsecond: this is a bug in hzc; please report it with the input that shows it "
        "(HZC_DEBUG=1 prints the traceback)\n"
    )
    monkeypatch.setenv("HZC_DEBUG", "1")
    with pytest.raises(RuntimeError):
        app.run(["compile", "api.yaml"])
