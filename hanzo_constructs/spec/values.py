"""Values that a field takes, read from its type: for whoever asks what a resource would become with another one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice, product
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

__all__ = [
    "NOT_TAKEN",
    "adapter",
    "annotation_of",
    "different_values",
    "entry_type",
    "few_values_of",
    "is_mapping",
    "least_document",
    "models_in",
    "taken",
    "takes",
    "values_of",
    "values_of_type",
]

_DIGEST = "sha256:" + "0a" * 32
_WORDS = (
    "alpha", "beta", "/alpha", "/beta", "1", "2", "50%", "75%", "30s", "1m", "http", "metrics", "example.com", _DIGEST,
    _DIGEST.replace("0a", "1b"), "https://alpha.example/api", "https://beta.example/api", "2026-01-31T08:00:00Z",
    "2026-02-28T08:00:00Z", "1.27", "1.37", "2025", "2026", "0 3 * * *", "30 4 1 * *", "metadata.name", "metadata.uid",
    "limits.cpu", "requests.memory", "example.com/alpha", "example.com/beta",
    "iqn.2001-04.com.example:a", "iqn.2001-04.com.example:b", "https://alpha.example", "https://beta.example",
    "datastore-24", "datastore-26.2", "192.0.2.1", "192.0.2.2", "192.0.2.1:443", "192.0.2.2:443",
    "24Gi", "80Gi", "L4", "T4", "${resources.data}", "",
)  # fmt: skip
"""Strings of which every field of text takes two, whatever it asks of them."""
_NUMBERS = (1, 2, 7, 50, 80, 0, 10, 60, 600, 3600, 7200, 8080, 9090)
_LEAST: dict[str, Any] = {
    "ClusterTrustBundleProjection": {"path": "alpha", "signerName": "example.com/alpha"},
    "Config": {"name": "alpha", "files": {"alpha": "alpha"}, "mountPath": "/alpha"},
    "DownwardAPIVolumeFile": {"path": "alpha", "fieldRef": {"fieldPath": "metadata.name"}},
    "FCVolumeSource": {"wwids": ["alpha"]},
    "HostAlias": {"ip": "192.0.2.1"},
    "ISCSIVolumeSource": {"targetPortal": "alpha", "iqn": "iqn.2001-04.com.example:a", "lun": 1},
    "ExitCodes": {"operator": "In", "values": [1]},
    "ExternalServiceParams": {"endpoints": {"alpha": "192.0.2.1:443"}},
    "LatticeCanary": {
        "weight": 1,
        "containers": {"main": {"image": {"repository": "beta", "digest": _DIGEST}}},
    },
    "LatticeCanaryContainer": {"image": {"repository": "beta", "digest": _DIGEST}},
    "LatticeContainer": {
        "image": {"repository": "alpha", "digest": _DIGEST},
        "resources": {part: {"cpu": "1", "memory": "1Gi"} for part in ("requests", "limits")},
    },
    "LatticePorts": {"ports": {"alpha": {"port": 80}}},
    "VolumeResource": {"type": "volume", "params": {"size": "1Gi"}},
    "NodeSelectorTerm": {"matchExpressions": [{"key": "alpha", "operator": "Exists"}]},
    "NodeSelector": {
        "nodeSelectorTerms": [{"matchExpressions": [{"key": "alpha", "operator": "Exists"}]}],
    },
    "Persistence": {"name": "alpha", "mountPath": "/alpha", "size": "1"},
    "PersistentVolumeClaimSpec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1"}}},
    "PlatformRule": {"name": "alpha", "match": {"resources": ["*"]}, "expression": "false", "message": "alpha"},
    "PodAffinityTerm": {"topologyKey": "alpha", "labelSelector": {}},
    "PodCertificateProjection": {"signerName": "example.com/alpha", "keyType": "ED25519", "keyPath": "alpha"},
    "PodFailurePolicy": {"rules": [{"action": "Ignore", "onPodConditions": [{"type": "alpha"}]}]},
    "PodFailureRule": {"action": "Ignore", "onPodConditions": [{"type": "alpha"}]},
    "TopologySpreadConstraint": {
        "maxSkew": 1,
        "topologyKey": "alpha",
        "whenUnsatisfiable": "DoNotSchedule",
        "labelSelector": {},
    },
    "TypedLocalObjectReference": {"apiGroup": "example.com", "kind": "alpha", "name": "alpha"},
    "TypedObjectReference": {"apiGroup": "example.com", "kind": "alpha", "name": "alpha"},
}
"""The least that the rules of pods take of a model, where it is more than the fields that the schema requires."""

NOT_TAKEN: Any = object()
"""Stands for the value of a field that does not take what is written."""
_FEW = 2

_values_by_field: dict[int, list[Any]] = {}
_few_values_by_field: dict[int, list[Any]] = {}
_few_values_by_type: dict[Any, list[Any]] = {}
_types_by_field: dict[int, Any] = {}
_adapters: dict[Any, TypeAdapter[Any]] = {}
_adapters_of_others: list[tuple[Any, TypeAdapter[Any]]] = []
"""Of types that cannot be hashed."""
_adapters_by_id: dict[int, tuple[Any, TypeAdapter[Any]]] = {}
"""By the id of the type, which is kept beside, so that no other one gets it: comparing types is slow."""


def values_of(field: FieldInfo) -> list[Any]:
    """Return different values that *field* takes by itself, in wire form: two or more, unless its type has fewer."""
    if id(field) not in _values_by_field:  # fields are asked for again and again, and live as long as their models
        _values_by_field[id(field)] = values_of_type(annotation_of(field))
    return _values_by_field[id(field)]


def few_values_of(field: FieldInfo) -> list[Any]:
    """Return the first two values of `values_of`, without a look at the others."""
    if id(field) not in _few_values_by_field:
        _few_values_by_field[id(field)] = _few_values(annotation_of(field))
    return _few_values_by_field[id(field)]


def _few_values(annotation: Any) -> list[Any]:
    try:
        known = _few_values_by_type.get(annotation)
    except TypeError:  # it cannot be hashed
        return [*islice(different_values(annotation), _FEW)]
    if known is None:
        known = _few_values_by_type[annotation] = [*islice(different_values(annotation), _FEW)]
    return known


def takes(annotation: Any, value: Any) -> bool:
    """Tell whether a field of the type *annotation* takes *value* by itself, as it is written."""
    return taken(annotation, value) is not NOT_TAKEN


def taken(annotation: Any, value: Any) -> Any:
    """Return what a field of the type *annotation* makes of *value*; `NOT_TAKEN` where it does not take it as it is written."""
    try:
        found = adapter(annotation).validate_python(value)
    except ValidationError:
        return NOT_TAKEN
    # numbers that become strings are said already
    return found if isinstance(value, list | dict) or found == value else NOT_TAKEN


def annotation_of(field: FieldInfo) -> Any:
    """Return the type of *field* with everything that it asks of a value."""
    if id(field) not in _types_by_field:
        bare = field.annotation
        _types_by_field[id(field)] = Annotated[bare, *field.metadata] if field.metadata else bare
    return _types_by_field[id(field)]


def entry_type(annotation: Any) -> Any:
    """Return the type of the entries of a list or mapping; None where *annotation* is neither."""
    if get_origin(annotation) is tuple:
        return get_args(annotation)[0]
    if get_origin(annotation) is dict:
        return get_args(annotation)[1]
    return next((entry for part in get_args(annotation) if (entry := entry_type(part)) is not None), None)


def is_mapping(annotation: Any) -> bool:
    """Tell whether a field of the type *annotation* holds values by names of the user's own."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return is_mapping(get_args(annotation)[0])
    if origin in (Union, UnionType):
        return any(map(is_mapping, get_args(annotation)))
    return origin is dict


