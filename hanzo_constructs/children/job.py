"""Job: work that ends."""

from __future__ import annotations

from typing import Any

from ..kube.manifest import Manifest, manifest
from ..kube.owner import Pods

__all__ = ["job", "job_spec"]


def job_spec(template: dict[str, Any], fields: dict[str, Any]) -> dict[str, Any]:
    """Return the spec of a job that runs *template*, with further *fields* in wire names, as the user wrote them."""
    return {**fields, "template": template}


def job(pods: Pods, spec: dict[str, Any]) -> Manifest:
    """Run the job with this *spec*; the controller gives it a selector of its own."""
    return manifest("Job", pods, spec=spec)
