"""Values that a program says in several places, and the constants that name each once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...kube.images import image_parts
from ...kube.manifest import Manifest
from ...spec.resource import EPOCH_ANNOTATION
from .entries import Entry
from .layout import WIDTH, laid_out
from .literals import Code, block_literal, formatted_literal, is_block
from .names import Names, constant_name
from .texts import hosts_in, strings_in

__all__ = ["Constants", "constants_of"]

_OFTEN = 3
"""From how many programs with one tag on that is taken to be a version that they share, if it is that of half of them."""
_TAME = re.compile(r"[A-Za-z0-9._:/@-]+\Z")
"""What stands in an f-string as it is."""


@dataclass(slots=True)
class Constants:
    """The constants of a program."""

    registries: dict[str, Code] = field(default_factory=dict)
    versions: dict[tuple[str, str], Code] = field(default_factory=dict)
    """By registry and tag."""
    images: dict[str, Code] = field(default_factory=dict)
    hosts: dict[str, Code] = field(default_factory=dict)
    mappings: dict[tuple[tuple[str, Any], ...], Code] = field(default_factory=dict)
    """Labels and annotations."""
    blocks: dict[str, Code] = field(default_factory=dict)
    """Texts of several lines."""
    lines: list[str] = field(default_factory=list)
    """The source that declares them."""

    def image(self, reference: str) -> str:
        """Return the image *reference*, by constants as far as there are any for it."""
        return self.images.get(reference) or self.image_of_parts(reference)

    def image_of_parts(self, reference: str) -> str:
        """Return *reference* by the constants for its registry and its tag."""
        registry, name, tag = _parts(reference)
        if not registry or registry not in self.registries:
            return reference
        version = self.versions.get((registry, tag))
        rest = reference[len(registry) :]
        pieces = [self.registries[registry], *([f"/{name}:", version] if version else [rest])]
        return formatted_literal(pieces)


def constants_of(entries: Iterable[Entry], objects: Iterable[Manifest], taken: Names) -> Constants:
    """Return the constants for what *entries* share, and for the long texts of *objects* too; their names are not among those *taken*."""
    entries, found = list(entries), Constants()
    images = Counter(image for entry in entries for image in _images(entry.spec))
    _name_registries(found, images, taken)
    _name_images(found, images, taken)
    _name_hosts(found, entries, taken)
    _name_mappings(found, entries, taken)
    for entry in entries:
        _name_blocks(found, entry.resource.name, entry.spec, taken)
    for each in objects:
        _name_blocks(found, str(each["metadata"].get("name")), each, taken)
    return found


def _name_registries(found: Constants, images: Iterable[str], taken: Names) -> None:
    parts = {each for each in map(_parts, images) if each[0] and _TAME.match("".join(each))}
    counted = Counter(registry for registry, _ in {(registry, name) for registry, name, _ in parts})
    shared = sorted(registry for registry, count in counted.items() if count > 1)
    for registry in shared:
        prefix = "" if len(shared) == 1 else f"{constant_name(registry.rpartition('/')[2])}_"
        found.registries |= _declared(found, taken, f"{prefix}REGISTRY", registry, registry)
        tags = Counter(tag for of, _, tag in parts if of == registry and tag)
        tag, count = max(tags.items(), key=lambda each: (each[1], each[0]), default=("", 0))
        if count >= max(_OFTEN, counted[registry] / 2):
            found.versions |= _declared(found, taken, f"{prefix}VERSION", tag, (registry, tag))


def _name_images(found: Constants, images: Mapping[str, int], taken: Names) -> None:
    for image in sorted(image for image, count in images.items() if count > 1 and _TAME.match(image)):
        wanted = f"{constant_name(image_parts(image)[0].rpartition('/')[2])}_IMAGE"
        found.images |= _declared(found, taken, wanted, found.image_of_parts(image), image)


def _name_hosts(found: Constants, entries: Iterable[Entry], taken: Names) -> None:
    """Name the hosts of the ingresses that are said again elsewhere."""
    served = {host for entry in entries for host in _served(entry.spec)}
    texts = (text for entry in entries for text in strings_in(entry.spec))
    counted = Counter(host for text in texts for host in hosts_in(text) if host in served)
    for host in sorted(host for host, count in counted.items() if count > 1):
        found.hosts |= _declared(found, taken, f"{constant_name(host.partition('.')[0])}_HOST", host, host)


def _name_mappings(found: Constants, entries: Iterable[Entry], taken: Names) -> None:
    for wanted in ("labels", "annotations"):
        counted = Counter(tuple(getattr(entry.resource.metadata, wanted).items()) for entry in entries)
        for items, count in counted.items():
            if items and count > 1 and items not in found.mappings:
                name = f"EPOCH_{items[0][1]}" if _is_epoch(items) else wanted.upper()
                found.mappings |= _declared(found, taken, name, dict(items), items)


def _name_blocks(found: Constants, owner: str, content: Any, taken: Names) -> None:
    """Name the texts of several lines in what an *owner* has, wherever they stand."""
    for key, text in _fields(content):
        if text not in found.blocks and is_block(text):
            found.blocks |= _declared(found, taken, constant_name(f"{owner} {key}"), text, text)


def _declared(found: Constants, taken: Names, wanted: str, value: Any, key: Any) -> dict[Any, Code]:
    """Declare a constant *wanted* of this *value*, and return it by the *key*; nothing where its line would be too long."""
    if isinstance(value, str) and not isinstance(value, Code) and "\n" in value:
        name = taken.new(wanted)
        found.lines += [f"{name} = {block_literal(value)}"]
        return {key: Code(name)}
    if isinstance(value, str) and len(wanted) + len(value) + 10 > WIDTH:
        return {}
    name = taken.new(wanted)
    found.lines += laid_out(value, before=f"{name} = ")
    return {key: Code(name)}


def _images(value: Any) -> Iterator[str]:
    """Yield the images in *value*, each as its reference."""
    for key, text in _fields(value):
        if key == "image":
            yield text


def _fields(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield the texts in *value* with the key under which each stands, or the list that it is in."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield from _fields(item, str(name))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _fields(item, key)


def _parts(reference: str) -> tuple[str, str, str]:
    """Return the registry with the path before the name, the name, and the tag; no registry where none is named."""
    repository, tag, digest = image_parts(reference)
    registry, _, name = repository.rpartition("/")
    if digest is not None or not re.search(r"[.:]", registry.partition("/")[0]):
        return "", name, ""
    return registry, name, tag or ""


def _served(spec: Mapping[str, Any]) -> Iterator[str]:
    """Yield the hosts of the ingress of *spec*."""
    ingress = spec.get("ingress")
    if isinstance(ingress, Mapping):
        hosts = ingress.get("hosts")
        yield from (each for each in (hosts if isinstance(hosts, list) else ()) if isinstance(each, str))


def _is_epoch(items: tuple[tuple[str, Any], ...]) -> bool:
    return len(items) == 1 and items[0][0] == EPOCH_ANNOTATION
