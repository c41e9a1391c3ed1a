"""From the tree to the documents of the output, without JavaScript where JavaScript knows nothing of the tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from ...errors import Finding, ProofError
from ...kube.manifest import Manifest, identity
from ...kube.scope import is_namespaced
from ...verify import Proof
from ..lazy.children import ChildObject
from ..lazy.object import Reference
from ..lazy.patches import blamed_on_a_patch
from ..lazy.resource import LazyResource
from ..lazy.scope import LazyApp
from ..node.cdk import ApiObject, Chart, DependencyGraph, jsii
from .apply_order import Member, in_apply_order
from .chart import HanzoChart
from .links import tree_links
from .proving import Part, part_of, proof_of
from .replicas import scaled_targets, without_scaled_replicas
from .user_objects import all_constructs
from .validation import validated_by_proof

__all__ = ["ChartParts", "Synthesis", "chart_parts", "synthesised"]


class ChartParts(NamedTuple):
    """A chart and what is written of it."""

    chart: Chart
    parts: list[Part]
    number: int | None = None
    """The index of the chart among all, where charts depend on each other: part of the name of its file."""


class Synthesis(NamedTuple):
    """An app as it is written: charts that others depend on come first."""

    charts: list[ChartParts]
    proof: Proof

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The warnings of compiling and of the proof."""
        owners = dict.fromkeys(part.owner for chart in self.charts for part in chart.parts)
        found = (finding.at(owner._where) for owner in owners if owner for finding in owner._packed.warnings)
        return (*found, *self.proof.findings)

    def manifests(self, chart: object = None) -> Iterator[Manifest]:
        """Yield the documents of *chart*, or of all, in order."""
        for each in self.charts:
            if chart is None or each.chart is chart:
                for part in each.parts:
                    yield from part.manifests


def synthesised(app: LazyApp) -> Synthesis:
    """Return the documents of *app*; raises `ProofError` with every finding when they do not fit together."""
    tree_links(app).settle(app.platform)
    if (known := app._only_members) is not None and all(map(_is_untouched, known)):
        charts = [ChartParts(chart, chart_parts(chart)) for chart in known]
    else:
        app._create_nodes()
        validation = validated_by_proof(app)
        validation.is_paused = True  # the proof is made below
        try:
            charts = _ordered_charts(app)
        except RuntimeError as error:
            blamed_on_a_patch(error, all_constructs(app) or ())
            raise
        finally:
            validation.is_paused = False
    if targets := scaled_targets(part for chart in charts for part in chart.parts):
        charts = [chart._replace(parts=[*without_scaled_replicas(chart.parts, targets)]) for chart in charts]
    proof = proof_of((part for chart in charts for part in chart.parts), app.platform)
    if any(finding.severity == "error" for finding in proof.findings):
        raise ProofError(proof.findings)
    return Synthesis(charts, proof)


def chart_parts(chart: Chart) -> list[Part]:
    """Return the documents of *chart*, in the order in which they can be applied, and depend on each other."""
    if isinstance(chart, HanzoChart) and _is_untouched(chart):
        return [Part(each) for each in chart._only_members or ()]
    if isinstance(chart, HanzoChart):
        chart._create_nodes()
    rendered = chart.to_json() if _renders_itself(chart) else jsii.invoke(Reference(chart), "toJson")
    constructs = _topology(chart)
    objects = [each for each in constructs if isinstance(each, ApiObject)]
    if len(objects) != len(rendered):  # there are charts below this one, or the chart renders itself
        objects = [each for each in objects if _key(jsii.get(Reference(each), "chart")) == _key(chart)]
    if len(objects) != len(rendered) or _renders_itself(chart):
        return list(_recognised(rendered, objects, _path(chart)))
    members = _members(constructs, dict(zip(map(_key, objects), rendered, strict=True)), _path(chart))
    return in_apply_order(list(members), constructs)


