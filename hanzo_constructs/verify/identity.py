"""What names an object that may be anything at all, and what was done to one."""

from __future__ import annotations

from ..kube.kinds import known_kind
from ..kube.manifest import Manifest

__all__ = ["differ_in_labels_alone", "identified", "named"]


def differ_in_labels_alone(manifest: Manifest, original: Manifest) -> bool:
    """Tell whether *manifest* is *original* with other labels."""
    if manifest.keys() != original.keys() or any(
        manifest[key] != original[key] for key in manifest if key != "metadata"
    ):
        return False
    metadata, before = manifest["metadata"], original["metadata"]
    return metadata.keys() == before.keys() and all(metadata[key] == before[key] for key in metadata if key != "labels")


def identified(manifest: Manifest) -> tuple[str, str]:
    """Return kind and name of *manifest*, which may lack them."""
    kind, _, name = named(manifest)
    return kind, name


def named(manifest: object) -> tuple[str, str, str]:
    """Return kind, namespace and name of *manifest*, which may lack them."""
    document = manifest if isinstance(manifest, dict) else {}
    metadata = document.get("metadata")
    namespace, name = (metadata.get("namespace"), metadata.get("name")) if isinstance(metadata, dict) else ("", "")
    api_version, kind = document.get("apiVersion"), document.get("kind")
    kind = known_kind(api_version, kind) if isinstance(api_version, str) and isinstance(kind, str) else kind
    return str(kind or ""), str(namespace or ""), str(name or "")
