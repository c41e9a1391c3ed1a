"""The judge of the pages finds what is wrong with one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.console import fits
from tests.docs.pages import Page
from tests.docs.session import Session, corrected

WRONG = {
    "output of code": ("python", "print(1)\n", "text", "2\n", "shows\n2\nwhere the code prints\n1"),
    "output that is not shown": ("python", "print(1)\n", "sh", "make test\n", "does not show what the code before"),
    "output without code": ("text", "1\n", "", "", "shows what no code before it prints"),
    "output of a command": ("console", "$ echo 1\n2\n", "", "", "where the command prints\n1"),
    "a command that fails": ("console", "$ false\n", "", "", "false: exit status 1"),
    "an error that is none": ("console", "$ echo error: 1\nerror: 1\n", "", "", "exit status 0"),
    "a target of make": ("sh", "make tset\n", "", "", "is not known: make tset"),
    "an extra": ("sh", "pip install '.[nod]'\n", "", "", "is not known: pip install"),
    "a doubtful fragment": ("yaml", "spec: {image: {tag: latest}}\n", "", "", "is doubted"),
    "a language": ("ruby", "1\n", "", "", "nobody checks a block of ruby"),
    "settings in JSON": ("json", "{a: 1}\n", "", "", "cannot be read: Expecting property name"),
    "settings in TOML": ("toml", "a = \n", "", "", "cannot be read: Invalid value"),
    "settings in Lua": ("lua", "f({ a = 1 )\n", "", "", "cannot be read: ) closes nothing"),
    "a file": ("ini", "# a.ini\n", "", "", "nobody checks a.ini"),
}


@pytest.mark.parametrize(("first", "code", "second", "more", "complaint"), WRONG.values(), ids=WRONG)
def test_complaints(
    first: str, code: str, second: str, more: str, complaint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    session = run(tmp_path, fence(first, code) + (fence(second, more) if second else ""))
    assert len(session.wrong) == 1
    assert complaint in session.wrong[0]


def test_a_part_of_a_child_that_is_none(tmp_path: Path) -> None:
    text = (
        fence("yaml", "spec: {replicas: 3}\n") + "<!-- child: Deployment -->\n" + fence("yaml", "spec: {replicas: 2}\n")
    )
    assert run(tmp_path, text).wrong == ["page.md:7: is no part of the Deployment: ['.spec.replicas: 2, is 3']"]


def test_what_is_wrong_can_be_corrected(tmp_path: Path) -> None:
    session = run(tmp_path, "# Page\n\n" + fence("python", "print(1)\n") + fence("text", "2\n") + "The end.\n")
    assert corrected(session.page, session.corrected) == session.page.text.replace("\n2\n", "\n1\n")


@pytest.mark.parametrize(
    ("shown", "printed", "is_right"),
    [
        ("a\n", "a\n", True),
        ("a\n", "b\n", False),
        ("a\n", "a\nb\n", False),
        ("a\n...\nc\n", "a\nb\nb\nc\n", True),
        ("a\n...\nc\n", "a\nb\nd\n", False),
        ("2 passed in 0.12s\n", "2 passed in 9.99s\n", True),
        ("2 passed in 0.12s\n", "3 passed in 0.12s\n", False),
    ],
)
def test_what_may_be_shown(shown: str, printed: str, *, is_right: bool) -> None:
    assert fits(shown, printed) is is_right


def run(here: Path, text: str) -> Session:
    path = here / "page.md"
    path.write_text(text)
    session = Session(Page(path), here)
    session.run()
    return session


def fence(language: str, text: str) -> str:
    return f"```{language}\n{text}```\n\n"
