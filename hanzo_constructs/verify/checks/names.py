"""Names of objects and of their parts; what Kubernetes derives from a name counts into its length."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from types import MappingProxyType

from ...errors import Finding
from ...kube.base64_text import decoded
from ...kube.fields import Path, field_path, shown
from ...kube.names import dns_label_problem, object_name_problem, service_name_problem
from ..objects import Object

__all__ = ["key_findings", "name_findings", "part_name_findings"]


def _stateful_set_problem(name: str) -> str:
    # The label controller-revision-hash is <name>-<hash of 10>, and a label value has at most 63 characters.
    return _with_reason(name, 52, "its pods are labelled with it and 11 more")


def _cron_job_problem(name: str) -> str:
    # A job is <name>-<minute in 10 digits>, and its pods are labelled with that.
    return _with_reason(name, 52, "its jobs are named after it and 11 more")


def _job_problem(name: str) -> str:
    return _with_reason(name, 63, "its pods are labelled with it")


def _with_reason(name: str, limit: int, reason: str) -> str:
    if len(name) > limit:
        return f"must have at most {limit} characters because {reason}, got {len(name)}"
    return object_name_problem(name)


_RULES: MappingProxyType[str, Callable[[str], str]] = MappingProxyType(
    {
        "StatefulSet": _stateful_set_problem,
        "CronJob": _cron_job_problem,
        "Job": _job_problem,
        "Service": service_name_problem,
        "Namespace": dns_label_problem,
    }
)
_KEY = re.compile(r"[-._A-Za-z0-9]{1,253}\Z", re.ASCII)


def name_findings(obj: Object) -> Iterable[Finding]:
    """Return what is wrong with the name and the namespace of *obj*."""
    origin = obj.origin
    problem = _RULES.get(obj.kind, object_name_problem)(origin.name)
    elsewhere = origin.namespace and dns_label_problem(origin.namespace)
    if not problem and not elsewhere:
        return ()
    both = ((problem, "metadata.name"), (elsewhere, "metadata.namespace"))
    return [Finding(message, path) for message, path in both if message]


def part_name_findings(obj: Object) -> Iterator[Finding]:
    """Yield illegal and repeated names of containers and volumes."""
    pod = obj.pod
    first: dict[str, Path] = {}
    for path, container, *_ in pod.containers:
        name = container["name"]
        if problem := dns_label_problem(name):
            yield Finding(problem, field_path((*path, "name")))
        if (earlier := first.setdefault(name, path)) is not path:
            message = f"{shown(name)} is used twice (also {field_path(earlier[-2:])})"
            yield Finding(message, field_path((*path, "name")))
    volumes: dict[str, int] = {}
    for index, volume in enumerate(pod.volumes):
        name = volume["name"]
        if problem := dns_label_problem(name):
            yield Finding(problem, field_path((*pod.path, "volumes", index, "name")))
        if (known := volumes.setdefault(name, index)) != index:
            message = f"{shown(name)} is used twice (also volumes[{known}])"
            yield Finding(message, field_path((*pod.path, "volumes", index, "name")))


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
