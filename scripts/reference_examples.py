"""An example for each type of the reference: what `hzc init` writes, and below that what a type takes at the least.

Each example is tried before it is shown: what does not compile is left for the next candidate.
"""
# ruff: noqa: INP001 - a script, not a package

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import Any, NamedTuple

from pydantic import BaseModel

from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.errors import SpecError
from hanzo_constructs.kube.core.part import Part
from hanzo_constructs.kube.model import parse_as
from hanzo_constructs.platform import Platform
from hanzo_constructs.scaffold.resource import document_of, minimal_spec, resource_sections
from hanzo_constructs.spec.kind import Kind
from hanzo_constructs.spec.kinds import KINDS, parse
from hanzo_constructs.spec.values import is_mapping, models_in, takes, values_of

__all__ = ["PLATFORM", "SETTINGS", "Example", "base_of", "compiles", "examples_of"]

NAME = "demo"
SETTINGS = {
    "namespace": "shop",
    "gateway": {"name": "public"},
    "keda": {"prometheus": "http://prometheus.monitoring.svc:9090"},
    "secretStore": {"name": "vault"},
}
PLATFORM = parse_as(Platform, SETTINGS)
"""A platform on which every example compiles."""

Spec = dict[str, Any]


_DIGEST = f"sha256:{'1' * 64}"
_PARTS = {"cpu": "100m", "memory": "128Mi"}
_METADATA = {
    "name": NAME,
    "namespace": "shop",
    "labels": {"hanzo.ai/org": "acme"},
    "annotations": {"hanzo.ai/epoch": "2026"},
}
FURTHER: dict[str, list[Spec]] = {
    "Service": [
        {"readinessProbe": {"grpc": {"port": "http"}}},
        {"readinessProbe": {"tcpSocket": {"port": "http"}}},
        {"livenessProbe": {"exec": {"command": ["/app/check"]}}},
        {
            "serviceMonitor": {
                "scheme": "https",
                "tlsConfig": {"ca": {"secret": {"name": "demo-ca", "key": "ca.crt"}}, "serverName": "demo.shop.svc"},
            }
        },
    ],
    "Datastore": [{"image": "ghcr.io/acme/postgres:17.2", "engine": {"generation": "postgres-17"}}],
    "Task": [
        {
            "podFailurePolicy": {
                "rules": [{"action": "FailJob", "onExitCodes": {"operator": "In", "values": [42]}}],
            }
        }
    ],
    "InferenceService": [
        {"canary": {"modelRef": "hf://meta-llama/Llama-3.3-70B-Instruct", "weight": 10}},
        {"minReplicas": 0, "maxReplicas": 4, "autoscaling": {"wake": {"query": "sum(gateway_waiting)"}}},
    ],
    "LatticeService": [
        {
            "workload": {
                "containers": {
                    "main": {
                        "image": f"ghcr.io/acme/demo@{_DIGEST}",
                        "variables": {"PASSWORD": "${secret.db.password}"},
                        "resources": {"requests": _PARTS, "limits": _PARTS},
                        "livenessProbe": {"httpGet": {"path": "/live", "port": "http"}},
                        "readinessProbe": {"exec": {"command": ["/app/check"]}},
                        "files": {"/etc/app/app.toml": {"content": 'greeting = "hello"\n'}},
                        "volumes": {"/data": {"source": "${resources.data}"}},
                    }
                },
                "service": {"ports": {"http": {"port": 80, "targetPort": 8080}}},
                "resources": {
                    "db": {"type": "secret", "params": {"keys": ["password"]}},
                    "data": {"type": "volume", "params": {"size": "10Gi"}},
                    "gpu": {"type": "gpu", "params": {"count": 1}},
                    "pay": {
                        "type": "external-service",
                        "direction": "outbound",
                        "params": {"endpoints": {"api": "192.0.2.7:443"}},
                    },
                },
            }
        },
        {
            "ingress": {"hosts": ["demo.acme.example"], "exposure": "gateway"},
            "deploy": {
                "strategy": "canary",
                "canary": {
                    "weight": 10,
                    "containers": {"main": {"image": f"ghcr.io/acme/demo@sha256:{'2' * 64}"}},
                },
            },
        },
    ],
}
"""What `hzc init` shows no example of, by kind: each is looked through for the types in it."""


