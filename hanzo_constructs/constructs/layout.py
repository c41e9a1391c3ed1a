"""Which documents go into which file, and writing the files all or nothing."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import OutputError, system_reason
from ..kube.manifest import Manifest
from ..kube.yaml import dump
from ..output.commit import Step, commit, saved
from .cdk import ApiObject, Names, YamlOutputType, jsii
from .chart import HanzoChart
from .crossing import Reference
from .synthesis import ChartParts, Synthesis

if TYPE_CHECKING:
    from .app import HanzoApp

__all__ = ["text", "write"]

_STAGE_PREFIX = ".hanzo-new-"
_DNS_LABEL = re.compile(r"[0-9a-z-]{1,63}\Z")
_NOT_IN_FILE_NAMES = re.compile(r"[^0-9A-Za-z._-]")


def text(manifests: Iterable[Manifest]) -> str:
    """Write *manifests* one after the other.

    Each begins with a separator, the first one too: `cdk8s synth --stdout` and `cat` join files without one.
    """
    return "".join("---\n" + dump(manifest) for manifest in manifests)


def write(app: HanzoApp, synthesis: Synthesis) -> None:
    """Write all of *synthesis* below the output directory of *app*, or raise `OutputError` and change nothing."""
    texts = _texts(synthesis.charts, app.yaml_output_type)
    files = {f"{stem}{app.output_file_extension}": "".join(each) for stem, each in texts.items()}
    if app._records_paths:
        files["construct-metadata.json"] = _metadata(app)
    directory = Path(app.outdir)
    try:
        directory.mkdir(parents=True, exist_ok=True)
        _put(directory, files)
    except OSError as error:
        name = str(error.filename2 or error.filename or directory)
        place = directory if _STAGE_PREFIX in name else name
        raise OutputError(f"{place}: cannot be written: {system_reason(error)}") from error


def _texts(charts: list[ChartParts], output_type: YamlOutputType) -> dict[str, list[str]]:
    """Return what is in each file, by its path without extension; objects that would share a file all stand in it."""
    files: dict[str, list[str]] = {}
    for chart in charts:
        stem = _chart_stem(chart)
        if output_type is YamlOutputType.FILE_PER_CHART:
            files.setdefault(stem, [])
        for part in chart.parts:
            for manifest in part.manifests:
                files.setdefault(_stem(stem, manifest, output_type), []).append(text([manifest]))
    if output_type is YamlOutputType.FILE_PER_APP and charts:
        files.setdefault("app", [])
    return files


def _stem(chart: str, manifest: Manifest, output_type: YamlOutputType) -> str:
    match output_type:
        case YamlOutputType.FILE_PER_APP:
            return "app"
        case YamlOutputType.FILE_PER_CHART:
            return chart
        case YamlOutputType.FILE_PER_RESOURCE:
            return _object_stem(manifest)
        case YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE:
            return f"{chart}/{_object_stem(manifest)}"


def _chart_stem(parts: ChartParts) -> str:
    """Return what cdk8s would call the file of a chart; it has the last word about ids that are no DNS labels."""
    chart = parts.chart
    if isinstance(chart, HanzoChart) and chart._waits and _DNS_LABEL.match(chart._id):
        stem = chart._id
    else:
        if isinstance(chart, HanzoChart):
            chart._stand()
        stem = jsii.sinvoke(Names, "toDnsLabel", [Reference(chart)])
    return stem if parts.number is None else f"{parts.number:04d}-{stem}"


def _object_stem(manifest: Manifest) -> str:
    """Return `Deployment.shop.api`: without the namespace, as in cdk8s, one object would overwrite another."""
    metadata = manifest["metadata"]
    parts = (manifest["kind"], metadata.get("namespace"), metadata["name"])
    return _NOT_IN_FILE_NAMES.sub("", ".".join(part for part in parts if part))


def _put(directory: Path, files: dict[str, str]) -> None:
    """Prepare all of *files* beside their places, then put them there at once."""
    stage = Path(tempfile.mkdtemp(prefix=_STAGE_PREFIX, dir=directory))
    try:
        steps = []
        for index, (name, content) in enumerate(files.items()):
            target, place = directory / name, stage / str(index)
            target.parent.mkdir(exist_ok=True)
            place.mkdir()
            fresh = place / "new"
            fresh.write_bytes(content.encode())
            steps.append(Step(target, fresh, saved(target, place)))
        commit(steps, stage)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _metadata(app: HanzoApp) -> str:
    """Return what validation plugins of cdk8s-cli want to know: the construct path of each object, by name."""
    objects = (each for each in app.node.find_all() if isinstance(each, ApiObject))
    paths = {each.name: {"path": each.node.path} for each in objects}
    return json.dumps({"version": "1.0.0", "resources": paths})
