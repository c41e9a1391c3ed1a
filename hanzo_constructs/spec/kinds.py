"""The table of kinds, and the way from a document to a typed resource."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from ..errors import Finding, SpecError
from ..kube.fields import discreet, shown, suggestion, type_shown
from ..kube.model import parse_as
from ..platform import Platform
from .facades import IAM, KMS, KV, LLM, S3, SQL, DocDB, Explorer, Indexer
from .resource import Base, Datastore, Gateway, Resource, Service

__all__ = ["KINDS", "Kind", "kind_of", "parse"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of the platform."""

    name: str
    plural: str
    short_names: tuple[str, ...]
    model: type[Resource]
    compiled_as: str
    """The kind whose compiler and spec it shares; its own name unless it is a facade."""
    version: str = "v1"

    def api_version(self, platform: Platform) -> str:
        """Return the apiVersion of resources of this kind on *platform*."""
        return f"{platform.api_group}/{self.version}"


KINDS: MappingProxyType[str, Kind] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            Kind("Service", "services", ("hsvc",), Service, "Service"),
            Kind("IAM", "iams", ("iam",), IAM, "Service"),
            Kind("LLM", "llms", ("llm",), LLM, "Service"),
            Kind("KMS", "kmsapps", ("kms",), KMS, "Service"),
            Kind("Indexer", "indexers", ("idx",), Indexer, "Service"),
            Kind("Explorer", "explorers", ("exp",), Explorer, "Service"),
            Kind("Datastore", "datastores", ("hds",), Datastore, "Datastore"),
            Kind("SQL", "sqls", ("sql",), SQL, "Datastore"),
            Kind("KV", "kvs", ("kv",), KV, "Datastore"),
            Kind("DocDB", "docdbs", ("docdb",), DocDB, "Datastore"),
            Kind("S3", "s3s", ("s3",), S3, "Datastore"),
            Kind("Base", "bases", ("bapp",), Base, "Base"),
            Kind("Gateway", "gateways", ("hgw",), Gateway, "Gateway"),
        )
    }
)
"""Every kind by name."""

_OLD_KINDS = {"HanzoService": "Service", "HanzoDatastore": "Datastore", "HanzoGateway": "Gateway", "BaseApp": "Base"}
"""Kinds of v1alpha1 and what replaces them."""

_METADATA_OF_A_CLUSTER = frozenset(
    (
        "creationTimestamp",
        "deletionGracePeriodSeconds",
        "deletionTimestamp",
        "generation",
        "managedFields",
        "resourceVersion",
        "selfLink",
        "uid",
    )
)
"""Fields of metadata that an API server sets."""

_LONGEST_NAME = 253
"""The length of the longest name that an object can have."""


def parse(document: object, platform: Platform | None = None) -> Resource:
    """Return the typed resource in *document* (YAML or JSON data); raises `SpecError` with every finding."""
    platform = platform or Platform()
    if not isinstance(document, dict):
        raise SpecError(
            [Finding(f"expected a mapping with apiVersion, kind, metadata and spec, got {type_shown(document)}")]
        )
    kind = document.get("kind")
    known = KINDS.get(kind) if isinstance(kind, str) else None
    if known is None:
        raise SpecError([_unknown_kind(kind, document.get("apiVersion"), platform)])
    findings = [finding] if (finding := _wrong_api_version(document.get("apiVersion"), known, platform)) else []
    written = _written_by_the_cluster(document)
    if written:
        findings += [Finding("is written by the cluster; leave it out", ".".join(path)) for path in written]
        document = _without(document, written)
    try:
        resource = parse_as(known.model, document)
    except SpecError as error:
        subject = _subject(document)
        raise SpecError(finding.at("", subject) for finding in (*findings, *error.findings)) from None
    if findings:
        raise SpecError(finding.at("", str(resource)) for finding in findings)
    return resource


