"""Platform settings are found where the documentation says, and wrong ones are named with file and line."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from hanzo_constructs.errors import ArgumentError, PlatformError
from hanzo_constructs.platform import Platform
from hanzo_constructs.settings import find_settings, load_platform

TABLE = '[project]\nname = "x"\n\n[tool.hanzo]\nnamespace = "hanzo"\n'


def write(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def refused(path: Path) -> list[str]:
    with pytest.raises(PlatformError) as raised:
        load_platform(path)
    return [str(finding).removeprefix(f"{path.parent}/") for finding in raised.value.findings]


def not_found(start: Path) -> str:
    with pytest.raises(PlatformError) as raised:
        find_settings(start)
    return str(raised.value)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    (tmp_path / "repository" / "deep" / "er").mkdir(parents=True)
    return tmp_path / "repository"


# Where they are found


def test_the_nearest_directory_counts(repository: Path) -> None:
    far = write(repository / "hanzo.yaml", "namespace: far\n")
    assert find_settings(repository / "deep" / "er") == far
    near = write(repository / "deep" / "hanzo.yaml", "namespace: near\n")
    assert find_settings(repository / "deep" / "er") == near
    assert find_settings(repository) == far


def test_a_pyproject_counts_when_it_has_the_table(repository: Path) -> None:
    table = write(repository / "pyproject.toml", TABLE)
    write(repository / "deep" / "pyproject.toml", '[project]\nname = "y"\n[tool.other]\n')
    write(repository / "deep" / "er" / "pyproject.toml", "tool = 1\n")
    assert find_settings(repository / "deep" / "er") == table


def test_the_search_ends_at_the_root_of_the_repository(repository: Path) -> None:
    write(repository.parent / "hanzo.yaml", "namespace: above\n")
    assert find_settings(repository / "deep") is None


def test_a_work_tree_is_a_repository_too(tmp_path: Path) -> None:
    write(tmp_path / "tree" / ".git", "gitdir: elsewhere\n")
    (tmp_path / "tree" / "deep").mkdir()
    settings = write(tmp_path / "tree" / "hanzo.yaml", "")
    assert find_settings(tmp_path / "tree" / "deep") == settings


def test_outside_of_a_repository_only_the_directory_itself_counts(tmp_path: Path) -> None:
    settings = write(tmp_path / "hanzo.yaml", "")
    (tmp_path / "deep").mkdir()
    assert find_settings(tmp_path / "deep") is None
    assert find_settings(tmp_path) == settings


def test_two_files_in_one_directory_compete(repository: Path) -> None:
    settings = write(repository / "hanzo.yaml", "")
    write(repository / "pyproject.toml", TABLE)
    with pytest.raises(PlatformError) as raised:
        find_settings(repository)
    assert (
        str(raised.value)
        == f"{settings}:1: settings stand here and in [tool.hanzo] of pyproject.toml; keep one of them"
    )


def test_a_file_that_nobody_would_read_is_named(repository: Path) -> None:
    misnamed = write(repository / "hanzo.yml", "namespace: hanzo\n")
    with pytest.raises(PlatformError) as raised:
        find_settings(repository / "deep")
    assert str(raised.value) == f"{misnamed}:1: settings are read from hanzo.yaml; rename the file"


def test_a_name_that_is_not_read_beside_one_that_is(repository: Path) -> None:
    write(repository / "hanzo.yaml", "")
    misnamed = write(repository / "hanzo.yml", "")
    assert not_found(repository) == f"{misnamed}:1: settings are read from hanzo.yaml; rename the file"


@pytest.mark.parametrize("name", ["hanzo.yaml", "pyproject.toml"])
@pytest.mark.parametrize("start", [".", "deep/er"])
@pytest.mark.parametrize("target", ["../../nowhere/hanzo.yaml", "hanzo.yaml/x", "{}"])
def test_a_link_to_nowhere_is_no_settings(repository: Path, name: str, start: str, target: str) -> None:
    """It once led to settings, in a submodule that is not checked out for example."""
    write(repository.parent / "hanzo.yaml", "")
    (repository / name).symlink_to(target.format(name))
    message = f"{repository / name}: is a symbolic link that leads nowhere; mend or remove it"
    assert not_found(repository / start) == message


@pytest.mark.parametrize("name", ["hanzo.yaml", "pyproject.toml"])
def test_what_is_no_file_holds_no_settings(repository: Path, name: str) -> None:
    place = repository / name
    place.mkdir()
    assert not_found(repository) == f"{place}: is a directory, so that it cannot hold settings; rename it"
    place.rmdir()
    os.mkfifo(place)
    assert not_found(repository) == f"{place}: is not a regular file, so that it cannot hold settings; rename it"


def test_a_link_to_settings_is_followed(repository: Path) -> None:
    write(repository.parent / "company.yaml", "namespace: hanzo\n")
    (repository / "hanzo.yaml").symlink_to("../company.yaml")
    found = find_settings(repository / "deep")
    assert found == repository / "hanzo.yaml"
    assert load_platform(repository / "hanzo.yaml").namespace == "hanzo"


@pytest.mark.parametrize("name", ["hanzo.yaml", "pyproject.toml"])
def test_settings_that_nobody_may_look_at(repository: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    look = Path.stat

    def stat(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if path.name == name:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return look(path, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", stat)
    assert not_found(repository) == f"{repository / name}: cannot be read: permission denied"


# What they say


def test_settings_in_yaml(tmp_path: Path) -> None:
    file = write(tmp_path / "hanzo.yaml", "apiGroup: lux.cloud\nepoch: 2025\nrequireImageDigest: true\n")
    assert load_platform(file) == Platform(api_group="lux.cloud", epoch="2025", require_image_digest=True)


def test_settings_in_pyproject(tmp_path: Path) -> None:
    file = write(tmp_path / "pyproject.toml", TABLE + 'kubernetes = "1.29"\n[tool.other]\nnamespace = "other"\n')
    assert load_platform(file) == Platform(namespace="hanzo", kubernetes="1.29")


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "{}\n", "null\n"])
def test_empty_settings_are_the_defaults(tmp_path: Path, text: str) -> None:
    assert load_platform(write(tmp_path / "hanzo.yaml", text)) == Platform()


# What is wrong with them


def test_every_finding_in_yaml_has_its_line(tmp_path: Path) -> None:
    text = "# settings\nnamespce: hanzo\nkubernetes: 1.30\n\npodSecurity: resticted\napi_group: x\n"
    assert refused(write(tmp_path / "hanzo.yaml", text)) == [
        'hanzo.yaml:3: kubernetes: expected a string such as "1.30", got 1.3; quote it',
        'hanzo.yaml:5: podSecurity: must be one of restricted, baseline, none, got "resticted", did you mean restricted?',
        "hanzo.yaml:2: namespce: unknown field, did you mean namespace?",
        "hanzo.yaml:6: api_group: unknown field, did you mean apiGroup?",
    ]


def test_every_finding_in_pyproject_has_its_line(tmp_path: Path) -> None:
    text = TABLE + 'namespce = "x"\n"requireImageDigest" = "yes"\n[tool.other]\nepoch = 1\n'
    assert refused(write(tmp_path / "pyproject.toml", text)) == [
        "pyproject.toml:7: tool.hanzo.requireImageDigest: expected true or false, got a string",
        "pyproject.toml:6: tool.hanzo.namespce: unknown field, did you mean namespace?",
    ]


def test_settings_written_with_dots(tmp_path: Path) -> None:
    assert refused(write(tmp_path / "pyproject.toml", '[tool]\nhanzo.epoch = "2024"\n')) == [
        'pyproject.toml:2: tool.hanzo.epoch: must be one of 2025, 2026, got "2024"'
    ]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("hanzo.yaml", "- apiGroup\n", "hanzo.yaml:1: expected a mapping of settings, got a list"),
        ("hanzo.yaml", "a: 1\na: 2\n", 'hanzo.yaml:2: key "a" is used twice (also on line 1)'),
        ("hanzo.yaml", "epoch: 2026\n---\nepoch: 2025\n", "hanzo.yaml:3: one document with settings is enough"),
        ("hanzo.yaml", b"\xff\n", "hanzo.yaml:1: not valid UTF-8: byte 0xff at offset 0"),
        (
            "pyproject.toml",
            "[tool]\nhanzo = 1\n",
            "pyproject.toml:2: tool.hanzo: expected a mapping of settings, got an integer",
        ),
        ("pyproject.toml", "[project]\n", "pyproject.toml:1: has no table [tool.hanzo]"),
        ("pyproject.toml", "a = 1\nb =\n", "pyproject.toml:2: not valid TOML: invalid value (at line 2, column 4)"),
        ("pyproject.toml", b"a = '\xff'\n", "pyproject.toml:1: not valid UTF-8"),
        ("hanzo.yaml", "a" * 2**20 + "b", "hanzo.yaml: is larger than 1 MiB, which settings are not"),
    ],
)
def test_what_is_no_settings_file(tmp_path: Path, name: str, text: str | bytes, expected: str) -> None:
    assert refused(write(tmp_path / name, text)) == [expected]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert refused(tmp_path / "hanzo.yaml") == ["hanzo.yaml: cannot be read: no such file or directory"]
    assert refused(tmp_path / "settings.toml") == ["settings.toml: cannot be read: no such file or directory"]


def test_a_file_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("nowhere")
    os.mkfifo(tmp_path / "pipe")
    assert refused(tmp_path / "folder") == ["folder: cannot be read: is a directory"]
    assert refused(tmp_path / "link") == ["link: cannot be read: no such file or directory"]
    assert refused(tmp_path / "pipe") == ["pipe: is not a regular file, so that it cannot hold settings"]
    with pytest.raises(PlatformError, match=r'the path of settings holds the character NUL: "a\\u0000b"'):
        load_platform(Path("a\0b"))


def test_a_path_as_text_and_what_is_none(tmp_path: Path) -> None:
    file = write(tmp_path / "hanzo.yaml", "namespace: hanzo\n")
    assert load_platform(str(file)).namespace == "hanzo"
    with pytest.raises(ArgumentError, match="file: expected the path of a file, got an integer"):
        load_platform(5)  # type: ignore[arg-type]


def test_settings_from_a_pipe_of_the_shell() -> None:
    read, write = os.pipe()
    os.write(write, b"namespace: hanzo\n")
    os.close(write)
    try:
        assert load_platform(Path(f"/dev/fd/{read}")) == Platform(namespace="hanzo")
    finally:
        os.close(read)
    assert load_platform(Path(os.devnull)) == Platform()
