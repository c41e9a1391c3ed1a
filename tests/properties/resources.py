"""Arbitrary resources of every kind, in wire names, on a platform that knows every field of Kubernetes.

`resources` keeps the rules between the fields of the shapes in `_FRAMES`, so that what it gives must compile. `loose_resources`
knows nothing but the models, so that it serves a kind as soon as the table of kinds has it: what the kind's rules refuse
is replaced or left out.
"""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.errors import SpecError
from hanzo_constructs.kube.core import EnvFromSource, ResourceRequirements
from hanzo_constructs.kube.cron import CronExpression
from hanzo_constructs.kube.fields import Path, parsed_path, wire_name
from hanzo_constructs.kube.model import Mapping, Model
from hanzo_constructs.platform import EPOCHS, Platform
from hanzo_constructs.spec.backup import Backup
from hanzo_constructs.spec.datastore import CLAIM, Datastore
from hanzo_constructs.spec.engines import ENGINE_ALIASES, ENGINES
from hanzo_constructs.spec.engines.choosing import chosen_generation
from hanzo_constructs.spec.gateway import CONFIG_FOLDER, CONFIG_VOLUME, AuthPolicy, RateLimit, Route
from hanzo_constructs.spec.image import ImageSpec
from hanzo_constructs.spec.kinds import KINDS, parse
from hanzo_constructs.spec.network_policy import NetworkPolicy, NetworkPolicyPeer
from hanzo_constructs.spec.observability import ServiceMonitor
from hanzo_constructs.spec.resource import Metadata
from hanzo_constructs.spec.rollout import DeploymentRollout
from hanzo_constructs.spec.route_prefix import LOWEST_PORT, prefix_key
from hanzo_constructs.spec.scaling import PodDisruptionBudget
from hanzo_constructs.spec.secrets import KmsSecretRef
from hanzo_constructs.spec.stateful import Disk, FurtherDisk
from hanzo_constructs.spec.task import SCHEDULE_FIELDS, TaskSpec
from hanzo_constructs.verify import prove
from tests.kube.core.strategies import instances_of, instances_with, optional_fields, required_fields, wire
from tests.properties.mutations import values_at
from tests.properties.parts import (
    KNOWN,
    Data,
    autoscaling_specs,
    container_lists,
    dns_labels,
    environments,
    from_many,
    ingress_specs,
    mount_lists,
    names,
    one_of,
    port_lists,
    probe_specs,
    service_lists,
    service_names,
    service_specs,
    volumes,
)
from tests.properties.rich import NEWEST, rich

__all__ = ["SHAPES", "SUBJECTS", "least", "loose_resources", "mended", "resources", "spec_of"]

SHAPES = [name for name, kind in KINDS.items() if not kind.of]
"""Kinds with a model and a compiler of their own; a facade is one of them in everything else."""

SUBJECTS = [
    (name, engine)
    for name, kind in KINDS.items()
    for engine in (ENGINES if kind.compiled_as == name == "Datastore" else (None,))
]
"""Every kind, and of a Datastore every engine."""


def spec_of(kind: str) -> type[Model]:
    """Return the model of the spec of *kind*."""
    model = KINDS[kind].model.model_fields["spec"].annotation
    assert isinstance(model, type)
    assert issubclass(model, Model)
    return model


class _Frame(NamedTuple):
    """What the other fields of a resource depend on."""

    spec: Data
    ports: list[Data]
    """All ports of the workload, those too that nobody writes."""
    volumes: list[Data]
    """All volumes of the pod that may be mounted."""
    taken: tuple[str, ...] = ()
    """Where something is mounted already, in one epoch or another."""
    decided: tuple[str, ...] = ()
    """Fields that are written in `spec` or not at all."""
    names_hosts: bool = False
    """Whether DNS names are derived, which need a namespace."""
    unscraped: tuple[str, ...] = ()
    """Names of ports that serve no metrics."""
    aliases: tuple[str, ...] = ()
    """Names of its Services that stand in the frame already."""


LONGEST = {"Datastore": 52, "Base": 52, "Stateful": 52, "Task": 49}
"""Characters of a name, by shape."""
LONGEST_WITH_BACKUP = 45


@st.composite
def _service(draw: DrawFn, _: str, name: str, __: str | None) -> _Frame:
    ports, declared = draw(port_lists()), draw(volumes)
    spec = {"ports": ports, **draw(_stateless(name, ports, declared))}
    if spec["sidecars"] and len({port["containerPort"] for port in ports}) == len(ports) > 0 and draw(st.booleans()):
        ports[-1]["container"] = spec["sidecars"][0]["name"]
    return _Frame(spec, ports, declared, decided=_STATELESS)


