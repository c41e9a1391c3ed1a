"""What objects of the user's own need of resources: jobs, monitors, an Ingress written by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..kube.fields import Path, field_path
from ..kube.handlers import handlers
from ..kube.kinds import KINDS, known_kind
from ..kube.labels import NAME
from ..kube.references import references_in
from ..platform import Platform
from .needs import Caller, Need, ingress_controller, prometheus, text_needs
from .offers import credentials
from .readings import Text, words_of

__all__ = ["object_needs"]

_SCRAPED = {"ServiceMonitor": "endpoints", "PodMonitor": "podMetricsEndpoints"}
"""Where monitors name ports."""


def object_needs(manifest: Mapping[str, Any], platform: Platform) -> Iterator[Need]:
    """Yield what *manifest*, which may be anything, needs of resources; nothing where its form is not understood."""
    try:
        yield from [*_needs(manifest, platform)]
    except (AttributeError, KeyError, TypeError):
        return  # the proof says what is wrong with it


def _needs(manifest: Mapping[str, Any], platform: Platform) -> Iterator[Need]:
    kind, version, metadata = manifest["kind"], manifest["apiVersion"], manifest["metadata"]
    if known_kind(version, kind) != kind:
        return
    namespace = metadata.get("namespace") or ""
    if kind == "Ingress":
        for at, service in _backends(manifest["spec"]):
            port = (service.get("port") or {}).get("number") or (service.get("port") or {}).get("name")
            yield Need(ingress_controller(platform), namespace, service["name"], port, field_path(at))
    elif (field := _SCRAPED.get(kind)) is not None:
        yield from _scrapes(manifest["spec"], field, namespace, platform)
    elif (place := KINDS[kind].template) is not None:
        template: Any = manifest
        for step in place:
            template = template[step]
        who = f"{kind} {namespace}/{metadata['name']}" if namespace else f"{kind} {metadata['name']}"
        labels = (template.get("metadata") or {}).get("labels") or {}
        caller = Caller(who, namespace, tuple(labels.items()))
        yield from _said_needs(caller, template["spec"], (*place, "spec"), platform)
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


def _scrapes(spec: Mapping[str, Any], field: str, namespace: str, platform: Platform) -> Iterator[Need]:
    """Yield what Prometheus asks for on behalf of a monitor that selects by the name of a resource."""
    name = (spec["selector"].get("matchLabels") or {}).get(NAME)
    for place in (spec.get("namespaceSelector") or {}).get("matchNames") or [namespace]:
        for index, endpoint in enumerate(spec.get(field) or ()):
            if name and (port := endpoint.get("port")):
                yield Need(prometheus(platform), place, name, port, field_path(("spec", field, index, "port")))


def _said_needs(caller: Caller, spec: Mapping[str, Any], at: Path, platform: Platform) -> Iterator[Need]:
    """Yield what the texts of containers say that the pods of *spec* need."""
    for field in ("initContainers", "containers"):
        for index, container in enumerate(spec.get(field) or ()):
            yield from text_needs([caller], _texts(container, (*at, field, index)), platform)


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
