"""The file that tells kustomize, and what works like it, which files of an output directory to take."""

from __future__ import annotations

import os
from collections import ChainMap
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import TypeVar, cast

from ..errors import OutputError
from ..kube.yaml import dump

__all__ = ["KUSTOMIZATION", "kustomization"]

T = TypeVar("T")

KUSTOMIZATION = "kustomization.yaml"
_OTHERS = ("kustomization.yml", "Kustomization")
"""Names that kustomize reads too; with two of the three in a directory it refuses to work."""


def kustomization(directory: Path, files: Mapping[str, T]) -> Mapping[str, T | str]:
    """Return *files*, and a kustomization that lists exactly them, in the order of their names.

    Raises `OutputError` where *directory* has one under another name, which is the user's.
    """
    for name in _OTHERS:
        # listed, and not asked for: on some disks the capital letter makes no difference
        if directory.is_dir() and name in os.listdir(directory):  # noqa: PTH208 - names are all that is wanted
            message = "kustomize reads one kustomization of a directory; move it, or leave --kustomization out"
            raise OutputError(f"{directory / name}: {message}")
    data = {"apiVersion": "kustomize.config.k8s.io/v1beta1", "kind": "Kustomization", "resources": sorted(files)}
    last: dict[str, T | str] = {KUSTOMIZATION: f"---\n{dump(data)}"}
    return ChainMap(
        last, cast("MutableMapping[str, T | str]", files)
    )  # files may be read one by one, and are only read