def values_of_type(annotation: Any) -> list[Any]:
    """Return different values of the type *annotation*, in wire form."""
    return [*different_values(annotation)]


def different_values(annotation: Any) -> Iterator[Any]:
    """Yield what `values_of_type` returns, one by one, because most values cost a validation."""
    bare = annotation
    while get_origin(bare) is Annotated:
        bare = get_args(bare)[0]
    members = [one for one in get_args(bare) if one is not type(None)] if get_origin(bare) in (Union, UnionType) else []
    if len(members) == 1:
        yield from different_values(members[0])
    elif isinstance(bare, type) and issubclass(bare, BaseModel):
        yield least_document(bare)
    elif members:
        allowed = [value for one in members if get_origin(one) is Literal for value in get_args(one)]
        models = [least_document(one) for one in members if isinstance(one, type) and issubclass(one, BaseModel)]
        yield from _taken(annotation, (*models, *_NUMBERS, *_WORDS, *allowed))
    else:
        yield from _taken(annotation, _candidates(bare))


def _candidates(bare: Any) -> Sequence[Any]:
    """Return values of which some may be of the type *bare*."""
    origin = get_origin(bare)
    if origin is Literal:
        return get_args(bare)
    if origin is tuple:
        items = _few_values(get_args(bare)[0])
        return (items[:1], items[1:], items, items[::-1], [])
    if origin is dict:
        return (
            *({key: value} for value in _few_values(get_args(bare)[1]) for key in ("alpha", "beta", "cpu", "storage")),
            {},
        )
    known: dict[Any, Sequence[Any]] = {bool: (True, False), int: (True, False, *_NUMBERS), str: _WORDS}
    return known.get(bare, (True, False, *_NUMBERS, *_WORDS))


