"""`hzc migrate`: a case is a folder with a text (`input.*`), the text that becomes of it, and what is reported.

`--update-golden` writes the last two.
"""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.cli.conftest import Ran, Run

FOLDER = Path(__file__).parent / "golden" / "migrate"
CASES = sorted(path.name for path in FOLDER.iterdir())
REFUSED = {"refused-by-v1", "untouched"}
"""Cases of which not everything compiles afterwards."""

_OLD = """\
apiVersion: hanzo.ai/v1alpha1
kind: HanzoService
metadata: {name: api}
spec: {image: {repository: ghcr.io/acme/api, tag: v1}}
"""
_NEW = """\
apiVersion: hanzo.ai/v1
kind: Service
metadata: {name: api, annotations: {"hanzo.ai/epoch": "2025"}}
spec: {image: {repository: ghcr.io/acme/api, tag: v1}}
"""
_LOSSY = _OLD.replace("tag: v1}", "tag: v1}, zap: {enabled: true}")


def given(case: str, here: Path) -> str:
    """Put the text of *case* into the working directory and return its name."""
    (text,) = (FOLDER / case).glob("input.*")
    (here / text.name).write_bytes(text.read_bytes())
    return text.name


@pytest.mark.parametrize("case", CASES)
def test_what_becomes_of_a_text(case: str, hzc: Run, here: Path, request: pytest.FixtureRequest) -> None:
    name = given(case, here)
    output, report = FOLDER / case / f"output{Path(name).suffix}", FOLDER / case / "report.txt"
    ran = hzc("migrate", "--force", name)
    if request.config.getoption("--update-golden"):
        output.write_text(ran.stdout)
        report.write_text(ran.stderr)
    assert (ran.status, ran.stdout, ran.stderr) == (0, output.read_text(), report.read_text())
    lost = ran.stderr.count("v1 cannot say it")
    careful = hzc("migrate", name)
    assert (careful.status, careful.stdout) == ((1, "") if lost else (0, ran.stdout))


@pytest.mark.parametrize("case", CASES)
def test_what_was_migrated_compiles_and_is_not_migrated_again(case: str, hzc: Run, here: Path) -> None:
    name = given(case, here)
    assert hzc("migrate", "--force", "--write", name).status == 0
    after = (here / name).read_bytes()
    again = hzc("migrate", "--write", name)
    assert (again.status, (here / name).read_bytes()) == (0, after)
    assert hzc("migrate", "--check", name) == Ran(0, "", "")
    assert (hzc("validate", name).status == 0) is (case not in REFUSED)


def test_no_value_that_may_be_secret_is_reported() -> None:
    secrets = ("hunter2", "4711")
    assert all(secret in (FOLDER / "service" / "input.yaml").read_text() for secret in secrets)
    assert not [path for path in FOLDER.glob("*/report.txt") if any(each in path.read_text() for each in secrets)]


def test_the_standard_input(hzc: Run) -> None:
    assert hzc("migrate", "-", stdin=_OLD) == Ran(0, _NEW, "")


def test_several_texts_are_printed_as_one_stream(hzc: Run, here: Path) -> None:
    (here / "a.yaml").write_text(_OLD.removesuffix("\n"))
    (here / "b.yaml").write_text("---\n" + _OLD)
    (here / "c.yaml").write_text(_NEW.removesuffix("\n"))
    assert hzc("migrate", "a.yaml", "b.yaml", "c.yaml").stdout == f"{_NEW}---\n{_NEW}---\n{_NEW}".removesuffix("\n")


def test_a_difference(hzc: Run, here: Path) -> None:
    (here / "a.yaml").write_text(_OLD.removesuffix("\n"))
    (here / "b.yaml").write_text(_NEW)
    ran = hzc("migrate", "--diff", ".")
    assert ran.stdout == (
        "--- a.yaml\n+++ a.yaml\n@@ -1,4 +1,4 @@\n-apiVersion: hanzo.ai/v1alpha1\n-kind: HanzoService\n"
        '-metadata: {name: api}\n+apiVersion: hanzo.ai/v1\n+kind: Service\n+metadata: {name: api, annotations: {"hanzo.ai/epoch": "2025"}}\n'
        " spec: {image: {repository: ghcr.io/acme/api, tag: v1}}\n\\ No newline at end of file\n"
    )
    assert (here / "a.yaml").read_text() == _OLD.removesuffix("\n")


def test_lines_of_windows_and_a_byte_order_mark_stay(hzc: Run, here: Path) -> None:
    text = f"\ufeff{_OLD}---\nkind: X\n".replace("\n", "\r\n")
    (here / "a.yaml").write_bytes(text.encode())
    assert hzc("migrate", "--write", "a.yaml").status == 0
    assert (here / "a.yaml").read_bytes() == f"\ufeff{_NEW}---\nkind: X\n".replace("\n", "\r\n").encode()


