"""What resources are drawn from: strategies for parts of a spec, read from the models, such that the rules within a part hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from hanzo_constructs.kube.core import (
    Affinity,
    AzureDiskVolumeSource,
    ConfigMapEnvSource,
    ConfigMapKeySelector,
    ConfigMapProjection,
    ConfigMapVolumeSource,
    Container,
    CSIVolumeSource,
    EnvFromSource,
    EnvVar,
    EnvVarSource,
    EphemeralVolumeSource,
    FCVolumeSource,
    FileKeySelector,
    HostAlias,
    ImageVolumeSource,
    IPBlock,
    ISCSIVolumeSource,
    LabelSelectorRequirement,
    Lifecycle,
    LifecycleHandler,
    LocalObjectReference,
    ObjectFieldSelector,
    PodDNSConfig,
    PodSecurityContext,
    PortOrName,
    Probe,
    ResourceFieldSelector,
    ResourceRequirements,
    SecretEnvSource,
    SecretKeySelector,
    SecretProjection,
    SecretVolumeSource,
    SecurityContext,
    SleepAction,
    Toleration,
    TopologySpreadConstraint,
    Volume,
    VolumeMount,
    VolumeProjection,
)
from hanzo_constructs.kube.cron import CronExpression
from hanzo_constructs.kube.duration import Duration, PositiveDuration
from hanzo_constructs.kube.labels import LabelText
from hanzo_constructs.kube.model import Mapping, Model, Problem, parse_as
from hanzo_constructs.kube.names import (
    DnsLabel,
    Host,
    LabelValue,
    ObjectName,
    PortName,
    StorageClassName,
    data_key_problem,
    port_name_problem,
)
from hanzo_constructs.spec.attachments import Config, Persistence
from hanzo_constructs.spec.backup import BACKUP_VARIABLES, Backup
from hanzo_constructs.spec.base import BASE_VARIABLES, BaseGateway, BaseSpec
from hanzo_constructs.spec.cors import Cors
from hanzo_constructs.spec.datastore import DatastoreSpec
from hanzo_constructs.spec.gateway import AuthPolicy, GatewaySpec, RateLimit, Route
from hanzo_constructs.spec.image import ImageSpec
from hanzo_constructs.spec.inference_service import InferenceServiceSpec
from hanzo_constructs.spec.methods import METHODS
from hanzo_constructs.spec.network_policy import NetworkPolicy
from hanzo_constructs.spec.observability import ServiceMonitor
from hanzo_constructs.spec.pod import (
    affinity_problems,
    container_problems,
    dns_problems,
    environment_problems,
    hook_problems,
    mount_problems,
    pod_security_problems,
    security_problems,
    spread_problems,
    toleration_problems,
    volume_problems,
)
from hanzo_constructs.spec.probes import ProbeSpec
from hanzo_constructs.spec.resource import Metadata
from hanzo_constructs.spec.rollout import DeploymentRollout, StatefulSetRollout
from hanzo_constructs.spec.route_prefix import prefix_problem
from hanzo_constructs.spec.scaling import PodDisruptionBudget
from hanzo_constructs.spec.scraping import Relabeling, ScrapeTls
from hanzo_constructs.spec.secrets import KmsSecretRef
from hanzo_constructs.spec.service import ServiceSpec
from hanzo_constructs.spec.stateful import Disk, FurtherDisk, StatefulSpec
from hanzo_constructs.spec.storage import Storage
from hanzo_constructs.spec.task import TaskSpec
from tests.kube.core.strategies import Table, instances_of, instances_with, optional_fields, wire
from tests.properties.odd import one_odd, some_odd
from tests.properties.texts import (
    amounts,
    data_keys,
    digests,
    dns_labels,
    durations,
    hosts,
    images,
    keys,
    label_names,
    names,
    object_names,
    path_texts,
    port_names,
    segments,
    service_names,
    sub_paths,
    tags,
    values,
    variables,
    words,
)

__all__ = [
    "KNOWN",
    "Data",
    "amounts",
    "autoscaling_specs",
    "container_lists",
    "dns_labels",
    "environments",
    "from_many",
    "ingress_specs",
    "mount_lists",
    "names",
    "object_names",
    "one_of",
    "path_texts",
    "port_lists",
    "prefixes",
    "probe_specs",
    "service_lists",
    "service_names",
    "service_specs",
    "volumes",
]

Data = dict[str, Any]
M = TypeVar("M", bound=Model)

_urls = hosts.map(lambda host: f"https://{host.removeprefix('*.')}/api")
_origins = hosts.map(lambda host: f"https://{host}") | st.just("http://localhost:3000")
_header_names = st.lists(st.sampled_from(("Authorization", "X-Request-Id")), unique=True)
_segments = st.lists(segments | st.none(), min_size=1, max_size=3)
# parameters are named after their places: the gateway takes one name for each
prefixes = _segments.map(
    lambda found: "".join(f"/{f'{{p{index}}}' if each is None else each}" for index, each in enumerate(found))
).filter(lambda text: not prefix_problem(text))
_variables = variables.filter(lambda name: name not in {*BASE_VARIABLES, *BACKUP_VARIABLES})


def from_many(
    strategy: SearchStrategy[Data], key: Callable[[Data], Any], *, least: int = 0, most: int = 3
) -> SearchStrategy[list[Data]]:
    """Return lists of different things."""
    return st.lists(strategy, min_size=least, max_size=most, unique_by=key)


def one_of(model: type[Model], beside: str = "") -> SearchStrategy[Data]:
    """Return instances of *model* with exactly one of the fields but *beside*, which may be there or not."""
    fields = [name for name in optional_fields(model) if name != beside]
    alone = st.sampled_from(fields).flatmap(lambda name: instances_with(model, [name], KNOWN))
    if not beside:
        return alone
    return alone | st.sampled_from(fields).flatmap(lambda name: instances_with(model, [name, beside], KNOWN))


def _named(strategy: SearchStrategy[Data], unique: SearchStrategy[str]) -> SearchStrategy[Data]:
    return st.tuples(strategy, unique).map(lambda both: {**both[0], "name": both[1]})


_requests = st.fixed_dictionaries({"cpu": amounts, "memory": amounts})
_limited = st.dictionaries(st.sampled_from(("cpu", "memory")), st.none())


@st.composite
def requirements_of_resources(draw: DrawFn) -> Data:
    requests, limits = draw(_requests), draw(_limited)
    return {"requests": requests, **({"limits": {name: requests[name] for name in limits}} if limits else {})}


_data_keys = data_keys.filter(lambda key: not data_key_problem(key))


def _referring(model: type[Model], field: str) -> SearchStrategy[Data]:
    """Return instances of *model* that name an object in *field*."""
    keys = {(selector, "key"): _data_keys for selector in (ConfigMapKeySelector, SecretKeySelector)}
    return st.tuples(instances_of(model, keys), object_names).map(lambda both: {**both[0], field: both[1]})


HANDLERS = ("exec", "grpc", "http_get", "tcp_socket")


def _no_handler(field: str) -> bool:
    """Tell whether *field* of a probe is none of its handlers."""
    return field not in {wire(Probe, name) for name in HANDLERS}


@st.composite
def _requirements(draw: DrawFn) -> Data:
    operator = draw(st.sampled_from(("In", "NotIn", "Exists", "DoesNotExist")))
    found = draw(st.lists(values, min_size=1, max_size=2))
    return {"key": draw(keys), "operator": operator, **({"values": found} if operator.endswith("In") else {})}


CRON_BOUNDS = ((0, 59), (0, 23), (1, 28), (1, 12), (0, 6))


def _cron_fields(low: int, high: int) -> SearchStrategy[str]:
    numbers = st.integers(low, high)
    spans = st.tuples(numbers, numbers).map(sorted).map(lambda ends: f"{ends[0]}-{ends[1]}")
    return st.just("*") | numbers.map(str) | spans | st.integers(1, high).map(lambda step: f"*/{step}")


def _bounds(least: int) -> SearchStrategy[int | str]:
    return st.integers(least, 99) | st.integers(least, 100).map(lambda share: f"{share}%")


OF_FILES = "files"
"""Name of the volume, an emptyDir, with the files that hold variables."""

_GIVEN: dict[Any, SearchStrategy[Any]] = {
    str: st.text(st.characters(categories=("L", "M", "N", "P", "S", "Zs")), max_size=12),
    DnsLabel: dns_labels,
    ObjectName: object_names,
    StorageClassName: st.just("") | object_names,
    PortName: port_names,
    Host: hosts,
    LabelValue: values,
    Mapping[str]: st.dictionaries(keys, values, max_size=2),
    Mapping[LabelText]: st.dictionaries(keys, values, max_size=2),
    ResourceRequirements: requirements_of_resources(),
    CronExpression: st.tuples(*(_cron_fields(low, high) for low, high in CRON_BOUNDS)).map(" ".join),
    PositiveDuration: durations("ms", "s", "m", "h"),
    Duration: durations("ms", "s", "m", "h"),
    (Storage, "size"): amounts,
    (Storage, "storage_class_name"): object_names,
    (Backup, "s3_endpoint"): _urls,
    (Backup, "s3_bucket"): st.tuples(dns_labels, st.integers(10, 99)).map(lambda both: f"{both[0]}{both[1]}"),
    (BaseSpec, "replicas"): st.integers(0, 20).map(lambda half: 2 * half + 1),
    (BaseSpec, "schema_"): object_names | _urls | words.map(lambda name: f"CREATE TABLE {name} (id INTEGER);\n"),
    (BaseGateway, "route"): prefixes,
    (GatewaySpec, "image_build"): st.sampled_from(("krakend", "krakend-2.1")),  # others do not take what else is drawn
    (BaseGateway, "leader_poll_interval"): st.integers(100, 5000).map(lambda length: f"{length}ms"),
    (Route, "prefix"): prefixes,
    (Route, "backend"): _urls | hosts.map(lambda host: f"{host.removeprefix('*.')}:8080"),
    (Route, "methods"): st.lists(st.sampled_from(METHODS), min_size=1, unique=True),
    (AuthPolicy, "iam_endpoint"): _urls,
    (AuthPolicy, "jwks_url"): _urls,
    (Cors, "allow_origins"): st.lists(_origins, min_size=1, max_size=3, unique=True),
    (Cors, "allow_methods"): st.lists(st.sampled_from(METHODS), unique=True),
    (Cors, "allow_headers"): _header_names,
    (Cors, "expose_headers"): _header_names,
    (Cors, "max_age"): durations("s", "m", "h"),
    (Metadata, "name"): names,
    (Container, "name"): dns_labels,
    (RateLimit, "every"): durations("s", "m", "h"),
    (ImageSpec, "repository"): st.tuples(st.sampled_from(("registry.hanzo.ai:5000", "ghcr.io")), words).map(
        "/hanzoai/".join
    ),
    (ImageSpec, "tag"): tags,
    (ImageSpec, "digest"): digests,
    (KmsSecretRef, "host_api"): _urls,
    (KmsSecretRef, "secrets_path"): path_texts,
    (ServiceMonitor, "interval"): durations("s", "m", "h"),
    (ServiceMonitor, "scrape_timeout"): durations("ms"),  # shorter than any interval
    (ServiceMonitor, "metrics_path"): path_texts,
    (ServiceMonitor, "job_label"): keys,
    (Relabeling, "source_labels"): st.lists(label_names, max_size=3),
    ScrapeTls: st.sampled_from(
        (
            {"ca": {"secret": {"name": "scrape", "key": "ca.crt"}}, "minVersion": "TLS12", "maxVersion": "TLS13"},
            {"ca": {"configMap": {"name": "scrape", "key": "ca.crt"}}, "serverName": "api.example.com"},
            {"certFile": "/etc/tls/tls.crt", "keyFile": "/etc/tls/tls.key", "insecureSkipVerify": True},
        )
    ),
    (PodDisruptionBudget, "min_available"): st.integers(0, 99) | st.integers(0, 100).map(lambda share: f"{share}%"),
    (PodDisruptionBudget, "max_unavailable"): st.integers(0, 99) | st.integers(0, 100).map(lambda share: f"{share}%"),
    (EnvVar, "name"): _variables,
    (SleepAction, "seconds"): st.integers(0, 20),
    (PodSecurityContext, "fs_group"): st.just(2000),
    (DeploymentRollout, "max_surge"): _bounds(1),
    (DeploymentRollout, "max_unavailable"): _bounds(0),
    (DeploymentRollout, "min_ready_seconds"): st.integers(0, 599),
    (DeploymentRollout, "progress_deadline_seconds"): st.integers(600, 7200),
    (StatefulSetRollout, "max_unavailable"): _bounds(1),
    (ImageVolumeSource, "reference"): images,
    (ObjectFieldSelector, "field_path"): st.sampled_from(("metadata.name", "status.podIP", "metadata.labels['a/b']")),
    (ResourceFieldSelector, "resource"): st.sampled_from(("limits.cpu", "requests.memory", "limits.hugepages-2Mi")),
    (VolumeMount, "sub_path"): sub_paths,
    (VolumeMount, "sub_path_expr"): st.just(""),
    (EnvFromSource, "prefix"): _variables,
    (AzureDiskVolumeSource, "disk_name"): port_names,
    (AzureDiskVolumeSource, "disk_uri"): _urls,
    (AzureDiskVolumeSource, "kind"): st.sampled_from(("Shared", "Dedicated")),
    (CSIVolumeSource, "driver"): dns_labels.map(lambda label: f"{label}.csi.example.com"),
    (FCVolumeSource, "lun"): st.integers(0, 255),
    (FCVolumeSource, "target_wwns"): st.just(["50060e801049cfd1"]),
    (FCVolumeSource, "wwids"): st.just([]),
    (FileKeySelector, "key"): _variables,
    (FileKeySelector, "path"): sub_paths,
    (FileKeySelector, "volume_name"): st.just(OF_FILES),
    (NetworkPolicy, "policy_types"): st.sampled_from((["Ingress"], ["Ingress", "Egress"], ["Egress", "Ingress"])),
    (NetworkPolicy, "egress"): st.lists(
        st.sampled_from(
            (
                {},
                {"to": [{"ipBlock": {"cidr": "203.0.113.0/24"}}], "ports": [{"port": 443}]},
                {"to": [{"podSelector": {}}], "ports": [{"protocol": "UDP", "port": 5000, "endPort": 5010}]},
                {"to": [{"namespaceSelector": {"matchLabels": {"team": "shop"}}}]},
            )
        ),
        max_size=3,
    ),
    LabelSelectorRequirement: _requirements(),
    PortOrName: st.integers(1, 65535),
    IPBlock: st.sampled_from(
        ({"cidr": "203.0.113.0/24"}, {"cidr": "10.0.0.0/8", "except": ["10.1.0.0/16"]}, {"cidr": "2001:db8::/32"})
    ),
}
KNOWN = Table(_GIVEN)
"""What the annotations do not tell."""

for _reference in (
    ConfigMapEnvSource,
    ConfigMapKeySelector,
    ConfigMapProjection,
    ConfigMapVolumeSource,
    LocalObjectReference,
    SecretEnvSource,
    SecretKeySelector,
    SecretProjection,
    SecretVolumeSource,
):
    KNOWN[_reference] = _referring(_reference, "secretName" if _reference is SecretVolumeSource else "name")
CONNECTIONS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(("KV", "SQL", "S3")),
        "name": st.sampled_from(("cache", "store")),
        "env": st.sampled_from(({"CONNECTED_URL": "url"}, {"CONNECTED_HOST": "host", "CONNECTED": "${host}:${port}"})),
    }
)
"""What is reached whether it is there or not: of these kinds, host and port are known."""
_DISKS: list[Data] = [
    {"size": "5Gi"},
    {"size": "1Ti", "storageClassName": "", "retentionPolicy": "Delete"},
    {"size": 10**9, "accessModes": ["ReadWriteOncePod"], "storageClassName": "fast"},
    {"existingClaim": "shared"},
]
KNOWN[FurtherDisk] = st.sampled_from(
    [disk for disk in _DISKS if "size" in disk and "retentionPolicy" not in disk]
).flatmap(
    lambda disk: st.sampled_from(("logs", "wal")).map(
        lambda name: {"name": f"disk-{name}", "mountPath": f"/var/lib/{name}", **disk}
    )
)
KNOWN[Disk] = st.sampled_from(_DISKS).map(lambda disk: {"mountPath": "/var/lib/disk", **disk})
for _model in (ServiceSpec, DatastoreSpec, BaseSpec, GatewaySpec, StatefulSpec, TaskSpec, InferenceServiceSpec):
    KNOWN[_model, "fs_group"] = st.just(2000)
    KNOWN[_model, "image_pull_secrets"] = from_many(KNOWN[LocalObjectReference], lambda secret: secret["name"])
    KNOWN[_model, "termination_grace_period_seconds"] = st.integers(21, 3600)
    KNOWN[_model, "configs"] = st.deferred(lambda: _attached("config", KNOWN[Config]))
    KNOWN[_model, "persistence"] = st.deferred(lambda: _attached("claim", KNOWN[Persistence]))
    KNOWN[_model, "connections"] = st.lists(CONNECTIONS, max_size=1)
    KNOWN[_model, "dns_policy"] = st.sampled_from(("ClusterFirst", "ClusterFirstWithHostNet", "Default"))
    KNOWN[_model, "host_aliases"] = st.deferred(lambda: from_many(KNOWN[HostAlias], lambda alias: alias["ip"]))
    KNOWN[_model, "topology_spread_constraints"] = st.deferred(
        lambda: from_many(
            KNOWN[TopologySpreadConstraint], lambda each: (each["topologyKey"], each["whenUnsatisfiable"])
        )
    )


def _right(
    strategy: SearchStrategy[Data], model: type[M], problems: Callable[[M], Iterable[Problem]], otherwise: Data
) -> SearchStrategy[Data]:
    """Return what *strategy* gives where *problems* finds nothing wrong in it as a *model*, else *otherwise*."""
    return strategy.map(lambda data: otherwise if [*problems(parse_as(model, data))] else data)


KNOWN[LifecycleHandler] = one_of(LifecycleHandler)
_hook = one_of(LifecycleHandler).map(
    lambda hook: {"sleep": {"seconds": 2}} if {*hook} & {"httpGet", "tcpSocket"} else hook
)
KNOWN[Lifecycle] = _right(  # of the main container: its ports are drawn elsewhere
    st.fixed_dictionaries({}, optional={"preStop": _hook, "postStart": _hook}),
    Lifecycle,
    lambda hooks: hook_problems(hooks, ()),
    {},
)
KNOWN[SecurityContext] = _right(
    instances_of(SecurityContext, KNOWN) | some_odd(SecurityContext),
    SecurityContext,
    lambda context: security_problems(context, ()),
    {"readOnlyRootFilesystem": True},
)
KNOWN[PodSecurityContext] = _right(
    instances_of(PodSecurityContext, KNOWN)
    | some_odd(PodSecurityContext).map(
        lambda context: {**context, "fsGroup": 2000} if "fsGroup" in context else context
    ),
    PodSecurityContext,
    lambda context: pod_security_problems(context, ()),
    {"runAsUser": 1000},
)


def _attached(word: str, strategy: SearchStrategy[Data]) -> SearchStrategy[list[Data]]:
    """Return what is in nobody's way: in folders and with variables of its own."""

    def apart(found: list[Data]) -> list[Data]:
        for index, each in enumerate(found):
            each["name"] = f"{word}-{index}-of-its-own"
            if "mountPath" in each:
                each["mountPath"] = f"/srv/{word}/{index}"
            if each.get("env"):
                each["files"] = {f"OWN_{index}_{key.replace('.', '_')}": text for key, text in each["files"].items()}
        return found

    return st.lists(strategy, max_size=2).map(apart)


