"""What an object of Kubernetes needs of Services, read off the object as it is written, or off a part of one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from ..kube.fields import Path, field_path
from ..kube.handlers import handlers
from ..kube.kinds import KINDS, ROUTES, known_kind
from ..kube.references import references_in
from ..platform import Platform
from .config_texts import Read
from .needs import Caller, Need, ingress_controller, text_needs
from .offers import credentials
from .readings import Text, words_of

__all__ = ["is_of", "needs_in", "reads_in", "template_of", "understood"]

T = TypeVar("T")

Object = Mapping[str, Any]


def understood(read: Callable[..., Iterator[T]], *arguments: Any) -> list[T]:
    """Return what *read* yields; nothing where it stumbles, because the proof says what is wrong."""
    try:
        return [*read(*arguments)]
    except (AttributeError, KeyError, TypeError):
        return []


def is_of(manifest: Object, *kinds: str) -> bool:
    """Tell whether *manifest* is an object of one of Kubernetes' *kinds*."""
    kind = manifest["kind"]
    return kind in kinds and known_kind(manifest["apiVersion"], kind) == kind


def template_of(manifest: Object) -> tuple[Path, Object] | None:
    """Return the template of the pods that *manifest* runs, and where it stands; None where it runs none."""
    kind = manifest["kind"]
    place = KINDS[kind].template if is_of(manifest, *KINDS) else None
    if place is None:
        return None
    template: Any = manifest
    for step in place:
        template = template[step]
    return place, template


def needs_in(manifest: Object, platform: Platform, caller: Caller | None = None) -> Iterator[Need]:
    """Yield what *manifest* declares to need; its pods are the *caller*, or else those with the labels of its template."""
    kind, namespace = manifest["kind"], manifest["metadata"].get("namespace") or ""
    if is_of(manifest, "Ingress"):
        for at, service in _backends(manifest["spec"]):
            port = (service.get("port") or {}).get("number") or (service.get("port") or {}).get("name")
            yield Need(ingress_controller(platform), namespace, service["name"], port, field_path(at))
    elif is_of(manifest, *ROUTES):
        for at, backend in _route_backends(manifest["spec"]):
            place = backend.get("namespace") or namespace
            yield Need(ingress_controller(platform), place, backend["name"], backend.get("port"), field_path(at))
    elif found := template_of(manifest):
        place, template = found
        caller = caller or _caller(manifest, template)
        yield from _said_needs(caller, template["spec"], (*place, "spec"), platform)
        for reference, value, path in references_in(kind, manifest):
            if reference.kind == "Secret" and reference.is_read:
                yield Need(caller, namespace, credentials(value[reference.name]), None, field_path(path))


def reads_in(manifest: Object, caller: Caller | None = None) -> Iterator[Read]:
    """Yield the variables that the pods of *manifest*, which are the *caller*, get from ConfigMaps."""
    if found := template_of(manifest):
        place, template = found
        caller = caller or _caller(manifest, template)
        for at, container in _containers(template["spec"], (*place, "spec")):
            yield from _configured(container, at, caller)


def _caller(manifest: Object, template: Object) -> Caller:
    metadata = manifest["metadata"]
    namespace = metadata.get("namespace") or ""
    name = f"{namespace}/{metadata['name']}" if namespace else metadata["name"]
    labels = (template.get("metadata") or {}).get("labels") or {}
    return Caller(f"{manifest['kind']} {name}", namespace, tuple(labels.items()))


def _backends(spec: Object) -> Iterator[tuple[Path, Object]]:
    if service := (spec.get("defaultBackend") or {}).get("service"):
        yield ("spec", "defaultBackend", "service"), service
    for index, rule in enumerate(spec.get("rules") or ()):
        for number, each in enumerate((rule.get("http") or {}).get("paths") or ()):
            if service := each["backend"].get("service"):
                yield ("spec", "rules", index, "http", "paths", number, "backend", "service"), service


def _route_backends(spec: Object) -> Iterator[tuple[Path, Object]]:
    for index, rule in enumerate(spec.get("rules") or ()):
        for number, each in enumerate(rule.get("backendRefs") or ()):
            if each.get("kind", "Service") == "Service" and not each.get("group"):
                yield ("spec", "rules", index, "backendRefs", number), each


def _containers(spec: Object, at: Path) -> Iterator[tuple[Path, Object]]:
    for field in ("initContainers", "containers"):
        for index, container in enumerate(spec.get(field) or ()):
            yield (*at, field, index), container


def _said_needs(caller: Caller, spec: Object, at: Path, platform: Platform) -> Iterator[Need]:
    """Yield what the texts of containers say that the pods of *spec* need."""
    for place, container in _containers(spec, at):
        yield from text_needs([caller], _texts(container, place), platform.cluster_domain)


def _texts(container: Object, place: Path) -> Iterator[Text]:
    for index, variable in enumerate(container.get("env") or ()):
        if value := variable.get("value"):
            yield value, variable["name"], field_path((*place, "env", index, "value"))
    commands: list[tuple[Path, Any]] = [((field,), container.get(field)) for field in ("command", "args")]
    commands += [
        ((*at, "exec", "command"), (each.get("exec") or {}).get("command")) for at, each in handlers(container)
    ]
    for field, words in commands:
        yield from words_of(words, field_path((*place, *field)))


def _configured(container: Object, place: Path, caller: Caller) -> Iterator[Read]:
    namespace = caller.namespace or ""
    for index, source in enumerate(container.get("envFrom") or ()):
        if name := (source.get("configMapRef") or {}).get("name"):
            field = field_path((*place, "envFrom", index))
            yield Read(caller, (namespace, name), "", source.get("prefix") or "", field)
    for index, variable in enumerate(container.get("env") or ()):
        reference = (variable.get("valueFrom") or {}).get("configMapKeyRef") or {}
        if name := reference.get("name"):
            field = field_path((*place, "env", index, "valueFrom"))
            yield Read(caller, (namespace, name), reference["key"], variable["name"], field)
