"""Which documents go into which file of the output directory."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from ...kube.manifest import Manifest
from ...kube.yaml import dump
from ..lazy.object import Reference
from ..node.cdk import ApiObject, App, Names, YamlOutputType, jsii
from .chart import HanzoChart
from .synthesis import ChartParts, Synthesis

__all__ = ["files_of", "text"]

_DNS_LABEL = re.compile(r"[0-9a-z-]{1,63}\Z")
_NOT_IN_FILE_NAMES = re.compile(r"[^0-9A-Za-z._-]")


def text(manifests: Iterable[Manifest]) -> str:
    """Write *manifests* one after the other.

    Each begins with a separator, the first one too: `cdk8s synth --stdout` and `cat` join files without one.
    """
    return "".join("---\n" + dump(manifest) for manifest in manifests)


def files_of(app: App, synthesis: Synthesis, *, records_paths: bool) -> dict[str, str]:
    """Return all of *synthesis* as the texts of files, by their names below the output directory of *app*.

    With *records_paths*, a file for cdk8s-cli says which construct each object comes from.
    """
    texts = _texts(synthesis.charts, app.yaml_output_type)
    files = {f"{stem}{app.output_file_extension}": "".join(each) for stem, each in texts.items()}
    if records_paths:
        files["construct-metadata.json"] = _metadata(app)
    return files


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
    """Return the name that cdk8s gives the file of a chart, without extension; it changes ids that are no DNS labels."""
    chart = parts.chart
    if isinstance(chart, HanzoChart) and chart._is_lazy and _DNS_LABEL.match(chart._id):
        stem = chart._id
    else:
        if isinstance(chart, HanzoChart):
            chart._ensure_node()
        stem = jsii.sinvoke(Names, "toDnsLabel", [Reference(chart)])
    return stem if parts.number is None else f"{parts.number:04d}-{stem}"


def _object_stem(manifest: Manifest) -> str:
    """Return `Deployment.shop.api`: without the namespace, as in cdk8s, one object would overwrite another."""
    metadata = manifest["metadata"]
    parts = (manifest["kind"], metadata.get("namespace"), metadata["name"])
    return _NOT_IN_FILE_NAMES.sub("", ".".join(part for part in parts if part))


def _metadata(app: App) -> str:
    """Return what validation plugins of cdk8s-cli want to know: the construct path of each object, by name."""
    objects = (each for each in app.node.find_all() if isinstance(each, ApiObject))
    paths = {each.name: {"path": each.node.path} for each in objects}
    return json.dumps({"version": "1.0.0", "resources": paths})
