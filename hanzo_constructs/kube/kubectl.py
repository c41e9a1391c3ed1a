"""Commands for kubectl, as a user pastes them into a shell."""

from __future__ import annotations

import json
import shlex
from typing import Any

from .manifest import Manifest

__all__ = ["command", "compact", "kubectl"]


def kubectl(manifest: Manifest) -> tuple[str, ...]:
    """Return the beginning of a command about *manifest*: `kubectl`, and the namespace if it has one."""
    namespace = manifest["metadata"].get("namespace")
    return ("kubectl", "--namespace", namespace) if namespace else ("kubectl",)


def command(*words: str, patch: Any = None) -> str:
    """Return *words* as one line for a shell, with *patch* as the last option."""
    return shlex.join([*words, *(["--patch", compact(patch)] if patch else [])])


def compact(data: Any) -> str:
    """Return *data* as JSON without white space."""
    return json.dumps(data, separators=(",", ":"))