def kind_of(resource: Resource, platform: Platform) -> Kind:
    """Return the kind of *resource*; raises `SpecError` where Python code gave it one that its class is not of."""
    kind = KINDS.get(resource.kind)
    if kind is None or not isinstance(resource, kind.model):
        own = next((each.name for each in KINDS.values() if isinstance(resource, each.model)), "one of a kind")
        raise SpecError([Finding(f"must be {own}, got {shown(resource.kind)}", "kind", str(resource))])
    if "api_version" in resource.model_fields_set and (
        finding := _wrong_api_version(resource.api_version, kind, platform)
    ):
        raise SpecError([finding.at("", str(resource))])
    return kind


def _written_by_the_cluster(document: dict[str, Any]) -> list[tuple[str, ...]]:
    """Return the fields of *document* that nobody writes but a cluster, as a resource that was read from one has them."""
    metadata = document.get("metadata")
    below = (
        [("metadata", key) for key in metadata if key in _METADATA_OF_A_CLUSTER] if isinstance(metadata, dict) else []
    )
    return [*below, *([("status",)] if "status" in document else [])]


def _without(document: dict[str, Any], fields: Sequence[tuple[str, ...]]) -> dict[str, Any]:
    rest = {key: value for key, value in document.items() if (key,) not in fields}
    if isinstance(metadata := rest.get("metadata"), dict):
        rest["metadata"] = {key: value for key, value in metadata.items() if ("metadata", key) not in fields}
    return rest


def _subject(document: dict[str, Any]) -> str:
    metadata = document.get("metadata")
    name = metadata.get("name") if isinstance(metadata, dict) else None
    if not isinstance(name, str) or not name:
        return str(document["kind"])
    namespace = metadata.get("namespace") if isinstance(metadata, dict) else None
    place = f"{_named(namespace)}/" if isinstance(namespace, str) else ""
    return f"{document['kind']} {place}{_named(name)}"


def _named(name: str) -> str:
    """Return *name* as messages name a resource, which may be wrong about it: it may hold a password, or be a book."""
    return discreet(name) if len(name) <= _LONGEST_NAME else shown(name)


def _unknown_kind(kind: object, api_version: object, platform: Platform) -> Finding:
    if kind is None:
        return Finding("required", "kind")
    if not isinstance(kind, str):
        return Finding(f"expected a string, got {type_shown(kind)}", "kind")
    if kind in _OLD_KINDS:
        new = KINDS[_OLD_KINDS[kind]]
        return Finding(
            f"{kind} is the v1alpha1 name; migrate the resource to {new.name} ({new.api_version(platform)})", "kind"
        )
    near = suggestion(kind, KINDS)
    hint = f"did you mean {near}?" if near else f"known are {', '.join(KINDS)}"
    if not isinstance(api_version, str):
        return Finding(f"unknown kind {shown(kind)}, {hint}", "kind")
    if not near and not api_version.startswith(f"{platform.api_group}/"):
        hint += f" of {platform.api_group}; keep other objects in files that are not read here"
    return Finding(f"unknown kind {shown(kind)} of {discreet(api_version)}, {hint}", "kind")


def _wrong_api_version(given: object, kind: Kind, platform: Platform) -> Finding | None:
    wanted = kind.api_version(platform)
    if given is None:
        return Finding(f"required, must be {wanted}", "apiVersion")
    if given == wanted or not isinstance(given, str):
        return None  # the model says that it is no string
    if given == "v1":
        return Finding(f"must be {wanted}, got v1, which is Kubernetes' own {kind.name}", "apiVersion")
    group, slash, version = given.rpartition("/")
    if slash and group != platform.api_group and version == kind.version:
        return Finding(
            f"must be {wanted}, got {given}; set apiGroup in the platform settings to use that group", "apiVersion"
        )
    if slash and group == platform.api_group and version == "v1alpha1":
        return Finding(f"must be {wanted}, got {given}; migrate the resource", "apiVersion")
    return Finding(f"must be {wanted}, got {shown(given)}", "apiVersion")