def _is_untouched(chart: Chart) -> bool:
    """Tell whether JavaScript has nothing to add to what Python knows of *chart*."""
    if not isinstance(chart, HanzoChart) or _renders_itself(chart):
        return False
    members = chart._only_members
    return members is not None and all(member._is_lazy for member in members)


def _renders_itself(chart: Chart) -> bool:
    """Tell whether the user's class has a `to_json` of its own."""
    return type(chart).to_json is not Chart.to_json


def _ordered_charts(app: LazyApp) -> list[ChartParts]:
    reference = Reference(app)
    unordered: list[Chart] = jsii.get(reference, "charts")
    parts = {_key(chart): chart_parts(chart) for chart in unordered}
    if all(map(_is_untouched, unordered)):
        jsii.invoke(reference, "synthYaml")  # nobody has asked for validation yet
    charts: list[Chart] = jsii.get(reference, "charts")  # rendering settles their order
    numbered = any(map(_depends_on_another, charts))
    return [ChartParts(chart, parts[_key(chart)], number if numbered else None) for number, chart in enumerate(charts)]


def _topology(chart: Chart) -> list[Any]:
    graph: list[Any] = DependencyGraph(jsii.get(Reference(chart), "node")).topology()
    return graph


def _members(constructs: Sequence[Any], rendered: dict[str, Manifest], where: str) -> Iterator[Member]:
    """Yield what was *rendered* of *constructs*, and the children of those that are lazy, in their order."""
    for each in constructs:
        if isinstance(each, LazyResource) and each._is_lazy:
            yield Member(each, Part(each))
        elif isinstance(each, ApiObject) and (manifest := rendered.get(_key(each))):
            yield Member(each, _part(manifest, each, where))


def _part(manifest: Manifest, api_object: ApiObject | None, where: str) -> Part:
    if isinstance(api_object, ChildObject):
        return part_of(api_object, _like(api_object._compiled, manifest))
    return Part(None, [_outside_namespaces(manifest)], where)


def _outside_namespaces(manifest: Manifest) -> Manifest:
    """Return *manifest* without the namespace of its chart, which cdk8s gives to kinds that stand in none too."""
    metadata = manifest.get("metadata")
    if not isinstance(metadata, dict) or "namespace" not in metadata:
        return manifest
    if is_namespaced(str(manifest.get("apiVersion")), str(manifest.get("kind"))):
        return manifest
    return {**manifest, "metadata": {key: value for key, value in metadata.items() if key != "namespace"}}


def _recognised(rendered: Iterable[Manifest], objects: Iterable[ApiObject], where: str) -> Iterator[Part]:
    """Yield *rendered*, telling by identity what was derived from a resource."""
    derived = {identity(each._compiled): each for each in objects if isinstance(each, ChildObject)}
    for manifest in rendered:
        yield _part(manifest, derived.get(identity(manifest)), where)


def _like(compiled: Any, rendered: Any) -> Any:
    """Return *rendered* with its keys in the order of *compiled*, new ones last: JavaScript sorts some of them."""
    if isinstance(compiled, dict) and isinstance(rendered, dict):
        ordered = {key: _like(compiled[key], rendered[key]) for key in compiled if key in rendered}
        return ordered | {key: value for key, value in rendered.items() if key not in compiled}
    if isinstance(compiled, list) and isinstance(rendered, list):
        kept = [_like(*pair) for pair in zip(compiled, rendered, strict=False)]
        return kept + rendered[len(kept) :]
    return rendered


def _key(construct: Any) -> str:
    reference: str = Reference(construct).__jsii_ref__.ref
    return reference


def _path(construct: Any) -> str:
    path: str = jsii.get(jsii.get(Reference(construct), "node"), "path")
    return path


def _depends_on_another(chart: Chart) -> bool:
    dependencies = jsii.get(jsii.get(Reference(chart), "node"), "dependencies")
    return any(_key(jsii.sinvoke(Chart, "of", [Reference(each)])) != _key(chart) for each in dependencies)