def test_files_are_written_with_their_modes_and_through_links(hzc: Run, here: Path) -> None:
    for place in ("a/one.yaml", "b/two.yaml"):
        (here / place).parent.mkdir()
        (here / place).write_text(_OLD)
    (here / "a/one.yaml").chmod(0o640)
    (here / "link.yaml").symlink_to("b/two.yaml")
    other = here / "other.yaml"
    other.write_text(_NEW)
    before = other.stat()
    assert hzc("migrate", "--write", "a", "link.yaml", "other.yaml") == Ran(0, "", "")
    assert [(here / place).read_text() for place in ("a/one.yaml", "b/two.yaml")] == [_NEW, _NEW]
    assert stat.S_IMODE((here / "a/one.yaml").stat().st_mode) == 0o640
    assert (here / "link.yaml").is_symlink()
    assert other.stat().st_ino == before.st_ino
    assert sorted(path.name for path in here.iterdir()) == ["a", "b", "link.yaml", "other.yaml"]


def test_all_files_are_written_or_none(hzc: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.yaml", "b.yaml"):
        (here / name).write_text(_OLD)
    replace = Path.replace

    def failing(self: Path, target: Path) -> Path:
        if Path(target).name == "b.yaml" and self.name.endswith("new"):
            raise OSError(28, "No space left on device", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    ran = hzc("migrate", "--write", "a.yaml", "b.yaml")
    assert (ran.status, ran.stdout) == (1, "")
    assert ran.stderr.endswith("b.yaml: cannot be written: no space left on device; nothing written\n")
    assert [(here / name).read_text() for name in ("a.yaml", "b.yaml")] == [_OLD, _OLD]
    assert sorted(path.name for path in here.iterdir()) == ["a.yaml", "b.yaml"]


def test_nothing_is_lost_without_force_in_any_file(hzc: Run, here: Path) -> None:
    (here / "a.yaml").write_text(_OLD)
    (here / "b.yaml").write_text(_LOSSY)
    ran = hzc("migrate", "--write", ".")
    assert (ran.status, ran.stdout) == (1, "")
    assert ran.stderr == (
        "error: b.yaml:4: HanzoService api: spec.zap: v1 cannot say it, and it is lost (a mapping): "
        "the operator gave this sidecar up before v1\n1 field would be lost; nothing written; --force leaves them out\n"
    )
    assert (
        "-spec: {image: {repository: ghcr.io/acme/api, tag: v1}, zap" in hzc("migrate", "--write", "--diff", ".").stdout
    )
    assert [(here / name).read_text() for name in ("a.yaml", "b.yaml")] == [_OLD, _LOSSY]


def test_a_check(hzc: Run, here: Path) -> None:
    (here / "a.yaml").write_text(f"{_OLD}---\n{_NEW}")
    (here / "b.yaml").write_text(_NEW.replace("spec: {", "spec: {iamgePullSecrets: [], imagepullsecrets: [], "))
    ran = hzc("migrate", "--check", "a.yaml", "b.yaml")
    assert ran == Ran(
        1,
        "",
        "note: a.yaml:1: HanzoService api: is of v1alpha1; hzc migrate rewrites it\n"
        "note: b.yaml:1: Service api: has fields in another spelling; hzc migrate rewrites it\n",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (_OLD + "a: [", "a.yaml:5: not valid YAML: did not find expected node content while parsing a flow node"),
        ("", "a.yaml: holds no resource"),
        (_OLD.replace("\n", "\r\n", 1), "a.yaml:1: has line ends of two kinds"),
        (
            _OLD.replace("spec: {", "spec: {kmsSecrets: [&k {hostAPI: a}, *k], "),
            "a.yaml:1: is written in a way that cannot be changed in place",
        ),
        (
            _OLD.replace("spec: {", "spec: {kmsSecrets: [&k {hostAPI: a}], labels: *k, "),
            "a.yaml:1: is written in a way that cannot be changed in place, with an alias perhaps; write the values out",
        ),
    ],
)
def test_what_cannot_be_read_or_rewritten(text: str, message: str, hzc: Run, here: Path) -> None:
    (here / "a.yaml").write_bytes(text.encode())
    (here / "b.yaml").write_text(_OLD)
    assert hzc("migrate", "--write", "a.yaml", "b.yaml") == Ran(2, "", f"error: {message}\n")
    assert (here / "b.yaml").read_text() == _OLD


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["--check", "--write", "a.yaml"],
            "--check writes nothing; leave --write, --diff and --force out; see `hzc migrate --help`",
        ),
        (["--write", "-"], "--write cannot change the standard input; leave one of them out; see `hzc migrate --help`"),
        (["--to", "v2", "a.yaml"], "invalid value for '--to': 'v2' is not 'v1'; see `hzc migrate --help`"),
        (["none.yaml"], "none.yaml: no such file or directory"),
    ],
)
def test_wrong_arguments(arguments: list[str], message: str, hzc: Run) -> None:
    assert hzc("migrate", *arguments) == Ran(2, "", f"error: {message}\n")
