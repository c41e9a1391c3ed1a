"""What a file, a directory or a revision of git holds: objects as they are, and resources with what they compile to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from ..compiler import Compilation
from ..declaration import Declaration
from ..errors import Finding, InputError
from ..kube.manifest import Identity, Manifest, identity
from ..kube.schemas import kind_type
from ..kube.schemas.checking import type_findings
from ..output.listing import LIST_NAME
from ..own_objects import is_own_object
from ..settings import PYPROJECT, SETTINGS_FILE, find_settings
from ..sources import STDIN, SUFFIXES, declarations, sources
from .git import File, files_at, is_revision, path_in_repository, write_files
from .printing import standard_input

__all__ = ["Rendered", "rendered"]


@dataclass(slots=True)
class Rendered:
    """The objects of one side."""

    objects: list[Manifest] = field(default_factory=list)
    """Objects of Kubernetes, those that resources compile to among them."""
    resources: list[Manifest] = field(default_factory=list)
    """Resources of the platform, with every field in its long form."""
    owners: dict[Identity, Identity] = field(default_factory=dict)
    """The resource behind each object that is derived from one."""


def rendered(argument: str, settings: str | None, namespace: str | None) -> Rendered:
    """Return what *argument* holds: a file, a directory, `-`, `revision` or `revision:path` of git.

    Settings of the platform are those of *settings*, or those nearest to what is read, as it was then. Raises
    `InputError` for what cannot be read or compiled, with the names that the user typed.
    """
    with _place(argument) as (place, prefix):
        try:
            return _rendered(place, _folder(argument, place), settings, namespace)
        except InputError as error:
            if not prefix:
                raise
            raise type(error)([_renamed(each, *prefix) for each in error.findings]) from None


def _renamed(finding: Finding, old: str, new: str) -> Finding:
    return replace(finding, where=finding.where.replace(old, new), message=finding.message.replace(old, new))


@contextmanager
def _place(argument: str) -> Iterator[tuple[str, tuple[str, str] | None]]:
    """Yield a path that holds what *argument* means, and what in messages stands for what the user typed."""
    if argument == STDIN:
        with TemporaryDirectory(prefix="hzc-") as directory:
            file = Path(directory, "stdin")
            file.write_bytes(standard_input().read())
            yield str(file), (str(file), "<stdin>")
        return
    if Path(argument).exists():
        yield argument, None
        return
    revision, colon, folder = argument.partition(":")
    if not colon and not is_revision(revision):
        yield argument, None  # whoever reads it says that it is not there
        return
    with TemporaryDirectory(prefix="hzc-") as directory:
        root = Path(directory).resolve()
        (root / ".git").touch()  # settings are looked for up to here
        path = path_in_repository(folder)
        above = [str(parent / name) for parent in Path(path, "_").parents for name in (SETTINGS_FILE, PYPROJECT)]
        write_files([each for each in files_at(revision, {path, *above}) if _is_read(each)], root)
        yield str(root / path), (f"{root}/", f"{revision}:") if path != "." else (str(root), revision)


def _is_read(file: File) -> bool:
    name = Path(file.name)
    return name.suffix.lower() in SUFFIXES or name.name in {PYPROJECT, LIST_NAME} or file.is_link


def _rendered(place: str, near: Path, settings: str | None, namespace: str | None) -> Rendered:
    from .checking import check
    from .options import platform_with

    found = find_settings(near) if settings is None else None
    platform = platform_with(str(found) if found else settings, namespace)
    read = _declared(place)
    if all(is_own_object(each.data, platform) for each in read):
        _stop_at([finding for each in read for finding in _wrong(each)])
        return Rendered([each.data for each in read])
    checked = check([place], platform, _pieces)
    _stop_at(checked.findings)
    whole = Rendered([each.data for each in checked.objects])
    for outcome in checked.outcomes:
        if outcome.value:
            resource, children = outcome.value
            whole.resources.append(resource)
            whole.objects += children
            whole.owners |= {identity(each): identity(resource) for each in children}
    return whole


def _declared(place: str) -> list[Declaration]:
    found, findings = sources([place])
    read: list[Declaration] = []
    for source in found:
        each, problems = declarations(source)
        read += each
        findings += problems
    _stop_at(findings)
    return read


def _pieces(compilation: Compilation) -> tuple[Manifest, list[Manifest]]:
    return compilation.resource_manifest, compilation.manifests


def _stop_at(findings: list[Finding]) -> None:
    errors = [each for each in findings if each.severity == "error"]
    if errors:
        raise InputError(errors)


def _folder(argument: str, place: str) -> Path:
    path = Path.cwd() if argument == STDIN else Path(place)
    return path if path.is_dir() else path.parent


def _wrong(declaration: Declaration) -> Iterator[Finding]:
    """Yield why what was declared is no object that API servers could take, as far as others rely on it."""
    data, where = declaration.data, declaration.where()
    metadata = data.get("metadata")
    if not isinstance(metadata, dict) or not isinstance(metadata.get("name"), str):
        yield Finding("required", "metadata.name", where=where)
    elif not isinstance(metadata.get("namespace") or "", str):
        yield Finding("expected a string", "metadata.namespace", where=where)
    elif kind := kind_type(data["apiVersion"], data["kind"]):
        body = {key: value for key, value in data.items() if key != "status"}
        yield from (each.at(where) for each in type_findings(body, kind, unknown="warning"))
