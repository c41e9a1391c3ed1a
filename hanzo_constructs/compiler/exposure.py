"""How hosts are served: by an Ingress, or by HTTPRoutes that attach to a Gateway of the cluster."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..children.http_route import MOST_HOSTS, MOST_PATHS, MOST_RULES, Weights, http_route, redirect_route
from ..children.ingress import ingress
from ..errors import Finding
from ..kube.fields import field_path, shown
from ..kube.owner import Owner
from ..platform import GatewayParent, Platform, Rules
from ..spec.ingress import ISSUER_ANNOTATION, OTHER_ISSUER_ANNOTATION, HostPaths, Ingress
from ..spec.ports import ServicePort
from ..spec.redirects import REDIRECTS, redirect_advice
from .child import Child

__all__ = ["exposure_children", "exposure_findings", "uses_gateway"]

_LONGEST_PATH = 1024
"""Characters of a path that an HTTPRoute takes."""


def uses_gateway(spec: Ingress, platform: Platform) -> bool:
    """Tell whether the hosts of *spec* are served by HTTPRoutes."""
    return (spec.exposure or platform.exposure) == "gateway"


def exposure_children(
    owner: Owner, spec: Ingress, *, ports: Sequence[ServicePort], rules: Rules, weights: Weights | None = None
) -> Iterator[Child]:
    """Yield what serves the hosts of *spec*, which lead to *ports*.

    With *weights*, HTTPRoutes share the requests among Services; an Ingress cannot.
    """
    gateway = rules.platform.gateway
    if not uses_gateway(spec, rules.platform):
        yield Child("Ingress", ingress(owner, spec, ports=ports, rules=rules), "spec.ingress")
    elif gateway is not None:
        for group in spec.host_paths:
            suffix = "" if group.at == ("pathRules",) else f"-{group.hosts[0].replace('*', 'any')}"
            manifest = http_route(
                owner, spec, group, ports=ports, gateway=gateway, name=f"{owner.name}{suffix}", weights=weights
            )
            yield Child(f"HTTPRoute{suffix}", manifest, "spec.ingress")
        if spec.redirect_to_https:
            manifest = redirect_route(owner, spec, gateway=gateway, name=f"{owner.name}-redirect")
            yield Child("HTTPRoute-redirect", manifest, "spec.ingress.redirectToHttps")


def exposure_findings(spec: Ingress, rules: Rules) -> Iterator[Finding]:
    """Yield what neither an Ingress nor an HTTPRoute on the platform can say of *spec*."""
    platform = rules.platform
    if not uses_gateway(spec, platform):
        yield from _annotation_findings(spec, spec.ingress_class_name or platform.ingress_class_name)
    elif platform.gateway is None:
        yield Finding("needs the platform setting gateway: {name: <Gateway>}, got none", "spec.ingress.exposure")
    else:
        yield from _listener_findings(spec, platform.gateway)
        yield from _size_findings(spec)
        for group in spec.host_paths:
            yield from _path_findings(group)


def _annotation_findings(spec: Ingress, ingress_class: str) -> Iterator[Finding]:
    """Yield a redirect that the controller of *ingress_class* is told of in a way that is not known here, or twice."""
    if not spec.redirect_to_https:
        return
    known = REDIRECTS.get(ingress_class)
    if known is None:
        yield Finding(redirect_advice(ingress_class), "spec.ingress.redirectToHttps")
    for key in known or ():
        if key in spec.annotations:
            path = field_path(("spec", "ingress", "annotations", key))
            yield Finding("is derived from redirectToHttps; leave one of them out", path)


def _listener_findings(spec: Ingress, gateway: GatewayParent) -> Iterator[Finding]:
    """Yield what belongs to the listeners of *gateway*, and listeners that it must name."""
    for field, value in (
        ("clusterIssuer", spec.cluster_issuer),
        ("tlsSecretName", spec.tls_secret_name),
        ("ingressClassName", spec.ingress_class_name),
    ):
        if value is not None:
            message = f"has no effect on an HTTPRoute: the Gateway {gateway.name} decides it; leave it out, got {value}"
            yield Finding(message, f"spec.ingress.{field}")
    for key in (ISSUER_ANNOTATION, OTHER_ISSUER_ANNOTATION):
        if key in spec.annotations:
            path = field_path(("spec", "ingress", "annotations", key))
            yield Finding(f"has no effect on an HTTPRoute: annotate the Gateway {gateway.name}", path)
    if spec.redirect_to_https and not (gateway.section_name and gateway.http_section_name):
        message = (
            "needs the platform settings gateway.sectionName (the listener for HTTPS) and gateway.httpSectionName (that "
            "for HTTP), or the redirect would answer by HTTPS too"
        )
        yield Finding(message, "spec.ingress.redirectToHttps")
    if not spec.tls and gateway.section_name and not gateway.http_section_name:
        message = "needs the platform setting gateway.httpSectionName, the listener for HTTP, got false"
        yield Finding(message, "spec.ingress.tls")


def _size_findings(spec: Ingress) -> Iterator[Finding]:
    """Yield more hosts than the API takes in one HTTPRoute."""
    most = spec.all_hosts if spec.redirect_to_https else spec.hosts
    if len(most) > MOST_HOSTS:
        advice = "leave redirectToHttps to the Gateway" if spec.redirect_to_https else "write the others in rules"
        message = f"must have at most {MOST_HOSTS} hosts, which an HTTPRoute takes, got {len(most)}; {advice}"
        yield Finding(message, "spec.ingress.hosts")


def _path_findings(group: HostPaths) -> Iterator[Finding]:
    """Yield path rules that no HTTPRoute can have."""
    at = field_path(("spec", "ingress", *group.at))
    for index, rule in enumerate(group.rules):
        if rule.path_type == "ImplementationSpecific":
            message = "ImplementationSpecific means nothing to a Gateway; write Prefix or Exact"
            yield Finding(message, f"{at}[{index}].pathType")
        if len(rule.path) > _LONGEST_PATH:
            message = f"must have at most {_LONGEST_PATH} characters, got {len(rule.path)}"
            yield Finding(message, f"{at}[{index}].path")
        if rule.service_name is not None and isinstance(rule.port, str):
            message = f"must be the number of the port of {rule.service_name}, got {shown(rule.port)}"
            yield Finding(message, f"{at}[{index}].port")
    backends = {(rule.service_name, rule.port) for rule in group.rules}
    if len(backends) >= MOST_RULES or len(group.rules) >= MOST_PATHS:
        message = (
            f"must lead to less than {MOST_RULES} ports by less than {MOST_PATHS} paths, which an HTTPRoute takes, got "
            f"{len(backends)} and {len(group.rules)}"
        )
        yield Finding(message, at)
