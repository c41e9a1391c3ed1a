"""What is read of files, directories and the standard input, and what is refused."""

from __future__ import annotations

import io
import os
import socket
from pathlib import Path

import pytest

from hanzo_constructs.declaration import Declaration
from hanzo_constructs.output.directory import write_directory
from hanzo_constructs.output.listing import LIST_NAME
from hanzo_constructs.sources import Source, declarations, sources

OUTPUT = "---\napiVersion: v1\nkind: ConfigMap\n"


def write(path: Path, text: str = "kind: X\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(*arguments: str) -> list[str]:
    found, findings = sources(arguments)
    assert findings == []
    return [source.name for source in found]


def listed(*arguments: str) -> tuple[list[str], list[str]]:
    """Return the names of what is read, and the notes."""
    found, findings = sources(arguments)
    assert {finding.severity for finding in findings} <= {"note"}
    return [source.name for source in found], [str(finding) for finding in findings]


def refused(*arguments: str) -> list[str]:
    _, findings = sources(arguments)
    return [str(finding) for finding in findings]


def read(text: str | bytes, name: str = "input.yaml") -> tuple[list[Declaration], list[str]]:
    Path(name).write_bytes(text.encode() if isinstance(text, str) else text)
    found, findings = declarations(Source(name, Path(name)))
    return found, [str(finding) for finding in findings]


# Which files


def test_files_are_read_in_the_order_given(here: Path) -> None:
    write(here / "b.yaml")
    write(here / "a.txt")
    assert names("b.yaml", "-", "./a.txt") == ["b.yaml", "<stdin>", "./a.txt"]


def test_a_directory_is_read_in_sorted_order_with_what_is_below(here: Path) -> None:
    for name in ("z.yaml", "a/b.yml", "a/c/d.json", "B.YAML", "notes.txt", "a/values.yaml.tpl"):
        write(here / "set" / name)
    assert names("set") == ["set/B.YAML", "set/a/b.yml", "set/a/c/d.json", "set/z.yaml"]


def test_hidden_files_and_directories_are_not_read(here: Path) -> None:
    for name in ("a.yaml", ".b.yaml", ".git/c.yaml"):
        write(here / "set" / name)
    assert names("set") == ["set/a.yaml"]


def test_settings_and_output_are_not_resources(here: Path) -> None:
    write(here / "set" / "a.yaml")
    write(here / "set" / "hanzo.yaml")
    write_directory(here / "set" / "dist", {"service.api.yaml": OUTPUT})
    assert listed("set") == (["set/a.yaml"], ["set/dist: a file that hzc wrote is not read"])
    assert names("set/dist") == ["set/dist/service.api.yaml"]


@pytest.mark.parametrize("start", [OUTPUT, '{"apiVersion": "v1", "kind": "List", "items": [\n{}\n]}\n', ""])
def test_of_a_directory_with_output_everything_else_is_read(here: Path, start: str) -> None:
    write_directory(here / "set" / "dist", {"one.yaml": start, "two.yaml": start, "shop/three.yaml": start})
    for name in ("mine.yaml", "shop/mine.yaml", "deeper/one.yaml"):
        write(here / "set" / "dist" / name)
    assert listed("set") == (
        ["set/dist/deeper/one.yaml", "set/dist/mine.yaml", "set/dist/shop/mine.yaml"],
        ["set/dist/shop: a file that hzc wrote is not read", "set/dist: 2 files that hzc wrote are not read"],
    )


def test_a_resource_that_a_list_names_is_read(here: Path) -> None:
    """Who moves resources to where output was must not lose them."""
    write_directory(here / "set" / "dist", {"api.yaml": OUTPUT})
    write(here / "set" / "dist" / "api.yaml", "# mine\nkind: Service\n")
    assert names("set") == ["set/dist/api.yaml"]
    (here / "set" / "dist" / "api.yaml").unlink()
    (here / "set" / "dist" / "api.yaml").symlink_to("../api.yml")
    write(here / "set" / "api.yml", OUTPUT)
    assert names("set") == ["set/api.yml"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "is not a list of files that hzc wrote; remove it or choose another directory"),
        ('{"files": ["../a.yaml"]}', "is not a list of files that hzc wrote; remove it or choose another directory"),
        ('{"files": ["a/b/c.yaml"]}', "is not a list of files that hzc wrote; remove it or choose another directory"),
        ("[" * 100_000, "is not a list of files that hzc wrote; remove it or choose another directory"),
        (None, "is not a file; remove it"),
    ],
)
def test_a_list_that_proves_nothing_hides_nothing(here: Path, content: str | None, reason: str) -> None:
    write(here / "set" / "a" / "s.yaml", OUTPUT)
    if content is None:
        (here / "set" / "a" / LIST_NAME).mkdir()
    else:
        write(here / "set" / "a" / LIST_NAME, content)
    note = f"set/a/{LIST_NAME}: {reason}; all files beside it are read"
    assert listed("set") == (["set/a/s.yaml"], [note])


