"""Names of objects and of their parts; what Kubernetes derives from a name counts into its length."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ...errors import Finding
from ...kube.base64_text import decoded
from ...kube.fields import Path, field_path, shown
from ...kube.kinds import KINDS
from ...kube.names import dns_label_problem, name_problem
from ...platform import Severity
from ...spec.repeats import repeats
from ..objects import Object

__all__ = ["key_findings", "name_findings", "part_name_findings"]


_KEY = re.compile(r"[-._A-Za-z0-9]{1,253}\Z", re.ASCII)


def name_findings(obj: Object) -> Iterable[Finding]:
    """Return what is wrong with the name and the namespace of *obj*.

    Of kinds that are not known here, servers ask for the names of most others; but they may do otherwise.
    """
    origin = obj.origin
    problem = name_problem(obj.kind, origin.name)
    elsewhere = origin.namespace and dns_label_problem(origin.namespace)
    if not problem and not elsewhere:
        return ()
    severity: Severity = "error" if obj.kind in KINDS else "warning"
    found = [Finding(problem, "metadata.name", severity=severity)] if problem else []
    return [*found, Finding(elsewhere, "metadata.namespace")] if elsewhere else found


def part_name_findings(obj: Object) -> Iterator[Finding]:
    """Yield illegal and repeated names of containers and volumes."""
    pod = obj.pod
    containers = [(each.path, each.data["name"]) for each in pod.containers]
    yield from _named_parts(containers)
    yield from _named_parts([((*pod.path, "volumes", index), each["name"]) for index, each in enumerate(pod.volumes)])


def _named_parts(parts: Sequence[tuple[Path, str]]) -> Iterator[Finding]:
    earlier = dict(repeats([name for _, name in parts]))
    for index, (path, name) in enumerate(parts):
        if problem := dns_label_problem(name):
            yield Finding(problem, field_path((*path, "name")))
        if index in earlier:
            message = f"{shown(name)} is used twice (also {field_path(parts[earlier[index]][0][-2:])})"
            yield Finding(message, field_path((*path, "name")))


def key_findings(obj: Object) -> Iterator[Finding]:
    """Yield illegal keys of a ConfigMap or Secret, and values that are not written as their field wants them."""
    for field in ("data", "binaryData", "stringData"):
        for key in obj.manifest.get(field) or ():
            if not _KEY.match(key) or key in {".", ".."} or key.startswith(".."):
                yield Finding(f"must be letters, digits, '-', '_' and '.', got {shown(key)}", field_path((field, key)))
    for field, plain in (("data", "stringData"), ("binaryData", "data")):
        if field == "data" and obj.kind == "ConfigMap":
            continue
        for key, value in (obj.manifest.get(field) or {}).items():
            if decoded(value) is None:
                yield Finding(f"must be base64; text as it is belongs into {plain}", field_path((field, key)))
