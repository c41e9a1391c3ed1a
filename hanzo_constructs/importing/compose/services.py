"""The services of a compose file, with what of one the others have to know."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...kube.images import image_parts, image_problem
from ...spec.engines import ENGINES
from ...spec.engines.choosing import chosen_generation
from ...spec.engines.engine import Engine
from ...spec.engines.generation import Generation
from ...spec.engines.names import ENGINE_OF_IMAGE
from ...spec.image import ImageSpec
from ..notes import Notes, dns_label, may_be_secret
from .shapes import have_right_shapes
from .words import Port, pairs, port_of, text_of

__all__ = ["Service", "Store", "services_of"]

_FACADES = {"postgresql": "SQL", "valkey": "KV", "minio": "S3"}
"""Kinds that fix the engine; of DocDB, an image of MongoDB is none in every case."""
_WEB = frozenset((80, 3000, 4000, 4200, 5000, 5173, 8000, 8080, 8081, 8088, 8888, 9000))
_ADDRESS = re.compile(r"(?<![\w.-])([A-Za-z0-9][\w-]*):(\d{1,5})(?!\d)")


@dataclass(frozen=True, slots=True)
class Store:
    """The engine that a service runs."""

    engine: Engine
    generation: Generation


@dataclass(slots=True)
class Service:
    """A service of a compose file."""

    key: str
    """In the file."""
    name: str
    """Of the resource."""
    body: Mapping[str, Any]
    environment: dict[str, str | None]
    image: str
    """Its reference; empty where there is none."""
    store: Store | None = None
    ports: list[Port] = field(default_factory=list)
    """Each once, those that only others name too."""
    is_task: bool = False
    """Whether another service waits for its end."""

    @property
    def kind(self) -> str:
        """The kind of the resource."""
        if self.store:
            return _FACADES.get(self.store.engine.name, "Datastore")
        return "Task" if self.is_task else "Service"

    @property
    def hosts(self) -> set[str]:
        """The names by which others call it."""
        names = {self.key, text_of(self.body.get("container_name")), text_of(self.body.get("hostname"))}
        networks = self.body.get("networks")
        for each in networks.values() if isinstance(networks, dict) else ():
            aliases = each.get("aliases") if isinstance(each, dict) else ()
            names |= {text_of(alias) for alias in aliases or ()}
        return names - {""}

    @property
    def secrets(self) -> dict[str, str]:
        """The variables of a store that hold its credentials."""
        if not self.store:
            return {}
        known = self.store.generation.credentials.variables
        given = {name: value for name, value in self.environment.items() if value}
        return {name: value for name, value in given.items() if _is_credential(name, value, known)}

    def port_names(self) -> dict[tuple[int, str], str]:
        """Return the names of the ports of the resource by number and protocol."""
        if self.store:
            return {(port.exposed_port, port.protocol): port.name for port in self.store.engine.ports}
        found: dict[tuple[int, str], str] = {}
        for port in self.ports:
            name = "http" if port.target in _WEB else "https" if port.target in {443, 8443} else ""
            taken = not name or name in found.values() or port.protocol != "TCP"
            found[port.target, port.protocol] = f"{port.protocol.lower()}-{port.target}" if taken else name
        return found


def _is_credential(name: str, value: str, known: tuple[str, ...]) -> bool:
    return (name in known and not name.endswith(("_METHOD", "_FILE"))) or may_be_secret(name, value)


def services_of(body: Mapping[str, Any], notes: Notes) -> list[Service]:
    """Return the services of the *body* of a compose file that are started by default."""
    found: list[Service] = []
    names: dict[str, str] = {}
    for key, service in body.items():
        at = ("services", key)
        if not isinstance(service, dict):
            notes.error(at, "expected a mapping")
        elif not have_right_shapes(key, service, notes):
            continue
        elif service.get("profiles"):
            notes.left(
                (*at, "profiles"), service["profiles"], "is not started unless its profile is asked for, and left out"
            )
        elif not (name := dns_label(key)) or name in names:
            notes.left(at, key, f"there is no name for it; {'it has that of ' + names[name] if name else 'rename it'}")
        else:
            names[name] = key
            found.append(_service(key, name, service, notes))
    waited = {each for service in found for each in _waited_for(service.body)}
    for service in found:
        service.is_task = service.key in waited and not service.store
    _add_named_ports(found)
    return found


def _service(key: str, name: str, body: Mapping[str, Any], notes: Notes) -> Service:
    image = text_of(body.get("image")).rstrip(":")  # a tag that nobody set
    at = ("services", key)
    if image and (problem := image_problem(image)):
        notes.left((*at, "image"), image, f"is no image: {problem}")
        image = ""
    service = Service(key, name, body, pairs(body.get("environment")), image, _store(image))
    for field_name in ("ports", "expose"):
        for index, each in enumerate(body.get(field_name) or ()):
            ports = port_of(each)
            if ports is None:
                notes.left((*at, field_name, index), each, "is no port that can be read")
            _add_ports(service, ports or [])
    return service


def _add_ports(service: Service, ports: list[Port]) -> None:
    known = {(port.target, port.protocol) for port in service.ports}
    service.ports += [port for port in ports if (port.target, port.protocol) not in known]


def _store(image: str) -> Store | None:
    """Return the engine that *image* is known to run, if it is one of ours."""
    if not image:
        return None
    repository, tag, _ = image_parts(image)
    last = repository.rpartition("/")[2]
    engine = ENGINES.get(ENGINE_OF_IMAGE.get(repository, ENGINE_OF_IMAGE.get(last, "")))
    if engine is None:
        return None
    chosen = chosen_generation(engine, ImageSpec(repository=repository, tag=tag))
    return Store(engine, chosen.generation) if chosen.is_known or chosen.is_likely else None


def _waited_for(body: Mapping[str, Any]) -> Iterator[str]:
    depends = body.get("depends_on")
    for name, how in depends.items() if isinstance(depends, dict) else ():
        if isinstance(how, dict) and how.get("condition") == "service_completed_successfully":
            yield name


def _add_named_ports(services: list[Service]) -> None:
    """Add the ports by which services call each other without anybody having declared them."""
    by_host = {host: service for service in services for host in service.hosts}
    for service in services:
        words = [
            *service.environment.values(),
            *_words(service.body.get("command")),
            *_words(service.body.get("entrypoint")),
        ]
        for text in filter(None, words):
            for host, number in _ADDRESS.findall(text):
                target = by_host.get(host)
                if target and target is not service and not target.store and 0 < int(number) <= 65535:
                    _add_ports(target, [Port(int(number), "TCP", "", is_local=False)])


def _words(value: Any) -> list[str]:
    return [text_of(each) for each in value] if isinstance(value, list) else [text_of(value)]