_USES: list[Data] = [{"mountPath": "/c"}, {"env": True}, {"mountPath": "/c", "env": True}]
_CLAIMS: list[Data] = [
    {"existingClaim": "shared"},
    {"size": "5Gi", "accessModes": ["ReadWriteMany"]},
    {"size": "1Ti", "accessModes": ["ReadWriteMany", "ReadOnlyMany"], "storageClassName": ""},
    {"size": 10**9, "accessModes": ["ReadWriteMany"], "storageClassName": "nfs", "retentionPolicy": "Delete"},
]
KNOWN[Config] = st.fixed_dictionaries(
    {"name": dns_labels, "files": st.dictionaries(port_names, KNOWN[str], min_size=1, max_size=3)},
).flatmap(lambda config: st.sampled_from(_USES).map(lambda how: {**config, **how}))
KNOWN[Persistence] = st.sampled_from(_CLAIMS).map(lambda claim: {"name": "claim", "mountPath": "/p", **claim})
KNOWN[Affinity] = _right(
    some_odd(Affinity), Affinity, affinity_problems, {"podAntiAffinity": {}}
)  # values that are odd, and right as often as not
KNOWN[Toleration] = _right(
    some_odd(Toleration), Toleration, lambda each: toleration_problems((each,)), {"operator": "Exists"}
)
KNOWN[TopologySpreadConstraint] = _right(
    some_odd(TopologySpreadConstraint).map(lambda each: {"labelSelector": {}, **each}),
    TopologySpreadConstraint,
    lambda each: spread_problems((each,)),
    {"maxSkew": 1, "topologyKey": "zone", "whenUnsatisfiable": "ScheduleAnyway", "labelSelector": {}},
)
_addresses = st.ip_addresses().filter(lambda address: getattr(address, "ipv4_mapped", None) is None)
KNOWN[HostAlias] = st.fixed_dictionaries(
    {"ip": _addresses.map(str)}, optional={"hostnames": st.lists(object_names, max_size=2)}
)
KNOWN[PodDNSConfig] = _right(
    some_odd(PodDNSConfig), PodDNSConfig, lambda config: dns_problems(config, None), {"searches": ["example.com"]}
)
KNOWN[Probe] = st.tuples(
    instances_of(Probe, KNOWN),
    st.sampled_from(HANDLERS).flatmap(lambda name: instances_with(Probe, [name], KNOWN)),
).map(lambda both: {key: value for key, value in both[0].items() if _no_handler(key)} | both[1])
KNOWN[VolumeProjection] = one_of(VolumeProjection)
KNOWN[ISCSIVolumeSource] = st.fixed_dictionaries(
    {
        "targetPortal": hosts.map(lambda host: f"{host.removeprefix('*.')}:3260"),
        "iqn": st.tuples(words, words).map(lambda both: f"iqn.2001-04.com.{both[0]}:{both[1]}"),
        "lun": st.integers(0, 255),
    },
    optional={"readOnly": st.booleans(), "fsType": st.just("ext4"), "iscsiInterface": port_names},
)
KNOWN[EphemeralVolumeSource] = st.fixed_dictionaries(
    {
        "accessModes": st.sampled_from((["ReadWriteOnce"], ["ReadWriteOncePod"], ["ReadOnlyMany", "ReadWriteMany"])),
        "resources": amounts.map(lambda size: {"requests": {"storage": size}}),
    },
    optional={"storageClassName": object_names, "volumeMode": st.just("Filesystem")},
).map(lambda spec: {"volumeClaimTemplate": {"spec": spec}})
KNOWN[EnvVarSource] = one_of(EnvVarSource)
KNOWN[EnvVar] = st.fixed_dictionaries({"name": _variables}, optional={"value": KNOWN[str]}) | _right(
    instances_with(EnvVar, ["value_from"], KNOWN),
    EnvVar,
    lambda variable: environment_problems((variable,), ()),
    {"name": "FROM", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}},
)
KNOWN[EnvFromSource] = one_of(EnvFromSource, "prefix")
KNOWN[Volume] = _right(
    _named(one_of(Volume) | one_odd(Volume), dns_labels),
    Volume,
    lambda volume: [Problem((), "not mounted any more")] if volume.git_repo else volume_problems((volume,)),
    {"emptyDir": {}},
).flatmap(lambda volume: st.just(volume) if "name" in volume else dns_labels.map(lambda name: {**volume, "name": name}))

