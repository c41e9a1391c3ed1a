"""Labels and annotations an API server accepts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from ...errors import Finding
from ...kube.fields import Path, field_path
from ...kube.names import annotation_problems, label_problems
from ..objects import Object

__all__ = ["label_findings"]

_SURELY_SMALL = 50_000
"""Characters; in UTF-8 they are at most four times as many bytes, which is below the limit of all annotations."""


def label_findings(obj: Object) -> Iterable[Finding]:
    """Return illegal labels and annotations of *obj*, of its pods and of its claims."""
    metadata, pod = obj.metadata, obj.pod
    known = obj.own.labels if obj.own else {}
    if "annotations" not in metadata and metadata.get("labels") == known and not pod.metadata:
        return ()
    found = [*_problems(metadata, ("metadata",), known)]
    if pod.metadata and obj.kind != "Pod":
        found += _problems(pod.metadata, (*pod.path[:-1], "metadata"), known)
        for index, claim in enumerate(obj.spec.get("volumeClaimTemplates") or ()):
            found += _problems(claim["metadata"], ("spec", "volumeClaimTemplates", index, "metadata"), known)
    return found


def _problems(metadata: dict[str, Any], path: Path, known: dict[str, str]) -> Iterable[Finding]:
    labels, annotations = metadata.get("labels"), metadata.get("annotations")
    sound = not labels or labels == known or labels.items() <= known.items()
    if sound and (not annotations or _sound_annotations(annotations)):
        return ()
    return _label_findings(labels or {}, annotations or {}, path)


def _sound_annotations(annotations: dict[str, str]) -> bool:
    return all(map(_sound_key, annotations)) and sum(map(len, annotations.values())) < _SURELY_SMALL


@lru_cache(maxsize=1024)
def _sound_key(key: str) -> bool:
    return next(annotation_problems({key: ""}), None) is None


def _label_findings(labels: dict[str, str], annotations: dict[str, str], path: Path) -> Iterator[Finding]:
    for place, message in label_problems(labels):
        yield Finding(message, field_path((*path, "labels", *place)))
    for place, message in annotation_problems(annotations):
        yield Finding(message, field_path((*path, "annotations", *place)))