_STATELESS = ("replicas", "autoscaling", "strategy", "rollout")


@st.composite
def _stateless(draw: DrawFn, name: str, ports: list[Data], declared: list[Data]) -> Data:
    """Return what depends on each other in a workload *name* with *ports* and *declared* volumes."""
    spec = draw(_containers(name, ports, declared))
    if draw(st.booleans()):
        spec["strategy"] = draw(st.sampled_from(("RollingUpdate", "Recreate")))
    rolling = (
        ["max_surge", "max_unavailable", "progress_deadline_seconds"] if spec.get("strategy") != "Recreate" else []
    )
    if fields := draw(
        st.lists(st.sampled_from(["min_ready_seconds", "revision_history_limit", *rolling]), unique=True)
    ):
        spec["rollout"] = draw(instances_with(DeploymentRollout, fields, KNOWN))
    scaled = draw(st.booleans())
    return spec | ({"autoscaling": draw(autoscaling_specs())} if scaled else {"replicas": draw(st.integers(0, 100))})


@st.composite
def _containers(draw: DrawFn, name: str, ports: list[Data], declared: list[Data]) -> Data:
    """Return what stands around the main container *name* in a pod with *ports* and *declared* volumes."""
    listening = {port["containerPort"] for port in ports}
    sidecars = draw(container_lists({name}, listening, declared, staying=True))
    taken = {name, *(each["name"] for each in sidecars)}
    inits = draw(container_lists(taken, listening, declared, staying=False))
    spec = {"resources": draw(KNOWN[ResourceRequirements]), "volumes": declared}
    return spec | {"sidecars": sidecars, "initContainers": inits}


@st.composite
def _stateful(draw: DrawFn, _: str, name: str, __: str | None) -> _Frame:
    ports, declared = draw(port_lists()), [each for each in draw(volumes) if each["name"] != CLAIM]
    disk = draw(st.none() | KNOWN[Disk])
    further = draw(from_many(KNOWN[FurtherDisk], lambda each: each["name"]))
    mounted = [*declared, *([{"name": CLAIM}] if disk else ()), *({"name": each["name"]} for each in further)]
    spec = {"ports": ports, **draw(_containers(name, ports, mounted)), "volumes": declared}
    spec |= ({"storage": disk} if disk else {}) | {"disks": further}
    scaled = draw(st.booleans())
    spec |= {"autoscaling": draw(autoscaling_specs())} if scaled else {"replicas": draw(st.integers(0, 100))}
    return _Frame(
        spec,
        ports,
        mounted,
        ("/var/lib/disk", "/var/lib/logs", "/var/lib/wal"),
        ("storage", "disks", "replicas", "autoscaling"),
    )


@st.composite
def _task(draw: DrawFn, _: str, name: str, __: str | None) -> _Frame:
    declared = draw(volumes)
    spec = draw(_containers(name, [], declared))
    decided = ["schedule", *(wire_name(field) for field in SCHEDULE_FIELDS), *_OF_A_JOB]
    if draw(st.booleans()):
        chosen = draw(st.lists(st.sampled_from(SCHEDULE_FIELDS), unique=True))
        zones = {(TaskSpec, "time_zone"): st.sampled_from(("Europe/Berlin", "UTC"))}
        spec |= {"schedule": draw(KNOWN[CronExpression])}
        spec |= draw(instances_with(TaskSpec, chosen, KNOWN | zones))
    if draw(st.booleans()):
        spec |= {"completionMode": "Indexed", "completions": draw(st.integers(0, 20))}
    elif draw(st.booleans()):
        names = [name, *(each["name"] for field in ("sidecars", "initContainers") for each in spec[field])]
        codes = st.lists(st.integers(1, 255), min_size=1, max_size=5, unique=True).map(sorted)
        rules = st.fixed_dictionaries(
            {"containerName": st.sampled_from(names), "operator": st.sampled_from(("In", "NotIn")), "values": codes}
        ).map(lambda found: {"action": "FailJob", "onExitCodes": found})
        spec["podFailurePolicy"] = {"rules": draw(st.lists(rules, min_size=1, max_size=3))}
    else:
        spec["restartPolicy"] = draw(st.sampled_from(("Never", "OnFailure")))
    if spec.get("restartPolicy") != "OnFailure":
        spec |= {field: [*map(_never_restarted, spec[field])] for field in ("sidecars", "initContainers")}
    return _Frame(spec, [], declared, decided=(*decided,))


