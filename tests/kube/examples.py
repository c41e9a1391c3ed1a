"""Kubernetes' own examples of each of its kinds, with every field set: `testdata/HEAD/*.yaml` of the Go module k8s.io/api.

They are not in the repository; KUBERNETES_API_EXAMPLES names the folder.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

__all__ = ["EXAMPLES", "needs_examples"]

EXAMPLES = sorted(Path(os.environ.get("KUBERNETES_API_EXAMPLES") or "no folder").glob("*.yaml"))

needs_examples = pytest.mark.skipif(not EXAMPLES, reason="KUBERNETES_API_EXAMPLES names no folder with the examples")