def test_settings_that_do_not_count_are_said(here: Path) -> None:
    for name in ("set/a.yaml", "set/hanzo.yaml", "set/b/hanzo.yaml", "set/c/b.yaml"):
        write(here / name)
    write(here / "set" / "c" / "pyproject.toml", "[tool.hanzo]\n")
    write(here / "set" / "d" / "pyproject.toml", "[tool.other]\n")
    write(here / "set" / "e" / "pyproject.toml", "no TOML")
    advice = "run hzc in that directory or name them with --platform"

    def said(*used: str) -> list[str]:
        found, findings = sources(["set"], used=list(map(Path, used)))
        assert [source.name for source in found] == ["set/a.yaml", "set/c/b.yaml"]
        assert {finding.severity for finding in findings} == {"warning"}
        return [str(finding) for finding in findings]

    others = ["set/b/hanzo.yaml", "set/c/pyproject.toml"]
    assert said("set/hanzo.yaml") == [
        f"{other}: these settings do not count, those of set/hanzo.yaml do; {advice}" for other in others
    ]
    assert said() == [
        f"{other}: these settings do not count, the defaults do; {advice}" for other in [*others, "set/hanzo.yaml"]
    ]
    assert listed("set")[1] == []


def test_settings_beside_a_file_that_is_named_are_said_too(here: Path) -> None:
    (here / ".git").mkdir()
    for name in ("set/deep/a.yaml", "set/deep/b.yaml", "set/hanzo.yaml", "own/a.yaml"):
        write(here / name)
    (here / "broken").mkdir()
    (here / "broken" / "hanzo.yaml").symlink_to("nowhere")
    write(here / "broken" / "a.yaml")

    def said(*arguments: str, used: tuple[str, ...] = ()) -> list[str]:
        return [str(finding) for finding in sources(arguments, used=list(map(Path, used)))[1]]

    reason = "do; run hzc in that directory or name them with --platform"
    line = f"set/hanzo.yaml: these settings do not count, the defaults {reason}"
    assert said("set/deep/a.yaml", "set/deep/b.yaml", "-", "own/a.yaml") == [line]
    assert said("set/deep") == [line]
    assert said("set") == [line]
    assert said("set/deep", used=("set/hanzo.yaml",)) == []
    assert said("broken/a.yaml") == [
        f"{here}/broken/hanzo.yaml: is a symbolic link that leads nowhere; mend or remove it"
    ]
    write(here / "hanzo.yaml")
    assert said("own/a.yaml", used=("hanzo.yaml",)) == []
    assert said("set/deep", used=("hanzo.yaml",)) == [
        f"set/hanzo.yaml: these settings do not count, those of hanzo.yaml {reason}"
    ]


