"""An output directory gets all of a set or nothing, and what others keep in it is left alone."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanzo_constructs.errors import OutputError
from hanzo_constructs.output import commit
from hanzo_constructs.output.comparing import compare_directory
from hanzo_constructs.output.directory import Change, write_directory
from hanzo_constructs.output.listing import LIST_NAME
from hanzo_constructs.output.names import file_name

OLD = {"service.shop.api.yaml": "old api\n", "service.shop.web.yaml": "old web\n", "service.shop.gone.yaml": "old\n"}
NEW = {"service.shop.api.yaml": "new api\n", "service.shop.web.yaml": "old web\n", "service.shop.more.yaml": "new\n"}


def content(directory: Path) -> dict[str, bytes]:
    """Everything in *directory*, hidden files and leftovers included."""
    return {
        path.relative_to(directory).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in directory.rglob("*")
    }


def text_of_ours(directory: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in directory.iterdir() if not path.name.startswith(".")}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A directory with the output of an earlier run."""
    directory = tmp_path / "out"
    write_directory(directory, OLD)
    return directory


def refused(directory: Path, files: dict[str, str]) -> str:
    with pytest.raises(OutputError) as raised:
        write_directory(directory, files)
    return str(raised.value)


NAMES = st.sampled_from(["a.yaml", "b.yaml", "c.yaml", "one/a.yaml", "one/b.yaml", "two/a.yaml"])
FILES = st.dictionaries(NAMES, st.sampled_from(["", "text\n", "a\r\nb\n"]))


@settings(max_examples=8)
@given(old=FILES, new=FILES, foreign=st.sampled_from(["mine.yaml", "zwei.yaml"]))
def test_a_comparison_foretells_what_writing_does(old: dict[str, str], new: dict[str, str], foreign: str) -> None:
    with TemporaryDirectory() as scratch:
        directory = Path(scratch, "out")
        write_directory(directory, old)
        (directory / foreign).write_text("mine")
        before = content(directory)
        found = compare_directory(directory, new)
        assert content(directory) == before
        change = write_directory(directory, new)
        assert sorted([*found.missing, *found.stale]) == sorted(
            [*change.written, *([LIST_NAME] if {*old} != {*new} else [])]
        )
        assert found.orphaned == change.removed
        assert compare_directory(directory, new).is_same
        assert (directory / foreign).read_text() == "mine"


# Names


def test_a_file_is_named_after_kind_namespace_and_name() -> None:
    assert file_name("LatticeService", "hanzo", "api") == "latticeservice.hanzo.api.yaml"
    assert file_name("Service", None, "api", suffix=".json") == "service.api.json"


def test_two_resources_never_share_a_file() -> None:
    assert file_name("Service", "a", "b-c") != file_name("Service", "a-b", "c")
    assert file_name("Service", "a", "b") != file_name("Service", None, "a-b")


def test_a_name_cannot_lead_out_of_the_directory() -> None:
    assert file_name("Service", "../..", "/etc/passwd") == "service._2e_2e_2f_2e_2e._2fetc_2fpasswd.yaml"


# What is written


def test_a_missing_directory_is_created(tmp_path: Path) -> None:
    change = write_directory(tmp_path / "deep" / "out", {"a.yaml": "text\n", "b.yaml": "größe\n"})
    assert change == Change(written=("a.yaml", "b.yaml"), unchanged=(), removed=())
    assert text_of_ours(tmp_path / "deep" / "out") == {"a.yaml": "text\n", "b.yaml": "größe\n"}


def test_files_are_replaced_added_and_removed(out: Path) -> None:
    change = write_directory(out, NEW)
    assert text_of_ours(out) == NEW
    assert change == Change(
        written=("service.shop.api.yaml", "service.shop.more.yaml"),
        unchanged=("service.shop.web.yaml",),
        removed=("service.shop.gone.yaml",),
    )


def test_files_with_the_same_content_are_not_touched(out: Path) -> None:
    before = {path.name: path.stat() for path in out.iterdir()}
    assert write_directory(out, OLD) == Change(written=(), unchanged=tuple(sorted(OLD)), removed=())
    after = {path.name: path.stat() for path in out.iterdir()}
    assert {name: (found.st_ino, found.st_mtime_ns) for name, found in after.items()} == {
        name: (found.st_ino, found.st_mtime_ns) for name, found in before.items()
    }