def _never_restarted(container: Data) -> Data:
    """Return *container* without restarts when it is resized, which a pod that never restarts does not take."""
    policies = container.get("resizePolicy") or ()
    kept = [each | {"restartPolicy": "NotRequired"} for each in policies]
    return container | {"resizePolicy": kept} if kept else container


_OF_A_JOB = ("completionMode", "completions", "parallelism", "podFailurePolicy", "restartPolicy")


@st.composite
def _datastore(draw: DrawFn, kind: str, name: str, chosen: str | None) -> _Frame:
    model = KINDS[kind].model
    assert issubclass(model, Datastore)
    engine = ENGINES[chosen or model.ENGINE or draw(st.sampled_from(list(ENGINES)))]
    called = [engine.name, *(alias for alias, meant in ENGINE_ALIASES.items() if meant == engine.name)]
    spec: Data = {"type": draw(st.sampled_from(called))} if not model.ENGINE or draw(st.booleans()) else {}
    replaced = draw(st.lists(st.sampled_from([port.name for port in engine.ports]), unique=True))
    own: list[Data] = [{"name": port, "containerPort": 20_000 + index} for index, port in enumerate(replaced)]
    taken = {*replaced, *(port.name for port in engine.ports), *(port.container_port for port in engine.ports)}
    taken |= {port["containerPort"] for port in own}
    further = [port for port in draw(port_lists()) if not taken & {*port.values()}]
    kept = [
        {"name": port.name, "containerPort": port.container_port} for port in engine.ports if port.name not in replaced
    ]
    ports, declared = [*kept, *own, *further], [each for each in draw(volumes) if each["name"] != CLAIM]
    mounted = [*declared, {"name": CLAIM}]
    spec |= {"ports": [*own, *further], "volumes": declared, "replicas": draw(st.integers(0, 5))}
    spec["sidecars"] = draw(container_lists({name}, {port["containerPort"] for port in ports}, mounted, staying=True))
    saved = len(name) <= LONGEST_WITH_BACKUP and draw(st.booleans())
    if saved:
        target = ["schedule", "s3_endpoint", "s3_bucket", "s3_credentials_secret"]
        target += draw(st.lists(st.just("retention_days"), max_size=1))
        spec["backup"] = draw(instances_with(Backup, target, KNOWN))
    generation = chosen_generation(engine, engine.image).generation
    if "sh" not in generation.programs:
        generation = engine.generation(engine.unknown)
        spec["image"] = draw(instances_of(ImageSpec, KNOWN))
    aliases = service_names.filter(lambda alias: alias not in {name, f"{name}-headless"})
    spec["serviceAliases"] = draw(st.lists(aliases, unique=True, max_size=2))
    decided = ["type", "backup", "engine"]
    if draw(st.booleans()):
        spec["engine"] = {"dataPath": "/srv/data"}
    if replaced and not generation.port_variables:  # whoever writes arguments has to name the ports in them
        decided += ["args", "command"]
        if not generation.args and not generation.port_args:
            spec["args"] = [str(port["containerPort"]) for port in own]
    unknown = engine.generation(engine.unknown)
    taken_paths = (engine.operator_directory, generation.data_path, unknown.data_path, "/srv/data")
    unscraped = tuple(port.name for port in engine.ports)
    return _Frame(spec, ports, mounted, taken_paths, tuple(decided), saved, unscraped, (*spec["serviceAliases"],))


@st.composite
def _base(draw: DrawFn, _: str, __: str, ___: str | None) -> _Frame:
    port = draw(st.integers(LOWEST_PORT, 65535))
    return _Frame({"port": port}, [{"name": "http", "containerPort": port}], [], names_hosts=True)


@st.composite
def _gateway(draw: DrawFn, _: str, name: str, __: str | None) -> _Frame:
    limit = instances_with(RateLimit, ["max_rate"], KNOWN) | instances_with(
        RateLimit, ["client_max_rate", "every"], KNOWN
    )
    policy = instances_with(AuthPolicy, ["iam_endpoint"], KNOWN) | instances_with(
        AuthPolicy, ["jwks_url", "type"], KNOWN
    )
    limits, policies = [draw(from_many(each, lambda one: one["name"])) for each in (limit, policy)]
    routes = draw(from_many(instances_of(Route, KNOWN), lambda route: prefix_key(route["prefix"])))
    for route in routes:
        for field, declared in (("rateLimit", limits), ("authPolicy", policies)):
            route.pop(field, None)
            if draw(st.booleans()) and declared:
                route[field] = draw(st.sampled_from(declared))["name"]
    ports: list[Data] = [{"name": "http", "containerPort": 8080, "servicePort": 80}]
    scraped = {"containerPort": 9091}  # where a serviceMonitor asks for it
    declared = [each for each in draw(volumes) if each["name"] != CONFIG_VOLUME]
    # the default of an epoch is known, so that it may contradict the build that is drawn
    image = {"repository": "ghcr.io/acme/edge", "tag": "v7"}
    spec = {"image": image, "routes": routes, "rateLimits": limits, "authPolicies": policies}
    spec |= draw(_stateless(name, [*ports, scraped], declared))
    return _Frame(spec, ports, declared, (CONFIG_FOLDER,), _STATELESS)