class Example(NamedTuple):
    """What may be written of a type."""

    kind: str
    document: dict[str, Any]
    """A part of a resource of the kind, which stands over the least one."""


def base_of(kind: str) -> Spec:
    """Return what the examples of *kind* are put over."""
    return minimal_spec(KINDS[kind], NAME)


def compiles(kind: str, spec: Spec, metadata: dict[str, Any] | None = None) -> bool:
    """Tell whether a resource of *kind* with this *spec* compiles, and with *metadata*, if they are given."""
    document = document_of(KINDS[kind], NAME, spec, PLATFORM)
    try:
        compile_resource(parse({**document, "metadata": metadata or document["metadata"]}, PLATFORM), PLATFORM)
    except SpecError:
        return False
    return True


def examples_of(kinds: Sequence[Kind]) -> dict[str, Example]:
    """Return an example of each type that one is found for, by the name of the type."""
    return dict(_examples(tuple(kind.name for kind in kinds)))


@cache
def _examples(kinds: tuple[str, ...]) -> dict[str, Example]:
    found: dict[str, Example] = {}
    for name in kinds:
        kind = KINDS[name]
        spec: type[BaseModel] = kind.model.model_fields["spec"].annotation  # type: ignore[assignment]  # a model
        whole = document_of(kind, NAME, base_of(name), PLATFORM)
        whole["metadata"]["namespace"] = "shop"
        found.setdefault(kind.model.__name__, Example(name, whole))
        found.setdefault("Metadata", Example(name, {"metadata": _METADATA}))
        found.setdefault(spec.__name__, Example(name, {"spec": base_of(name)}))
        search = _Search(found, name)
        for section in resource_sections(kind, NAME, PLATFORM):
            beside = {section.needs: _value(kind, section.needs)} if section.needs else {}
            search.field(_fields(spec)[section.field], section.value, partial(_with, beside, section.field))
        for further in FURTHER.get(name, ()):
            for field, value in further.items():
                rest = {other: each for other, each in further.items() if other != field}
                search.field(_fields(spec)[field], value, partial(_with, rest, field))
    return found


def _value(kind: Kind, field: str) -> Any:
    return next(each.value for each in resource_sections(kind, NAME, PLATFORM) if each.field == field)


def _fields(model: type[BaseModel]) -> dict[str, Any]:
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    yield from (model for model, _ in models_in(annotation) if not issubclass(model, Part))


def _with(beside: Spec, field: str, value: Any) -> Spec:
    return {**beside, field: value}


class _Search:
    """The search for examples in resources of one kind."""

    def __init__(self, found: dict[str, Example], kind: str) -> None:
        self._found, self._kind, self._base = found, kind, base_of(kind)

    def field(self, field: Any, value: Any, spec_with: Callable[[Any], Spec]) -> None:
        """Note the types in *value*, which stands in *field*; `spec_with(value)` is what is written for it."""
        for model in _models(field.annotation):
            if is_mapping(field.annotation) and isinstance(value, dict) and value:
                for key, entry in value.items():
                    self._model(model, entry, partial(_spec_of, spec_with, value, key))
            elif isinstance(value, list) and value:
                self._model(model, value[0], lambda new: spec_with([new, *value[1:]]))
            else:
                self._model(model, value, spec_with)

    def _model(self, model: type[BaseModel], value: Any, spec_with: Callable[[Any], Spec]) -> None:
        fields = _fields(model)
        if not isinstance(value, dict):  # a short form
            self._found.setdefault(model.__name__, Example(self._kind, {"spec": spec_with(value)}))
            return
        if not value.keys() <= fields.keys() or not takes(model, value):
            return
        self._found.setdefault(model.__name__, Example(self._kind, {"spec": spec_with(value)}))
        for name, field in fields.items():
            inner = [*_models(field.annotation)]
            if not inner or (name not in value and all(each.__name__ in self._found for each in inner)):
                continue
            for candidate in [value[name]] if name in value else filter(None, values_of(field)):
                spec = partial(_spec_of, spec_with, value, name)
                if compiles(self._kind, {**self._base, **spec(candidate)}):
                    self.field(field, candidate, spec)
                    break


def _spec_of(spec_with: Callable[[Any], Spec], value: dict[str, Any], name: str, new: Any) -> Spec:
    return spec_with({**value, name: new})
