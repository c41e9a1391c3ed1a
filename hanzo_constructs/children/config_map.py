"""ConfigMap: text that pods, or others in the cluster, read."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic_core import to_json

from ..kube.manifest import Manifest, manifest
from ..kube.owner import Owner
from ..spec.workload import CONFIG_HASH

__all__ = ["LARGEST", "config_map", "hash_annotation"]

LARGEST = 1024 * 1024
"""Bytes that a ConfigMap can hold."""


def config_map(
    owner: Owner, suffix: str, data: Mapping[str, str], *, labels: Mapping[str, str] | None = None
) -> Manifest:
    """Hold *data* under the name of *owner* with *suffix*; *labels* come on top of the owner's."""
    return manifest("ConfigMap", owner, name=f"{owner.name}-{suffix}", labels=labels, data=dict(data))


def hash_annotation(data: Mapping[str, str]) -> dict[str, str]:
    """Return an annotation for pods that changes with *data* and is the same in every process.

    Whoever reads a file when it starts must be restarted to read another one.
    """
    from hashlib import sha256  # few pods read files

    return {CONFIG_HASH: sha256(to_json(dict(sorted(data.items())))).hexdigest()}
