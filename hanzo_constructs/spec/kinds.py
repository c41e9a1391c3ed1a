"""The table of kinds, and the way from a document to a typed resource."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import Any

from ..errors import Finding, SpecError
from ..kube.fields import discreet, shown, suggestion, type_shown
from ..kube.model import parse_as
from ..platform import Platform
from .groups import GROUPS, LATTICE_GROUP
from .installed import installed_kind, installed_names
from .kind import Kind
from .resource import Resource

__all__ = ["GROUPS", "KINDS", "Kind", "kind_named", "kind_names", "kind_of", "parse"]


def _own(
    name: str, plural: str, short_name: str, module: str, *, status: str = "ServingStatus", old_name: str = ""
) -> Kind:
    """Return a kind of this package, whose parts are where those of all its kinds are."""
    return Kind(
        name,
        plural,
        (short_name,),
        resource=f".spec.{module}:{name}",
        compiler=f".compiler.{module}:{module.upper()}",
        construct=f".constructs.kinds.{module}:{name}Construct",
        status=f".spec.status:{status}",
        old_name=old_name,
    )


_SERVICE = _own("Service", "services", "hsvc", "service", old_name="HanzoService")
_DATASTORE = _own("Datastore", "datastores", "hds", "datastore", status="DatastoreStatus", old_name="HanzoDatastore")

KINDS: MappingProxyType[str, Kind] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            _SERVICE,
            _SERVICE.facade("IAM", "iams", "iam", "Identity and access management."),
            _SERVICE.facade("LLM", "llms", "llm", "A gateway to language models."),
            _SERVICE.facade("KMS", "kmsapps", "kms", "Key management."),
            _SERVICE.facade("Indexer", "indexers", "idx", "An indexer of a chain."),
            _SERVICE.facade("Explorer", "explorers", "exp", "An explorer of a chain."),
            _DATASTORE,
            _DATASTORE.facade("SQL", "sqls", "sql", "A PostgreSQL database.", engine="postgresql"),
            _DATASTORE.facade("KV", "kvs", "kv", "A Valkey cache.", engine="valkey"),
            _DATASTORE.facade(
                "DocDB",
                "docdbs",
                "docdb",
                "A document database; in the default image a proxy to a SQL that keeps its data.",
                engine="docdb",
            ),
            _DATASTORE.facade("S3", "s3s", "s3", "An object store.", engine="minio"),
            _own("Base", "bases", "bapp", "base", status="BaseStatus", old_name="BaseApp"),
            _own("Gateway", "gateways", "hgw", "gateway", old_name="HanzoGateway"),
            _own("Stateful", "statefuls", "hsts", "stateful"),
            _own("Task", "tasks", "htask", "task", status="TaskStatus"),
            _own(
                "InferenceService",
                "inferenceservices",
                "isvc",
                "inference_service",
                status="InferenceServiceStatus",
            ),
            Kind(
                "LatticeService",
                "latticeservices",
                ("lsvc",),
                resource=".spec.lattice_service:LatticeService",
                compiler=".compiler.lattice_service:LATTICE_SERVICE",
                construct=".constructs.kinds.lattice_service:LatticeServiceConstruct",
                status=".spec.status:LatticeStatus",
                version="v1alpha1",
                group=LATTICE_GROUP,
            ),
        )
    }
)
"""Every kind of this package by name; other packages add theirs, which `kind_named` and `kind_names` know too."""

_METADATA_OF_A_CLUSTER = frozenset(
    (
        "creationTimestamp",
        "deletionGracePeriodSeconds",
        "deletionTimestamp",
        "finalizers",
        "generation",
        "managedFields",
        "ownerReferences",
        "resourceVersion",
        "selfLink",
        "uid",
    )
)
"""Fields of metadata that an API server or a controller sets."""

_LONGEST_NAME = 253
"""The length of the longest name that an object can have."""


_TAKEN = frozenset(KINDS)


def kind_names() -> tuple[str, ...]:
    """Return the names of all kinds: those of this package, then those that others add.

    Raises `SpecError` where two packages add one kind.
    """
    return (*KINDS, *installed_names(_TAKEN))


def kind_named(name: str) -> Kind:
    """Return the kind *name*, of this package or of another; raises `SpecError` where there is none."""
    if (kind := _known(name)) is None:
        raise SpecError([Finding(f"unknown kind {shown(name)}, {_hint(name)}", "kind")])
    return kind


def _known(name: str) -> Kind | None:
    return KINDS.get(name) or installed_kind(name, _TAKEN)


def _hint(name: str) -> str:
    """Say which kind may be meant by *name*."""
    names = kind_names()
    near = suggestion(name, names)
    return f"did you mean {near}?" if near else f"known are {', '.join(names)}"


def parse(document: object, platform: Platform | None = None) -> Resource:
    """Return the typed resource in *document* (YAML or JSON data); raises `SpecError` with every finding."""
    platform = platform or Platform()
    if not isinstance(document, dict):
        raise SpecError(
            [Finding(f"expected a mapping with apiVersion, kind, metadata and spec, got {type_shown(document)}")]
        )
    kind = document.get("kind")
    known = _known(kind) if isinstance(kind, str) else None
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
    kind = _known(resource.kind)
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
    if new := next((each for each in KINDS.values() if each.old_name == kind), None):
        wanted = new.api_version(platform)
        message = f"{kind} is a kind of v1alpha1; hzc migrate --write makes a {new.name} of {wanted} of the resource"
        return Finding(message, "kind")
    hint = _hint(kind)
    if not isinstance(api_version, str):
        return Finding(f"unknown kind {shown(kind)}, {hint}", "kind")
    if hint.startswith("known") and not api_version.startswith(f"{platform.api_group}/"):
        hint += f" of {platform.api_group}"
    return Finding(f"unknown kind {shown(kind)} of {discreet(api_version)}, {hint}", "kind")


def _wrong_api_version(given: object, kind: Kind, platform: Platform) -> Finding | None:
    wanted = kind.api_version(platform)
    if given is None:
        return Finding(f"required, must be {wanted}", "apiVersion")
    if given == wanted or not isinstance(given, str):
        return None  # the model says that it is no string
    if given == "v1":
        return Finding(f"must be {wanted}, got v1, which is Kubernetes' own {kind.name}", "apiVersion")
    return Finding(_other_api_version(given, wanted, kind, platform), "apiVersion")


def _other_api_version(given: str, wanted: str, kind: Kind, platform: Platform) -> str:
    """Say what to do about an apiVersion that is *given* in place of the one that is *wanted*."""
    group, slash, version = given.rpartition("/")
    if slash and not kind.group and group != platform.api_group and version == kind.version:
        return f"must be {wanted}, got {given}; set apiGroup in the platform settings to use that group"
    base = KINDS.get(kind.compiled_as)
    if slash and base and base.old_name and group == platform.api_group and version == "v1alpha1":
        return f"must be {wanted}, got {given}; hzc migrate --write rewrites the resource"
    return f"must be {wanted}, got {shown(given)}"