environments = from_many(KNOWN[EnvVar], lambda variable: variable["name"], most=5)
volumes = from_many(KNOWN[Volume], lambda volume: volume["name"], most=4)


_mounts = _right(
    instances_of(VolumeMount, KNOWN).map(lambda drawn: {**drawn, "name": "v", "mountPath": "/v"}),
    VolumeMount,
    lambda mount: mount_problems((mount,), {"v": Volume(name="v")}),
    {"readOnly": True},
)


@st.composite
def mount_lists(draw: DrawFn, declared: list[Data]) -> list[Data]:
    if not declared:
        return []
    mount = st.tuples(_mounts, st.sampled_from([volume["name"] for volume in declared]), path_texts).map(
        lambda parts: {**parts[0], "name": parts[1], "mountPath": parts[2]}
    )
    return draw(from_many(mount, lambda each: each["mountPath"]))


@st.composite
def container_lists(
    draw: DrawFn, taken: set[str], listening: set[int], declared: list[Data], *, staying: bool
) -> list[Data]:
    containers = []
    for name in draw(st.lists(dns_labels.filter(lambda name: name not in taken), unique=True, max_size=2)):
        container = draw(instances_of(Container, KNOWN))
        container.pop("envFrom", None)
        if "ports" in container:
            free = st.integers(1, 65535).filter(lambda number: number not in listening)
            numbers = draw(st.lists(free, unique=True, max_size=2))
            listening.update(numbers)
            container["ports"] = [{"containerPort": number, "name": f"p{number}"} for number in numbers]
        if "volumeDevices" in container:
            at = st.sampled_from([volume["name"] for volume in declared]) if declared else st.nothing()
            device = st.fixed_dictionaries({"name": at, "devicePath": st.just("/dev/xvda")})
            container["volumeDevices"] = draw(st.lists(device, max_size=1)) if declared else []
        container |= {"name": name, "image": draw(images), "resources": draw(requirements_of_resources())}
        container["env"] = draw(environments)
        container["volumeMounts"] = draw(mount_lists(declared))
        if not staying and container.get("restartPolicy") != "Always":
            for field in ("livenessProbe", "readinessProbe", "startupProbe", "lifecycle"):
                container.pop(field, None)
        containers.append(_mended(container, declared, staying=staying))
    return containers


