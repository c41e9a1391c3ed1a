"""What objects of the user's own need of resources: jobs, monitors, an Ingress written by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from ..kube.fields import Path, field_path
from ..kube.handlers import handlers
from ..kube.kinds import KINDS, ROUTES, known_kind
from ..kube.references import references_in
from ..platform import Platform
from .fronts import Front, Scrape, front_of, scrapes_of
from .needs import Caller, Need, ingress_controller, text_needs
from .offers import credentials
from .readings import Text, words_of
from .ties import Ties

__all__ = ["ties_of_objects"]

T = TypeVar("T")

_NOBODY = ("", "objects of the user's own")
"""The name that no resource has."""
_MONITORS = ("ServiceMonitor", "PodMonitor")

Configs = Mapping[tuple[str, str], Mapping[str, Any]]
"""The data of ConfigMaps by namespace and name."""


def ties_of_objects(manifests: Iterable[Mapping[str, Any]], platform: Platform) -> Ties:
    """Return what *manifests*, which may be anything, have to do with resources; nothing where a form is not understood."""
    objects = list(manifests)
    configs = {name: data for each in objects for name, data in _understood(_config, each)}
    needs = tuple(need for each in objects for need in _understood(_needs, each, platform, configs))
    fronts = tuple(front for each in objects for front in _understood(_fronts, each))
    scrapes = tuple(scrape for each in objects for scrape in _understood(_scrapes, each, platform))
    return Ties("", _NOBODY, needs=needs, fronts=fronts, scrapes=scrapes)


def _understood(read: Callable[..., Iterator[T]], *arguments: Any) -> list[T]:
    """Return what *read* yields; nothing where it stumbles, because the proof says what is wrong."""
    try:
        return [*read(*arguments)]
    except (AttributeError, KeyError, TypeError):
        return []


def _is_of(manifest: Mapping[str, Any], *kinds: str) -> bool:
    kind = manifest["kind"]
    return kind in kinds and known_kind(manifest["apiVersion"], kind) == kind


def _config(manifest: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], Mapping[str, Any]]]:
    if _is_of(manifest, "ConfigMap"):
        metadata = manifest["metadata"]
        yield (metadata.get("namespace") or "", metadata["name"]), {**(manifest.get("data") or {})}


def _fronts(manifest: Mapping[str, Any]) -> Iterator[Front]:
    if _is_of(manifest, "Service") and (front := front_of(manifest)):
        yield front


def _scrapes(manifest: Mapping[str, Any], platform: Platform) -> Iterator[Scrape]:
    if _is_of(manifest, *_MONITORS):
        yield from scrapes_of(manifest, platform)


def _needs(manifest: Mapping[str, Any], platform: Platform, configs: Configs) -> Iterator[Need]:
    kind, version, metadata = manifest["kind"], manifest["apiVersion"], manifest["metadata"]
    if known_kind(version, kind) != kind:
        return
    namespace = metadata.get("namespace") or ""
    if kind == "Ingress":
        for at, service in _backends(manifest["spec"]):
            port = (service.get("port") or {}).get("number") or (service.get("port") or {}).get("name")
            yield Need(ingress_controller(platform), namespace, service["name"], port, field_path(at))
    elif kind in ROUTES:
        for at, backend in _route_backends(manifest["spec"]):
            place = backend.get("namespace") or namespace
            yield Need(ingress_controller(platform), place, backend["name"], backend.get("port"), field_path(at))
    elif (place := KINDS[kind].template) is not None:
        template: Any = manifest
        for step in place:
            template = template[step]
        who = f"{kind} {namespace}/{metadata['name']}" if namespace else f"{kind} {metadata['name']}"
        labels = (template.get("metadata") or {}).get("labels") or {}
        caller = Caller(who, namespace, tuple(labels.items()))
        yield from _said_needs(caller, template["spec"], (*place, "spec"), platform, configs)
        for reference, value, path in references_in(kind, manifest):
            if reference.kind == "Secret" and reference.is_read:
                yield Need(caller, namespace, credentials(value[reference.name]), None, field_path(path))


def _backends(spec: Mapping[str, Any]) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    if service := (spec.get("defaultBackend") or {}).get("service"):
        yield ("spec", "defaultBackend", "service"), service
    for index, rule in enumerate(spec.get("rules") or ()):
        for number, each in enumerate((rule.get("http") or {}).get("paths") or ()):
            if service := each["backend"].get("service"):
                yield ("spec", "rules", index, "http", "paths", number, "backend", "service"), service


def _route_backends(spec: Mapping[str, Any]) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    for index, rule in enumerate(spec.get("rules") or ()):
        for number, each in enumerate(rule.get("backendRefs") or ()):
            if each.get("kind", "Service") == "Service" and not each.get("group"):
                yield ("spec", "rules", index, "backendRefs", number), each


def _said_needs(
    caller: Caller, spec: Mapping[str, Any], at: Path, platform: Platform, configs: Configs
) -> Iterator[Need]:
    """Yield what the texts of containers say that the pods of *spec* need."""
    for field in ("initContainers", "containers"):
        for index, container in enumerate(spec.get(field) or ()):
            place = (*at, field, index)
            yield from text_needs([caller], _texts(container, place), platform)
            yield from text_needs([caller], _configured(container, place, caller.namespace or "", configs), platform)


def _texts(container: Mapping[str, Any], place: Path) -> Iterator[Text]:
    for index, variable in enumerate(container.get("env") or ()):
        if value := variable.get("value"):
            yield value, variable["name"], field_path((*place, "env", index, "value"))
    commands: list[tuple[Path, Any]] = [((field,), container.get(field)) for field in ("command", "args")]
    commands += [
        ((*at, "exec", "command"), (each.get("exec") or {}).get("command")) for at, each in handlers(container)
    ]
    for field, words in commands:
        yield from words_of(words, field_path((*place, *field)))


def _configured(container: Mapping[str, Any], place: Path, namespace: str, configs: Configs) -> Iterator[Text]:
    """Yield the variables that *container* gets from ConfigMaps of the user's own."""
    for index, source in enumerate(container.get("envFrom") or ()):
        name = str((source.get("configMapRef") or {}).get("name"))
        for key, value in configs.get((namespace, name), {}).items():
            yield value, f"{source.get('prefix') or ''}{key}", field_path((*place, "envFrom", index))
    for index, variable in enumerate(container.get("env") or ()):
        reference = (variable.get("valueFrom") or {}).get("configMapKeyRef") or {}
        if value := configs.get((namespace, str(reference.get("name"))), {}).get(str(reference.get("key"))):
            yield value, variable["name"], field_path((*place, "env", index, "valueFrom"))
