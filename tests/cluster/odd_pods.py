"""Services with odd values in one part of their pods, and the pods that somebody would write for them by hand."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from hanzo_constructs.kube.core import (
    Affinity,
    Container,
    EnvFromSource,
    EnvVar,
    HostAlias,
    Lifecycle,
    LocalObjectReference,
    PodDNSConfig,
    PodSecurityContext,
    SecurityContext,
    Toleration,
    TopologySpreadConstraint,
    Volume,
    VolumeMount,
)
from tests.kube.core.strategies import optional_fields
from tests.properties.odd import IMAGE, NAME, VOLUMES, known, odd, odd_requirements, one_odd, pool, some_odd

__all__ = ["by_hand", "odd_services"]

Data = dict[str, Any]


@st.composite
def _containers(draw: DrawFn, kind: str) -> list[Data]:
    fields = [name for name in optional_fields(Container) if name != "image" and known(Container, name)]
    found = []
    for index in range(draw(st.sampled_from((1, 1, 1, 2)))):
        chosen = draw(st.lists(st.sampled_from(fields), unique=True, min_size=1, max_size=2))
        container = draw(odd(Container, chosen))
        images = st.sampled_from((IMAGE,) * 60 + ("", " a", "a b", "a:v1 ", "A/b", "a:b/c", "a@sha256:0"))
        container |= {"name": f"{kind}-{index}", "image": draw(images)}
        if kind == "init" and draw(st.booleans()):
            container["restartPolicy"] = "Always"
        found.append(container)
    return found


def _some(strategy: SearchStrategy[Data]) -> SearchStrategy[list[Data]]:
    return st.lists(strategy, min_size=1, max_size=2)


_PARTS: dict[str, SearchStrategy[Any]] = {
    "env": _some(one_odd(EnvVar)),
    "envFrom": _some(one_odd(EnvFromSource, "prefix")),
    "imagePullSecrets": _some(some_odd(LocalObjectReference)),
    "lifecycle": some_odd(Lifecycle),
    "resources": odd_requirements(),
    "securityContext": some_odd(PodSecurityContext),
    "containerSecurityContext": some_odd(SecurityContext),
    "nodeSelector": st.dictionaries(pool("a", "example.com/a", "a b", ""), pool("a", "", "a b"), max_size=2),
    "tolerations": _some(some_odd(Toleration, 4)),
    "affinity": some_odd(Affinity),
    "topologySpreadConstraints": _some(some_odd(TopologySpreadConstraint)),
    "hostAliases": _some(some_odd(HostAlias)),
    "dnsPolicy": pool("ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"),
    "dnsConfig": some_odd(PodDNSConfig),
    "sidecars": _containers("sidecar"),
    "initContainers": _containers("init"),
    "volumes": st.tuples(one_odd(Volume), pool("z", "z", "z", "z", "z", "v", "A", "")).map(
        lambda drawn: [*VOLUMES, {**drawn[0], "name": drawn[1]}]
    ),
    "volumeMounts": _some(some_odd(VolumeMount)),
}
_CHOICES = (*_PARTS, *["volumes", "sidecars", "affinity"] * 4, *["initContainers", "env", "tolerations"] * 2)
"""What can be odd; what has most fields is so most often."""


@st.composite
def odd_services(draw: DrawFn) -> Data:
    """Return the spec of a Service in which one part is odd."""
    field = draw(st.sampled_from(_CHOICES))
    spec = {"image": {"repository": "ghcr.io/hanzoai/api", "tag": "v1"}, "volumes": VOLUMES, field: draw(_PARTS[field])}
    if field == "dnsPolicy" and draw(st.booleans()):
        spec["dnsConfig"] = draw(_PARTS["dnsConfig"])
    return copy.deepcopy(spec)


_AS_WRITTEN = (
    *("nodeSelector", "tolerations", "affinity", "topologySpreadConstraints"),
    *("hostAliases", "dnsPolicy", "dnsConfig"),
)


def by_hand(spec: Data) -> Data:
    """Return the pod template that somebody would write for the pods of *spec*."""
    spec = copy.deepcopy(spec)
    main = {"name": NAME, "image": IMAGE, "env": spec.get("env"), "envFrom": spec.get("envFrom")}
    main |= {"volumeMounts": spec.get("volumeMounts"), "resources": spec.get("resources")}
    main |= {"lifecycle": spec.get("lifecycle"), "securityContext": spec.get("containerSecurityContext")}
    pod = {
        "containers": [{key: value for key, value in main.items() if value is not None}, *spec.get("sidecars", ())],
        "initContainers": spec.get("initContainers"),
        "volumes": spec["volumes"],
        "imagePullSecrets": spec.get("imagePullSecrets"),
        "securityContext": spec.get("securityContext"),
        **{field: spec.get(field) for field in _AS_WRITTEN},
    }
    labels = {"app": NAME}
    return {"metadata": {"labels": labels}, "spec": {key: value for key, value in pod.items() if value is not None}}
