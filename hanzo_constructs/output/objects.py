"""Objects that vanish from an output directory: nothing removes them from a cluster, so whoever applies has to know."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from ..kube.kinds import KINDS
from ..kube.yaml import read

__all__ = ["ObjectName", "deletions", "gone_lines", "object_names"]


class ObjectName(NamedTuple):
    """What names an object in a cluster, whatever the version of its kind."""

    group: str
    """Empty for the core group."""
    kind: str
    namespace: str
    """Empty: none is written, so that it is that of whoever applies, or the kind has none."""
    name: str


# The beginning of a document as the emitter writes it. What is written otherwise goes to the reader, which is slow.
_WORD = r"[A-Za-z0-9][A-Za-z0-9./:-]*"
_HEAD = re.compile(
    rf"apiVersion: ({_WORD})\nkind: ({_WORD})\nmetadata:\n  name: ({_WORD})\n(?:  namespace: ({_WORD})\n)?"
)
_NAMESPACE_BELOW = re.compile(r"(?:  .*\n)*?  namespace: ")
_MARKER = re.compile(r"\n(?:---|\.\.\.)").search
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9.:-]*")

_LOSSES = {
    ("", "Namespace"): "everything in it goes too",
    ("", "PersistentVolume"): "the data on it may go too",
    ("", "PersistentVolumeClaim"): "the data on it may go too",
    ("apiextensions.k8s.io", "CustomResourceDefinition"): "every object of this kind goes too",
    ("apps", "StatefulSet"): "its claims and the data on them may go too",
}
"""What a deletion takes along."""


def object_names(content: bytes) -> tuple[set[ObjectName], bool]:
    """Return the objects in *content*, YAML or JSON, and whether all of it could be read."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return set(), False
    if text.startswith("{"):
        return _in_json(text)
    found: set[ObjectName] = set()
    complete = True
    for document in text.removeprefix("---\n").split("\n---\n"):
        head = None if _MARKER(document) else _HEAD.match(document)
        if head and (head[4] or not _NAMESPACE_BELOW.match(document, head.end())):
            api_version, kind, name, namespace = head.groups()
            found.add(_named(api_version, kind, namespace or "", name))
            continue
        contents = read(document, syntax="yaml")
        complete = complete and not contents.findings
        for each in contents.documents:
            found |= set(_in_data(each.data))
    return found, complete


def gone_lines(directory: str, gone: Iterable[ObjectName], unread: Iterable[str]) -> Iterator[str]:
    """Yield what to print of the objects that are *gone* from *directory*, and of old files that were left *unread*."""
    if commands := list(deletions(gone)):
        objects = "an object is" if len(commands) == 1 else f"{len(commands)} objects are"
        yield (
            f"note: {directory}: {objects} gone from the output; what was applied stays in the cluster, until you delete "
            "what nothing needs any more:"
        )
        yield from (f"  {command}" for command in commands)
    for name in unread:
        yield f"note: {directory}/{name}: what stood there could not be read, so that objects that are gone are not known"


def deletions(names: Iterable[ObjectName]) -> Iterator[str]:
    """Yield the command that deletes each of *names* from a cluster, with what goes along as a comment.

    A name that no object can have, in a file that somebody tampered with, gets none.
    """
    for each in sorted(names):
        if not all(map(_NAME.fullmatch, (each.kind, each.name, each.namespace or "x", each.group or "x"))):
            continue
        row = KINDS.get(each.kind)
        kind = row.plural if row and row.group == each.group else each.kind
        command = ["kubectl", "delete", f"{kind}.{each.group}/{each.name}" if each.group else f"{kind}/{each.name}"]
        if each.namespace:
            command += ["--namespace", each.namespace]
        loss = _LOSSES.get((each.group, each.kind))
        yield shlex.join(command) + (f"  # {loss}" if loss else "")


def _named(api_version: str, kind: str, namespace: str, name: str) -> ObjectName:
    return ObjectName(api_version.rpartition("/")[0], kind, namespace, name)


def _in_json(text: str) -> tuple[set[ObjectName], bool]:
    try:
        return set(_in_data(json.loads(text))), True
    except (ValueError, RecursionError):
        return set(), False


def _in_data(data: Any) -> Iterator[ObjectName]:
    if not isinstance(data, dict):
        return
    if data.get("kind") == "List" and isinstance(data.get("items"), list):
        for item in data["items"]:
            yield from _in_data(item)
        return
    metadata = data.get("metadata")
    if isinstance(metadata, dict):
        words: list[Any] = [
            data.get("apiVersion"),
            data.get("kind"),
            metadata.get("namespace") or "",
            metadata.get("name"),
        ]
        if all(isinstance(word, str) for word in words):
            yield _named(*words)
