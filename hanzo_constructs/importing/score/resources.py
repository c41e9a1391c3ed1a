"""The resources that a workload of Score asks for, and what its placeholders for them mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...kube.fields import Path
from ...kube.manifest import Manifest
from ..notes import Notes, dns_label

__all__ = ["Asked", "asked_of"]

_SIZE = "10Gi"
_STORES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "postgres": (
        "SQL",
        {
            "host": "host",
            "port": "port",
            "name": "database",
            "database": "database",
            "username": "secret/POSTGRES_USER",
            "password": "secret/POSTGRES_PASSWORD",
        },
    ),
    "redis": ("KV", {"host": "host", "port": "port", "password": "secret/VALKEY_PASSWORD"}),
}
"""The kind for a type of resource, and what of a connection each of its outputs is."""

_WORKLOADS = ("service", "endpoint")
"""Types that mean another workload by its name, which is that of its Service too."""
_PORT = "service-port"
"""The type that means a port of another workload."""
_OF_A_PORT: Mapping[str, str] = {"host": "host", "hostname": "host", "port": "port", "name": "host"}


@dataclass(slots=True)
class Asked:
    """A resource that a workload asks for."""

    key: str
    """In the file."""
    type: str
    name: str
    """Of what it becomes, or of the Secret with its outputs."""
    kind: str = ""
    """The kind that it becomes, or that it means; empty where there is none."""
    port: str = ""
    """Name of the port of another workload; empty for the first."""
    outputs: Mapping[str, str] = field(default_factory=dict)
    literals: Mapping[str, str] = field(default_factory=dict)
    """Outputs that are the same everywhere."""
    params: Mapping[str, Any] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    """The outputs that placeholders ask for."""

    def documents(self, api_version: str, namespace: str) -> Iterator[Manifest]:
        """Yield the resource that it becomes."""
        if self.type not in _STORES:
            return
        spec: dict[str, Any] = {"storage": {"size": _SIZE}}
        if self.type == "postgres":
            spec |= {"credentialsSecret": f"{self.name}-credentials", "env": [_variable("POSTGRES_DB", self.name)]}
        elif "password" in self.used:
            spec |= {"credentialsSecret": f"{self.name}-credentials"}
            spec |= {"args": ["--requirepass", "$(VALKEY_PASSWORD)"]}
        metadata = {"name": self.name} | ({"namespace": namespace} if namespace else {})
        yield {"apiVersion": api_version, "kind": self.kind, "metadata": metadata, "spec": spec}

    def note(self, notes: Notes, at: Path) -> None:
        """Note what somebody has to make for it."""
        if self.type in _STORES:
            notes.told(at, f"says no size; {_SIZE} is written")
        if self.type == "postgres" or (self.type == "redis" and "password" in self.used):
            keys = ["VALKEY_PASSWORD"] if self.type == "redis" else ["POSTGRES_USER", "POSTGRES_PASSWORD"]
            why = f"make the Secret {self.name}-credentials with the keys {', '.join(keys)}"
            notes.left(at, self.type, why)
        if self.type in {"volume", "route", "dns"} or self.kind:
            return
        outputs = ", ".join(sorted(self.used)) or "its outputs"
        notes.left(
            (*at, "type"), self.type, f"no resource is one; run it, and make the Secret {self.name} with {outputs}"
        )


def _variable(name: str, value: str) -> dict[str, str]:
    return {"name": name, "value": value.replace("-", "_")}


def asked_of(workload: str, body: object, notes: Notes) -> dict[str, Asked]:
    """Return the resources that the field `resources` of a *workload* asks for, by name.

    What has an id is shared with the workloads that name it too.
    """
    found: dict[str, Asked] = {}
    for key, each in body.items() if isinstance(body, dict) else ():
        if not isinstance(each, dict) or not isinstance(each.get("type"), str):
            notes.error(("resources", key), "expected a mapping with a type")
            continue
        kind, params = each["type"], each.get("params")
        params = params if isinstance(params, dict) else {}
        name = dns_label(str(each.get("id") or f"{workload}-{key}"))
        asked = Asked(key, kind, name, params=params)
        if kind in _STORES:
            asked.kind, asked.outputs = _STORES[kind]
            asked.literals = {"username": "default"} if kind == "redis" else {}
        elif kind == _PORT and params.get("workload"):
            asked.kind, asked.outputs = "Service", _OF_A_PORT
            asked.name, asked.port = dns_label(str(params["workload"])), str(params.get("port") or "")
        elif kind in _WORKLOADS:
            asked.kind, asked.name = "Service", dns_label(str(params.get("workload") or each.get("id") or key))
            asked.literals = dict.fromkeys(("name", "host", "hostname"), asked.name)
        found[key] = asked
        for field_name in each.keys() - {"type", "id", "params", "metadata", "class"}:
            notes.left(("resources", key, field_name), each[field_name], "is no field of a Score file")
    return found