def _taken(annotation: Any, candidates: Sequence[Any]) -> Iterator[Any]:
    """Yield the different values among *candidates* that a field of the type *annotation* takes."""
    takes_any = annotation is bool or get_origin(annotation) is Literal  # what checks that need not be built
    seen: set[str] = set()
    for value in candidates:
        if (text := json.dumps(value)) not in seen and (takes_any or takes(annotation, value)):
            seen.add(text)
            yield value
    if not seen:
        raise LookupError(f"nothing to write in a field of {annotation}")


def least_document(model: type[BaseModel]) -> Any:
    """Return the least that *model* takes, in wire form; where it wants one of several fields, the least but that."""
    return json.loads(_least_document(model))


@cache
def _least_document(model: type[BaseModel]) -> str:
    if model.__name__ in _LEAST:
        return json.dumps(_LEAST[model.__name__])
    required = {field.alias or name: field for name, field in model.model_fields.items() if field.is_required()}
    values = {name: values_of(field) for name, field in required.items()}
    choices = (dict(zip(values, chosen, strict=True)) for chosen in product(*values.values()))
    first = {name: allowed[0] for name, allowed in values.items()}
    return json.dumps(next((choice for choice in choices if takes(model, choice)), first))


def adapter(annotation: Any) -> TypeAdapter[Any]:
    """Return what checks values of *annotation*; not every annotation can be hashed."""
    known = _adapters_by_id.get(id(annotation))
    if known is None:
        known = _adapters_by_id[id(annotation)] = annotation, _equal_adapter(annotation)
    return known[1]


def _equal_adapter(annotation: Any) -> TypeAdapter[Any]:
    """Return the adapter of a type that is equal to *annotation*, or a new one."""
    try:
        found = _adapters.get(annotation)
    except TypeError:
        found = next((found for known, found in _adapters_of_others if known == annotation), None)
    if found is not None:
        return found
    models = [model for model, _ in models_in(annotation)]
    for model in models:
        model.model_rebuild()  # once, and not as a part of each type that it is in
    found = TypeAdapter(annotation, config=None if models else ConfigDict(strict=True))
    try:
        _adapters[annotation] = found
    except TypeError:
        _adapters_of_others.append((annotation, found))
    return found


def models_in(annotation: Any, *, listed: bool = False) -> Iterator[tuple[type[BaseModel], bool]]:
    """Yield the models in *annotation* and whether they stand in a list."""
    if isinstance(annotation, type) and not get_args(annotation):
        if issubclass(annotation, BaseModel):
            yield annotation, listed
        return
    for part in get_args(annotation):
        yield from models_in(part, listed=listed or get_origin(annotation) is tuple)