def _mended(container: Data, declared: list[Data], *, staying: bool) -> Data:
    """Return *container* without the fields in which the rules find something wrong."""
    volumes = [parse_as(Volume, volume) if len(volume) > 1 else Volume(name=volume["name"]) for volume in declared]
    field = "sidecars" if staying else "initContainers"
    wrong = {problem.path[2] for problem in container_problems((parse_as(Container, container),), field, volumes)}
    wrong |= {"restartPolicyRules"} if "restartPolicy" in wrong else set()
    return {name: value for name, value in container.items() if name not in wrong}


@st.composite
def port_lists(draw: DrawFn) -> list[Data]:
    numbers = draw(st.lists(st.integers(1, 65535), unique=True, max_size=3))
    declared = draw(st.lists(port_names | dns_labels, unique=True, min_size=len(numbers), max_size=len(numbers)))
    ports: list[Data] = [
        {"name": name, "containerPort": number} for name, number in zip(declared, numbers, strict=True)
    ]
    for index, port in enumerate(ports):
        if draw(st.booleans()):
            port["servicePort"] = 10_000 + index
        if draw(st.booleans()):
            port["appProtocol"] = draw(st.sampled_from(("http", "grpc", "kubernetes.io/h2c")))
        if index and draw(st.booleans()):
            port["protocol"] = draw(st.sampled_from(("TCP", "UDP", "SCTP")))
    if len({port.get("servicePort", port["containerPort"]) for port in ports}) < len(ports):
        for port in ports:
            port.pop("servicePort", None)
    for port in ports[1:]:
        kind = draw(st.sampled_from(("own", "own", "shared", "hidden")))
        if kind == "shared":
            again = {**port, "name": f"{port['name'][:20]}-again", "servicePort": 30_000 + len(ports)}
            return [*ports, again] if again["name"] not in declared else ports
        if kind == "hidden":
            port["expose"] = False
            port.pop("servicePort", None)
            port.pop("appProtocol", None)
    return ports