def test_a_linked_directory_that_is_hidden_is_read(here: Path) -> None:
    """A mounted ConfigMap has such links for files in folders."""
    write(here / "set" / ".data" / "shop" / "a.yaml")
    write(here / "set" / ".data" / "b.yaml")
    write(here / "set" / "x" / "c.yaml")
    (here / "set" / "shop").symlink_to(".data/shop")
    (here / "set" / "again").symlink_to("x")
    assert names("set") == ["set/shop/a.yaml", "set/x/c.yaml"]
    (here / "set" / ".data" / "loop").symlink_to(".")
    (here / "set" / ".data" / "shop" / "up").symlink_to("..")
    (here / "set" / ".data" / "shop" / "root").symlink_to("../..")
    (here / "set" / "all").symlink_to(".data")
    assert names("set") == ["set/all/b.yaml", "set/all/shop/a.yaml", "set/x/c.yaml"]


def test_a_file_that_is_named_twice_is_read_once(here: Path) -> None:
    write(here / "set" / "a.yaml")
    (here / "link.yaml").symlink_to("set/a.yaml")
    assert names("set/a.yaml", "set", "link.yaml", "-", "-") == ["set/a.yaml", "<stdin>"]


def test_links_inside_the_directory_are_followed(here: Path) -> None:
    """A mounted ConfigMap is a directory of such links."""
    write(here / "set" / "..2026_11_20" / "a.yaml")
    (here / "set" / "..data").symlink_to("..2026_11_20")
    (here / "set" / "a.yaml").symlink_to("..data/a.yaml")
    (here / "set" / "again").symlink_to(".")
    assert names("set") == ["set/a.yaml"]


def test_a_link_that_leaves_the_directory_is_refused(here: Path) -> None:
    write(here / "secret.yaml")
    write(here / "set" / "a.yaml")
    write(here / "elsewhere" / "b.yaml")
    (here / "set" / "b.yaml").symlink_to("../secret.yaml")
    (here / "set" / "sub").symlink_to("../elsewhere")
    (here / "set" / "notes.txt").symlink_to("../secret.yaml")
    reason = "is a symbolic link that leaves set; name its target instead"
    assert refused("set") == [f"set/b.yaml: {reason}", f"set/sub: {reason}"]


def test_a_directory_whose_name_begins_alike_is_another_one(here: Path) -> None:
    write(here / "set-of-others" / "b.yaml")
    write(here / "set" / "a.yaml")
    (here / "set" / "b.yaml").symlink_to("../set-of-others/b.yaml")
    assert len(refused("set")) == 1


def test_a_link_that_is_named_is_followed(here: Path) -> None:
    write(here / "elsewhere" / "a.yaml")
    (here / "set").symlink_to("elsewhere")
    (here / "a.yaml").symlink_to("elsewhere/a.yaml")
    assert names("set") == ["set/a.yaml"]
    assert names("a.yaml") == ["a.yaml"]


@pytest.mark.parametrize("target", ["nowhere.yaml", "a.yaml/b", "{}"])
@pytest.mark.parametrize("name", ["broken.yaml", "broken", "team.a"])
def test_a_link_to_nowhere_is_refused(here: Path, target: str, name: str) -> None:
    """It may have been a directory of resources, such as a submodule that is not checked out."""
    write(here / "set" / "a.yaml")
    (here / "set" / name).symlink_to(target.format(name))
    assert refused("set") == [f"set/{name}: is a symbolic link that leads nowhere"]


def test_a_pipe_in_a_directory_is_refused(here: Path) -> None:
    (here / "set").mkdir()
    os.mkfifo(here / "set" / "pipe.yaml")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("set/socket.json")
    assert refused("set") == ["set/pipe.yaml: is not a regular file", "set/socket.json: is not a regular file"]


