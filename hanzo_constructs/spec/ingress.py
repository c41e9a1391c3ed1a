"""Who reaches a workload from outside the cluster, by host and path."""

import re
from collections.abc import Iterable, Iterator
from typing import Annotated, ClassVar, Literal, NamedTuple

from pydantic import ConfigDict, Field

from ..kube.core import PortOrName
from ..kube.fields import Path, shown
from ..kube.model import CheckedModel, Items, Mapping, Model, Problem
from ..kube.names import (
    DnsLabel,
    Host,
    ObjectName,
    annotation_problems,
    port_name_problem,
)
from ..kube.published import ABSOLUTE_PATH, EITHER, UNIQUE_ITEMS
from ..platform import Exposure
from .repeats import repeats

__all__ = [
    "CLASS_ANNOTATION",
    "ISSUER_ANNOTATION",
    "NO_ISSUER",
    "OTHER_ISSUER_ANNOTATION",
    "HostPaths",
    "Ingress",
    "IngressRule",
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


_MOST_HOSTS = 256
_MOST_PATHS = 512
"""What an API server can still compare: rules between fields are checked there too, at a price that has a bound."""
_UNCLEAN_PATH = re.compile(r"//|/\.\.?(?:/|\Z)|%2[fF]")
"""What the API server refuses in paths that are compared; what others mean, only the controller knows."""
_PATH_CHARACTERS = re.compile(r"(?:[A-Za-z0-9._~!$&()*+,;=:@/-]|%[0-9A-Fa-f]{2})*\Z", re.ASCII)

_SEGMENT_FORM = r"([A-Za-z0-9_~!$&()*+,;=:@-]|%([013-9A-Fa-f][0-9A-Fa-f]|2[0-9A-Ea-e]))"
_CLEAN_FORM = rf"^/(\.{{0,2}}{_SEGMENT_FORM}(\.|{_SEGMENT_FORM})*/|\.{{3}}(\.|{_SEGMENT_FORM})*/)*(\.{{0,2}}{_SEGMENT_FORM}(\.|{_SEGMENT_FORM})*|\.{{3}}(\.|{_SEGMENT_FORM})*)?$"
"""What is published of a path that is compared: segments that are neither empty nor dots, without an encoded slash."""


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
    """A path that goes to a port of its own."""

    model_config = ConfigDict(
        json_schema_extra={
            EITHER: [
                {"properties": {"pathType": {"enum": ["ImplementationSpecific"]}}, "required": ["pathType"]},
                {"properties": {"path": {"pattern": _CLEAN_FORM}}},
            ]
        }
    )
    list_keys: ClassVar[tuple[str, ...]] = ("path", "pathType")

    path: Annotated[str, ABSOLUTE_PATH]
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
        if self.service_name and isinstance(self.port, str) and (problem := port_name_problem(self.port)):
            yield Problem(("port",), f"{problem}; write the number of the port instead")


class IngressRule(Model):
    """A host with paths of its own."""

    list_keys: ClassVar[tuple[str, ...]] = ("host",)

    host: Host
    """Host name."""
    paths: Annotated[Items[PathRule], Field(max_length=_MOST_PATHS)] = ()
    """Paths of this host, beside `/`, which leads to the primary port unless defaultPath is false."""


class HostPaths(NamedTuple):
    """Hosts that have the same paths."""

    hosts: tuple[str, ...]
    rules: tuple[PathRule, ...]
    """The paths beside the derived one."""
    at: Path
    """Where the rules stand in the block."""


class Ingress(CheckedModel):
    """Hosts and paths under which the workload is reached from outside."""

    enabled: bool | None = None
    """Deprecated: a block that is written is on; false means the same as leaving it out."""
    hosts: Annotated[Items[Host], UNIQUE_ITEMS, Field(max_length=_MOST_HOSTS)] = ()
    """Host names that have the same paths; on each, `/` leads to the primary port, unless a path rule matches. Required
    unless rules are given, or `enabled` is false."""
    rules_: Annotated[Items[IngressRule], Field(alias="rules", max_length=_MOST_HOSTS)] = ()
    """Hosts with paths of their own."""
    exposure: Exposure | None = None
    """Whether an Ingress serves the hosts, or HTTPRoutes of the Gateway API; left out, what the platform says."""
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
    redirect_to_https: bool = False
    """Whether HTTP is answered by a redirect to HTTPS; left out, the controller decides. For an Ingress, its class must
    be one that is known here: nginx, contour, cilium, alb, haproxy."""
    default_path: bool = True
    """Whether `/` leads to the primary port on every host; false where only the paths that are written are served."""
    path_rules: Annotated[Items[PathRule], Field(max_length=_MOST_PATHS)] = ()
    """Paths that go to another port or Service, on every one of hosts."""
    annotations: Mapping[str] = Field(default_factory=dict)
    """Annotations of the Ingress, or of the HTTPRoutes, for their controllers."""

    @property
    def all_hosts(self) -> tuple[str, ...]:
        """Every host, in the order in which they are written."""
        return (*self.hosts, *(rule.host for rule in self.rules_)) if self.rules_ else self.hosts

    @property
    def host_paths(self) -> list[HostPaths]:
        """The hosts by the paths that they have."""
        common = [HostPaths(self.hosts, self.path_rules, ("pathRules",))] if self.hosts else []
        own = (HostPaths((rule.host,), rule.paths, ("rules", index, "paths")) for index, rule in enumerate(self.rules_))
        return [*common, *own] if self.rules_ else common

    @property
    def placed_rules(self) -> list[tuple[Path, PathRule]]:
        """Every path rule, and where it stands in the block."""
        if not self.path_rules and not self.rules_:
            return []
        return [((*each.at, index), rule) for each in self.host_paths for index, rule in enumerate(each.rules)]

    def _host_problems(self) -> Iterable[Problem]:
        hosts = self.hosts
        if not hosts and not self.rules_ and self.enabled is not False:
            return [Problem(("hosts",), "must not be empty" if "hosts" in self.model_fields_set else "required")]
        places: list[Path] = [("hosts", index) for index in range(len(hosts))]
        places += [("rules", index, "host") for index in range(len(self.rules_))]
        every = self.all_hosts
        return [
            Problem(places[index], f"{shown(every[index])} is used twice", related=places[earlier])
            for index, earlier in repeats(every)
        ]

    def _path_problems(self) -> Iterable[Problem]:
        if self.path_rules and not self.hosts and self.rules_:
            yield Problem(("pathRules",), "has no effect without hosts; write the paths below the hosts in rules")
        groups = self.host_paths
        for group in groups:
            if not group.rules and not self.default_path:
                yield Problem(group.at, "required because defaultPath is false: no path would be served")
        if self.path_rules and not self.hosts:
            groups = [HostPaths((), self.path_rules, ("pathRules",)), *groups]
        for group in groups:
            yield from self._repeated_paths(group)

    def _repeated_paths(self, group: HostPaths) -> Iterator[Problem]:
        seen: dict[tuple[str, str], int] = {}
        for index, rule in enumerate(group.rules):
            place, what = (*group.at, index, "path"), f"{shown(rule.path)} ({rule.path_type})"
            if self.default_path and (rule.path, rule.path_type) == ("/", "Prefix"):
                yield Problem(
                    place, f"{what} is derived for every host; leave the rule out, or write defaultPath: false"
                )
            elif (first := seen.setdefault(path_key(rule.path, rule.path_type), index)) != index:
                earlier = group.rules[first].path
                same = "is used twice" if earlier == rule.path else f"is the same rule as {shown(earlier)}"
                yield Problem(place, f"{what} {same}", related=(*group.at, first))

    def _redirect_problems(self) -> Iterable[Problem]:
        if self.redirect_to_https and not self.tls:
            yield Problem(("redirectToHttps",), "needs HTTPS, but tls is false; leave one of them out")

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

    rules = (
        _host_problems,
        _path_problems,
        _issuer_problems,
        _certificate_problems,
        _redirect_problems,
        _annotation_problems,
    )
