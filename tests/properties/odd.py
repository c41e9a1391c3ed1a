"""Odd values for every field of core/v1 that arrives in a pod: about half of them are right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, get_args

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from hanzo_constructs.kube.core import (
    Affinity,
    AppArmorProfile,
    AzureDiskVolumeSource,
    Capabilities,
    ClusterTrustBundleProjection,
    Container,
    ContainerPort,
    CSIVolumeSource,
    EnvFromSource,
    EnvVar,
    EnvVarSource,
    ExecAction,
    FileKeySelector,
    FlexVolumeSource,
    HostAlias,
    HTTPHeader,
    ImageVolumeSource,
    ISCSIVolumeSource,
    KeyToPath,
    LabelSelectorRequirement,
    LifecycleHandler,
    LocalObjectReference,
    NodeSelectorRequirement,
    ObjectFieldSelector,
    ObjectMeta,
    PersistentVolumeClaimSpec,
    PodAffinityTerm,
    PodCertificateProjection,
    PodDNSConfig,
    PodDNSConfigOption,
    PodSecurityContext,
    Probe,
    QuobyteVolumeSource,
    ResourceFieldSelector,
    ResourceRequirements,
    SeccompProfile,
    Sysctl,
    Toleration,
    TopologySpreadConstraint,
    TypedLocalObjectReference,
    TypedObjectReference,
    Volume,
    VolumeDevice,
    VolumeMount,
    VolumeProjection,
    VolumeResourceRequirements,
    WindowsSecurityContextOptions,
)
from hanzo_constructs.kube.core.gates import GATED, ON_SINCE
from hanzo_constructs.kube.core.since import SINCE
from hanzo_constructs.kube.model import Mapping, Model
from hanzo_constructs.kube.quantity import Quantity
from tests.kube.core.strategies import Table, instances_with, optional_fields, wire

__all__ = [
    "GATES",
    "IMAGE",
    "NAME",
    "SERVER",
    "VOLUMES",
    "known",
    "odd",
    "odd_requirements",
    "one_odd",
    "pool",
    "some_odd",
]

Data = dict[str, Any]

NAME = "api"
IMAGE = "ghcr.io/hanzoai/api:v1"
_LONG = "x" * 64

_words = st.sampled_from(
    ("a", "b", "x-1", "a.b", "A", "a b", "", "/a", "a/b", "../a", "..a", "a/../b", _LONG, "1", "-")
)
_names = st.sampled_from(("a", "b", "b", "x-1", "a.b", "A", "a b", "", _LONG, "1a", "-a"))
_paths = st.sampled_from(("a", "b", "a/b", "/a", "../a", "..a", "..", "a/../b", "", "a.b", ".", "./..", "a..", ".../a"))
_files = st.sampled_from(("a", "b", "c", "d", "a/b", "/a", "../a", "..a", "a/../b", ""))
_keys = st.sampled_from(
    ("a", "example.com/a", "A-1", "a b", "", "/a", "Example.com/a", _LONG, "kubernetes.io/a", "a/b/c")
)
_values = st.sampled_from(("", "a", "A.b_c", "a b", "-", _LONG))
_signers = st.sampled_from(
    ("example.com/a", "kubernetes.io/a", "a.kubernetes.io/b", "example/a", "example.com/a/b", "", "a", "Example.com/a")
)
_amounts = st.sampled_from(
    (
        "1",
        "2",
        "0",
        "-1",
        "100m",
        "0.5",
        "1.5",
        "1Gi",
        "2Mi",
        "3Mi",
        "4Mi",
        "1e3",
        "1024",
        "1k",
        "0.0001",
        "512m",
        "1n",
        "+1",
    )
)
_resources = st.sampled_from(
    (
        "cpu",
        "memory",
        "ephemeral-storage",
        "nvidia.com/gpu",
        "hugepages-2Mi",
        "hugepages-1Gi",
        "hugepages-x",
        "hugepages-0",
        "hugepages-",
        "storage",
        "gpu",
        "pods",
        "requests.nvidia.com/gpu",
        "requests.cpu",
        "kubernetes.io/a",
        "a.kubernetes.io/b",
        "a b",
        "a/b/c",
        "",
        "Example.com/a",
        "example.com/A",
        f"example.com/{_LONG}",
        "attachable-volumes-csi-a",
    )
)
_mappings = st.dictionaries(_keys, _values, max_size=2)
_initiators = st.sampled_from(
    (
        "iqn.2001-04.com.example:storage",
        "iqn.2001-04.com.example",
        "iqn.20-04.com.example:a",
        "eui.0123456789abcdef",
        "eui.0",
        "naa.0123456789abcdef0123456789abcdef",
        "naa.x",
        "x",
        "",
        "iqnx.iqn.2001-04.com.example:a",
        "iqn.2001-04.a:b c",
    )
)


def pool(*values: Any) -> SearchStrategy[Any]:
    return st.sampled_from(values)


ODD: dict[Any, SearchStrategy[Any]] = {
    str: _words,
    Quantity: _amounts,
    Mapping[str]: _mappings,
    (AppArmorProfile, "localhost_profile"): pool("a", "", " a", "a ", " ", "x" * 4096, "/a", "../a"),
    (AzureDiskVolumeSource, "disk_uri"): pool("https://a", "/subscriptions/a", "http://a", "", "a"),
    (Capabilities, "add"): st.lists(pool("SYS_ADMIN", "CAP_SYS_ADMIN", "NET_ADMIN", "ALL", "a b"), max_size=2),
    (ClusterTrustBundleProjection, "name"): pool("a", "example.com:a:b", "example:a", ":a", "a:", "A", "", "a:b:c:d"),
    (ClusterTrustBundleProjection, "signer_name"): _signers,
    (ClusterTrustBundleProjection, "path"): _files,
    (ContainerPort, "name"): pool("http", "a", "-a", "A", "1", "a--b", "a" * 16, ""),
    (ContainerPort, "container_port"): st.integers(8081, 8085),
    (ContainerPort, "host_port"): pool(0, 80, 80, 81, 82),
    (ContainerPort, "host_ip"): pool("", "10.0.0.1", "127.0.0.1"),
    (CSIVolumeSource, "driver"): pool("csi.example.com", "CSI.Example.com", "a_b", "a b", "", _LONG, "x" * 63, "-a"),
    (EnvFromSource, "prefix"): pool("A_", "a b", "1_", "a=", "=", "ä", "", "\n"),
    (EnvVar, "name"): pool("A", "B", "a b", "1", "a=b", "", "ä", "\n", "A.B"),
    (EnvVar, "value"): pool("a", "", "$(A)", "ä"),
    (EnvVarSource, "resource_field_ref"): st.deferred(lambda: _resource_fields(named=False)),
    (ExecAction, "command"): pool(["a"], ["a", ""], [""], [], None),
    (FileKeySelector, "key"): pool("A", "a b", "a=b", ""),
    (FileKeySelector, "path"): _paths,
    (FileKeySelector, "volume_name"): pool("v", "v", "w", "none", "", "A"),
    (FlexVolumeSource, "options"): st.dictionaries(
        pool("a", "kubernetes.io/a", "x.k8s.io", "k8s.io.a", "A.K8s.io/b"), _words
    ),
    (HostAlias, "ip"): pool(
        "10.0.0.1", "10.0.0.2", "010.0.0.1", "fd00::1", "::ffff:10.0.0.1", "fe80::1%a", "10.0.0", "", "a"
    ),
    (HostAlias, "hostnames"): st.lists(_names, max_size=2),
    (HTTPHeader, "name"): pool("X-A", "a", "a b", "", "a:", "a_b", "ä"),
    (ImageVolumeSource, "reference"): pool(IMAGE, "a", "", "a b", " a", "a:b:c"),
    (ISCSIVolumeSource, "iqn"): _initiators,
    (ISCSIVolumeSource, "initiator_name"): _initiators,
    (KeyToPath, "key"): pool("a", "A.b", "a b", "", "..a", "x" * 254),
    (KeyToPath, "path"): _files,
    (LabelSelectorRequirement, "values"): st.lists(_values, max_size=2),
    (LocalObjectReference, "name"): _names,
    (NodeSelectorRequirement, "key"): pool("zone", "metadata.name", "metadata.name", "a b", "example.com/a", ""),
    (NodeSelectorRequirement, "values"): st.lists(pool("a", "1", "-2", "a b", "", "A.b_c", _LONG), max_size=2),
    (ObjectFieldSelector, "api_version"): pool("v1", "", "v2"),
    (ObjectFieldSelector, "field_path"): pool(
        *(
            "metadata.name",
            "metadata.namespace",
            "metadata.uid",
            "metadata.labels",
            "metadata.annotations",
            "status.podIP",
        ),
        *(
            "status.hostIPs",
            "spec.nodeName",
            "spec.serviceAccountName",
            "spec.restartPolicy",
            "spec.nope",
            "",
            "status.phase",
        ),
        *("metadata.labels['a']", "metadata.labels['a b']", "metadata.labels['']", "metadata.labels[a]", "spec['a']"),
        *(
            "metadata.annotations['a/b']",
            "metadata.annotations['A.b/c']",
            "metadata.annotations['a b']",
            "metadata.labels['A.b/c']",
        ),
        *("metadata.labels['a']['b']", "metadata.name['a']", "['a']"),
    ),
    (ObjectMeta, "labels"): _mappings,
    (ObjectMeta, "annotations"): st.dictionaries(_keys, _words, max_size=2),
    (PersistentVolumeClaimSpec, "access_modes"): pool(
        ["ReadWriteOnce"],
        ["ReadWriteOnce", "ReadOnlyMany"],
        [],
        ["ReadWriteOncePod"],
        ["ReadWriteOncePod", "ReadWriteMany"],
    ),
    (PersistentVolumeClaimSpec, "storage_class_name"): _names,
    (PersistentVolumeClaimSpec, "volume_attributes_class_name"): _names,
    (PodAffinityTerm, "topology_key"): pool("zone", "zone", "example.com/a", "a b", ""),
    (PodAffinityTerm, "namespaces"): st.lists(_names, max_size=2),
    (PodAffinityTerm, "match_label_keys"): st.lists(_keys, max_size=2, unique=True),
    (PodAffinityTerm, "mismatch_label_keys"): st.lists(_keys, max_size=2, unique=True),
    (PodCertificateProjection, "signer_name"): _signers,
    (PodCertificateProjection, "credential_bundle_path"): _files,
    (PodCertificateProjection, "key_path"): _files,
    (PodCertificateProjection, "certificate_chain_path"): _files,
    (PodCertificateProjection, "max_expiration_seconds"): pool(3600, 86400, 86401, 7_862_400),
    (PodCertificateProjection, "user_annotations"): st.dictionaries(_keys, _words, max_size=2),
    (PodDNSConfig, "nameservers"): st.lists(
        pool("10.0.0.1", "10.0.0.2", "fd00::53", "a", "", "10.0.0.1:53"), max_size=4
    ),
    (PodDNSConfig, "searches"): st.lists(
        pool("a", "a.b.", "_a.b", "a_.b", "a__b", ".", "", "..", "A", "a b", "x" * 254, "-a"), max_size=34
    ),
    (PodDNSConfigOption, "name"): pool("ndots", "a b", ""),
    (QuobyteVolumeSource, "registry"): pool(
        "a:1", "a:1,b:2", "a", "a:1,b", "[::1]:1", "::1:1", "a:", ":", "", "a:b:c", "[a:1"
    ),
    (QuobyteVolumeSource, "tenant"): pool("a", "x" * 64, "x" * 65),
    (ResourceFieldSelector, "container_name"): pool(NAME, ""),
    (SeccompProfile, "localhost_profile"): pool("a/b.json", "/a", "../a", "a/../b", " a"),
    (Sysctl, "name"): pool("net.core.somaxconn", "net/core/somaxconn", "a b", "", "A", "a..b", "a" * 254),
    (Toleration, "key"): pool("a", "example.com/a", "a b", "", "/a"),
    (Toleration, "value"): _values,
    (Toleration, "toleration_seconds"): pool(-1, 0, 30),
    (TopologySpreadConstraint, "topology_key"): pool("zone", "zone", "example.com/a", "a b", ""),
    (TopologySpreadConstraint, "match_label_keys"): st.lists(_keys, max_size=2, unique=True),
    (TypedLocalObjectReference, "api_group"): pool("", "snapshot.storage.k8s.io", "a b"),
    (TypedLocalObjectReference, "kind"): pool("PersistentVolumeClaim", "VolumeSnapshot", ""),
    (TypedObjectReference, "api_group"): pool("", "snapshot.storage.k8s.io", "a b"),
    (TypedObjectReference, "kind"): pool("PersistentVolumeClaim", "VolumeSnapshot", ""),
    (TypedObjectReference, "namespace"): pool("", "a"),
    (VolumeDevice, "name"): pool("claim", "claim", "made", "v", "none"),
    (VolumeDevice, "device_path"): pool("/dev/a", "/dev/b", "/v", "a", "../a", ""),
    (VolumeMount, "name"): pool("v", "v", "w", "claim", "none", ""),
    (VolumeMount, "mount_path"): pool("/v", "/w", "/x", "relative", "", "/dev/a"),
    (VolumeMount, "sub_path"): _paths,
    (VolumeMount, "sub_path_expr"): pool("a", "$(A)", "/a", "../a", ""),
    (VolumeResourceRequirements, "requests"): st.dictionaries(
        pool("storage", "storage", "storage", "cpu"), _amounts, max_size=1
    ),
    (WindowsSecurityContextOptions, "gmsa_credential_spec"): pool("a", "", "x" * 65536, "x" * 65537),
    (WindowsSecurityContextOptions, "gmsa_credential_spec_name"): _names,
    (WindowsSecurityContextOptions, "run_as_user_name"): pool(
        *(
            "user",
            "domain\\user",
            "a.b\\user",
            "a\\b\\c",
            "",
            ".",
            " . ",
            "a:b",
            "x" * 104,
            "x" * 105,
            "\\a",
            "a\\",
            "a\nb",
        ),
        *("-a\\b", "a*\\b", f"{'x' * 63}.y\\b", f"{'x' * 64}\\b", "user@a"),
    ),
}
"""Values of fields, and of types where a field has none of its own; what is not here comes from its annotation."""


def _resource_fields(*, named: bool) -> SearchStrategy[Data]:
    resource = pool(
        *("limits.cpu", "requests.cpu", "limits.memory", "requests.ephemeral-storage", "limits.hugepages-2Mi"),
        *("limits.gpu", "cpu", "", "requests.hugepages-", "limits.hugepages-x y"),
    )
    divisor = pool(
        *(
            "1",
            "1m",
            "0",
            "3",
            "1k",
            "1Ki",
            "1Mi",
            "1024",
            "1024Ki",
            "1000",
            "1000m",
            "0.001",
            "1e3",
            "1e-3",
            "1E",
            "1Ei",
            "2Mi",
            "1e0",
        ),
        *("1000k", "0.5Gi", "1M", "-1"),
    )
    container = {"containerName": pool(NAME, NAME, "")} if named else {}
    return st.fixed_dictionaries({"resource": resource, **container}, optional={"divisor": divisor})


def one_odd(model: type[Model], *more: str, names: tuple[str, ...] | None = None) -> SearchStrategy[Data]:
    """Return instances of *model* with one of its fields (or of *names*), seldom two or none, and maybe *more*."""
    fields = names or tuple(name for name in optional_fields(model) if known(model, name) and name not in more)
    chosen = st.one_of(
        [st.lists(st.sampled_from(fields), min_size=1, max_size=1)] * 8
        + [st.lists(st.sampled_from(fields), max_size=2, unique=True)]
    )
    extra = st.lists(st.sampled_from(more), unique=True) if more else st.just([])
    return st.tuples(chosen, extra).flatmap(lambda both: instances_with(model, [*both[0], *both[1]], ODD_GIVEN))


def known(model: type[Model], name: str) -> bool:
    """Tell whether servers of `SERVER` know the field *name* and keep it."""
    field = wire(model, name)
    gate = GATED.get(model.__name__, {}).get(field)
    return SINCE.get(model.__name__, {}).get(field, 0) <= SERVER and (
        gate is None or gate in GATES or ON_SINCE[gate] <= SERVER
    )


SERVER = 36
"""The minor version of Kubernetes whose fields are drawn."""
GATES = frozenset({"ClusterTrustBundleProjection", "ContainerStopSignals", "PodCertificateRequest"})
"""Feature gates that the servers of these tests have on, beside those that are."""


def some_odd(model: type[Model], most: int = 3) -> SearchStrategy[Data]:
    """Return instances of *model* with up to *most* of the optional fields that the server has."""
    fields = [name for name in optional_fields(model) if known(model, name)]
    if not fields:
        return instances_with(model, (), ODD_GIVEN)
    return st.lists(st.sampled_from(fields), unique=True, max_size=most).flatmap(
        lambda names: instances_with(model, names, ODD_GIVEN)
    )


ODD_GIVEN = Table(ODD)
"""`ODD`, and for each model that is not in it the instances with fields the server has."""


def _models(annotation: object) -> Iterator[type[Model]]:
    """Yield the models in *annotation*."""
    if isinstance(annotation, type) and not get_args(annotation):
        if issubclass(annotation, Model):
            yield annotation
        return
    for part in get_args(annotation):
        yield from _models(part)


def _later(model: type[Model]) -> SearchStrategy[Data]:
    return st.deferred(lambda: some_odd(model))


def _draw_below(model: type[Model]) -> None:
    """Let every model below *model* be drawn by `some_odd`, unless the table has it already."""
    for field in model.model_fields.values():
        for found in _models(field.annotation):
            if found not in ODD_GIVEN:
                ODD_GIVEN[found] = _later(found)
                _draw_below(found)


ODD_GIVEN[EnvVarSource] = st.deferred(lambda: one_odd(EnvVarSource))
ODD_GIVEN[VolumeProjection] = st.deferred(lambda: one_odd(VolumeProjection))
ODD_GIVEN[LifecycleHandler] = st.deferred(lambda: one_odd(LifecycleHandler))
ODD_GIVEN[Probe] = st.deferred(
    lambda: one_odd(
        Probe, "success_threshold", "failure_threshold", "timeout_seconds", "termination_grace_period_seconds",
        names=("exec", "http_get", "tcp_socket", "grpc"),
    )
)  # fmt: skip
for _root in (
    Container,
    Volume,
    PodSecurityContext,
    Affinity,
    Toleration,
    TopologySpreadConstraint,
    HostAlias,
    PodDNSConfig,
):
    _draw_below(_root)
ODD_GIVEN[(Container, "volume_devices")] = st.lists(some_odd(VolumeDevice), max_size=2)


@st.composite
def odd_requirements(draw: DrawFn) -> Data:
    chosen = draw(st.lists(_resources, min_size=1, max_size=2, unique=True))
    found: Data = {}
    for field in draw(st.sampled_from((("requests",), ("limits",), ("requests", "limits")))):
        found[field] = {name: draw(_amounts) for name in chosen}
    return found


ODD_GIVEN[ResourceRequirements] = odd_requirements()
VOLUMES: list[Data] = [
    {"name": "v", "emptyDir": {}},
    {"name": "w", "configMap": {"name": "w"}},
    {"name": "claim", "persistentVolumeClaim": {"claimName": "claim"}},
    {"name": "made", "persistentVolumeClaim": {"claimName": "made"}},
]


def odd(model: type[Model], names: Iterable[str]) -> SearchStrategy[Data]:
    """Return instances of *model* with the fields *names* and those it requires."""
    return instances_with(model, names, ODD_GIVEN)
