"""Snapshots of manifests with syrupy: a YAML file for each object, as a reviewer wants to read it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from syrupy.terminal import disable_color

from ..kube.yaml import dump

__all__ = ["ManifestExtension", "ManifestSnapshots"]

_NOT_IN_FILE_NAMES = re.compile(r"[^0-9A-Za-z.-]")


class ManifestExtension(SingleFileSnapshotExtension):
    """A snapshot file that holds one manifest, written as `hzc` writes it."""

    _write_mode = WriteMode.TEXT
    file_extension = "yaml"

    def serialize(self, data: Any, **_: Any) -> str:
        """Write the manifest *data*."""
        return dump(data)


class ManifestSnapshots:
    """All snapshot files of a test; equal to the manifests that they show, no more and no fewer."""

    __hash__ = None  # type: ignore[assignment]

    def __init__(self, snapshot: SnapshotAssertion) -> None:
        """Keep the files where *snapshot* keeps its own."""
        self._snapshot = snapshot.use_extension(ManifestExtension)
        self._report: list[str] = []

    def __eq__(self, other: object) -> bool:
        """Compare the manifests in *other*; with `--snapshot-update`, write them down instead."""
        if not isinstance(other, Iterable):
            return NotImplemented
        names: dict[str, Any] = {}
        for manifest in other:
            names[_free(_name(manifest), names)] = manifest
        self._report = [line for name, manifest in names.items() for line in self._compared(name, manifest)]
        if not self._snapshot.update_snapshots:
            self._report += [
                f"{path.name}: the object is gone; remove the file, or run pytest with --snapshot-update"
                for path in self._orphans(names)
            ]
        return not self._report

    def manifest_snapshot_report(self) -> list[str]:
        """Return what was different in the last comparison, for pytest to show."""
        return ["the manifests are not those of the snapshots", *self._report]

    def _compared(self, name: str, manifest: Any) -> Iterator[str]:
        if self._snapshot(name=name) != manifest:
            with disable_color():  # pytest cuts long reports, and would cut in the middle of a colour
                yield from (f"{name}:", *self._snapshot.get_assert_diff())

    def _orphans(self, names: Iterable[str]) -> list[Path]:
        """Return the files of the test that belong to none of *names*."""
        extension, location = self._snapshot.extension, self._snapshot.test_location
        used = {Path(extension.get_location(test_location=location, index=name)) for name in names}
        directory = Path(extension.dirname(test_location=location))
        prefix = extension.get_snapshot_name(test_location=location) + "["
        files = directory.glob(f"*.{extension.file_extension}") if directory.is_dir() else ()
        return sorted(path for path in files if path.name.startswith(prefix) and path not in used)


def _name(manifest: Any) -> str:
    """Return `deployment-shop-api`."""
    metadata = manifest["metadata"]
    parts = (manifest["kind"].lower(), metadata.get("namespace"), metadata["name"])
    return _NOT_IN_FILE_NAMES.sub("_", "-".join(part for part in parts if part))


def _free(name: str, taken: Iterable[str]) -> str:
    """Return *name*, numbered if it is taken: names with dashes can meet, and API groups share kinds."""
    number, candidate = 1, name
    while candidate in taken:
        number += 1
        candidate = f"{name}-{number}"
    return candidate
