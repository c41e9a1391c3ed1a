"""The way back, written anew: what of a resource of v1 can be said in v1alpha1, as somebody would have written it then."""

from __future__ import annotations

from functools import cache
from typing import Any

from hanzo_constructs.spec.kinds import KINDS
from hanzo_constructs.versions import OLD_KINDS

__all__ = ["older", "sayable"]

Data = dict[str, Any]

_SPELLINGS = {"hostApi": "hostAPI", "targetCpuUtilization": "targetCPUUtilization", "jwksUrl": "jwksURL"}
_SPELLINGS_BACK = {old: new for new, old in _SPELLINGS.items()}
_SWITCHED = ("ingress", "autoscaling", "pdb", "serviceMonitor", "backup")
_WRITTEN_OUT = {"tag": "v1.2.3", "storageClassName": "fast"}


def _properties(schema: Data, whole: Data) -> Data:
    while "properties" not in schema:
        if "$ref" in schema:
            schema = whole["$defs"][schema["$ref"].rpartition("/")[2]]
        elif "anyOf" in schema:
            schema = schema["anyOf"][0]
        elif "items" in schema:
            schema = schema["items"]
        else:
            return {}
    return schema["properties"]  # type: ignore[no-any-return]


def _restricted(data: Any, schema: Data, whole: Data) -> Any:
    """Return *data* without the fields that v1alpha1 did not have."""
    if isinstance(data, list):
        return [_restricted(each, schema, whole) for each in data]
    fields = _properties(schema, whole)
    if not isinstance(data, dict) or not fields:
        return data
    known = {_SPELLINGS_BACK.get(name, name): part for name, part in fields.items()}
    return {name: _restricted(value, known[name], whole) for name, value in data.items() if name in known}


@cache
def _schema(old_name: str) -> Data:
    return OLD_KINDS[old_name].kind.model.model_json_schema(by_alias=True)


def sayable(document: Data) -> Data:
    """Return what v1alpha1 can say of *document*, a resource of v1 in full, as a resource of v1 pinned to epoch 2025.

    What v1alpha1 had by default is written out.
    """
    whole = _schema(KINDS[document["kind"]].old_name)
    spec = _restricted(document["spec"], whole["properties"]["spec"], whole)
    for block, name in (("image", "tag"), ("storage", "storageClassName")):
        if block in spec:
            spec[block].setdefault(name, _WRITTEN_OUT[name])
    if document["kind"] in {"Datastore", "Gateway"}:
        spec.setdefault("image", {"repository": "ghcr.io/acme/image", "tag": "v1"})
    if document["kind"] == "Base":
        spec.setdefault("networkPolicy", {})
    annotations = {**document["metadata"].get("annotations", {}), "hanzo.ai/epoch": "2025"}
    return {**document, "metadata": {**document["metadata"], "annotations": annotations}, "spec": _plain(spec)}


def _plain(spec: Data) -> Data:
    """Return *spec* with its blocks as a migration leaves them: switches that say yes go, and second bounds."""
    for block in (*_SWITCHED, "networkPolicy"):
        if isinstance(spec.get(block), dict) and spec[block].get("enabled") is True:
            del spec[block]["enabled"]
    scaling, budget = spec.get("autoscaling") or {}, spec.get("pdb") or {}
    if scaling.get("enabled") is not False and "targetMemoryUtilization" in scaling:
        scaling.setdefault("targetCpuUtilization", 80)
    if budget.get("enabled") is not False and len(budget.keys() & {"minAvailable", "maxUnavailable"}) > 1:
        del budget["maxUnavailable"]
    return spec


def older(document: Data) -> Data:
    """Return *document*, which `sayable` returned, as v1alpha1 says it."""
    spec = _respelt(document["spec"])
    for block in _SWITCHED:
        if isinstance(spec.get(block), dict):
            spec[block].setdefault("enabled", True)
    limits = {each["name"]: each for each in spec.get("rateLimits", ())}
    for route in spec.get("routes", ()):
        if "rateLimit" in route:
            route["rateLimit"] = limits[route["rateLimit"]]
    annotations = {key: value for key, value in document["metadata"]["annotations"].items() if key != "hanzo.ai/epoch"}
    return {
        "apiVersion": "hanzo.ai/v1alpha1",
        "kind": KINDS[document["kind"]].old_name,
        "metadata": {**document["metadata"], "annotations": annotations},
        "spec": spec,
    }


def _respelt(data: Any) -> Any:
    if isinstance(data, list):
        return [*map(_respelt, data)]
    if not isinstance(data, dict):
        return data
    return {_SPELLINGS.get(name, name): _respelt(value) for name, value in data.items()}