def test_nothing_but_the_files_and_their_list_is_left(out: Path) -> None:
    write_directory(out, NEW)
    assert set(content(out)) == {*NEW, LIST_NAME}
    assert json.loads((out / LIST_NAME).read_text())["files"] == sorted(NEW)


def test_a_written_file_has_the_usual_rights(out: Path) -> None:
    mask = os.umask(0o022)
    os.umask(mask)
    assert stat.S_IMODE((out / "service.shop.api.yaml").stat().st_mode) == 0o666 & ~mask


def test_a_link_to_the_directory_is_the_users_choice(out: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(out)
    write_directory(tmp_path / "link", NEW)
    assert text_of_ours(out) == NEW


def test_a_fleet_is_flushed_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushes: list[str] = []
    monkeypatch.setattr(os, "sync", lambda: flushes.append("all"))
    write_directory(tmp_path / "few", {f"{number}.yaml": "" for number in range(3)})
    assert flushes == []
    write_directory(tmp_path / "many", {f"{number}.yaml": "" for number in range(100)})
    assert flushes == ["all"]


# Folders


def test_files_in_folders_are_written_and_removed_like_others(out: Path) -> None:
    files = {"shop/a.yaml": "a\n", "shop/b.yaml": "b\n", "edge/a.yaml": "c\n", "top.yaml": "d\n"}
    write_directory(out, files)
    (out / "shop" / "mine.yaml").write_text("mine")
    change = write_directory(out, {"shop/a.yaml": "a\n", "top.yaml": "new\n", "more/a.yaml": "e\n"})
    assert change == Change(
        written=("more/a.yaml", "top.yaml"), unchanged=("shop/a.yaml",), removed=("edge/a.yaml", "shop/b.yaml")
    )
    assert {name: text for name, text in content(out).items() if name != LIST_NAME} == {
        "more": b"",
        "more/a.yaml": b"e\n",
        "shop": b"",
        "shop/a.yaml": b"a\n",
        "shop/mine.yaml": b"mine",
        "top.yaml": b"new\n",
    }


def test_a_failure_leaves_no_folder_that_was_not_there(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_directory(out, {"shop/a.yaml": "a\n"})
    before = content(out)
    monkeypatch.setattr(Path, "replace", failing(FULL, at=2)(Path.replace))
    refused(out, {"shop/a.yaml": "new\n", "edge/a.yaml": "b\n"})
    assert content(out) == before


@pytest.mark.parametrize("place", ["file", "link"])
def test_a_folder_that_is_none_is_refused(out: Path, place: str) -> None:
    (out.parent / "elsewhere").mkdir()
    if place == "file":
        (out / "shop").write_text("mine")
    else:
        (out / "shop").symlink_to("../elsewhere")
    before = content(out.parent)
    reason = "is not a directory, or a symbolic link to one; remove it"
    assert refused(out, {"shop/a.yaml": "a\n"}) == f"{out / 'shop'}: {reason}"
    assert content(out.parent) == before


def test_nothing_is_removed_behind_a_folder_that_became_a_link(out: Path) -> None:
    write_directory(out, {"shop/a.yaml": "a\n"})
    (out / "shop").rename(out.parent / "elsewhere")
    (out / "shop").symlink_to("../elsewhere")
    assert write_directory(out, NEW).removed == ()
    assert (out.parent / "elsewhere" / "a.yaml").read_text() == "a\n"


@pytest.mark.parametrize("name", ["../a.yaml", "/a.yaml", "a/b/c.yaml", ".a.yaml", "a/.b.yaml", "a//b.yaml", ""])
def test_a_name_that_is_no_name_is_refused(out: Path, name: str) -> None:
    before = content(out.parent)
    assert refused(out, {name: "a\n"}) == f"{out}: {name} cannot be the name of a file there"
    assert content(out.parent) == before


# What belongs to others


def test_foreign_files_stay(out: Path) -> None:
    (out / "README.md").write_text("mine")
    (out / "other.yaml").write_text("mine")
    write_directory(out, NEW)
    assert text_of_ours(out) == {**NEW, "README.md": "mine", "other.yaml": "mine"}


def test_a_foreign_file_of_the_same_name_is_not_replaced(out: Path) -> None:
    (out / "service.shop.more.yaml").write_text("mine")
    before = content(out)
    place = out / "service.shop.more.yaml"
    assert refused(out, NEW) == f"{place}: was not written by an earlier run; move it or choose another directory"
    assert content(out) == before


def test_all_foreign_files_are_named_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("mine")
    (tmp_path / "b.yaml").mkdir()
    assert len(refused(tmp_path, {"a.yaml": "", "b.yaml": ""}).split("\n")) == 2


def test_a_foreign_file_with_the_right_content_is_taken_over(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("text")
    assert write_directory(tmp_path, {"a.yaml": "text"}).unchanged == ("a.yaml",)
    write_directory(tmp_path, {"b.yaml": "text"})
    assert not (tmp_path / "a.yaml").exists()


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("../victim", "is a symbolic link, which is not followed; remove it"),
        ("service.shop.web.yaml", "is a symbolic link, which is not followed; remove it"),
        ("nowhere", "is a symbolic link, which is not followed; remove it"),
    ],
)
def test_nothing_is_written_through_a_link(out: Path, target: str, message: str) -> None:
    (out.parent / "victim").write_text("mine")
    place = out / "service.shop.api.yaml"
    place.unlink()
    place.symlink_to(target)
    assert refused(out, NEW) == f"{place}: {message}"
    assert (out.parent / "victim").read_text() == "mine"
    assert place.is_symlink()


def test_a_leftover_that_became_a_link_or_a_directory_stays(out: Path) -> None:
    (out.parent / "victim").write_text("mine")
    place = out / "service.shop.gone.yaml"
    place.unlink()
    place.symlink_to("../victim")
    assert write_directory(out, NEW).removed == ()
    assert place.is_symlink()
    assert (out.parent / "victim").read_text() == "mine"


@pytest.mark.parametrize(
    "listing",
    [
        '{"files": ["../victim"]}',
        '{"files": ["/etc/passwd"]}',
        '{"files": [".git"]}',
        '{"files": ["shop/../../victim"]}',
        '{"files": ["shop/deep/a.yaml"]}',
        "[" * 100_000,
        '{"files": [""]}',
        '{"files": [1]}',
        '{"files": {}}',
        '["service.shop.api.yaml"]',
        "{}",
        "{",
        "\xff",
    ],
)
def test_a_list_that_nobody_of_us_wrote_is_refused(out: Path, listing: str) -> None:
    (out.parent / "victim").write_text("mine")
    (out / LIST_NAME).write_text(listing)
    before = content(out.parent)
    expected = f"{out / LIST_NAME}: is not a list of files that hzc wrote; remove it or choose another directory"
    assert refused(out, NEW) == expected
    assert content(out.parent) == before


def test_a_list_that_is_a_link_is_refused(out: Path) -> None:
    (out.parent / "list").write_text('{"files": []}')
    (out / LIST_NAME).unlink()
    (out / LIST_NAME).symlink_to("../list")
    assert refused(out, NEW) == f"{out / LIST_NAME}: is not a file; remove it"


def test_two_runs_do_not_mix(out: Path) -> None:
    handle = os.open(out, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        assert refused(out, NEW) == f"{out}: another run is writing there"
    finally:
        os.close(handle)
    write_directory(out, NEW)
    assert text_of_ours(out) == NEW


# Failures


def failing(error: OSError, *, at: int) -> Callable[[Any], Any]:
    """Return a decorator that lets calls pass and makes call number *at* fail."""

    def decorate(function: Any) -> Any:
        calls: Iterator[int] = iter(range(10**6))

        def call(*args: Any, **options: Any) -> Any:
            if next(calls) == at:
                raise error
            return function(*args, **options)

        return call

    return decorate


FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
STEPS = 5  # the list of both, two files written, one removed, the final list


@pytest.mark.parametrize("at", range(STEPS - 1))
def test_a_rename_that_fails_leaves_the_old_output(out: Path, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    before = content(out)
    monkeypatch.setattr(Path, "replace", failing(FULL, at=at)(Path.replace))
    assert refused(out, NEW) == f"{out}: cannot be written: no space left on device"
    assert content(out) == before
    monkeypatch.undo()
    write_directory(out, NEW)
    assert text_of_ours(out) == NEW


def test_a_removal_that_fails_leaves_the_old_output(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = content(out)
    stale = out / "service.shop.gone.yaml"
    error = PermissionError(errno.EPERM, os.strerror(errno.EPERM), str(stale))
    monkeypatch.setattr(Path, "unlink", failing(error, at=0)(Path.unlink))
    assert refused(out, NEW) == f"{stale}: cannot be written: operation not permitted"
    assert content(out) == before


@pytest.mark.parametrize("at", range(4))
def test_a_full_disk_leaves_the_old_output(out: Path, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    before = content(out)
    monkeypatch.setattr(Path, "write_bytes", failing(FULL, at=at)(Path.write_bytes))
    assert refused(out, NEW) == f"{out}: cannot be written: no space left on device"
    assert content(out) == before


def test_content_that_does_not_reach_the_disk_leaves_the_old_output(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = content(out)
    monkeypatch.setattr(os, "fsync", failing(OSError(errno.EIO, os.strerror(errno.EIO)), at=1)(os.fsync))
    assert refused(out, NEW) == f"{out}: cannot be written: input/output error"
    assert content(out) == before


def test_a_failure_leaves_no_directory_that_was_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "write_bytes", failing(FULL, at=1)(Path.write_bytes))
    refused(tmp_path / "deep" / "out", NEW)
    assert list(tmp_path.iterdir()) == []


def test_without_hard_links_old_files_are_copied(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = content(out)
    monkeypatch.setattr(os, "link", failing(PermissionError(errno.EPERM, "no links"), at=0)(os.link))
    monkeypatch.setattr(Path, "replace", failing(FULL, at=2)(Path.replace))
    refused(out, NEW)
    assert content(out) == before


def test_what_cannot_be_restored_is_kept(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rename = Path.replace

    def replace(path: Path, target: Path) -> Path:
        if path.name == "service.shop.more.yaml.new" or (
            target.name == "service.shop.api.yaml" and path.suffix == ".old"
        ):
            raise FULL
        return rename(path, target)

    monkeypatch.setattr(Path, "replace", replace)
    message = refused(out, NEW)
    (kept,) = out.glob(".hzc-old-*")
    assert message == (
        f"{out / 'service.shop.api.yaml'}: cannot be written (no space left on device) nor restored; "
        f"what stood there is in {kept}"
    )
    assert (kept / "service.shop.api.yaml.old").read_text() == "old api\n"


def test_a_file_where_a_directory_should_be(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    assert refused(tmp_path / "out", NEW) == f"{tmp_path / 'out'}: is not a directory"
    assert refused(tmp_path / "out" / "deep", NEW) == f"{tmp_path / 'out' / 'deep'}: cannot be written: not a directory"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_directory_without_the_right_to_write(out: Path) -> None:
    before = content(out)
    out.chmod(0o555)
    try:
        assert refused(out, NEW) == f"{out}: cannot be written: permission denied"
    finally:
        out.chmod(0o755)
    assert content(out) == before


def test_a_directory_that_takes_no_files(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = content(out)
    error = PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(out / ".hzc-new-x"))
    monkeypatch.setattr(os, "mkdir", failing(error, at=0)(os.mkdir))
    assert refused(out, NEW) == f"{out}: cannot be written: permission denied"
    assert content(out) == before


# Interrupts


@pytest.mark.parametrize("at", range(STEPS))
def test_an_interrupt_waits_until_all_files_are_in_place(out: Path, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    step, number = commit.Step.do, iter(range(STEPS))

    def do(self: commit.Step) -> None:
        if next(number) == at:
            signal.raise_signal(signal.SIGINT)
        step(self)

    monkeypatch.setattr(commit.Step, "do", do)
    with pytest.raises(KeyboardInterrupt):
        write_directory(out, NEW)
    assert set(content(out)) == {*NEW, LIST_NAME}
    assert text_of_ours(out) == NEW
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_an_interrupt_before_that_leaves_the_old_output(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = content(out)

    def interrupted(_: Path, __: bytes) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "write_bytes", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_directory(out, NEW)
    assert content(out) == before


KILLED = """
import json, os, signal, sys
from pathlib import Path
from hanzo_constructs.output import commit
from hanzo_constructs.output.comparing import compare_directory
from hanzo_constructs.output.directory import write_directory

step, number, at = commit.Step.do, iter(range(99)), int(sys.argv[3])

def do(self):
    if next(number) == at:
        os.kill(os.getpid(), signal.SIGKILL)
    step(self)

commit.Step.do = do
write_directory(Path(sys.argv[1]), json.loads(sys.argv[2]))
"""


@pytest.mark.parametrize("at", range(STEPS))
def test_a_run_that_is_killed_can_be_repeated(out: Path, at: int) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED, out, json.dumps(NEW), str(at)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert set(text_of_ours(out)) <= {*OLD, *NEW}
    assert list(out.glob(".hzc-new-*"))
    write_directory(out, NEW)
    assert set(content(out)) == {*NEW, LIST_NAME}
    assert text_of_ours(out) == NEW
