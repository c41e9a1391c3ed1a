"""What may decide a value of a child."""

from __future__ import annotations

from typing import Literal, NamedTuple

from ..kube.fields import Path

__all__ = ["Cause"]


class Cause(NamedTuple):
    """Something that decides values of children."""

    source: Literal["kind", "field", "default", "absence", "setting", "rule", "link"]
    """The kind of the resource, a field that is written, one with a default that is not, one without a default that is
    not, a setting of the platform, a rule of the epoch, or what another resource of the set needs or declares."""
    name: Path
    """The path of the field from the root of the resource, the Python name of setting or rule, or the number of the
    link."""
