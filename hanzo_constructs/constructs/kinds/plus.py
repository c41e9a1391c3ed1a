"""Objects of cdk8s-plus in a spec: where a name or a value is expected, the object that has it may stand.

They are told apart by their attributes, because `isinstance` does not work on the interfaces of jsii, and because each
version of cdk8s-plus has classes of its own. Nothing here imports cdk8s-plus: whoever has an object of it has imported it.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from types import ModuleType
from typing import Any

from ..node.cdk import App, Chart

__all__ = ["plain", "plus_modules"]

_ENV_FROM = {"Secret": "secretRef", "ConfigMap": "configMapRef"}
_REFERENCES = {"imagePullSecrets", "image_pull_secrets", "credentialsRef", "credentials_ref"}

_NAMES = tuple(f"cdk8s_plus_{number}" for number in range(17, 100))
"""A version of cdk8s-plus for each of Kubernetes; the first was for 1.17."""


def plus_modules() -> list[ModuleType]:
    """Return the versions of cdk8s-plus that the program has imported."""
    return [sys.modules[name] for name in _NAMES if name in sys.modules]


def plain(spec: Any) -> Any:
    """Return *spec* with names and values in place of objects of cdk8s-plus."""
    return _plain(spec, "") if plus_modules() else spec


def _plain(value: Any, field: str) -> Any:
    """Return *value* without objects of cdk8s-plus; it is in the *field*, or in the list there."""
    if isinstance(value, Mapping):
        items = {key: _plain(item, str(key)) for key, item in value.items()}
        if isinstance(items.get("value"), dict) and _is_env_value(value["value"]):
            items |= items.pop("value")
        return items
    if isinstance(value, list | tuple):
        return [_plain(item, field) for item in value]
    return _plain_object(value, field) if hasattr(value, "__jsii_ref__") else value


def _plain_object(thing: Any, field: str) -> Any:
    """Return the name or value that *field* needs of *thing*, an object of cdk8s-plus."""
    if _is_env_value(thing):
        return {"valueFrom": thing.value_from} if thing.value is None else thing.value
    kind, name = getattr(thing, "kind", None), getattr(thing, "name", None)
    if not isinstance(name, str):
        return thing
    if field in {"envFrom", "env_from"} and kind in _ENV_FROM:
        return {_ENV_FROM[kind]: {"name": name}}
    if field in _REFERENCES:
        return {"name": name}
    if field == "volumes" and kind is None:
        return _volume(thing)
    return name


def _is_env_value(thing: Any) -> bool:
    return hasattr(thing, "__jsii_ref__") and hasattr(thing, "value_from")


def _volume(volume: Any) -> dict[str, Any]:
    """Return the body of *volume*: cdk8s-plus renders it in a pod alone, so one is made for it and thrown away."""
    plus = sys.modules[type(volume).__module__]
    chart = Chart(App(outdir=""), "scratch")
    pod = plus.Pod(chart, "pod", containers=[{"image": "scratch"}])
    pod.add_volume(volume)
    (manifest,) = chart.to_json()
    (body,) = manifest["spec"]["volumes"]
    return dict(body)
