"""What `hzc` says about itself, word for word; `--update-golden` writes it anew."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.version import Version

from hanzo_constructs.cli.app import hzc as group
from tests.cli.conftest import Run

FOLDER = Path(__file__).parent / "golden" / "help"
CASES = {
    "hzc": ["--help"],
    **{f"hzc-{name}": [name, "--help"] for name in group.commands},
    **{f"hzc-operator-{name}": ["operator", name, "--help"] for name in ("run", "manifests")},
}


@pytest.mark.parametrize("case", CASES)
def test_help(case: str, hzc: Run, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    golden = FOLDER / f"{case}.txt"
    ran = hzc(*CASES[case])
    if request.config.getoption("--update-golden"):
        golden.write_text(ran.stdout)
    assert (ran.status, ran.stderr) == (0, "")
    assert ran.stdout == golden.read_text()
    monkeypatch.setenv("COLUMNS", "40")
    assert hzc(*CASES[case]).stdout == ran.stdout


def test_every_help_text_belongs_to_a_command() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(CASES)


def test_help_of_nothing(hzc: Run) -> None:
    ran = hzc()
    assert (ran.status, ran.stdout) == (2, "")
    assert ran.stderr == hzc("--help").stdout


def test_the_version(hzc: Run) -> None:
    ran = hzc("--version")
    assert (ran.status, ran.stdout) == (0, f"hzc {version('hanzo-constructs')}\n")


OTHER_WORDS = pytest.mark.skipif(Version(version("click")) < Version("8.4"), reason="click has other words for it")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(
            ["compil"],
            "no such command 'compil' (did you mean one of: 'compat', 'compile', 'completion'?); see `hzc --help`",
            marks=OTHER_WORDS,
        ),
        (["compile"], "missing argument 'FILE...'; see `hzc compile --help`"),
        pytest.param(
            ["compile", "--formt", "x"],
            "no such option '--formt' (did you mean one of: '--format', '--platform'?)",
            marks=OTHER_WORDS,
        ),
        (["compile", "-", "--format", "xml"], "invalid value for '--format': 'xml' is not one of 'yaml', 'json'"),
        (["takeover", "a", "b"], "got unexpected extra argument (b)"),
        (["compile", "x", "--platform", "no.yaml"], "no.yaml: cannot be read: no such file or directory"),
    ],
)
def test_wrong_usage(hzc: Run, arguments: list[str], message: str) -> None:
    ran = hzc(*arguments)
    assert (ran.status, ran.stdout) == (2, "")
    assert ran.stderr.startswith(f"error: {message}")
    assert ran.stderr.count("\n") == 1
