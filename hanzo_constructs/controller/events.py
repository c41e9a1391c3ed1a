"""Events as Kubernetes stores them: what `kubectl describe` shows below a resource."""

from __future__ import annotations

import socket
from datetime import UTC, datetime
from uuid import uuid4

from ..kube.manifest import Manifest
from ..operator.client import Event
from ..operator.ownership import MANAGER

__all__ = ["event_manifest"]

_LONGEST = 1024
"""Characters of a message that an API server takes."""


def event_manifest(event: Event) -> Manifest:
    """Return *event*, which happens now, as an object of events.k8s.io/v1."""
    about = event.about
    return {
        "apiVersion": "events.k8s.io/v1",
        "kind": "Event",
        "metadata": {"name": f"{about.name[:200]}.{uuid4().hex[:16]}", "namespace": about.namespace or "default"},
        "eventTime": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "reportingController": f"hanzo.ai/{MANAGER}",
        "reportingInstance": socket.gethostname()[:128] or MANAGER,
        "action": "Reconcile",
        "reason": event.reason,
        "type": event.type,
        "note": event.message if len(event.message) <= _LONGEST else f"{event.message[: _LONGEST - 3]}...",
        "regarding": {
            "apiVersion": about.api_version,
            "kind": about.kind,
            "name": about.name,
            "uid": event.uid,
            **({"namespace": about.namespace} if about.namespace else {}),
        },
    }