@st.composite
def probe_specs(draw: DrawFn, ports: list[Data]) -> Data:
    probe = draw(instances_of(ProbeSpec, KNOWN))
    kept = ("initialDelaySeconds", "periodSeconds", "timeoutSeconds", "failureThreshold")
    probe = {field: value for field, value in probe.items() if field in kept}
    handlers: list[SearchStrategy[Data]] = [
        st.fixed_dictionaries({"exec": st.fixed_dictionaries({"command": st.lists(st.text(), min_size=1, max_size=3)})})
    ]
    tcp = [port for port in ports if port.get("protocol", "TCP") == "TCP"]
    if tcp:
        header = st.fixed_dictionaries({"name": st.just("Accept"), "value": KNOWN[str]})
        headers = st.lists(header, max_size=2)
        reference = st.sampled_from([port[field] for port in tcp for field in ("name", "containerPort")])
        handlers += [
            st.fixed_dictionaries(
                {"port": reference},
                optional={"path": path_texts, "scheme": st.sampled_from(("HTTP", "HTTPS")), "httpHeaders": headers},
            ),
            st.fixed_dictionaries(
                {"grpc": st.fixed_dictionaries({"port": reference}, optional={"service": st.text()})}
            ),
            st.fixed_dictionaries({"tcpSocket": st.fixed_dictionaries({"port": reference})}),
        ]
    return {**probe, **draw(st.one_of(handlers))}


