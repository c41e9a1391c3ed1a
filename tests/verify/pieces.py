"""Pieces of a set to prove: compiled resources, patched ones, and objects of a user's own."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from textwrap import dedent
from typing import Any

from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.errors import Finding
from hanzo_constructs.kube.fields import parsed_path
from hanzo_constructs.kube.hosts import NamedHost
from hanzo_constructs.kube.kinds import TRANSIENT
from hanzo_constructs.kube.labels import selector_labels
from hanzo_constructs.kube.manifest import Manifest
from hanzo_constructs.kube.owner import Owner, Pods
from hanzo_constructs.kube.yaml import load_all
from hanzo_constructs.platform import Platform, Rules, rules_for
from hanzo_constructs.spec.kinds import parse
from hanzo_constructs.spec.pod import Unasked
from hanzo_constructs.spec.secrets import KeyNeed
from hanzo_constructs.verify import CHECKS, Check, Compiled, Proof, Prover

__all__ = [
    "GONE",
    "Case",
    "Piece",
    "base_rules",
    "compiled",
    "derived",
    "edited",
    "objects",
    "proof_of",
    "service",
    "texts",
]

GONE: Any = object()
"""In an edit: take the field away."""

Edit = tuple[str, str, Any]
"""Kind, field path, new value."""


@dataclass(frozen=True)
class Piece:
    """Something to add to a set."""

    where: str
    compilation: Compiled | None = None
    manifests: Sequence[Manifest] | None = None
    """The children as patched, or the user's own objects."""


@dataclass(frozen=True)
class Case:
    """A set that breaks one promise, and the exact words for it."""

    check: str
    name: str
    pieces: Callable[[], Sequence[Piece]]
    expected: Sequence[str]


@dataclass(frozen=True)
class Derived:
    """A resource of a kind that is compiled elsewhere, as far as the proof sees it."""

    resource: str
    rules: Rules
    owner: Owner
    pods: Sequence[Pods]
    manifests: list[Manifest]
    chosen_names: dict[tuple[str, str], str] = field(default_factory=dict)
    overlaid: dict[tuple[str, str], Manifest] = field(default_factory=dict)
    is_scaled_from_outside: bool = False
    sidecar_ports: tuple[tuple[int, str], ...] = ()
    hosts: tuple[tuple[str, NamedHost], ...] = ()
    key_needs: tuple[KeyNeed, ...] = ()
    unmet: tuple[Finding, ...] = ()
    unasked: tuple[Unasked, ...] = ()
    resource_manifest: Manifest = field(default_factory=dict)


def service(spec: str = "", *edits: Edit, name: str = "api", **metadata: Any) -> Piece:
    """Compile a Service in namespace shop; *spec* is YAML in addition to image, and *edits* patch its children."""
    given = {"image": {"repository": "ghcr.io/hanzoai/api", "tag": "v1.2.3"}} | _yaml(spec)
    return _compiled("Service", name, given, edits, metadata)


def compiled(kind: str, name: str, spec: str, *edits: Edit) -> Piece:
    """Compile a resource in namespace shop; *spec* is YAML, and *edits* patch its children."""
    return _compiled(kind, name, _yaml(spec), edits, {})


def _compiled(kind: str, name: str, spec: dict[str, Any], edits: Sequence[Edit], metadata: dict[str, Any]) -> Piece:
    metadata = {"name": name, "namespace": "shop", **metadata}
    compilation = compile_resource(
        parse({"apiVersion": "hanzo.ai/v1", "kind": kind, "metadata": metadata, "spec": spec})
    )
    return Piece(f"{name}.yaml:1", compilation, edited(compilation.manifests, edits) if edits else None)


def derived(text: str, *, kind: str = "Datastore", name: str = "db", labels: dict[str, str] | None = None) -> Piece:
    """Take the YAML documents *text* for what a resource called *name* compiles to."""
    selector = selector_labels(name)
    all_labels = selector | (labels or {})
    owner = Owner(name=name, namespace="shop", labels=all_labels)
    documents = _documents(text)
    jobs = [each["metadata"]["name"] for each in documents if each["kind"] in TRANSIENT]
    pods = [Pods(owner, name, all_labels, selector), *(Pods(owner, job, {}, {}) for job in jobs)]
    return Piece(f"{name}.yaml:1", Derived(f"{kind} shop/{name}", base_rules(), owner, pods, documents))


def objects(text: str, where: str = "chart/extra") -> Piece:
    """Take the YAML documents *text* for objects of the user's own."""
    return Piece(where, None, _documents(text))


def base_rules() -> Rules:
    return rules_for(Platform(), epoch=None, pod_security="none", stateful=True)


def edited(manifests: Sequence[Manifest], edits: Sequence[Edit]) -> list[Manifest]:
    """Return *manifests* with each edit made in the first object of its kind."""
    patched = copy.deepcopy(list(manifests))
    for kind, path, value in edits:
        target: Any = next(manifest for manifest in patched if manifest["kind"] == kind)
        *steps, last = parsed_path(path)
        for step in steps:
            target = target[step]
        if value is GONE:
            del target[last]
        elif isinstance(target, list) and last == len(target):
            target.append(value)
        else:
            container: Any = target
            container[last] = value
    return patched


def proof_of(pieces: Sequence[Piece], checks: Sequence[Check] = CHECKS) -> Proof:
    prover = Prover(checks)
    for piece in pieces:
        if piece.compilation is None:
            prover.add_objects(piece.manifests or (), piece.where)
        else:
            prover.add(piece.compilation, piece.where, piece.manifests)
    return prover.proof()


def texts(proof: Proof) -> list[str]:
    """Return the findings as the command line prints them, warnings marked."""
    return [f"{'warning: ' if finding.severity == 'warning' else ''}{finding}" for finding in proof.findings]


def _yaml(text: str) -> dict[str, Any]:
    documents = _documents(text) if text.strip() else []
    return documents[0] if documents else {}


def _documents(text: str) -> list[Manifest]:
    return [document.data for document in load_all(dedent(text))]
