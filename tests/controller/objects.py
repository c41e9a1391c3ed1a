"""Objects as watches tell of them."""

from __future__ import annotations

from typing import Any

from hanzo_constructs.operator.ownership import OWNER_LABEL, RESOURCE_ANNOTATION

__all__ = ["child", "resource"]


def child(name: str, version: int, *, owner: str = "u1", kind: str = "ConfigMap", namespace: str = "shop") -> Any:
    """Return a child of `Service shop/api`, in a *version*."""
    return {
        "apiVersion": "v1",
        "kind": kind,
        "metadata": {
            "name": name,
            "namespace": namespace,
            "resourceVersion": str(version),
            "labels": {OWNER_LABEL: owner} if owner else {},
            "annotations": {RESOURCE_ANNOTATION: "Service.hanzo.ai shop/api"},
        },
    }


def resource(name: str, uid: str = "u1", *, namespace: str = "shop", **spec: Any) -> Any:
    """Return a Service of ours."""
    metadata = {"name": name, "namespace": namespace, "uid": uid}
    return {"apiVersion": "hanzo.ai/v1", "kind": "Service", "metadata": metadata, "spec": spec}
