"""Schemas of the kinds that Kubernetes does not have, as far as this project writes them; unknown fields are refused.

ServiceMonitor follows the definition that the Prometheus operator publishes (monitoring.coreos.com/v1), KMSSecret the
fields of kms.hanzo.ai/v1alpha1.
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
        ("name",), name={"type": "string"}, namespace={"type": "string"}, labels=_STRINGS, annotations=_STRINGS
    )
    text = {"type": "string"}
    return _strict(("apiVersion", "kind", "metadata", "spec"), apiVersion=text, kind=text, metadata=metadata, spec=spec)


_TEXT = {"type": "string", "minLength": 1}
_SCHEMAS = {
    ("monitoring.coreos.com/v1", "ServiceMonitor"): _kind(
        _strict(
            ("selector", "endpoints"),
            selector=_strict((), matchLabels=_STRINGS),
            endpoints={
                "type": "array",
                "items": _strict((), port=_TEXT, path=_TEXT, interval={"type": "string", "pattern": _DURATION}),
            },
            fallbackScrapeProtocol={
                "enum": [
                    *("PrometheusProto", "OpenMetricsText0.0.1", "OpenMetricsText1.0.0"),
                    *("PrometheusText0.0.4", "PrometheusText1.0.0"),
                ]
            },
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
