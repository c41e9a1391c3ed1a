"""Who may reach a workload: from outside by host and path, from inside by network policy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from pydantic import Field

from ..kube.core import LabelSelector, PortOrName
from ..kube.fields import shown
from ..kube.model import CheckedModel, Items, Mapping, Model, Problem
from ..kube.names import (
    DnsLabel,
    Host,
    ObjectName,
    annotation_problems,
    port_name_problem,
)
from .repeats import repeats
from .selectors import selector_problems

__all__ = [
    "CLASS_ANNOTATION",
    "ISSUER_ANNOTATION",
    "NO_ISSUER",
    "OTHER_ISSUER_ANNOTATION",
    "Ingress",
    "NetworkPolicy",
    "NetworkPolicyPeer",
    "PathRule",
    "path_character_problem",
    "path_key",
    "path_problem",
]

CLASS_ANNOTATION = "kubernetes.io/ingress.class"
ISSUER_ANNOTATION = "cert-manager.io/cluster-issuer"
OTHER_ISSUER_ANNOTATION = "cert-manager.io/issuer"
"""Names an Issuer of the namespace instead of a ClusterIssuer; cert-manager refuses both."""
NO_ISSUER = "none"
"""Stands for no ClusterIssuer."""


_UNCLEAN_PATH = re.compile(r"//|/\.\.?(?:/|\Z)|%2[fF]")
"""What the API server refuses in paths that are compared; what others mean, only the controller knows."""
_PATH_CHARACTERS = re.compile(r"(?:[A-Za-z0-9._~!$&()*+,;=:@/-]|%[0-9A-Fa-f]{2})*\Z", re.ASCII)


def path_character_problem(path: str) -> str:
    """Say why *path* holds characters that no request has in its path.

    The API server takes any, and controllers write them into the configuration of their proxies. They are those of
    RFC 3986 without the quote.
    """
    if _PATH_CHARACTERS.match(path):
        return ""
    return f"must be a path of a URL, with other characters percent-encoded, got {shown(path)}"


def path_problem(path: str, path_type: str | None) -> str:
    """Say why the API server refuses *path* in an Ingress; what is no prefix and no whole path is the controller's."""
    if not path.startswith("/"):
        return f"must begin with a slash, got {shown(path)}"
    if path_type != "ImplementationSpecific" and _UNCLEAN_PATH.search(path):
        return f"must not contain //, /./, /../ or %2f, got {shown(path)}"
    return ""


def path_key(path: str, path_type: str) -> tuple[str, str]:
    """Return what two rules have in common that match the same requests: a slash ends a prefix or does not."""
    return (path.rstrip("/") or "/") if path_type == "Prefix" else path, path_type


class PathRule(CheckedModel):
    """A path of every host that goes to a port of its own."""

    path: str
    """Path, beginning with a slash."""
    path_type: Literal["Exact", "Prefix", "ImplementationSpecific"] = "Prefix"
    """How the path is matched, as in an Ingress of Kubernetes."""
    port: PortOrName | None = None
    """Number or name of the Service's port; left out, the primary port. Required beside serviceName."""
    service_name: DnsLabel | None = None
    """Service in the same namespace that answers; left out, the resource's own."""

    def problems(self) -> Iterator[Problem]:
        """Refuse paths the API server refuses."""
        is_compared = self.path_type != "ImplementationSpecific"
        problem = path_problem(self.path, self.path_type) or (is_compared and path_character_problem(self.path))
        if problem:
            yield Problem(("path",), problem)
        if self.service_name and self.port is None:
            yield Problem(("port",), f"required because serviceName is given ({self.service_name})")
        if isinstance(self.port, str) and (problem := port_name_problem(self.port)):
            yield Problem(("port",), problem)