@st.composite
def ingress_specs(draw: DrawFn, ports: list[Data]) -> Data:
    ingress = {"hosts": draw(st.lists(hosts, min_size=1, max_size=3, unique=True))}
    tcp = [port for port in ports if port.get("protocol", "TCP") == "TCP" and port.get("expose", True)]
    reference = st.sampled_from([port.get("servicePort", port["containerPort"]) for port in tcp]) | st.sampled_from(
        [port["name"] for port in tcp]
    )
    rule = st.fixed_dictionaries(
        {"path": words.map("/{}".format), "port": reference},
        optional={
            "pathType": st.sampled_from(("Exact", "Prefix", "ImplementationSpecific")),
            "serviceName": words,
        },
    ).map(_by_number)
    optional = {
        "ingressClassName": object_names,
        **draw(st.sampled_from(({"tls": st.booleans()}, {"tlsSecretName": object_names}))),
        "annotations": st.dictionaries(keys, st.text(max_size=9), max_size=2),
        "pathRules": from_many(rule, lambda each: each["path"]),
    }
    return {**ingress, **draw(st.fixed_dictionaries({}, optional=optional))}


def _by_number(rule: Data) -> Data:
    """Return *rule* without the name of a port of somebody else's that no Ingress may say."""
    port = rule["port"]
    return {**rule, "port": 80} if "serviceName" in rule and port != 80 and port_name_problem(str(port)) else rule


