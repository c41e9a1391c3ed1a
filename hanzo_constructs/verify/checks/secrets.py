"""Secrets of the user's own: the keys that their type must have, and values that stand in files for all to read.

Source: Kubernetes' `pkg/apis/core/validation/validation.go`, `ValidateSecret`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from types import MappingProxyType
from typing import Any

from ...errors import Finding
from ...kube.base64_text import decoded
from ...kube.fields import field_path, listed
from ..objects import Object

__all__ = ["PLACEHOLDER_ANNOTATION", "secret_type_findings", "secret_value_findings"]

PLACEHOLDER_ANNOTATION = "hanzo.ai/secret-values"
"""With the value `placeholder`, the Secret says that what it holds is no secret."""
_PLACEHOLDER = "placeholder"

_ALL_OF: MappingProxyType[str, tuple[str, ...]] = MappingProxyType(
    {
        "kubernetes.io/tls": ("tls.crt", "tls.key"),
        "kubernetes.io/ssh-auth": ("ssh-privatekey",),
        "kubernetes.io/dockerconfigjson": (".dockerconfigjson",),
        "kubernetes.io/dockercfg": (".dockercfg",),
    }
)
"""The keys that a Secret of a type must have."""
_ONE_OF: dict[str, tuple[str, ...]] = {"kubernetes.io/basic-auth": ("username", "password")}
_MAY_BE_EMPTY = {"tls.crt", "tls.key"}
_JSON = {".dockerconfigjson", ".dockercfg"}
_TOKEN = "kubernetes.io/service-account-token"  # noqa: S105 - the name of a type
_ACCOUNT = "kubernetes.io/service-account.name"


def secret_type_findings(obj: Object) -> Iterator[Finding]:
    """Yield what the Secret *obj* lacks to be of its type."""
    said = str(obj.manifest.get("type"))
    encoded, plain = obj.manifest.get("data") or {}, obj.manifest.get("stringData") or {}
    for key in _ALL_OF.get(said, ()):
        if key not in encoded and key not in plain:
            yield Finding(f"required: type {said} has it", field_path(("data", key)))
        elif key in _JSON and not _is_json(plain.get(key), encoded.get(key)):
            message = "must be a mapping in JSON (not shown here)"
            yield Finding(message, field_path(("stringData" if key in plain else "data", key)))
        elif key not in _MAY_BE_EMPTY and not (plain.get(key) or encoded.get(key)):
            yield Finding("must not be empty", field_path(("stringData" if key in plain else "data", key)))
    if (either := _ONE_OF.get(said, ())) and not any(key in encoded or key in plain for key in either):
        yield Finding(f"must have {' or '.join(either)}: type {said} has one of them", "data")
    if said == _TOKEN and not (obj.metadata.get("annotations") or {}).get(_ACCOUNT):
        yield Finding(f"required: type {said} has it", field_path(("metadata", "annotations", _ACCOUNT)))


def _is_json(plain: Any, encoded: Any) -> bool:
    text = plain if plain is not None else decoded(encoded)
    if text is None:
        return True  # not base64, which another check says
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False


def secret_value_findings(obj: Object) -> Iterator[Finding]:
    """Yield, once and without the values, that the Secret *obj* of the user's own carries some."""
    fields = [field for field in ("data", "stringData") if any((obj.manifest.get(field) or {}).values())]
    annotations = obj.metadata.get("annotations") or {}
    if not fields or annotations.get(PLACEHOLDER_ANNOTATION) == _PLACEHOLDER:
        return
    keys = sorted({key for field in fields for key, value in obj.manifest[field].items() if value})
    message = (
        f"has the values of {listed(keys)} for all who read the file; have the Secret filled in the cluster (kmsSecrets, an"
        f" ExternalSecret, a SealedSecret), or say that they are none with the annotation {PLACEHOLDER_ANNOTATION}:"
        f" {_PLACEHOLDER}"
    )
    yield Finding(message, fields[0], severity="warning")