_FRAMES: dict[str, Callable[[str, str, str | None], SearchStrategy[_Frame]]] = {
    "Service": _service,
    "Datastore": _datastore,
    "Base": _base,
    "Gateway": _gateway,
    "Stateful": _stateful,
    "Task": _task,
}
"""By what a kind is compiled as: the frame of a resource of a kind and a name, and of a Datastore the engine."""


def _restricting(policy: Data) -> Data:
    """Return *policy* with Egress among its policyTypes, if it has both those and rules for it."""
    types = policy.get("policyTypes", [])
    missing = types and "egress" in policy and "Egress" not in types
    return policy | ({"policyTypes": [*types, "Egress"]} if missing else {})


_ANYWHERE: dict[str, SearchStrategy[Any]] = {
    "env": environments,
    "envFrom": st.lists(KNOWN[EnvFromSource], max_size=3),
    "pdb": st.just({}) | one_of(PodDisruptionBudget, "enabled"),
    "networkPolicy": st.just({"allowIntraNamespace": False})
    | instances_of(NetworkPolicy, KNOWN | {NetworkPolicyPeer: one_of(NetworkPolicyPeer)}).map(_restricting),
    "kmsSecrets": from_many(instances_of(KmsSecretRef, KNOWN), lambda secret: secret["managedSecretName"]),
}
"""Fields that depend on no other, by wire name."""


def _blocks(name: str, frame: _Frame) -> dict[str, SearchStrategy[Any]]:
    """Return what the fields of the resource *name* may be that mean the same in every kind, by wire name."""
    mounts = mount_lists(frame.volumes).map(
        lambda found: [
            each
            for each in found
            if not any(f"{place}/".startswith(f"{each['mountPath'].rstrip('/')}/") for place in frame.taken)
        ]
    )
    blocks: dict[str, SearchStrategy[Any]] = {
        **_ANYWHERE,
        "volumeMounts": mounts,
        "livenessProbe": probe_specs(frame.ports),
        "readinessProbe": probe_specs(frame.ports),
        "startupProbe": probe_specs(frame.ports),
        "ingress": st.nothing(),
        "serviceMonitor": st.nothing(),
        "service": st.nothing(),
        "services": st.nothing(),
    }
    offered = [port for port in frame.ports if port.get("expose", True)]
    protocols = {port["name"]: port.get("protocol", "TCP") for port in offered}
    tcp = (
        st.sampled_from([port for port, protocol in protocols.items() if protocol == "TCP"])
        if protocols
        else st.nothing()
    )
    if protocols:
        blocks["ingress"] = ingress_specs(frame.ports)
        blocks["service"] = service_specs()
        blocks["services"] = service_lists(frame.ports, {name, f"{name}-headless", f"{name}-hs", *frame.aliases})
    if protocols and protocols.get("metrics", "TCP") == "TCP":
        blocks["serviceMonitor"] = _monitors(frame, tcp)
    return blocks


def _monitors(frame: _Frame, tcp: SearchStrategy[str]) -> SearchStrategy[Any]:
    """Return monitors of any of the *tcp* ports; where some serve no metrics, of one of the others, by name."""
    if not frame.unscraped:
        return instances_of(ServiceMonitor, KNOWN | {(ServiceMonitor, "metrics_port"): tcp}).map(_by_https)
    others = [
        each["name"]
        for each in frame.ports
        if each["name"] not in frame.unscraped and each.get("protocol", "TCP") == "TCP" and each.get("expose", True)
    ]
    if not others:
        return st.nothing()
    known = KNOWN | {(ServiceMonitor, "metrics_port"): st.sampled_from(others)}
    return instances_with(ServiceMonitor, ["metrics_port"], known)


def _by_https(monitor: Data) -> Data:
    """Return *monitor* with the scheme that its tlsConfig needs."""
    return monitor | ({"scheme": "https"} if "tlsConfig" in monitor else {})


_OF_CHILDREN = ("adopt", "overlay")
"""Fields that name children, which follow from the others; `test_overlays` and the golden cases have them."""


