"""Which names, labels and keys the API server accepts, as types and as checks that say what is wrong.

Source: apimachinery `util/validation`; the limits are https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Annotated

from pydantic import AfterValidator

from .fields import Path, shown
from .published import text

__all__ = [
    "LABEL_VALUE_FORM",
    "LONGEST_CRON_JOB",
    "OBJECT_NAME_FORM",
    "SERVICE_NAME_FORM",
    "ContainerName",
    "DnsLabel",
    "Host",
    "LabelValue",
    "ObjectName",
    "PortName",
    "QualifiedName",
    "annotation_problems",
    "data_key_problem",
    "dns_host_problem",
    "dns_label_problem",
    "host_problem",
    "key_problem",
    "label_problems",
    "label_value_problem",
    "length_problem",
    "name_problem",
    "object_name_problem",
    "port_name_problem",
    "service_name_problem",
]

_LABEL = re.compile(r"[a-z0-9](?:[-a-z0-9]*[a-z0-9])?\Z", re.ASCII)
_SUBDOMAIN = re.compile(r"[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*\Z", re.ASCII)
_ADDRESS = re.compile(r"[0-9.]+\Z")
_LABEL_VALUE = re.compile(r"(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?\Z", re.ASCII)
_DATA_KEY = re.compile(r"(?!\.\.)(?!\.\Z)[-._a-zA-Z0-9]+\Z", re.ASCII)
_PORT_NAME = re.compile(r"(?!.*--)(?=.*[a-z])[a-z0-9](?:[-a-z0-9]*[a-z0-9])?\Z", re.ASCII)


LONGEST_CRON_JOB = 52
"""Characters of the name of a CronJob: a job is `<name>-<minute in 10 digits>`, and its pods are labelled with that."""
_LIMITS = {
    # the label controller-revision-hash is <name>-<hash of 10>, and a label value has at most 63 characters
    "StatefulSet": (52, "pods are labelled with it and 11 more"),
    "CronJob": (LONGEST_CRON_JOB, "its jobs are named after it and 11 more"),
    "Job": (63, "its pods are labelled with it"),
}


@lru_cache(maxsize=1024)
def dns_label_problem(name: str, limit: int = 63) -> str:
    """Say why *name* is not a DNS-1123 label of at most *limit* characters; empty when it is one."""
    if len(name) > limit:
        return f"must have at most {limit} characters, got {len(name)}"
    if not _LABEL.match(name):
        return f"must be lower-case letters, digits and '-', with a letter or digit at both ends, got {shown(name)}"
    return ""


@lru_cache(maxsize=1024)
def service_name_problem(name: str) -> str:
    """Say why *name* cannot name a Service (DNS-1035 label: it must begin with a letter)."""
    problem = dns_label_problem(name)
    if not problem and not name[0].isalpha():
        return f"must begin with a letter because a Service is named after it, got {shown(name)}"
    return problem


def length_problem(kind: str, name: str) -> str:
    """Say why *name* is too long for an object of *kind*, from whose name others are made; empty where none is."""
    limit, reason = _LIMITS.get(kind, (len(name), ""))
    return f"must have at most {limit} characters because {reason}, got {len(name)}" if len(name) > limit else ""


def name_problem(kind: str, name: str) -> str:
    """Say why an object of *kind* cannot have the *name*; empty when it can."""
    return length_problem(kind, name) or _FORMS.get(kind, object_name_problem)(name)


@lru_cache(maxsize=1024)
def object_name_problem(name: str) -> str:
    """Say why *name* is not a DNS-1123 subdomain, the form of most object names."""
    if len(name) > 253:
        return f"must have at most 253 characters, got {len(name)}"
    if not _SUBDOMAIN.match(name):
        return (
            f"must be lower-case letters, digits, '-' and '.', with a letter or digit at both ends, got {shown(name)}"
        )
    return ""


def _segment_problem(name: str) -> str:
    """Say why *name* is no segment of a path, which is all that an API server asks of the names of roles."""
    if name in (".", "..") or "/" in name or "%" in name:
        return f"must be neither . nor .. and without / and %, got {shown(name)}"
    return ""


_FORMS: Mapping[str, Callable[[str], str]] = {
    "Service": service_name_problem,
    "Namespace": dns_label_problem,
    **dict.fromkeys(("ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"), _segment_problem),
}
"""Kinds whose names are not as those of the others."""


@lru_cache(maxsize=1024)
def port_name_problem(name: str) -> str:
    """Say why *name* is not an IANA service name."""
    if len(name) > 15:
        return f"must have at most 15 characters, got {len(name)}"
    if not _PORT_NAME.match(name):
        return f"must be lower-case letters, digits and single '-', with at least one letter, got {shown(name)}"
    return ""


@lru_cache(maxsize=1024)
def dns_host_problem(host: str) -> str:
    """Say why *host* is not a lower-case DNS name that can be resolved: each of its labels has 63 characters at most."""
    if problem := object_name_problem(host):
        return problem
    longest = max(host.split("."), key=len)
    return f"must have at most 63 characters between dots, got {len(longest)}" if len(longest) > 63 else ""


@lru_cache(maxsize=1024)
def host_problem(host: str) -> str:
    """Say why *host* is not a DNS name, or a wildcard `*.` before one."""
    bare = host.removeprefix("*.")
    if object_name_problem(bare):
        return f"must be a lower-case DNS name, or *. before one, got {shown(host)}"
    return "must be a DNS name, got an IP address" if _ADDRESS.match(host) else dns_host_problem(bare)


@lru_cache(maxsize=1024)
def label_value_problem(value: str) -> str:
    """Say why *value* is not a legal label value; the empty string is one."""
    if len(value) > 63:
        return f"must have at most 63 characters, got {len(value)}"
    if not _LABEL_VALUE.match(value):
        return f"must be letters, digits, '-', '_' and '.', with a letter or digit at both ends, got {shown(value)}"
    return ""


@lru_cache(maxsize=1024)
def data_key_problem(key: str) -> str:
    """Say why *key* cannot be a key in the data of a Secret or a ConfigMap."""
    if len(key) > 253:
        return f"must have at most 253 characters, got {len(key)}"
    if not _DATA_KEY.match(key):
        return f"must be letters, digits, '-', '_' and '.', and not begin with '..', got {shown(key)}"
    return ""


@lru_cache(maxsize=1024)
def key_problem(key: str) -> str:
    """Say why *key* cannot be the key of a label or the name of a device: `[prefix/]name`."""
    prefix, slash, name = key.rpartition("/")
    if slash and object_name_problem(prefix):
        return f"the part before the slash must be a DNS name, got {shown(prefix)}"
    if not name or label_value_problem(name):
        return f"must be [prefix/]name with at most 63 letters, digits, '-', '_' and '.' as name, got {shown(key)}"
    return ""


def label_problems(labels: Mapping[str, str]) -> Iterator[tuple[Path, str]]:
    """Yield (path, message) for each label whose key or value the API server refuses."""
    for key, value in labels.items():
        if problem := key_problem(key) or label_value_problem(value):
            yield (key,), problem


def annotation_problems(annotations: Mapping[str, str]) -> Iterator[tuple[Path, str]]:
    """Yield (path, message) for each annotation whose key is refused; values are free up to 256 KiB in all."""
    if not annotations:
        return
    for key in annotations:
        if problem := key_problem(key.lower() if "/" in key else key):
            yield (key,), problem
    size = sum(len(key) + len(value.encode("utf-8", "surrogatepass")) for key, value in annotations.items())
    if size > 256 * 1024:
        yield (), f"must have at most 262144 bytes in all, got {size}"


def _checked(problem_of: Callable[[str], str]) -> AfterValidator:
    # What has been found right is not even asked for again; an error is never remembered.
    @lru_cache(maxsize=1024)
    def check(value: str) -> str:
        if problem := problem_of(value):
            raise ValueError(problem)
        return value

    return AfterValidator(check)


_LABEL_FORM = "[a-z0-9]([-a-z0-9]*[a-z0-9])?"
_SUBDOMAIN_FORM = rf"{_LABEL_FORM}(\.{_LABEL_FORM})*"
_HOST_LABEL_FORM = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?"
_VALUE_FORM = "([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)"

OBJECT_NAME_FORM = text(_SUBDOMAIN_FORM, most=253)
"""What is published of the name of most objects."""
SERVICE_NAME_FORM = text("[a-z]([-a-z0-9]*[a-z0-9])?", most=63)
"""What is published of the name of a Service."""
LABEL_VALUE_FORM = text(f"{_VALUE_FORM}?", most=63)
"""What is published of the value of a label."""
DnsLabel = Annotated[str, _checked(dns_label_problem), text(_LABEL_FORM, most=63)]
"""A DNS-1123 label: namespaces, most names that end up in a host name."""
ContainerName = DnsLabel
ObjectName = Annotated[str, _checked(object_name_problem), OBJECT_NAME_FORM]
"""A DNS-1123 subdomain: the name of a Secret, a ConfigMap, a ServiceAccount."""
StorageClassName = Annotated[
    str, _checked(lambda name: object_name_problem(name) if name else ""), text(f"({_SUBDOMAIN_FORM})?", most=253)
]
"""The name of a StorageClass; an empty one asks for a volume that somebody has made, and for none to be made."""
PortName = Annotated[
    str,
    _checked(port_name_problem),
    # parts between single hyphens, one of which has a letter
    text("([0-9]+-)*[0-9]*[a-z][a-z0-9]*(-[a-z0-9]+)*", most=15),
]
"""An IANA service name, at most 15 characters."""
Host = Annotated[str, _checked(host_problem), text(rf"(\*\.)?{_HOST_LABEL_FORM}(\.{_HOST_LABEL_FORM})*", most=255)]
"""A host of an Ingress: a DNS name or a wildcard."""
QualifiedName = Annotated[str, _checked(key_problem), text(rf"({_SUBDOMAIN_FORM}/)?{_VALUE_FORM}", most=317)]
"""`[prefix/]name`: the key of a label, the type of a condition."""
LabelValue = Annotated[str, _checked(label_value_problem), LABEL_VALUE_FORM]
"""A legal label value."""