class Ingress(CheckedModel):
    """Hosts and paths under which the workload is reached from outside."""

    other_names = {  # noqa: RUF012 - the base says that it is no field
        "host": "hosts",
        "className": "ingressClassName",
        "class": "ingressClassName",
        "secretName": "tlsSecretName",
        "paths": "pathRules",
        "path": "pathRules",
        "issuer": "clusterIssuer",
    }

    enabled: bool | None = None
    """Deprecated: a block that is written is on; false means the same as leaving it out."""
    hosts: Items[Host] = ()
    """Host names, at least one unless `enabled` is false; on each, `/` leads to the primary port, unless a path rule matches."""
    ingress_class_name: ObjectName | None = None
    """Ingress class; left out, the platform's."""
    tls: bool = True
    """Whether the hosts are served by HTTPS, with one certificate for all of them in the Secret `<name>-tls`."""
    tls_secret_name: ObjectName | None = None
    """Secret with a certificate that exists, such as a wildcard's: none is asked for unless clusterIssuer is written
    too. Left out, `<name>-tls`."""
    cluster_issuer: ObjectName | None = None
    """cert-manager ClusterIssuer of the certificate; left out, the platform's. `none` asks for no certificate: the
    controller's own is used where tlsSecretName is left out."""
    path_rules: Items[PathRule] = ()
    """Paths that go to another port or Service."""
    annotations: Mapping[str] = Field(default_factory=dict)
    """Annotations of the Ingress, for its controller."""

    def _host_problems(self) -> Iterable[Problem]:
        hosts = self.hosts
        if not hosts and self.enabled is not False:
            return [Problem(("hosts",), "must not be empty" if "hosts" in self.model_fields_set else "required")]
        return [
            Problem(("hosts", index), f"{shown(hosts[index])} is used twice", related=("hosts", earlier))
            for index, earlier in repeats(hosts)
        ]

    def _path_problems(self) -> Iterable[Problem]:
        seen: dict[tuple[str, str], int] = {}
        for index, rule in enumerate(self.path_rules):
            place, what = ("pathRules", index, "path"), f"{shown(rule.path)} ({rule.path_type})"
            if (rule.path, rule.path_type) == ("/", "Prefix"):
                yield Problem(place, f"{what} is derived for every host; leave the rule out")
            elif (first := seen.setdefault(path_key(rule.path, rule.path_type), index)) != index:
                earlier = self.path_rules[first].path
                same = "is used twice" if earlier == rule.path else f"is the same rule as {shown(earlier)}"
                yield Problem(place, f"{what} {same}", related=("pathRules", first))

    def _issuer_problems(self) -> Iterable[Problem]:
        if self.cluster_issuer is None:
            return
        if not self.tls:
            yield Problem(("clusterIssuer",), "has no effect because tls is false; leave one of them out")
        if OTHER_ISSUER_ANNOTATION in self.annotations:
            message = f"contradicts the annotation {OTHER_ISSUER_ANNOTATION}; leave one of them out"
            yield Problem(("clusterIssuer",), message)

    def _certificate_problems(self) -> Iterable[Problem]:
        if self.tls_secret_name is not None and not self.tls:
            yield Problem(("tlsSecretName",), "has no effect because tls is false; leave one of them out")

    def issuer(self, default: str) -> str | None:
        """Return the ClusterIssuer that is asked for a certificate, which is *default* where nothing is written."""
        if not self.tls or OTHER_ISSUER_ANNOTATION in self.annotations:
            return None
        issuer = self.cluster_issuer or (NO_ISSUER if self.tls_secret_name else default)
        return None if issuer == NO_ISSUER else issuer

    def _annotation_problems(self) -> Iterable[Problem]:
        annotations = self.annotations
        if not annotations:
            return
        for key, field in ((CLASS_ANNOTATION, "ingressClassName"), (ISSUER_ANNOTATION, "clusterIssuer")):
            if key in annotations:
                yield Problem(("annotations", key), f"is derived; write {field} instead")
        for path, message in annotation_problems(annotations):
            yield Problem(("annotations", *path), message)

    rules = (_host_problems, _path_problems, _issuer_problems, _certificate_problems, _annotation_problems)


class NetworkPolicyPeer(CheckedModel):
    """Pods that may connect."""

    pod_selector: LabelSelector | None = None
    """Labels of the pods; without namespaceSelector, pods of the resource's own namespace."""
    namespace_selector: LabelSelector | None = None
    """Labels of the namespaces; without podSelector, all pods in them."""

    def problems(self) -> Iterator[Problem]:
        """Refuse the empty peer, and selectors that no cluster takes."""
        if self.pod_selector is None and self.namespace_selector is None:
            yield Problem(
                (), "must have podSelector or namespaceSelector; for traffic from anywhere write allowIngress: true"
            )
        for field, selector in (("podSelector", self.pod_selector), ("namespaceSelector", self.namespace_selector)):
            if selector is not None:
                yield from selector_problems(selector, (field,))


class NetworkPolicy(Model):
    """Who may connect to the declared ports; everybody else is kept out."""

    other_names = {  # noqa: RUF012 - the base says that it is no field
        "ingress": "allowFrom",
        "from": "allowFrom",
    }

    enabled: bool | None = None
    """Deprecated: a block that is written is on; false means the same as leaving it out."""
    allow_from: Items[NetworkPolicyPeer] = ()
    """Pods that may connect, beside those that the other fields let in."""
    allow_ingress: bool = False
    """Whether everybody may connect, from inside and outside the cluster."""
    allow_intra_namespace: bool = True
    """Whether every pod of the namespace may connect."""