@st.composite
def resources(draw: DrawFn, kind: str, engine: str | None = None) -> Data:
    """Return a resource of *kind* that is right, of a Datastore one that runs *engine* (any, if None)."""
    if KINDS[kind].compiled_as not in _FRAMES:
        return draw(loose_resources(kind))
    model, shape = spec_of(kind), KINDS[kind].compiled_as
    name = draw(names)[: LONGEST.get(shape)].rstrip("-")
    frame = draw(_FRAMES[shape](kind, name, engine))
    fields = {wire(model, field): field for field in optional_fields(model)}
    blocks = {field: found for field, found in _blocks(name, frame).items() if field in fields}
    possible = {field: found for field, found in blocks.items() if not found.is_empty}
    elsewhere = {*blocks, *frame.spec, *frame.decided, *_OF_CHILDREN}
    plain = [field for at, field in fields.items() if at not in elsewhere]
    spec = draw(instances_with(model, draw(st.lists(st.sampled_from(plain), unique=True)), KNOWN))
    if "serviceAccount" in spec:
        spec.pop("serviceAccountName", None)
        spec.pop("automountServiceAccountToken", None)
    spec |= draw(st.fixed_dictionaries({}, optional=possible)) | frame.spec
    metadata = {"name": name, "labels": draw(KNOWN[Mapping[str]])}
    if frame.names_hosts or draw(st.booleans()):
        metadata["namespace"] = draw(dns_labels)
    if draw(st.booleans()):
        metadata["annotations"] = {"hanzo.ai/epoch": draw(st.sampled_from(list(EPOCHS)))}
    return {"apiVersion": KINDS[kind].api_version(NEWEST), "kind": kind, "metadata": metadata, "spec": spec}


@st.composite
def loose_resources(draw: DrawFn, kind: str) -> Data:
    """Return a resource of *kind* of which only the models are known."""
    model = spec_of(kind)
    own = [field for field in optional_fields(model) if field not in _OF_CHILDREN]
    fields = draw(st.lists(st.sampled_from(own), unique=True))
    document = {
        "apiVersion": KINDS[kind].api_version(NEWEST),
        "kind": kind,
        "metadata": draw(instances_of(Metadata, KNOWN)),
        "spec": draw(instances_with(model, fields, KNOWN)),
    }
    found = mended(document, NEWEST)
    assume(found is not None)
    assert found
    # rules between containers that only the proof keeps are no mistake of the kind
    findings = prove([compile_resource(parse(found, NEWEST), NEWEST)]).findings
    assume(not [finding for finding in findings if finding.severity == "error"])
    return found


def least(kind: str) -> Data:
    """Return a resource of *kind* with the fields alone that it cannot do without."""
    found: Data = json.loads(_least(kind))
    return found


@cache
def _least(kind: str) -> str:
    document, model = rich(kind), spec_of(kind)
    spec = {wire(model, name): document["spec"][wire(model, name)] for name in required_fields(model)}
    return json.dumps(mended({**document, "spec": spec}, NEWEST))


_PATIENCE = 30
"""Changes to one place before the one around it goes."""


def mended(document: Data, platform: Platform) -> Data | None:
    """Return *document* without what is refused in it, or with something else there; None where nothing helps."""
    document, tried = copy.deepcopy(document), Counter[Path]()
    for _ in range(100):
        try:
            compile_resource(parse(document, platform), platform)
        except SpecError as error:
            refused = [parsed_path(finding.path) for finding in error.findings if finding.severity == "error"]
            # from behind, and what stands in an entry before the entry, so that indexes stay right
            for path in sorted({*refused}, key=_in_order, reverse=True):
                _mend(document, path, tried)
        else:
            return document
    return None


def _in_order(path: Path) -> list[tuple[int, str]]:
    return [(step, "") if isinstance(step, int) else (-1, step) for step in path]


def _mend(document: Data, path: Path, tried: Counter[Path]) -> None:
    """Leave out what stands at *path*; where that is not the first time, write something else there."""
    place: Any = document
    for depth, step in enumerate(path[:-1]):
        if step not in place if isinstance(place, dict) else int(step) >= len(place):
            path = path[: depth + 1]
            break
        place = place[step]
    *around, last = path
    tried[path] += 1
    if tried[path] > _PATIENCE and len(path) > 2:
        _mend(document, (*around,), tried)
    elif tried[path] == 1 or isinstance(last, int):
        place.pop(last, None) if isinstance(place, dict) else place.pop(int(last))
    else:
        values = values_at(KINDS[document["kind"]].model, path)
        place[last] = copy.deepcopy(values[(tried[path] - 2) % len(values)])
