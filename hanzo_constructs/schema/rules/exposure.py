"""Rules of what is reached from outside, and by whom: ports, Services, hosts, network policies, scraping."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel

from ...kube.labels import INSTANCE, NAME, SERVICE_ROLE
from ...spec.cluster_services import SOURCE_RANGES, ServiceOptions
from ...spec.ingress import CLASS_ANNOTATION, ISSUER_ANNOTATION, OTHER_ISSUER_ANNOTATION, Ingress, PathRule
from ...spec.network_policy import NetworkPolicy, NetworkPolicyPeer
from ...spec.observability import ServiceMonitor
from ...spec.scraping import ScrapeTls, SecretOrConfigMap
from .rule import CelRule, amount, filled, is_on, keyless, needs, never_with

__all__ = ["RULES"]

_PREFIX = "(!has(rule.pathType) || rule.pathType == 'Prefix')"
_DERIVED_PATH = f"rule.path == '/' && {_PREFIX}"
_WITHOUT_TLS = "has no effect because tls is false; leave one of them out"
_SERVED = is_on("defaultPath", default=True)

_INGRESS = (
    CelRule(
        "hosts",
        f"has(self.enabled) && !self.enabled || {filled('hosts')} || {filled('rules')}",
        "required, unless rules are given",
    ),
    CelRule(
        "rules",
        "!has(self.rules) || !has(self.hosts) || !self.rules.exists(rule, rule.host in self.hosts)",
        "a host is one of hosts too; leave one of them out",
    ),
    CelRule(
        "pathRules",
        f"!({filled('pathRules')} && {filled('rules')}) || {filled('hosts')}",
        "has no effect without hosts; write the paths below the hosts in rules",
    ),
    CelRule(
        "pathRules",
        f"{_SERVED} || !({filled('hosts')}) || {filled('pathRules')}",
        "required because defaultPath is false: no path would be served",
    ),
    CelRule(
        "rules",
        f"{_SERVED} || !has(self.rules) || self.rules.all(each, {filled('paths', 'each')})",
        "each needs paths because defaultPath is false: no path would be served",
    ),
    CelRule(
        "pathRules",
        f"!{_SERVED} || !has(self.pathRules) || !self.pathRules.exists(rule, {_DERIVED_PATH})",
        "the path / (Prefix) is derived for every host; leave the rule out, or write defaultPath: false",
    ),
    CelRule(
        "rules",
        f"!{_SERVED} || !has(self.rules) || "
        f"!self.rules.exists(each, has(each.paths) && each.paths.exists(rule, {_DERIVED_PATH}))",
        "the path / (Prefix) is derived for every host; leave the rule out, or write defaultPath: false",
    ),
    *(
        CelRule(field, needs(field, is_on("tls", default=True)), _WITHOUT_TLS)
        for field in ("clusterIssuer", "tlsSecretName")
    ),
    CelRule(
        "clusterIssuer",
        never_with("clusterIssuer", f"has(self.annotations) && '{OTHER_ISSUER_ANNOTATION}' in self.annotations"),
        f"contradicts the annotation {OTHER_ISSUER_ANNOTATION}; leave one of them out",
    ),
    CelRule(
        "redirectToHttps",
        f"!{is_on('redirectToHttps')} || {is_on('tls', default=True)}",
        "needs HTTPS, but tls is false; leave one of them out",
    ),
    *(
        CelRule("annotations", keyless("annotations", key), f"{key} is derived; write {field} instead")
        for key, field in ((CLASS_ANNOTATION, "ingressClassName"), (ISSUER_ANNOTATION, "clusterIssuer"))
    ),
)

_NETWORK_POLICY = (
    *(
        CelRule(
            field,
            never_with(field, f"{filled('policyTypes')} && !('Ingress' in self.policyTypes)"),
            "has no effect because policyTypes leaves Ingress out",
        )
        for field in ("allowFrom", "allowIngress", "allowIntraNamespace")
    ),
    CelRule(
        "egress",
        never_with("egress", f"{filled('policyTypes')} && !('Egress' in self.policyTypes)"),
        "has no effect because policyTypes leaves Egress out",
    ),
)
_PEER = (
    CelRule(
        "",
        "has(self.podSelector) || has(self.namespaceSelector) || has(self.ipBlock)",
        "must have podSelector, namespaceSelector or ipBlock",
    ),
    CelRule(
        "ipBlock",
        never_with("ipBlock", "has(self.podSelector) || has(self.namespaceSelector)"),
        "must stand alone; write it as a peer of its own",
    ),
)
_OPEN = "has(self.type) && self.type != 'ClusterIP'"
_BALANCED = "has(self.type) && self.type == 'LoadBalancer'"
_SERVICE_OPTIONS = (
    CelRule("headless", f"!{is_on('headless')} || !({_OPEN})", "must be left out beside a type that needs an address"),
    CelRule("externalTrafficPolicy", needs("externalTrafficPolicy", _OPEN), "needs type NodePort or LoadBalancer"),
    CelRule("loadBalancerClass", needs("loadBalancerClass", _BALANCED), "needs type LoadBalancer"),
    CelRule(
        "loadBalancerSourceRanges",
        f"!({filled('loadBalancerSourceRanges')}) || {_BALANCED}",
        "needs type LoadBalancer",
    ),
    *(
        CelRule(
            field,
            f"!{is_on('headless')} || !has(self.{field}) || self.{field} == 'None'",
            "has no effect on a headless Service; leave one of them out",
        )
        for field in ("sessionAffinity", "internalTrafficPolicy", "trafficDistribution")
    ),
    CelRule(
        "annotations",
        keyless("annotations", SOURCE_RANGES),
        f"{SOURCE_RANGES} is old; write loadBalancerSourceRanges instead",
    ),
    *(
        CelRule("labels", keyless("labels", key), f"{key} is derived and tells the children apart; leave it out")
        for key in (NAME, INSTANCE, SERVICE_ROLE)
    ),
)
_MONITOR = (
    *(
        CelRule(field, amount(field, "1ms"), "must be a duration such as 30s or 1m30s")
        for field in ("interval", "scrapeTimeout")
    ),
    CelRule(
        "scrapeTimeout",
        needs("scrapeTimeout", "duration(self.scrapeTimeout) <= duration(has(self.interval) ? self.interval : '30s')"),
        "must not exceed the interval",
    ),
    CelRule("tlsConfig", needs("tlsConfig", "has(self.scheme) && self.scheme == 'https'"), "needs scheme: https"),
    *(
        CelRule("labels", keyless("labels", key), f"{key} is derived from metadata.name; leave it out")
        for key in (NAME, INSTANCE)
    ),
)
_SCRAPE_TLS = (
    *(
        CelRule(file, never_with(file, f"has(self.{name})"), f"contradicts {name}; leave one of them out")
        for name, file in (("ca", "caFile"), ("cert", "certFile"), ("keySecret", "keyFile"))
    ),
    CelRule(
        "keySecret",
        f"!(has(self.cert) || {filled('certFile')}) || has(self.keySecret) || {filled('keyFile')}",
        "required beside cert",
    ),
    CelRule(
        "cert",
        f"!(has(self.keySecret) || {filled('keyFile')}) || has(self.cert) || {filled('certFile')}",
        "required beside keySecret",
    ),
    CelRule(
        "minVersion",
        needs("minVersion", "!has(self.maxVersion) || self.minVersion <= self.maxVersion"),
        "must not exceed maxVersion",
    ),
)
RULES: Mapping[type[BaseModel], tuple[CelRule, ...]] = {
    Ingress: _INGRESS,
    PathRule: (CelRule("port", needs("serviceName", "has(self.port)"), "required because serviceName is given"),),
    NetworkPolicy: _NETWORK_POLICY,
    NetworkPolicyPeer: _PEER,
    ServiceOptions: _SERVICE_OPTIONS,
    ServiceMonitor: _MONITOR,
    SecretOrConfigMap: (
        CelRule("", "has(self.secret) != has(self.configMap)", "must have either secret or configMap"),
    ),
    ScrapeTls: _SCRAPE_TLS,
}
