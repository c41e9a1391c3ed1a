"""What stale files would change for what runs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from ..errors import InputError
from ..output.comparing import Comparison
from ..output.kustomization import KUSTOMIZATION
from ..output.listing import LIST_NAME

if TYPE_CHECKING:
    from ..output.directory import Content

__all__ = ["differences"]


def differences(directory: Path, files: Mapping[str, str | Content], found: Comparison) -> list[str]:
    """Return the lines that say what changes from the files in *directory* to *files*, where they differ.

    What was committed may be no object any more; then that is said, and its text is not shown.
    """
    from .diff_report import report_of
    from .diff_text import text
    from .sides import sides

    left_out = {LIST_NAME, KUSTOMIZATION}
    with TemporaryDirectory(prefix="hzc-check-") as scratch:
        old, new = Path(scratch, "committed"), Path(scratch, "rendered")
        for place in (old, new):
            place.mkdir()
            (place / "same.yaml").write_text(_SAME)  # so that neither side is without an object
        for name in {*found.stale, *found.orphaned} - left_out:
            _put(old / name, (directory / name).read_bytes())
        for name in {*found.stale, *found.missing} - left_out:
            content = files[name]
            _put(new / name, content.encode() if isinstance(content, str) else content)
        try:
            report = report_of(sides(str(old), str(new), None, None))
        except InputError as error:
            return [str(each).replace(f"{scratch}/committed", str(directory)) for each in error.findings]
        if report.all:
            return [*text(report)]
    return ["no object changes: only the text, such as comments, quotes or the order of fields"] if found.stale else []


_SAME = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: hzc-check\n"


def _put(path: Path, content: Content) -> None:
    if not content:  # a chart without objects
        return
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
