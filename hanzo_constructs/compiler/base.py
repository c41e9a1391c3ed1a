"""Base: a StatefulSet whose replicas know each other, and what its optional blocks ask for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..children.cluster_service import traffic_distribution
from ..children.config_map import config_map
from ..children.krakend import Routed, base_upstream, endpoints, endpoints_json
from ..children.pod_disruption_budget import pod_disruption_budget
from ..children.service_monitor import service_monitor
from ..errors import Finding
from ..kube.manifest import Manifest
from ..kube.model import written
from ..kube.owner import Owner, Pods
from ..platform import Rules
from ..spec.base import BASE_VARIABLES, Base, BaseGateway, BaseSpec, schema_form
from ..spec.connection import host_name, namespace_needed
from ..spec.methods import METHODS
from ..spec.rollout import StatefulSetRollout
from ..spec.scaling import PodDisruptionBudget, blocking_bound, pods_of
from .attachments import attached_children, workload_template
from .child import Child
from .findings import enabled_findings, eviction_findings, image_findings, size_findings
from .kind import Compiler
from .links import NO_LINKS, Links
from .optional_blocks import active, secret_children
from .own_needs import base_needs, base_route, base_texts
from .references import reference_findings
from .rollout import replaces_several, stateful_set_rollout_findings
from .services import service_findings
from .stateful_set import stateful_children
from .workload import AS_WRITTEN, main_container, pod_fields

__all__ = ["BASE", "base_findings", "compile_base"]

_CLAIM = "data"
_SCHEMA = "schema"
_SCHEMA_CHILD = f"ConfigMap-{_SCHEMA}"


_WHY = {
    "ConfigMap": {"data": "what the gateway picks up"},
    "Service": {"spec.ports[*]": "an application of the kind has this one port"},
    "StatefulSet": {
        "spec.template.spec.containers[0].ports[*]": "an application of the kind has this one port",
        "spec.template.spec.containers[0].livenessProbe": "every application of the kind answers there",
        "spec.template.spec.containers[0].readinessProbe": "every application of the kind says there whether it can serve",
        "spec.template.spec.containers[0].env[*]": "what each replica must know of itself and of the others",
        "spec.template.spec.containers[0].volumeMounts[0]": "the volume of the data, where the application keeps them",
    },
    "NetworkPolicy": {"spec.ingress[*].ports[*].protocol": "an application of the kind has this one port"},
}
"""What is always so for an application, and why: by the kind of the child and the place in it."""


def compile_base(base: Base, pods: Pods, rules: Rules, links: Links = NO_LINKS) -> Iterator[Child]:
    """Yield the children of *base* in apply order."""
    spec, owner = base.spec, pods.owner
    ports, monitor = spec.ports, active(spec.service_monitor)
    yield from secret_children(owner, spec.kms_secrets, rules.platform)
    yield from attached_children(owner, spec, rules.platform)
    if spec.schema_ is not None and schema_form(spec.schema_) == "inline":
        manifest = config_map(owner, _SCHEMA, _schema_data(spec))
        yield Child(_SCHEMA_CHILD, manifest, "spec.schema")
    if spec.gateway and not (_is_linked(spec.gateway, owner, links) or _named_in_gateway(spec.gateway)):
        yield Child("ConfigMap-gateway-route", _route(owner, spec, spec.gateway, rules), "spec.gateway")
    traffic = traffic_distribution(rules, several=spec.replicas > 1)
    yield from stateful_children(
        spec,
        pods,
        _template(pods, base, rules),
        rules,
        ports=ports,
        headless=base.headless_name,
        replicas=spec.replicas,
        claim=_claim(pods),
        storage=spec.storage,
        rollout=_rollout(spec, rules),
        management=rules.epoch.pod_management,
        traffic=traffic,
    )
    if budget := _budget(spec, rules):
        because = "spec.pdb" if active(spec.pdb) else "spec.replicas"
        yield Child("PodDisruptionBudget", pod_disruption_budget(pods, budget, rules=rules), because)
    if monitor:
        manifest = service_monitor(pods, monitor, ports=ports, among_several=True)
        yield Child("ServiceMonitor", manifest, "spec.serviceMonitor")


def base_findings(base: Base, rules: Rules, links: Links = NO_LINKS) -> Iterator[Finding]:
    """Yield what the platform, the epoch or the set doubts or refuses in *base*."""
    spec = base.spec
    namespace = base.metadata.namespace or rules.platform.namespace
    if not namespace:
        yield namespace_needed("the address of each replica")
    yield from image_findings(spec.image, (), (), rules)
    yield from reference_findings(spec, (), rules, derived=_variable_names(spec))
    yield from service_findings(spec, (), rules)
    yield from size_findings(spec.storage.size, "spec.storage.size")
    yield from stateful_set_rollout_findings(spec.rollout, rules)
    yield from enabled_findings(
        (("pdb", spec.pdb), ("networkPolicy", spec.network_policy), ("serviceMonitor", spec.service_monitor))
    )
    if base.adopted.service_name not in (None, base.headless_name):
        message = (
            f"must be the headless Service {base.headless_name}, below which the replicas find each other, or they elect"
            f" no writer, got {base.adopted.service_name}"
        )
        yield Finding(message, "spec.adopt.serviceName")
    if spec.rollout and spec.rollout.max_unavailable is not None:
        yield from _rollout_findings(spec.rollout.max_unavailable, spec.replicas)
    if budget := active(spec.pdb):
        yield from eviction_findings(budget, rules)
        yield from _quorum_findings(budget, spec.replicas)
    elif spec.pdb and (kept := _budget(spec, rules)):
        message = (
            f"without the block, {spec.replicas} replicas get the budget that the quorum bears, "
            f"maxUnavailable: {kept.max_unavailable}; write a bound of your own, such as maxUnavailable: 100%"
        )
        yield Finding(message, "spec.pdb", severity="warning")
    if (gateway := spec.gateway) and namespace and _asked_for(gateway, namespace) not in links.gateways:
        yield _unlinked_finding(base.name, gateway, "/".join(_asked_for(gateway, namespace)))


def _claim(pods: Pods) -> str:
    """Return the name of the claim template, and of the volume that it makes."""
    return pods.adopted.claim_name or _CLAIM


def _asked_for(gateway: BaseGateway, namespace: str) -> tuple[str, str]:
    return gateway.gateway_namespace or namespace, gateway.gateway_name


def _named_in_gateway(gateway: BaseGateway) -> str:
    """Return the field with the name of something that stands in the Gateway, and means nothing without it."""
    fields = {"authPolicy": gateway.auth_policy, "rateLimit": gateway.rate_limit}
    return next((field for field, name in fields.items() if name is not None), "")


def _unlinked_finding(name: str, gateway: BaseGateway, asked: str) -> Finding:
    """Return the warning that *gateway* is not compiled together with the application *name*."""
    message = f"the Gateway {asked} is none of the resources compiled here; "
    if field := _named_in_gateway(gateway):
        message += f"no route is written, because only that Gateway can say what {field} is; compile both together"
        return Finding(message, f"spec.gateway.{field}", severity="warning")
    message += f"the route waits in the ConfigMap {name}-gateway-route for the gateway to pick it up"
    return Finding(message, "spec.gateway", severity="warning")


def _is_linked(gateway: BaseGateway, owner: Owner, links: Links) -> bool:
    return _asked_for(gateway, owner.namespace or "") in links.gateways


def _expendable(replicas: int) -> int:
    """Return how many of *replicas* may be missing while the others are still a majority."""
    return (replicas - 1) // 2


def _budget(spec: BaseSpec, rules: Rules) -> PodDisruptionBudget | None:
    """Return the budget that the user wrote, with the bound that the quorum bears where it has none."""
    budget = active(spec.pdb)
    if spec.has_own_budget or not rules.epoch.quorum_budget or spec.replicas < 3:
        return budget
    return (budget or PodDisruptionBudget()).model_copy(update={"max_unavailable": _expendable(spec.replicas)})


def _rollout(spec: BaseSpec, rules: Rules) -> StatefulSetRollout | None:
    """Return how pods are replaced: as many at once as the quorum bears, where the clusters can and nobody says otherwise."""
    own = spec.rollout
    if (own and own.max_unavailable is not None) or not replaces_several(spec, rules):
        return own
    return (own or StatefulSetRollout()).model_copy(update={"max_unavailable": _expendable(spec.replicas)})


def _quorum_findings(budget: PodDisruptionBudget, replicas: int) -> Iterator[Finding]:
    """Yield a warning when *budget* lets too few or too many of *replicas* go."""
    stays, goes = budget.min_available, budget.max_unavailable
    if stays is None and goes is None:
        return
    field, bound = ("minAvailable", stays) if stays is not None else ("maxUnavailable", goes)
    missing = replicas - pods_of(stays, replicas) if stays is not None else pods_of(goes or 0, replicas)
    if blocking := blocking_bound(stays, goes, replicas):
        message = f"{bound} {blocking[2]}"
    elif missing > _expendable(replicas) and replicas > 1:
        message = f"{bound} lets {missing} of {replicas} pods go at once, but the majority bears the loss of {_expendable(replicas)}"
    else:
        return
    yield Finding(message, f"spec.pdb.{field}", severity="warning")


def _rollout_findings(bound: int | str, replicas: int) -> Iterator[Finding]:
    """Yield a warning when a rollout that replaces *bound* pods at once costs *replicas* their majority."""
    missing = pods_of(bound, replicas)
    if missing > max(_expendable(replicas), 1):
        message = f"{bound} replaces {missing} of {replicas} pods at once, but the majority bears the loss of {_expendable(replicas)}"
        yield Finding(message, "spec.rollout.maxUnavailable", severity="warning")


def _route(owner: Owner, spec: BaseSpec, gateway: BaseGateway, rules: Rules) -> Manifest:
    """Return the ConfigMap with the endpoints of *gateway*, which is not compiled here."""
    host = host_name(owner.service, owner.namespace or "", rules.platform)
    upstream = base_upstream(host, spec.port, gateway)
    route = Routed(gateway.route, METHODS, upstream, timeout=gateway.timeout)
    routed = endpoints([route], below=rules.epoch.prefix_routes)
    namespace, name = _asked_for(gateway, owner.namespace or "")
    labels = {"hanzo.ai/gateway": name, "hanzo.ai/gateway-namespace": namespace}
    return config_map(owner, "gateway-route", {"endpoints.json": endpoints_json(routed)}, labels=labels)


def _template(pods: Pods, base: Base, rules: Rules) -> dict[str, Any]:
    spec, owner = base.spec, pods.owner
    wrote = written(spec, AS_WRITTEN)
    form = schema_form(spec.schema_) if spec.schema_ is not None else None
    source = (
        spec.schema_
        if form == "configMap"
        else owner.named(_SCHEMA_CHILD, f"{owner.name}-{_SCHEMA}")
        if form == "inline"
        else None
    )
    mounts: list[dict[str, Any]] = [{"name": _claim(pods), "mountPath": "/app/data"}]
    if source:
        mounts.append({"name": _SCHEMA, "mountPath": "/app/schema", "readOnly": True})
    main = main_container(
        pods,
        spec.image,
        wrote,
        rules,
        ports=[{"name": "http", "containerPort": spec.port, "protocol": "TCP"}],
        env=[*_environment(pods, base, rules), *wrote.get("env", ())],
        volumeMounts=mounts,
        livenessProbe=_health(spec.port, period=10),
        readinessProbe=_health(spec.port, period=5),
    )
    return workload_template(
        spec,
        pods,
        [main],
        rules=rules,
        spread="controller-revision-hash" if spec.replicas > 1 else None,
        read=_schema_data(spec) if form == "inline" and rules.epoch.schema_hash else None,
        pod={
            **pod_fields(spec, wrote, grace=rules.epoch.stateful_grace),
            "volumes": [{"name": _SCHEMA, "configMap": {"name": source}}] if source else None,
        },
    )


def _schema_data(spec: BaseSpec) -> dict[str, str]:
    """Return the data of the ConfigMap that holds the schema, which stands in *spec* itself."""
    return {"schema.sql": spec.schema_ or ""}


def _health(port: int, *, period: int) -> dict[str, Any]:
    return {"httpGet": {"path": "/v1/health", "port": port}, "initialDelaySeconds": 5, "periodSeconds": period}


def _variable_names(spec: BaseSpec) -> set[str]:
    """Return the names of the variables that the platform sets for *spec*."""
    by_url = spec.schema_ is not None and schema_form(spec.schema_) == "url"
    unset = {*(() if by_url else ("BASE_SCHEMA_URL",)), *(("IAM_APP",) if spec.iam_app is None else ())}
    return {*BASE_VARIABLES} - unset


def _environment(pods: Pods, base: Base, rules: Rules) -> Iterator[dict[str, Any]]:
    """Yield what the application must know; the node's own name comes first, because others contain it."""
    spec = base.spec
    headless = host_name(pods.adopted.service_name or base.headless_name, pods.owner.namespace or "", rules.platform)
    peers = ",".join(f"http://{pods.workload}-{index}.{headless}:{spec.port}" for index in range(spec.replicas))
    yield {"name": "BASE_NODE_ID", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}}
    values = {
        "BASE_PORT": str(spec.port),
        "BASE_REPLICAS": str(spec.replicas),
        "BASE_CONSENSUS": spec.consensus,
        "BASE_HEADLESS_SERVICE": headless,
        "BASE_PEERS": peers,
        "BASE_LOCAL_TARGET": f"http://$(BASE_NODE_ID).{headless}:{spec.port}",
        "IAM_APP": spec.iam_app,
        "BASE_SCHEMA_URL": spec.schema_ if spec.schema_ and schema_form(spec.schema_) == "url" else None,
    }
    for name, value in values.items():
        if value is not None:
            yield {"name": name, "value": value}


BASE = Compiler(
    compile_base,
    base_findings,
    needs=base_needs,
    route=base_route,
    texts=base_texts,
    why=_WHY,
    is_stateful=True,
)
