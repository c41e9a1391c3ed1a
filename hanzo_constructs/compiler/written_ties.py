"""What a resource has to do with others by what the user writes into its children: overlays, and patches in Python.

What is laid over a child says of it what fields of the spec say of others; so it counts as these do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from ..kube.fields import Path, field_path
from ..kube.kinds import KINDS, api_version
from ..kube.labels import backup_selector
from ..platform import Platform
from ..spec.resource import Resource
from .config_texts import Read, Told, told_by
from .fronts import Front, Scrape, entrance_of, front_of, scrapes_of
from .manifest_needs import needs_in, reads_in, template_of, understood
from .needs import Caller, Need, caller_of, namespace_of
from .ties import Ties

__all__ = ["Written", "overlay_parts", "with_written"]

T = TypeVar("T", Need, Read, Scrape)

Object = Mapping[str, Any]

_NONE: Object = {"apiVersion": "", "kind": "", "metadata": {}}


class Written(NamedTuple):
    """A child that the user changes."""

    manifest: Object
    """The object as it is written, or the part of it that is laid over what is derived."""
    derived: Object = _NONE
    """What was derived, where *manifest* is whole."""
    at: Path = ()
    """Where the fields of *manifest* are said."""


def overlay_parts(resource: Resource, platform: Platform) -> Iterator[Written]:
    """Yield what the overlay of *resource* lays over each child, with what the fields in it are read with."""
    for child, part in resource.spec.overlay.items():
        kind = child.partition("-")[0]
        if kind not in KINDS or not isinstance(part, Mapping):
            continue
        metadata, spec = part.get("metadata") or {}, part.get("spec") or {}
        if kind in _SELECTING and isinstance(spec, Mapping):
            spec = {"selector": _SELECTING[kind](dict(resource.selector)), **spec}
            spec.pop("type", None)  # a field of the spec says it
        name = {"namespace": namespace_of(resource, platform), "name": _name(resource, child)}
        known = {"apiVersion": api_version(kind), "kind": kind, "metadata": {**metadata, **name}, "spec": spec}
        yield Written({**part, **known}, at=("spec", "overlay", child))


_SELECTING: Mapping[str, Callable[[dict[str, str]], Any]] = {
    "Service": lambda labels: labels,
    "ServiceMonitor": lambda labels: {"matchLabels": labels},
}
"""Children that reach pods by a selector, which no overlay changes, and its form."""


def _name(resource: Resource, child: str) -> str:
    """Return the name of the *child* of that id, where others know it by its name: a Service, a ConfigMap."""
    if child == "Service":
        return resource.service_name
    if child == "Service-headless":
        return resource.headless_name or ""
    _, _, suffix = child.partition("-")
    kind, alias, name = child.partition("-alias-")
    default = name if kind == "Service" and alias else f"{resource.name}-{suffix}"
    return resource.adopted.names.get(child, default)


def with_written(ties: Ties, resource: Resource, children: Iterable[Written], platform: Platform) -> Ties:
    """Return *ties* of *resource* with what is *written* in its children; nothing where a form is not understood."""
    for each in children:
        caller = _caller(resource, each.manifest["kind"], platform)
        needs = _added(needs_in, each, platform, caller, same=lambda need: (need.caller, need.address, need.port))
        reads = _added(reads_in, each, caller, same=lambda read: read._replace(field=""))
        scrapes, told = _scrapes(each, platform), ties.told
        if each.manifest["kind"] == "ConfigMap":
            told = _told(ties.told, each)
        ties = _with_ways(ties, each)._replace(
            needs=(*ties.needs, *needs), reads=(*ties.reads, *reads), scrapes=(*ties.scrapes, *scrapes), told=told
        )
    return ties


def _caller(resource: Resource, kind: str, platform: Platform) -> Caller:
    """Return the pods of *resource* that a child of *kind* runs: those of its backup, or else its own."""
    pods = caller_of(resource, platform)
    if kind != "CronJob" or not hasattr(resource.spec, "backup"):
        return pods
    return pods._replace(who=f"the backup of {resource}", labels=tuple(backup_selector(resource.name).items()))


def _added(read: Callable[..., Iterator[T]], each: Written, *arguments: Any, same: Callable[[T], Any]) -> list[T]:
    """Return what is *read* in what is written and not in what was derived, with the place in the resource."""
    derived = {same(found) for found in understood(read, each.derived, *arguments)}
    written = understood(read, each.manifest, *arguments)
    return [_placed(found, each) for found in written if same(found) not in derived]


def _placed(found: T, each: Written) -> T:
    at = field_path(each.at) if each.at else f"{each.manifest['kind']} {each.manifest['metadata']['name']}:"
    return found._replace(field=f"{at}.{found.field}" if each.at else f"{at} {found.field}")


def _scrapes(each: Written, platform: Platform) -> list[Scrape]:
    if each.manifest["kind"] != "ServiceMonitor":
        return []
    return _added(scrapes_of, each, platform, same=lambda scrape: scrape._replace(field=""))


def _told(told: Sequence[Told], each: Written) -> tuple[Told, ...]:
    """Return what is *told* with the texts of a ConfigMap as they are written; a part adds to them."""
    written = understood(told_by, each.manifest)
    metadata = each.manifest["metadata"]
    address = (metadata.get("namespace") or "", metadata["name"])
    changed = {(text.address, text.key) for text in written}
    kept = (
        text
        for text in told
        if (text.address != address if each.derived is not _NONE else (text.address, text.key) not in changed)
    )
    return (*kept, *written)


def _with_ways(ties: Ties, each: Written) -> Ties:
    """Return *ties* with the Services, ports and labels that are written, by which others reach the pods."""
    if each.manifest["kind"] == "Service":
        return _with_service(ties, each)
    found = understood(_templates, each.manifest)
    if not found or each.manifest["kind"] == "CronJob":
        return ties
    template = found[0]
    ports = understood(_ports, template)
    facts = ties.facts
    named = tuple(port for port in ports if port not in facts.ports)
    labels = (template.get("metadata") or {}).get("labels") or {}
    own = {key: value for key, value in labels.items() if (key, value) not in facts.labels}
    facts = facts._replace(ports=(*facts.ports, *named), of_pods=(*facts.of_pods, *own.items()))
    numbers = ((number, protocol) for _, number, protocol in named) if ties.pod_ports or ties.guarded else ()
    return ties._replace(facts=facts, pod_ports=tuple(dict.fromkeys((*ties.pod_ports, *numbers))))


def _templates(manifest: Object) -> Iterator[Object]:
    if found := template_of(manifest):
        yield found[1]


def _ports(template: Object) -> Iterator[tuple[str, int, str]]:
    for container in template["spec"].get("containers") or ():
        for port in container.get("ports") or ():
            yield port.get("name") or "", port["containerPort"], port.get("protocol") or "TCP"


def _with_service(ties: Ties, each: Written) -> Ties:
    fronts = understood(_fronts, each.manifest)
    if not fronts:
        return ties
    front = fronts[0]
    facts, was = ties.facts, understood(_fronts, each.derived)
    labels = {key: value for key, value in front.labels if (key, value) not in facts.labels}
    services = tuple((name, (*more, *labels.items()) if name == front.name else more) for name, more in facts.services)
    ties = ties._replace(facts=facts._replace(services=services))
    if was and front.ports != was[0].ports:
        entrance = entrance_of(front, facts)
        others = tuple(other for other in ties.entrances if other.address != entrance.address)
        ties = ties._replace(entrances=(entrance, *others))
    is_opened = front.is_open and not (was and was[0].is_open)
    return ties._replace(fronts=(*ties.fronts, front)) if is_opened else ties


def _fronts(manifest: Object) -> Iterator[Front]:
    if manifest["kind"] and (front := front_of(manifest)):
        yield front
