"""The autoscaler of a model: what the number of its pods follows, down to no pod where something else wakes the first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...children.horizontal_pod_autoscaler import autoscaler
from ...children.scaled_object import prometheus_trigger, scaled_object
from ...errors import Finding
from ...kube.owner import Pods
from ...platform import Rules
from ...spec.inference.blocks import InferenceAutoscaling
from ...spec.inference.engine import Metric
from ...spec.inference.spec import InferenceServiceSpec
from ...spec.pod import Unasked
from ...spec.resource import Resource
from ..child import Child

__all__ = ["WHY", "autoscaling_children", "autoscaling_findings", "measured", "unasked_by_models"]

GPU_USE = "DCGM_FI_DEV_GPU_UTIL"
"""The gauge of NVIDIA/dcgm-exporter (etc/default-counters.csv): use in percent, by pod."""
_ZERO_SINCE = 37
"""Kubernetes 1.37 enables HPAScaleToZero."""
_TARGETS = {"queueDepth": 10, "gpuUtilization": 80, "cpu": 80}
_WAITING = 10
"""Requests in front of the pods for which one more is wanted."""
_RATE = "2m"
"""What a rate is taken over: several scrapes."""

WHY = {
    "HorizontalPodAutoscaler": {
        "spec.metrics[*]": "the metric of the engine, averaged over its pods; a pod for every 10 that wait, or 80 % of use",
        "spec.metrics[*].resource": "the use of what is asked for, averaged over the pods",
    },
    "ScaledObject": {"spec.triggers": "what wakes the first pod, and the metric of the engine"},
}
"""What is always so, and why: by the kind of the child and the place in it."""
_NOTHING_WRITTEN = InferenceAutoscaling.model_construct()


def measured(spec: InferenceServiceSpec) -> tuple[Metric, int | None]:
    """Return what the number of pods follows, and the average to aim at."""
    own = spec.autoscaling or _NOTHING_WRITTEN
    metric = own.metric
    if metric is None:
        by_device: Metric = "gpuUtilization" if spec.gpu else "cpu"
        metric = "queueDepth" if "queueDepth" in spec.engine_facts.metrics else by_device
    return metric, own.target or _TARGETS.get(metric)


def autoscaling_children(pods: Pods, spec: InferenceServiceSpec, rules: Rules) -> Iterator[Child]:
    """Yield what scales *pods*, if *spec* asks for it."""
    if not spec.scales or spec.is_external:
        return
    least, most, keda = spec.min_replicas or 0, spec.max_replicas or 0, rules.platform.keda
    own, metric = spec.autoscaling or _NOTHING_WRITTEN, _metric(spec)
    name, wake = f"{pods.owner.name}-hpa", own.wake if not least else None
    if wake and wake.query is not None and keda:
        triggers = [prometheus_trigger(keda.prometheus, wake.query, wake.target or _WAITING)]
        triggers.append(_trigger(pods, spec, keda.prometheus))
        manifest = scaled_object(pods, name=name, least=least, most=most, triggers=triggers, behavior=own.behavior)
        yield Child("ScaledObject", manifest, "spec.maxReplicas")
        return
    metrics = [metric]
    if wake:
        named = {"name": wake.metric, **({"selector": {"matchLabels": dict(wake.labels)}} if wake.labels else {})}
        target = {"type": "AverageValue", "averageValue": _amount(wake.target or _WAITING)}
        metrics = [{"type": "External", "external": {"metric": named, "target": target}}, metric]
    manifest = autoscaler(pods, name=name, least=least, most=most, metrics=metrics, behavior=own.behavior)
    yield Child("HorizontalPodAutoscaler", manifest, "spec.maxReplicas")


def _metric(spec: InferenceServiceSpec) -> dict[str, Any]:
    """Return the metric as autoscaling/v2 has it, under the name by which an adapter serves it."""
    metric, target = measured(spec)
    if metric == "cpu":
        aim = {"type": "Utilization", "averageUtilization": target}
        return {"type": "Resource", "resource": {"name": "cpu", "target": aim}}
    aim = {"type": "AverageValue", "averageValue": _amount(target or 0)}
    return {"type": "Pods", "pods": {"metric": {"name": _served(_series(metric, spec))}, "target": aim}}


def _amount(number: int) -> str:
    """Return *number* as an API server stores it, so that nobody sees a difference: 2000 is 2k."""
    for unit in ("", "k", "M"):
        if number % 1000 or not number:
            return f"{number}{unit}"
        number //= 1000
    return f"{number}G"


def _series(metric: Metric, spec: InferenceServiceSpec) -> str:
    return GPU_USE if metric == "gpuUtilization" else spec.engine_facts.metrics.get(metric, "")


def _served(series: str) -> str:
    """Return the name of *series* in the API of metrics: an adapter serves the rate of a counter without `_total`."""
    return series.removesuffix("_total").removesuffix("_sum")


def _trigger(pods: Pods, spec: InferenceServiceSpec, server: str) -> dict[str, Any]:
    metric, target = measured(spec)
    if metric == "cpu":
        return {"type": "cpu", "metricType": "Utilization", "metadata": {"value": str(target)}}
    series = _series(metric, spec)
    own = f'{series}{{namespace="{pods.owner.namespace}",pod=~"{pods.workload}-[a-z0-9]+-[a-z0-9]+"}}'
    query = f"sum(rate({own}[{_RATE}]))" if metric == "tokensPerSecond" else f"sum({own})"
    return prometheus_trigger(server, query, target or 0)


def autoscaling_findings(spec: InferenceServiceSpec, rules: Rules, namespace: str) -> Iterator[Finding]:
    """Yield what cannot be measured, and what the platform cannot do."""
    contradiction = rules.epoch.contradictions
    if (spec.scales or spec.is_external) and "replicas" in spec.model_fields_set:
        owner = "maxReplicas" if spec.scales else "autoscaling.external"
        message = f"has no effect beside {owner}; leave it out, got {spec.replicas}"
        yield Finding(message, "spec.replicas", severity=contradiction)
    if not spec.scales or spec.is_external:
        return
    metric, _ = measured(spec)
    if metric == "gpuUtilization" and not spec.gpu:
        yield Finding("needs a GPU, and gpu is 0", "spec.autoscaling.metric")
    elif metric in ("queueDepth", "tokensPerSecond") and metric not in spec.engine_facts.metrics:
        message = (
            f"is no metric of a {spec.engine} engine that is known here; write gpuUtilization or cpu, got {metric}"
        )
        yield Finding(message, "spec.autoscaling.metric")
    if spec.min_replicas == 0:
        yield from _zero_findings(spec, rules, namespace)


def unasked_by_models(resource: Resource) -> Iterator[Unasked]:
    """Yield the request that the pods of *resource* lack, where their number follows the use of the processor."""
    spec: InferenceServiceSpec = resource.spec
    measures = spec.scales and not spec.is_external and measured(spec)[0] == "cpu"
    if measures and not (spec.resources and spec.resources.cpu):
        yield Unasked("spec.resources.cpu", "cpu")


def _zero_findings(spec: InferenceServiceSpec, rules: Rules, namespace: str) -> Iterator[Finding]:
    """Yield why nothing on the platform can let the last pod go, and start one again."""
    wake, platform = (spec.autoscaling or _NOTHING_WRITTEN).wake, rules.platform
    if wake is None:
        return
    if wake.query is not None and platform.keda is None:
        message = (
            "needs KEDA, which the platform has not: set keda: {prometheus: <URL>}, or from Kubernetes"
            f" 1.{_ZERO_SINCE} on write autoscaling.wake.metric, an external metric, in its place"
        )
        yield Finding(message, "spec.autoscaling.wake.query")
    elif wake.query is not None and not namespace:
        message = "required: the query of the engine's metric names it; write one here or set namespace in the platform settings"
        yield Finding(message, "metadata.namespace")
    elif wake.metric is not None and platform.kubernetes_minor < _ZERO_SINCE:
        message = (
            f"lets the last pod go from Kubernetes 1.{_ZERO_SINCE} on, but the platform's oldest cluster is"
            f" {platform.kubernetes}; before, set keda: {{prometheus: <URL>}} and write autoscaling.wake.query"
        )
        yield Finding(message, "spec.autoscaling.wake.metric")