_balancers = st.fixed_dictionaries(
    {"type": st.just("LoadBalancer")},
    optional={
        "loadBalancerClass": keys,
        "loadBalancerSourceRanges": st.lists(st.sampled_from(("10.0.0.0/8", "2001:db8::/32")), unique=True),
        "externalTrafficPolicy": st.sampled_from(("Cluster", "Local")),
        "sessionAffinity": st.sampled_from(("None", "ClientIP")),
    },
)
_addressed = st.fixed_dictionaries(
    {"type": st.sampled_from(("ClusterIP", "NodePort"))},
    optional={
        "internalTrafficPolicy": st.sampled_from(("Cluster", "Local")),
        "trafficDistribution": st.sampled_from(("PreferClose", "PreferSameZone", "PreferSameNode")),
    },
)
_headless = st.just({"headless": True})
_described = st.fixed_dictionaries(
    {},
    optional={
        "annotations": st.dictionaries(keys, st.text(max_size=9), max_size=2),
        "labels": st.dictionaries(keys, values, max_size=2),
    },
)


def service_specs() -> SearchStrategy[Data]:
    return st.tuples(_balancers | _addressed | _headless, _described).map(lambda both: {**both[0], **both[1]})


@st.composite
def service_lists(draw: DrawFn, ports: list[Data], taken: set[str]) -> list[Data]:
    """Return further Services of a workload with *ports*, under other names than those that are *taken*."""
    found: list[Data] = []
    for name in draw(st.lists(service_names.filter(lambda each: each not in taken), unique=True, max_size=2)):
        service = {"name": name, **draw(service_specs())}
        chosen = draw(st.lists(st.sampled_from(ports), unique_by=lambda port: port["name"]))
        numbers = {port.get("servicePort", port["containerPort"]) for port in chosen}
        if len(numbers) == len(chosen):
            service["ports"] = [port["name"] for port in chosen]
        found.append(service)
    return found


@st.composite
def autoscaling_specs(draw: DrawFn) -> Data:
    least = draw(st.integers(1, 50))
    bounds = {"minReplicas": least, "maxReplicas": draw(st.integers(least, 100))}
    targets = {name: st.integers(1, 100) for name in ("targetCpuUtilization", "targetMemoryUtilization")}
    return {**bounds, **draw(st.fixed_dictionaries({}, optional=targets))}
