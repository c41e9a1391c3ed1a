"""Schemas of the kinds that Kubernetes does not have, as far as this project writes them; unknown fields are refused.

ServiceMonitor follows the definition that the Prometheus operator publishes (monitoring.coreos.com/v1), HTTPRoute that of
the Gateway API (standard channel, gateway.networking.k8s.io/v1), ScaledObject that of KEDA (keda.sh/v1alpha1),
ExternalSecret that of the External Secrets operator (external-secrets.io/v1), CiliumNetworkPolicy that of Cilium
(cilium.io/v2), KMSSecret the fields of kms.hanzo.ai/v1alpha1.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import jsonschema_rs

__all__ = ["third_party_errors"]

_STRINGS = {"type": "object", "additionalProperties": {"type": "string"}}
_DURATION = "^(0|(([0-9]+)y)?(([0-9]+)w)?(([0-9]+)d)?(([0-9]+)h)?(([0-9]+)m)?(([0-9]+)s)?(([0-9]+)ms)?)$"


def _strict(required: tuple[str, ...], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(required), "properties": properties, "additionalProperties": False}


def _kind(spec: dict[str, Any]) -> dict[str, Any]:
    metadata = _strict(
        ("name",),
        name={"type": "string"},
        namespace={"type": "string"},
        labels=_STRINGS,
        annotations=_STRINGS,
        finalizers={"type": "array", "items": {"type": "string"}},
    )
    text = {"type": "string"}
    return _strict(("apiVersion", "kind", "metadata", "spec"), apiVersion=text, kind=text, metadata=metadata, spec=spec)


_TEXT = {"type": "string", "minLength": 1}
_BOOLEAN = {"type": "boolean"}
_SECONDS = {"type": "string", "pattern": _DURATION}
_HOST = {
    "type": "string",
    "maxLength": 253,
    "pattern": r"^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
}
_KEY = _strict(("key",), key=_TEXT, name=_TEXT, optional=_BOOLEAN)
_SECRET_OR_CONFIG_MAP = {**_strict((), secret=_KEY, configMap=_KEY), "maxProperties": 1}
_VERSION = {"enum": ["TLS10", "TLS11", "TLS12", "TLS13"]}
_RELABELINGS = {
    "type": "array",
    "items": _strict(
        (),
        sourceLabels={"type": "array", "items": {"type": "string", "pattern": "^[a-zA-Z_][a-zA-Z0-9_]*$"}},
        separator={"type": "string"},
        targetLabel={"type": "string"},
        regex={"type": "string"},
        modulus={"type": "integer", "minimum": 0},
        replacement={"type": "string"},
        action={"type": "string"},
    ),
}
_ENDPOINT = _strict(
    (),
    port=_TEXT,
    path=_TEXT,
    interval=_SECONDS,
    scrapeTimeout=_SECONDS,
    scheme={"enum": ["http", "https", "HTTP", "HTTPS"]},
    honorLabels=_BOOLEAN,
    relabelings=_RELABELINGS,
    metricRelabelings=_RELABELINGS,
    tlsConfig=_strict(
        (),
        ca=_SECRET_OR_CONFIG_MAP,
        caFile=_TEXT,
        cert=_SECRET_OR_CONFIG_MAP,
        certFile=_TEXT,
        keySecret=_KEY,
        keyFile=_TEXT,
        serverName=_TEXT,
        insecureSkipVerify=_BOOLEAN,
        minVersion=_VERSION,
        maxVersion=_VERSION,
    ),
)
_PATH_MATCH = _strict(
    (),
    type={"enum": ["Exact", "PathPrefix", "RegularExpression"]},
    value={"type": "string", "maxLength": 1024, "pattern": "^/"},
)
_REDIRECT = _strict(
    ("type", "requestRedirect"),
    type={"const": "RequestRedirect"},
    requestRedirect=_strict((), scheme={"enum": ["http", "https"]}, statusCode={"enum": [301, 302]}),
)
_PORT = {"type": "integer", "minimum": 1, "maximum": 65535}
_WEIGHT = {"type": "integer", "minimum": 0, "maximum": 1_000_000}
_TRIGGERS = [
    _strict(
        ("type", "metadata"),
        type={"const": "prometheus"},
        metadata=_strict(
            ("serverAddress", "query", "threshold"),
            serverAddress=_TEXT,
            query=_TEXT,
            threshold={"type": "string", "pattern": "^[0-9.]+$"},
        ),
    ),
    _strict(
        ("type", "metadata"),
        type={"const": "cpu"},
        metricType={"enum": ["Utilization", "AverageValue"]},
        metadata=_strict(("value",), value=_TEXT),
    ),
]
_STORE = _strict(("name",), name=_TEXT, kind={"enum": ["SecretStore", "ClusterSecretStore"]})
_SECRET_KEY = {"type": "string", "minLength": 1, "maxLength": 253, "pattern": "^[-._a-zA-Z0-9]+$"}
_LISTED = {"type": "array", "minItems": 1}
_CILIUM_RULE = _strict(
    ("toPorts",),
    toEndpoints={**_LISTED, "items": _strict((), matchLabels=_STRINGS)},
    toFQDNs={
        **_LISTED,
        "items": _strict((), matchName={"type": "string", "maxLength": 255, "pattern": r"^([-a-zA-Z0-9_]+[.]?)+$"}),
    },
    toPorts={
        "type": "array",
        "maxItems": 40,
        "items": _strict(
            ("ports",),
            ports={
                "type": "array",
                "maxItems": 40,
                "items": _strict(
                    ("port",),
                    port={
                        "type": "string",
                        "pattern": (
                            "^(6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[0-9]{1,4})"
                            "|([a-zA-Z0-9]-?)*[a-zA-Z](-?[a-zA-Z0-9])*$"
                        ),
                    },
                    protocol={"enum": ["TCP", "UDP", "SCTP", "ICMP", "ICMPV6", "VRRP", "IGMP", "ANY"]},
                ),
            },
            rules=_strict((), dns={**_LISTED, "items": _strict((), matchPattern=_TEXT, matchName=_TEXT)}),
        ),
    },
)
_ROUTE_RULE = _strict(
    (),
    matches={"type": "array", "maxItems": 64, "items": _strict((), path=_PATH_MATCH)},
    backendRefs={
        "type": "array",
        "maxItems": 16,
        "items": _strict(("name", "port"), name=_TEXT, port=_PORT, weight=_WEIGHT),
    },
    filters={"type": "array", "maxItems": 16, "items": _REDIRECT},
)
_SCHEMAS = {
    ("monitoring.coreos.com/v1", "ServiceMonitor"): _kind(
        _strict(
            ("selector", "endpoints"),
            selector=_strict((), matchLabels=_STRINGS),
            endpoints={"type": "array", "items": _ENDPOINT},
            jobLabel=_TEXT,
            sampleLimit={"type": "integer", "minimum": 0},
            fallbackScrapeProtocol={
                "enum": [
                    *("PrometheusProto", "OpenMetricsText0.0.1", "OpenMetricsText1.0.0"),
                    *("PrometheusText0.0.4", "PrometheusText1.0.0"),
                ]
            },
        )
    ),
    ("gateway.networking.k8s.io/v1", "HTTPRoute"): _kind(
        _strict(
            ("parentRefs",),
            parentRefs={
                "type": "array",
                "maxItems": 32,
                "items": _strict(("name",), name=_TEXT, namespace=_TEXT, sectionName=_TEXT),
            },
            hostnames={"type": "array", "maxItems": 16, "items": _HOST},
            rules={"type": "array", "minItems": 1, "maxItems": 16, "items": _ROUTE_RULE},
        )
    ),
    ("keda.sh/v1alpha1", "ScaledObject"): _kind(
        _strict(
            ("scaleTargetRef", "triggers"),
            scaleTargetRef=_strict(("name",), apiVersion=_TEXT, kind=_TEXT, name=_TEXT),
            minReplicaCount={"type": "integer", "minimum": 0},
            maxReplicaCount={"type": "integer", "minimum": 1},
            advanced=_strict((), horizontalPodAutoscalerConfig=_strict((), behavior={"type": "object"})),
            triggers={"type": "array", "minItems": 1, "items": {"oneOf": _TRIGGERS}},
        )
    ),
    ("external-secrets.io/v1", "ExternalSecret"): _kind(
        _strict(
            ("secretStoreRef", "target"),
            refreshInterval=_TEXT,
            secretStoreRef=_STORE,
            target=_strict(
                (),
                name={**_HOST, "pattern": r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"},
                creationPolicy={"enum": ["Owner", "Orphan", "Merge", "None"]},
                template=_strict((), engineVersion={"enum": ["v2"]}, data=_STRINGS),
            ),
            data={
                **_LISTED,
                "items": _strict(
                    ("secretKey", "remoteRef"),
                    secretKey=_SECRET_KEY,
                    remoteRef=_strict(("key",), key=_TEXT, property=_TEXT),
                    sourceRef=_strict((), storeRef=_STORE),
                ),
            },
            dataFrom={**_LISTED, "items": _strict((), extract=_strict(("key",), key=_TEXT))},
        )
    ),
    ("cilium.io/v2", "CiliumNetworkPolicy"): _kind(
        _strict(
            ("endpointSelector", "egress"),
            endpointSelector=_strict((), matchLabels=_STRINGS),
            egress={"type": "array", "items": _CILIUM_RULE},
        )
    ),
    ("kms.hanzo.ai/v1alpha1", "KMSSecret"): _kind(
        _strict(
            (
                "hostAPI",
                "projectSlug",
                "envSlug",
                "secretsPath",
                "credentialsRef",
                "resyncInterval",
                "managedSecretName",
            ),
            hostAPI={"type": "string", "pattern": "^https?://"},
            projectSlug=_TEXT,
            envSlug=_TEXT,
            secretsPath={"type": "string", "pattern": "^/"},
            credentialsRef=_strict(("name",), name=_TEXT, namespace=_TEXT),
            resyncInterval={"type": "integer", "minimum": 10},
            managedSecretName=_TEXT,
        )
    ),
}


def third_party_errors(manifest: dict[str, Any]) -> list[str] | None:
    """Return what the schema of *manifest* refuses, or None for a kind that is not in the table."""
    validator = _validator(manifest["apiVersion"], manifest["kind"])
    return None if validator is None else [error.message for error in validator.iter_errors(manifest)]


@cache
def _validator(api_version: str, kind: str) -> jsonschema_rs.Draft202012Validator | None:
    schema = _SCHEMAS.get((api_version, kind))
    return None if schema is None else jsonschema_rs.Draft202012Validator(schema)
