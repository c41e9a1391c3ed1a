"""Workloads that others may connect to: the template of their pods, and what their optional blocks ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from ..children.cluster_service import traffic_distribution
from ..children.horizontal_pod_autoscaler import horizontal_pod_autoscaler
from ..children.http_route import Weights
from ..children.pod import Revision
from ..children.pod_disruption_budget import pod_disruption_budget
from ..children.ports import container_ports
from ..children.probe import probe, tcp_probe
from ..children.service_monitor import service_monitor
from ..errors import Finding
from ..kube.model import written
from ..kube.owner import Pods
from ..platform import Rules
from ..spec.image import ImageSpec
from ..spec.ingress import Ingress
from ..spec.observability import ServiceMonitor
from ..spec.ports import ServicePort, exposed
from ..spec.scaling import Autoscaling, PodDisruptionBudget, bounds_problem
from .attachments import attached_children, attachment_findings, workload_template
from .child import Child
from .exposure import exposure_children, exposure_findings
from .findings import budget_findings, enabled_findings, eviction_findings, image_findings, unmounted_findings
from .open_routes import public_metrics_findings
from .optional_blocks import active, secret_children
from .references import reference_findings
from .requests import request_findings
from .services import service_findings
from .workload import AS_WRITTEN, main_container, pod_fields

if TYPE_CHECKING:
    from ..spec.gateway import Gateway
    from ..spec.service import Service, ServingSpec
    from ..spec.stateful import Stateful

__all__ = [
    "NOTHING_DERIVED",
    "Derived",
    "Guarded",
    "Run",
    "guarding_children",
    "running_children",
    "serving_children",
    "serving_findings",
]

_DEFAULT_MAX_REPLICAS = 10
"""Upper bound of an autoscaler written in the old form, with `enabled` and without a bound."""


@dataclass(frozen=True, slots=True)
class Derived:
    """What a kind adds to the main container and to the pods; what the user wrote stands behind it, or in its place."""

    args: list[str] | None = None
    env: tuple[dict[str, str], ...] = ()
    volumes: tuple[dict[str, Any], ...] = ()
    volume_mounts: tuple[dict[str, Any], ...] = ()
    read: Mapping[str, str] = field(default_factory=dict)
    """What is read once, at the start: text by file."""
    readiness: dict[str, Any] | None = None
    """What is asked whether the pod is ready, where the user wrote no probe; None: its first port."""
    user: int | None = None
    """User of the main container, where the user wrote none."""
    grace: int | None = None
    """Seconds to stop, where the user wrote none; None: as for every pod."""
    several: bool = False
    """Whether there may be more than one pod, whatever the spec says now."""
    weights: Weights | None = None
    """How the requests of hosts are shared among Services; None: all are for that of the resource."""


NOTHING_DERIVED = Derived()


@dataclass(frozen=True, slots=True)
class Run:
    """What runs pods, and under which names they are reached."""

    template: dict[str, Any]
    replicas: int | None
    """None: an autoscaler owns the count."""
    traffic: str | None
    """To which pods clients are led."""


def serving_children(
    resource: Service | Gateway | Stateful,
    image: ImageSpec,
    pods: Pods,
    rules: Rules,
    run: Callable[[Run], Iterable[Child]],
    derived: Derived = NOTHING_DERIVED,
) -> Iterator[Child]:
    """Yield the children of *resource*, whose main container is of *image*, in apply order.

    The workload, and the Services that lead to it, are those that *run* gives.
    """
    spec: ServingSpec = resource.spec
    yield from secret_children(pods.owner, spec.kms_secrets, rules.platform)
    yield from attached_children(pods.owner, spec, rules.platform)
    yield from running_children(spec, image, pods, rules, run, derived)


def running_children(
    spec: ServingSpec,
    image: ImageSpec,
    pods: Pods,
    rules: Rules,
    run: Callable[[Run], Iterable[Child]],
    derived: Derived,
) -> Iterator[Child]:
    """Yield those of the children that `serving_children` yields which run *pods*, scale, guard and lead to them."""
    autoscaling = active(spec.autoscaling)
    several = derived.several or _may_be_several(spec, rules)
    traffic = traffic_distribution(rules, several=several) if spec.ports else None
    template = _template(pods, spec, image, rules, derived, several=several)
    yield from run(Run(template, None if autoscaling else spec.replicas, traffic))
    if autoscaling and not autoscaling.external:
        bound = _max_replicas(autoscaling, rules) or _DEFAULT_MAX_REPLICAS
        scaler = horizontal_pod_autoscaler(pods, autoscaling, max_replicas=bound, target_kind=spec.workload_kind)
        yield Child("HorizontalPodAutoscaler", scaler, "spec.autoscaling")
    several_services = bool(spec.services) or spec.workload_kind == "StatefulSet"
    yield from guarding_children(spec, pods, rules, among_several=several_services, weights=derived.weights)


class Guarded(Protocol):
    """A spec with the optional blocks of a workload that others connect to."""

    @property
    def ports(self) -> tuple[ServicePort, ...]:
        """Ports of the main container and of the Service."""
        ...

    @property
    def pdb(self) -> PodDisruptionBudget | None:
        """How many pods may be missing while nodes are drained."""
        ...

    @property
    def ingress(self) -> Ingress | None:
        """Hosts under which the service is reached from outside."""
        ...

    @property
    def service_monitor(self) -> ServiceMonitor | None:
        """How Prometheus scrapes the service."""
        ...


def guarding_children(
    spec: Guarded, pods: Pods, rules: Rules, *, among_several: bool, weights: Weights | None = None
) -> Iterator[Child]:
    """Yield the budget of *pods*, what serves their hosts and what scrapes them, as far as *spec* asks for it.

    They are *among_several* Services where the one for clients is told from others; *weights* share the requests of hosts.
    """
    if budget := active(spec.pdb):
        yield Child("PodDisruptionBudget", pod_disruption_budget(pods, budget, rules=rules), "spec.pdb")
    if exposure := active(spec.ingress):
        ports = exposed(spec.ports)
        yield from exposure_children(pods.owner, exposure, ports=ports, rules=rules, weights=weights)
    if monitor := active(spec.service_monitor):
        scraping = service_monitor(pods, monitor, ports=spec.ports, among_several=among_several)
        yield Child("ServiceMonitor", scraping, "spec.serviceMonitor")


def serving_findings(
    resource: Service | Gateway | Stateful, image: ImageSpec, rules: Rules, rollout: Iterable[Finding]
) -> Iterator[Finding]:
    """Yield what the platform, the epoch or the set doubts or refuses in *resource*, whose main container is of *image*.

    Among it is what is said of its *rollout*.
    """
    spec: ServingSpec = resource.spec
    others = (("sidecars", spec.sidecars), ("initContainers", spec.init_containers))
    yield from image_findings(image, others, spec.volumes, rules, default=resource.spec.image is None)
    yield from reference_findings(spec, others, rules)
    yield from rollout
    yield from enabled_findings(
        (
            ("ingress", spec.ingress),
            ("autoscaling", spec.autoscaling),
            ("pdb", spec.pdb),
            ("networkPolicy", spec.network_policy),
            ("serviceMonitor", spec.service_monitor),
        )
    )
    yield from service_findings(spec, spec.ports, rules)
    if exposure := active(spec.ingress):
        yield from exposure_findings(exposure, rules)
    if exposure and (monitor := active(spec.service_monitor)):
        yield from public_metrics_findings(exposure, monitor, exposed(spec.ports))
    if autoscaling := active(spec.autoscaling):
        yield from _autoscaling_findings(spec, autoscaling, rules)
    if budget := active(spec.pdb):
        yield from eviction_findings(budget, rules)
    if budget and not (autoscaling and autoscaling.external):
        yield from budget_findings(budget, autoscaling.min_replicas if autoscaling else spec.replicas, rules)
    yield from attachment_findings(spec, rules)
    yield from unmounted_findings(spec.volumes, spec.volume_mounts, (*spec.sidecars, *spec.init_containers))


def _autoscaling_findings(spec: ServingSpec, autoscaling: Autoscaling, rules: Rules) -> Iterator[Finding]:
    if autoscaling.external:
        if "replicas" in spec.model_fields_set:
            message = f"belongs to somebody else (autoscaling.external); leave one of them out, got {spec.replicas}"
            yield Finding(message, "spec.replicas", severity=rules.epoch.contradictions)
        return
    yield from request_findings(spec, autoscaling)
    bound = _max_replicas(autoscaling, rules)
    if bound is None:
        yield Finding("required: the most replicas the autoscaler may start", "spec.autoscaling.maxReplicas")
    elif problem := bounds_problem(autoscaling.min_replicas, bound):
        yield Finding(problem, "spec.autoscaling")
    if "replicas" in spec.model_fields_set:
        yield Finding(
            f"has no effect beside autoscaling, which owns the count from {autoscaling.min_replicas} up; leave it out, got {spec.replicas}",
            "spec.replicas",
            severity=rules.epoch.contradictions,
        )


def _max_replicas(autoscaling: Autoscaling, rules: Rules) -> int | None:
    if autoscaling.max_replicas is not None:
        return autoscaling.max_replicas
    return _DEFAULT_MAX_REPLICAS if autoscaling.enabled else rules.epoch.default_max_replicas


def _template(
    pods: Pods, spec: ServingSpec, image: ImageSpec, rules: Rules, derived: Derived, *, several: bool
) -> dict[str, Any]:
    wrote = written(spec, AS_WRITTEN)
    revision: Revision = "controller-revision-hash" if spec.workload_kind == "StatefulSet" else "pod-template-hash"
    own: dict[str, Any] = {"args": wrote.get("args", derived.args)}
    if derived.env:
        own["env"] = [*derived.env, *wrote.get("env", ())]
    if derived.volume_mounts:
        own["volumeMounts"] = [*derived.volume_mounts, *wrote.get("volumeMounts", ())]
    main = main_container(
        pods,
        image,
        wrote,
        rules,
        user=derived.user,
        ports=container_ports(spec.ports) or None,
        livenessProbe=probe(spec.liveness_probe, spec.ports),
        readinessProbe=probe(spec.readiness_probe, spec.ports) or _default_readiness(spec, rules, derived),
        startupProbe=probe(spec.startup_probe, spec.ports),
        **own,
    )
    return workload_template(
        spec,
        pods,
        [main, *wrote.get("sidecars", ())],
        rules=rules,
        spread=revision if several else None,
        read=derived.read,
        pod={
            **pod_fields(spec, wrote, grace=derived.grace),
            "initContainers": wrote.get("initContainers"),
            "volumes": [*derived.volumes, *wrote.get("volumes", ())] if derived.volumes else wrote.get("volumes"),
        },
    )


def _may_be_several(spec: ServingSpec, rules: Rules) -> bool:
    """Tell whether there may be more than one pod; who else owns the count is not asked."""
    if autoscaling := active(spec.autoscaling):
        return autoscaling.external or (_max_replicas(autoscaling, rules) or 0) > 1
    return spec.replicas > 1


def _default_readiness(spec: ServingSpec, rules: Rules, derived: Derived) -> dict[str, Any] | None:
    if not rules.epoch.default_readiness or spec.liveness_probe or spec.readiness_probe or spec.startup_probe:
        return None
    if derived.readiness:
        return derived.readiness
    tcp = [port for port in spec.ports if port.protocol == "TCP"]
    port = next((port for port in tcp if port.container is None), tcp[0] if tcp else None)
    return tcp_probe(port) if port else None
