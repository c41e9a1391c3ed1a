"""What is remembered of what pods read: the keys of ConfigMaps and Secrets, and the values that must stay secret."""

from __future__ import annotations

from collections.abc import Sequence

from ...kube.base64_text import decoded
from ..facts import SecretValue
from ..index import SetIndex
from ..objects import Object

__all__ = [
    "is_for_one_node",
    "read_annotations",
    "read_claim",
    "read_config_map",
    "read_filled_secret",
    "read_kms_secret",
    "read_secret",
]

_ONE_NODE = frozenset(("ReadWriteOnce", "ReadWriteOncePod"))
"""Access modes of claims that one node, or one pod, can mount at a time."""


def read_annotations(obj: Object, set_index: SetIndex) -> None:
    """Note the annotations of *obj*: no secret may stand there."""
    set_index.texts.append((obj.origin, ("metadata", "annotations"), obj.metadata["annotations"] or {}, ()))


def read_config_map(obj: Object, set_index: SetIndex) -> None:
    """Note the keys of the ConfigMap *obj* and its text."""
    data = obj.manifest.get("data") or {}
    _keep_keys(obj, set_index, frozenset(data) | frozenset(obj.manifest.get("binaryData") or ()))
    set_index.texts.append((obj.origin, ("data",), data, ()))


def read_secret(obj: Object, set_index: SetIndex) -> None:
    """Note the keys of the Secret *obj*, and its values to look for elsewhere."""
    encoded, plain = obj.manifest.get("data") or {}, obj.manifest.get("stringData") or {}
    _keep_keys(obj, set_index, frozenset(encoded) | frozenset(plain))
    values = dict(plain)
    for key, value in encoded.items():
        try:
            values.setdefault(key, (decoded(value) or b"").decode())
        except UnicodeDecodeError:
            continue  # binary: it stands in no text
    set_index.secrets.extend(SecretValue(obj.origin, key, value) for key, value in values.items())


def _keep_keys(obj: Object, set_index: SetIndex, keys: frozenset[str]) -> None:
    set_index.keys[obj.kind, obj.origin.namespace, obj.origin.name] = keys


def read_kms_secret(obj: Object, set_index: SetIndex) -> None:
    """Note the Secret that the key management service will fill."""
    set_index.provide(obj.origin, ("spec", "managedSecretName"), obj.spec["managedSecretName"])


def read_filled_secret(obj: Object, set_index: SetIndex) -> None:
    """Note the Secret that a controller will make of *obj*."""
    spec, name, path = obj.spec, obj.origin.name, ("metadata", "name")
    if obj.kind == "Certificate":
        name, path = spec["secretName"], ("spec", "secretName")
    elif obj.kind == "ExternalSecret":
        name = (spec.get("target") or {}).get("name") or name
    elif obj.kind == "SealedSecret":
        name = ((spec.get("template") or {}).get("metadata") or {}).get("name") or name
    set_index.provide(obj.origin, path, name)


def read_claim(obj: Object, set_index: SetIndex) -> None:
    """Note that the claim *obj* is for the pods of one node."""
    if is_for_one_node(obj.spec.get("accessModes")):
        set_index.exclusive_claims[obj.origin.namespace, obj.origin.name] = obj.origin


def is_for_one_node(modes: Sequence[str] | None) -> bool:
    """Tell whether the pods of one node at most can mount a claim of these access modes."""
    return bool(modes) and _ONE_NODE.issuperset(modes or ())
