"""Results of `hzc compile` that are kept by content: the same when all is the same, anew when anything is another."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hanzo_constructs.cli import checking, given, kept
from hanzo_constructs.errors import Finding
from hanzo_constructs.spec import installed
from tests.cli.conftest import Ran, Run
from tests.cli.inputs import DOUBTFUL, WRONG, service

Entries = Callable[[], list[Path]]
HZC = Path(sys.executable).with_name("hzc")


@pytest.fixture
def entries(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Entries:
    """An empty cache, and what is in it."""
    cache = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    installed._entries.cache_clear()  # as it is when a process starts
    return lambda: sorted((cache / "hzc").glob("*"))


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What was compiled: the arguments of each run that was not found."""
    seen: list[Any] = []
    real = checking.check

    def check(arguments: Any, *args: Any, **options: Any) -> Any:
        seen.append(arguments)
        return real(arguments, *args, **options)

    monkeypatch.setattr(checking, "check", check)
    return seen


@pytest.fixture
def compile_kept(hzc: Run, entries: Entries) -> Callable[..., Ran]:  # noqa: ARG001
    """Run `hzc compile` as the program does."""
    return lambda *arguments, **options: hzc("compile", *arguments, keeps=True, **options)


FORMS = [(), ("--format", "json"), ("--mode", "resources"), ("-n", "other")]


@pytest.mark.parametrize("form", FORMS, ids=" ".join)
def test_the_same_is_printed_again_without_work(compile_kept: Run, hzc: Run, work: list[Any], form: tuple[str]) -> None:
    Path("all.yaml").write_text(f"{DOUBTFUL}---\n{service('api')}")
    Path("map.yaml").write_text("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: own}\ndata: {a: ä}\n")
    first = compile_kept("all.yaml", "map.yaml", *form)
    assert first.status == 0
    assert "warning: all.yaml:7: " in first.stderr
    assert compile_kept("all.yaml", "map.yaml", *form) == first == hzc("compile", "all.yaml", "map.yaml", *form)
    assert len(work) == 2  # the first run, and the one that keeps nothing


@pytest.mark.parametrize("form", [(), ("--single",), ("--format", "json")], ids=" ".join)
def test_the_same_is_written_again_without_work(compile_kept: Run, work: list[Any], form: tuple[str]) -> None:
    Path("all.yaml").write_text(f"{service('api', env='[{name: A, value: größe}]')}---\n{DOUBTFUL}")
    first = compile_kept("all.yaml", "-o", "one", *form)
    assert compile_kept("all.yaml", "-o", "two", *form) == first
    assert len(work) == 1
    written = {path.name: path.read_bytes() for path in Path("one").iterdir()}
    assert written == {path.name: path.read_bytes() for path in Path("two").iterdir()}
    assert len(written) == (2 if form == ("--single",) else 3)


def test_the_standard_input_is_known_too(compile_kept: Run, work: list[Any]) -> None:
    results = [compile_kept("-", stdin=service(name)) for name in ("api", "web", "api", "web")]
    assert results[:2] == results[2:]
    assert results[0].stdout != results[1].stdout
    assert len(work) == 2


def test_a_directory_that_is_read_from_is_refused_all_the_same(compile_kept: Run, work: list[Any]) -> None:
    Path("all.yaml").write_text(service("api"))
    assert compile_kept("all.yaml", "-o", "out").status == 0
    assert "must name a directory that is not read from" in compile_kept("all.yaml", "-o", ".").stderr
    assert len(work) == 1


