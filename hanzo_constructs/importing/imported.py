"""What an import finds, whatever it reads: resources, objects that stand beside them, and what neither can say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from ..kube.fields import Path, field_path, shown, type_shown
from ..kube.manifest import Manifest

__all__ = ["Imported", "Left"]


class Left(NamedTuple):
    """Something of a source that no resource and no object of the import says."""

    source: str
    """The file and, where it is known, the line and the object: `compose.yaml:12: service web`."""
    path: str
    """The field in the words of the source: `services.web.networks`."""
    value: str
    """What stands there, in words that give no secret away."""
    why: str
    """Why it is left, and what to do instead; lower case, no final period."""

    @classmethod
    def of(cls, source: str, path: Path, value: Any, why: str, *, is_secret: bool = False) -> Left:
        """Note that *value* at *path* is left; one that may be a secret (*is_secret*) is named by its type alone."""
        words = type_shown(value) if is_secret else _in_words(value)
        return cls(source, field_path(path), words, why)


class Imported(NamedTuple):
    """What one or more sources come to."""

    resources: tuple[Manifest, ...] = ()
    """Documents of resources, of the version that is compiled."""
    objects_beside: tuple[Manifest, ...] = ()
    """Objects of the user's own, which stay as they are."""
    remainder: tuple[Left, ...] = ()
    """What is left, in the order of the sources."""

    @classmethod
    def together(cls, parts: Iterable[Imported]) -> Imported:
        """Return what all *parts* come to, in their order."""
        resources: list[Manifest] = []
        objects: list[Manifest] = []
        remainder: list[Left] = []
        for part in parts:
            resources += part.resources
            objects += part.objects_beside
            remainder += part.remainder
        return cls(tuple(resources), tuple(objects), tuple(remainder))


def _in_words(value: Any) -> str:
    """Return *value* on one line: texts are cut, and what looks like a password in them is left out."""
    if isinstance(value, dict) and value:
        return f"a mapping of {', '.join(sorted(map(str, value)))}"
    if isinstance(value, list | tuple) and value:
        return (
            ", ".join(map(shown, value))
            if all(map(_is_plain, value)) and len(value) <= 3
            else f"a list of {len(value)}"
        )
    return shown(value)


def _is_plain(value: Any) -> bool:
    return not isinstance(value, dict | list | tuple)
