"""Platform settings from a file: `hanzo.yaml`, or the table `[tool.hanzo]` of `pyproject.toml`."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from .errors import ArgumentError, Finding, PlatformError, ReadError, system_reason
from .kube import fields
from .kube.fields import parsed_path, shown, type_shown
from .kube.yaml import load_all

if TYPE_CHECKING:
    from .platform import Platform

__all__ = ["PYPROJECT", "SETTINGS_FILE", "find_settings", "holds_settings", "load_platform", "platform_in"]

SETTINGS_FILE = "hanzo.yaml"
"""The file that holds nothing but settings."""

PYPROJECT = "pyproject.toml"
"""The file that holds settings in its table `[tool.hanzo]`."""

_TABLE: fields.Path = ("tool", "hanzo")
_HEADER = re.compile(r"\s*\[\[?([^\[\]]+)\]").match
_KEY = re.compile(r"""\s*([A-Za-z0-9_."' \t-]+)=""").match
_MAX_SETTINGS = 2**20


class _Settings(NamedTuple):
    """What a settings file says."""

    data: Any
    table: fields.Path
    """Where in the file the settings stand."""
    line_of: Callable[[fields.Path], int]


def find_settings(start: Path) -> Path | None:
    """Return the settings file of the nearest directory from *start* upwards, or None.

    The search ends at the root of the repository (the directory with `.git`); outside of a repository only *start*
    itself counts, so that nobody's file in a directory above, such as /tmp, decides. A `pyproject.toml` counts when it
    has the table `[tool.hanzo]`. Raises `PlatformError` where two files of one directory compete, and where something
    has the name of a settings file and cannot be read as one: it was put there to count.
    """
    for directory in _searched(start.absolute()):
        misnamed = directory / "hanzo.yml"
        if os.path.lexists(misnamed):
            raise PlatformError(
                [Finding(f"settings are read from {SETTINGS_FILE}; rename the file", where=f"{misnamed}:1")]
            )
        candidates = [path for path in (directory / SETTINGS_FILE, directory / PYPROJECT) if holds_settings(path)]
        if len(candidates) > 1:
            message = f"settings stand here and in [tool.hanzo] of {PYPROJECT}; keep one of them"
            raise PlatformError([Finding(message, where=f"{candidates[0]}:1")])
        if candidates:
            return candidates[0]
    return None


def holds_settings(path: Path) -> bool:
    """Tell whether *path*, which has the name of a settings file, holds settings; raises `PlatformError`."""
    try:
        if path.is_symlink() and not path.exists():
            raise PlatformError([Finding("is a symbolic link that leads nowhere; mend or remove it", where=str(path))])
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise _unreadable(path, error) from None
    if not stat.S_ISREG(mode):
        what = "a directory" if stat.S_ISDIR(mode) else "not a regular file"
        raise PlatformError([Finding(f"is {what}, so that it cannot hold settings; rename it", where=str(path))])
    return path.name == SETTINGS_FILE or _table_in(_toml(path)) is not None


def load_platform(file: str | os.PathLike[str]) -> Platform:
    """Return the settings in *file*; raises `PlatformError` with every finding, at its line."""
    if not isinstance(file, str | os.PathLike):
        raise ArgumentError([Finding(f"expected the path of a file, got {type_shown(file)}", "file")])
    file = Path(file)
    return _platform(_in_pyproject(file) if file.suffix == ".toml" else _in_yaml(_text(file), str(file)), str(file))


def platform_in(text: bytes | str, name: str) -> Platform:
    """Return the settings in *text*, which is or will be that of the file *name*; raises as `load_platform` does."""
    return _platform(_in_yaml(text, name), name)


def _platform(settings: _Settings, name: str) -> Platform:
    from .kube.model import parse_as  # to find settings takes no model
    from .platform import Platform

    if settings.data is None:
        return Platform()
    if not isinstance(settings.data, dict):
        found = f"expected a mapping of settings, got {type_shown(settings.data)}"
        raise PlatformError([Finding(found, fields.field_path(settings.table), where=f"{name}:{settings.line_of(())}")])
    try:
        platform = parse_as(Platform, settings.data, settings.table)
        _check_kinds(platform, settings.table)
        for index, rule in enumerate(platform.rules_):
            rule.stated_at(f"{name}:{settings.line_of(('rules', index))}")
    except PlatformError as error:
        raise PlatformError(
            finding.at(f"{name}:{settings.line_of(parsed_path(finding.path)[len(settings.table) :])}")
            for finding in error.findings
        ) from None
    return platform


def _check_kinds(platform: Platform, table: fields.Path) -> None:
    """Raise `PlatformError` where a rule of the company names a kind that there is not."""
    if not platform.rules_:
        return
    from .spec.rule_kinds import unknown_kind_findings

    if unknown := [*unknown_kind_findings(platform)]:
        at = fields.field_path(table)
        raise PlatformError(replace(each, path=f"{at}.{each.path}" if at else each.path) for each in unknown)


def _searched(start: Path) -> Iterator[Path]:
    directories = (start, *start.parents)
    root = next((place for place in directories if os.path.lexists(place / ".git")), start)
    for directory in directories:
        yield directory
        if directory == root:
            return


def _in_yaml(text: bytes | str, name: str) -> _Settings:
    try:
        documents = load_all(text, name=name)
    except ReadError as error:
        raise PlatformError(error.findings) from None
    if len(documents) > 1:
        raise PlatformError([Finding("one document with settings is enough", where=documents[1].where())])
    if not documents:
        return _Settings(None, (), lambda _: 1)
    return _Settings(documents[0].data, (), documents[0].line_of)


def _in_pyproject(file: Path) -> _Settings:
    table = _table_in(_toml(file))
    if table is None:
        raise PlatformError([Finding("has no table [tool.hanzo]", where=f"{file}:1")])
    lines = _text(file).decode().split("\n")
    return _Settings(table, _TABLE, lambda path: _line_of(path, lines))


def _table_in(data: dict[str, Any]) -> Any:
    tool = data.get("tool")
    return tool.get("hanzo") if isinstance(tool, dict) else None


def _toml(file: Path) -> dict[str, Any]:
    import tomllib  # few projects keep settings there

    try:
        return tomllib.loads(_text(file).decode())
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        line = re.search(r"at line (\d+)", message)
        found = Finding(f"not valid TOML: {message[:1].lower()}{message[1:]}", where=f"{file}:{line[1] if line else 1}")
    except UnicodeDecodeError:
        found = Finding("not valid UTF-8", where=f"{file}:1")
    raise PlatformError([found])


def _line_of(path: fields.Path, lines: list[str]) -> int:
    """Return the line of the setting at *path*, or of what is nearest around it; TOML readers keep no positions."""
    found: dict[fields.Path, int] = {}
    table: fields.Path = ()
    for number, line in enumerate(lines, 1):
        if header := _HEADER(line):
            table = _keys(header[1])
            found.setdefault(table, number)
        elif key := _KEY(line):
            keys = (*table, *_keys(key[1]))
            for length in range(len(table) + 1, len(keys) + 1):
                found.setdefault(keys[:length], number)
    wanted: fields.Path = (*_TABLE, *path)
    return next((found[wanted[:length]] for length in range(len(wanted), 0, -1) if wanted[:length] in found), 1)


def _keys(dotted: str) -> fields.Path:
    return tuple(part.strip(" \t\"'") for part in dotted.split("."))


def _text(file: Path) -> bytes:
    if "\0" in str(file):
        raise PlatformError([Finding(f"the path of settings holds the character NUL: {shown(str(file))}")])
    try:
        # To open a pipe that nobody writes to would wait for ever; those of `<(...)` in a shell have a writer.
        if file.is_fifo() and not str(file).startswith(("/dev/", "/proc/")):
            raise PlatformError([Finding("is not a regular file, so that it cannot hold settings", where=str(file))])
        with file.open("rb") as stream:
            text = stream.read(_MAX_SETTINGS + 1)
    except OSError as error:
        raise _unreadable(file, error) from None
    if len(text) > _MAX_SETTINGS:
        raise PlatformError([Finding("is larger than 1 MiB, which settings are not", where=str(file))])
    return text


def _unreadable(file: Path, error: OSError) -> PlatformError:
    return PlatformError([Finding(f"cannot be read: {system_reason(error)}", where=str(file))])