def test_what_is_not_there(here: Path) -> None:
    (here / "empty" / ".git").mkdir(parents=True)
    assert refused("nothing.yaml", "empty", "", "x" * 300) == [
        "nothing.yaml: no such file or directory",
        "empty: holds no resource: nothing in it ends in .yaml, .yml or .json",
        "the path of a file or directory is empty",
        f"{'x' * 300}: file name too long",
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_directory_that_nobody_may_read(here: Path) -> None:
    (here / "set").mkdir(0o000)
    assert refused("set") == ["set: cannot be read: permission denied"]


# What they declare


@pytest.mark.usefixtures("here")
def test_every_document_is_a_declaration_with_its_place() -> None:
    found, findings = read("# first\nkind: A\n---\n---\nkind: B\nspec:\n  replicas: 1\n")
    assert findings == []
    assert [declaration.data for declaration in found] == [{"kind": "A"}, {"kind": "B", "spec": {"replicas": 1}}]
    assert [declaration.where() for declaration in found] == ["input.yaml:2", "input.yaml:5"]
    assert found[1].where(("spec", "replicas")) == "input.yaml:7"
    assert found[1].where(("spec", "ports", 0)) == "input.yaml:6"


@pytest.mark.usefixtures("here")
def test_a_list_is_its_items() -> None:
    found, findings = read("apiVersion: v1\nkind: List\nmetadata: {}\nitems:\n- kind: A\n- spec: {}\n  kind: B\n")
    assert findings == []
    assert [(declaration.data["kind"], declaration.where()) for declaration in found] == [
        ("A", "input.yaml:5"),
        ("B", "input.yaml:6"),
    ]
    assert found[1].where(("kind",)) == "input.yaml:7"
    assert found[1].where(("metadata", "name")) == "input.yaml:6"


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kind: List\nitems: [{}]\n", ["input.yaml:1: List: apiVersion: must be v1, got null"]),
        ("kind: List\napiVersion: v1\n", ["input.yaml:1: List: items: required"]),
        ("kind: List\napiVersion: v1\nitems: {}\n", ["input.yaml:3: List: items: expected a list, got a mapping"]),
        ("kind: List\napiVersion: v1\nitems: []\n", ["input.yaml:3: List: items: holds no resource"]),
        ("kind: List\napiVersion: v1\nitem: []\nitems: [{}]\n", ["input.yaml:3: List: item: unknown field of a List"]),
    ],
)
def test_a_list_that_is_none(text: str, expected: list[str]) -> None:
    assert read(text)[1] == expected


@pytest.mark.usefixtures("here")
def test_json_has_places_too() -> None:
    found, _ = read('{"apiVersion": "v1", "kind": "List",\n "items": [\n  {"kind": "A"},\n  {"kind": "B"}]}', "a.json")
    assert [declaration.where() for declaration in found] == ["a.json:3", "a.json:4"]
    found, _ = read('{"kind": "A"}\n{"kind":\n "B"}\n', "a.json")
    assert [declaration.where(("kind",)) for declaration in found] == ["a.json:1", "a.json:2"]


@pytest.mark.usefixtures("here")
def test_a_json_file_holds_json() -> None:
    assert read("kind: A\n", "a.json")[1] == ["a.json:1: not valid JSON: expecting value"]
    assert read("{kind: A}\n", "a.yaml")[0][0].data == {"kind": "A"}


@pytest.mark.usefixtures("here")
def test_what_is_right_is_read_beside_what_is_wrong() -> None:
    found, findings = read("kind: A\n---\nkind: B\nkind: C\n---\nkind: D\n")
    assert [declaration.data["kind"] for declaration in found] == ["A", "D"]
    assert findings == ['input.yaml:4: key "kind" is used twice (also on line 3)']


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", "---\n---\n"])
def test_a_file_without_a_resource_is_an_error(text: str) -> None:
    assert read(text) == ([], ["input.yaml: holds no resource"])


def test_the_standard_input_may_be_yaml_or_json() -> None:
    for text in (b"kind: A\n", b'{"kind": "A"}'):
        found, findings = declarations(Source("<stdin>", None), io.BytesIO(text))
        assert [declaration.data for declaration in found] == [{"kind": "A"}]
        assert [declaration.where() for declaration in found] == ["<stdin>:1"]
        assert findings == []


def test_a_file_that_went_away_is_named(here: Path) -> None:
    _, findings = declarations(Source("a.yaml", here / "a.yaml"))
    assert [str(finding) for finding in findings] == ["a.yaml: cannot be read: no such file or directory"]


def test_no_more_is_read_than_a_text_may_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hanzo_constructs.sources._MAX_TEXT", 10)

    class Endless(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            assert size == 11
            return b"#" * size

    assert declarations(Source("<stdin>", None), Endless())[0] == []