CHANGES = {
    "a text": (),
    "a name": ("./all.yaml",),
    "a namespace": ("all.yaml", "-n", "elsewhere"),
    "a mode": ("all.yaml", "--mode", "resources"),
    "a form": ("all.yaml", "--format", "json"),
    "strict": ("all.yaml", "--strict"),
    "settings": (),
    "settings by name": ("all.yaml", "--platform", "own.yaml"),
    "another file": ("all.yaml", "more.yaml"),
    "the directory": ("all.yaml", "-o", "out"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_a_result_depends_on_makes_another(compile_kept: Run, work: list[Any], change: str) -> None:
    Path("all.yaml").write_text(service("api", namespace=None))
    Path("more.yaml").write_text(service("more"))
    Path("own.yaml").write_text("namespace: own\n")
    compile_kept("all.yaml")
    if change == "a text":
        Path("all.yaml").write_text(service("other"))
    elif change == "settings":
        Path("hanzo.yaml").write_text("clusterDomain: example.org\n")
    arguments = CHANGES[change] or ("all.yaml",)
    compile_kept(*arguments)
    assert len(work) == 2
    compile_kept(*arguments)
    assert len(work) == 2


def test_nothing_is_kept_where_the_settings_change_meanwhile(
    compile_kept: Run, entries: Entries, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Path("hanzo.yaml")
    settings.write_text("namespace: one\n")
    real = checking.check

    def check(*args: Any, **options: Any) -> Any:
        settings.write_text("namespace: two\n")
        return real(*args, **options)

    monkeypatch.setattr(checking, "check", check)
    assert compile_kept("-", stdin=service("api", namespace=None)).status == 0
    assert entries() == []


def test_another_program_finds_nothing(compile_kept: Run, work: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    Path("all.yaml").write_text(service("api"))
    compile_kept("all.yaml")
    monkeypatch.setattr(sys, "version", "3.99")
    compile_kept("all.yaml")
    assert len(work) == 2


def test_everything_that_is_imported_to_compile_tells_programs_apart(here: Path, entries: Entries) -> None:  # noqa: ARG001
    (here / "hanzo.yaml").write_text(
        "rules:\n- name: a\n  match: {objects: [Service]}\n  expression: 'true'\n  message: m\n"
    )
    (here / "all.yaml").write_text(service("api", env="[{name: A, value: !!str x}]"))
    program = (
        "import sys; from hanzo_constructs.cli.app import run; assert run(['compile', 'all.yaml']) == 0;"
        "files = {name: str(getattr(each, '__file__', '')) for name, each in sys.modules.items()};"
        "print(*{name.partition('.')[0] for name in files if 'site-packages' in files[name]}, file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    deciding = {*given._DECIDING}
    # of these, click reads the command line, and the others are parts of pydantic and typing that decide no value
    others = {"click", "typing_extensions", "typing_inspection", "annotated_types", "_distutils_hack"}
    others.add(
        "google"
    )  # protobuf, which what asks rules imports where it is there, for messages that no rule is asked of
    assert {*ran.stderr.split()} - others == deciding


def test_a_changed_file_of_the_package_is_another_program(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    module = tmp_path / "inner" / "module.py"
    module.write_text("x = 1\n")
    seen = [[*given._files(str(tmp_path), deep=True)]]
    os.utime(module, (1, 1))
    seen.append([*given._files(str(tmp_path), deep=True)])
    module.write_text("x = 10\n")
    seen.append([*given._files(str(tmp_path), deep=True)])
    assert seen[0] != seen[1] != seen[2]
    assert [*given._files(str(tmp_path), deep=False)] == []


def test_who_may_read_what_is_kept(compile_kept: Run, entries: Entries) -> None:
    Path("all.yaml").write_text(service("api"))
    before = os.umask(0)
    try:
        compile_kept("all.yaml")
    finally:
        os.umask(before)
    (entry,) = entries()
    assert stat.S_IMODE(entry.stat().st_mode) == 0o600
    assert stat.S_IMODE(entry.parent.stat().st_mode) == 0o700


def test_errors_are_not_kept(compile_kept: Run, entries: Entries) -> None:
    assert [compile_kept("-", stdin=WRONG).status for _ in range(2)] == [2, 2]
    assert compile_kept("-", "--strict", stdin=DOUBTFUL).status == 2
    assert compile_kept("missing.yaml").status == 2
    assert entries() == []


def test_no_cache_neither_looks_nor_keeps(compile_kept: Run, entries: Entries, work: list[Any]) -> None:
    compile_kept("-", "--no-cache", stdin=DOUBTFUL)
    assert entries() == []
    compile_kept("-", stdin=DOUBTFUL)
    compile_kept("-", "--no-cache", stdin=DOUBTFUL)
    assert len(work) == 3


def cut(entry: Path) -> None:
    entry.write_bytes(entry.read_bytes()[:-1])


def changed(entry: Path) -> None:
    text = entry.read_bytes()
    entry.write_bytes(text.replace(b"doubtful", b"doubtfuI", 1))


def emptied(entry: Path) -> None:
    entry.write_bytes(b"")


def opened(entry: Path) -> None:
    entry.chmod(0o622)


def moved(entry: Path) -> None:
    entry.rename(entry.parent / "elsewhere")
    entry.symlink_to("elsewhere")


def shared(entry: Path) -> None:
    entry.parent.chmod(0o777)


def another(entry: Path) -> None:
    """Put the result of another run in the place."""
    kept.keep("other", [], {"-": ["other"]})
    entry.with_name("other").rename(entry)


@pytest.mark.parametrize("harm", [cut, changed, emptied, opened, moved, shared, another])
def test_what_is_damaged_or_may_be_somebody_elses_is_not_there(
    compile_kept: Run, entries: Entries, work: list[Any], harm: Callable[[Path], None]
) -> None:
    first = compile_kept("-", stdin=DOUBTFUL)
    (entry,) = entries()
    harm(entry)
    assert compile_kept("-", stdin=DOUBTFUL) == first
    assert len(work) == 2


def test_of_another_owner_nothing_is_read(compile_kept: Run, work: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    first = compile_kept("-", stdin=DOUBTFUL)
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    assert compile_kept("-", stdin=DOUBTFUL) == first
    assert len(work) == 2


@pytest.mark.parametrize("home", ["relative", "/dev/null", "/proc"])
def test_a_cache_that_cannot_be_written_is_no_error(
    compile_kept: Run, home: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", home)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert [compile_kept("-", stdin=DOUBTFUL).status for _ in range(2)] == [0, 0]
    assert not Path("relative").exists()
    assert (tmp_path / "home/.cache/hzc").exists() == (home == "relative")


def test_the_oldest_make_room(compile_kept: Run, entries: Entries, monkeypatch: pytest.MonkeyPatch) -> None:
    compile_kept("-", stdin=service("a"))
    (first,) = entries()
    compile_kept("-", stdin=service("b"))
    (second,) = {*entries()} - {first}
    for number, entry in enumerate((first, second)):
        os.utime(entry, (number, number))
    compile_kept("-", stdin=service("a"))  # which is the younger one from now on
    monkeypatch.setattr(kept, "_MOST", int(first.stat().st_size * 2.5))
    compile_kept("-", stdin=service("c"))
    assert len(entries()) == 2
    assert first in entries()


def test_nothing_is_kept_where_other_packages_were_asked(
    compile_kept: Run, entries: Entries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installed, "is_looked_through", lambda: True)
    assert compile_kept("-", stdin=DOUBTFUL).status == 0
    assert entries() == []


def test_a_finding_is_kept_as_it_is(entries: Entries) -> None:  # noqa: ARG001
    findings = [Finding("ä", "a.b", "Service s", "f:1", "warning"), Finding("b", severity="note")]
    kept.keep("k", findings, {"a": ["x\n", "ü"], "b": []})
    found = kept.kept("k")
    assert found is not None
    assert found.findings == tuple(findings)
    assert {name: bytes(content) for name, content in found.files.items()} == {"a": "x\nü".encode(), "b": b""}


@pytest.mark.processes
def test_two_processes_share_what_is_kept(here: Path, entries: Entries) -> None:
    (here / "all.yaml").write_text("---\n".join(service(f"service-{number}") for number in range(20)))
    command = [str(HZC), "compile", "all.yaml"]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, cwd=here) for _ in range(3)]
    texts = {each.communicate()[0] for each in running}
    assert len(texts) == 1
    assert len(entries()) == 1
    again = subprocess.run(command, capture_output=True, cwd=here, check=True)
    assert {again.stdout} == texts


@pytest.mark.processes
def test_who_finds_a_result_imports_no_model(here: Path, entries: Entries) -> None:
    (here / "all.yaml").write_text(service("api"))
    program = (
        "import sys; from hanzo_constructs.cli.app import run; run(['compile', 'all.yaml'], keeps=True);"
        "print(*sys.modules, file=sys.stderr)"
    )
    command = [sys.executable, "-c", program]
    first = subprocess.run(command, capture_output=True, text=True, check=True)
    assert len(entries()) == 1
    second = subprocess.run(command, capture_output=True, text=True, check=True)
    assert first.stdout == second.stdout
    assert not {"hanzo_constructs.cli.check", "hanzo_constructs.output.comparing"} & {*first.stderr.split()}
    heavy = {"pydantic", "tempfile", "hanzo_constructs.compiler"}
    assert heavy <= {*first.stderr.split()}
    assert not heavy & {*second.stderr.split()}
