"""What leads to a Service as blocks of the resource that makes it: an Ingress, a ServiceMonitor."""

from __future__ import annotations

from typing import Any

from ...kube.manifest import Manifest

__all__ = ["ingress_block", "monitor_block"]

_CLASS = "kubernetes.io/ingress.class"
_ISSUER = "cert-manager.io/cluster-issuer"
_DERIVED_LABELS = "app.kubernetes.io/"
"""How labels begin that follow from the resource."""
_ROOT = ("/", "Prefix")


def ingress_block(ingress: Manifest, service: Manifest) -> Manifest | None:
    """Return the block that makes *ingress*, which leads to *service*; None where no block does."""
    spec, annotations = ingress["spec"], dict(ingress["metadata"].get("annotations") or {})
    rules = spec.get("rules") or []
    if "defaultBackend" in spec or not rules or any(not each.get("host") for each in rules):
        return None
    paths = [_paths(each, service) for each in rules]
    if any(each is None for each in paths):
        return None
    block: Manifest = {}
    if all(each == paths[0] for each in paths):
        block["hosts"] = [each["host"] for each in rules]
        own = [each for each in paths[0] or () if not _is_root(each, service)]
        block |= {"pathRules": own} if own else {}
        if len(own) == len(paths[0] or ()):
            block["defaultPath"] = False
    else:
        block["rules"] = [{"host": each["host"], "paths": own} for each, own in zip(rules, paths, strict=True)]
        block["defaultPath"] = False
    if not _put_tls(block, spec, [each["host"] for each in rules]):
        return None
    name = spec.get("ingressClassName") or annotations.pop(_CLASS, None)
    block |= {"ingressClassName": name} if name else {}
    block["clusterIssuer"] = annotations.pop(_ISSUER, "none")
    if not block["tls"]:
        del block["clusterIssuer"]
    return block | ({"annotations": annotations} if annotations else {})


def _put_tls(block: Manifest, spec: Manifest, hosts: list[str]) -> bool:
    """Write whether all *hosts* are served by HTTPS into *block*; tell whether it can be said."""
    entries = spec.get("tls") or []
    block["tls"] = bool(entries)
    if not entries:
        return True
    if len(entries) > 1 or sorted(entries[0].get("hosts") or hosts) != sorted(hosts):
        return False
    if secret := entries[0].get("secretName"):
        block["tlsSecretName"] = secret
    return True


def _paths(rule: Manifest, service: Manifest) -> list[Manifest] | None:
    found = []
    for each in (rule.get("http") or {}).get("paths") or ():
        backend: Any = (each.get("backend") or {}).get("service")
        if not isinstance(backend, dict):
            return None
        port = backend.get("port") or {}
        entry: Manifest = {
            "path": each.get("path", "/"),
            "pathType": each.get("pathType", "ImplementationSpecific"),
            "port": port.get("number", port.get("name")),
        }
        if backend.get("name") != service["metadata"]["name"]:
            entry["serviceName"] = backend.get("name")
        found.append(entry)
    return found


def _is_root(rule: Manifest, service: Manifest) -> bool:
    """Tell whether *rule* is what `/` does anyway: it leads to the first port."""
    first: Manifest = next(iter(service["spec"].get("ports") or ()), {})
    leads_first = rule["port"] in (first.get("port"), first.get("name"))
    return (rule["path"], rule["pathType"]) == _ROOT and leads_first and "serviceName" not in rule


def monitor_block(monitor: Manifest, service: Manifest) -> Manifest | None:
    """Return the block that makes *monitor*, which scrapes *service*; None where no block does."""
    endpoints = monitor["spec"].get("endpoints") or []
    if len(endpoints) != 1 or "port" not in endpoints[0]:
        return None
    if endpoints[0]["port"] not in [each.get("name") for each in service["spec"].get("ports") or ()]:
        return None
    endpoint = dict(endpoints[0])
    block = {"metricsPort": endpoint.pop("port"), "metricsPath": endpoint.pop("path", None)}
    block |= {
        field: endpoint.pop(field, None)
        for field in ("interval", "scrapeTimeout", "scheme", "tlsConfig", "honorLabels")
    }
    own = monitor["metadata"].get("labels") or {}
    labels = {key: value for key, value in own.items() if not key.startswith(_DERIVED_LABELS)} or None
    return {field: value for field, value in {**block, "labels": labels}.items() if value is not None}
