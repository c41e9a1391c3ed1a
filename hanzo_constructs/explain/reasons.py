"""The reason for every value of every child, in words: the fields, settings and rules that decide it, or why it is so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ..compiler.compilation import Compilation
from ..kube.fields import Path, field_path, listed, shown, wire_name
from .as_written import as_written, written_at
from .cause import Cause
from .causes import causes, leaves
from .effects import Place
from .known_causes import KnownCauses
from .variants import links_to
from .words import words_at, words_of

__all__ = ["Reason", "reasons"]

_MOST_FIELDS = 6
"""Of more fields than these only the parts of the spec are named that they stand in."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one value of a child is what it is."""

    child: str
    """Id of the child: `Deployment`."""
    path: str
    """Field path within the child."""
    value: object
    causes: tuple[Cause, ...]
    """What decides the value; empty where it is always so."""
    is_copied: bool
    """Whether the value is, as it stands, that of a field of the resource."""
    because: str
    """Causes, and words for what nobody decides; empty where nothing is known, which is a mistake."""


def reasons(compilation: Compilation, known: KnownCauses | None = None) -> tuple[Reason, ...]:
    """Return the reason for every value of every child of *compilation*, in the order of the children.

    *known* remembers what was found out about resources of the same shape; without it everything is found out anew.
    """
    found = causes(compilation) if known is None else known.causes(compilation)
    resource = compilation.resource
    wrote = as_written(compilation)
    links = links_to(compilation.links, compilation.place)
    overlay = resource.spec.overlay
    told: list[Reason] = []
    for number, child in enumerate(compilation.children):
        words = words_of(resource.kind, child.manifest["kind"])
        for path, value in leaves(child.manifest):
            own = found[Place(number, path)]
            because = _because(words_at(path, words), own, compilation, links)
            if not because and _is_repeated(value, path, overlay.get(child.id)):
                because = _shown_path(("spec", "overlay", child.id))
            if not because and child.requested_by != "always":
                because = child.requested_by
            told.append(Reason(child.id, _shown_path(path), value, own, _is_copied(value, own, wrote), because))
    return tuple(told)


def _is_repeated(value: object, path: Path, partial: Any) -> bool:
    """Tell whether the *partial* of an overlay writes *value* at *path*, in whichever entries of the lists around it.

    Where it says again what is derived, such as the port by which a list is merged, neither changes the value alone.
    """
    if partial is None:
        return False
    place = [step for step in path if isinstance(step, str)]
    return any(
        value == other and place == [step for step in there if isinstance(step, str)]
        for there, other in leaves(partial)
    )


def _is_copied(value: object, own: Iterable[Cause], wrote: dict[str, Any]) -> bool:
    """Tell whether fields alone decide *value*, and one of them holds it."""
    deciding = [cause for cause in own if cause.source != "absence"]
    return all(cause.source == "field" for cause in deciding) and any(
        written_at(cause.name, wrote) == value for cause in deciding
    )


@lru_cache(maxsize=1024)
def _shown_path(path: Path) -> str:
    return field_path(path)  # the resources of a fleet have the same places


def _because(words: str, own: tuple[Cause, ...], compilation: Compilation, links: tuple[str, ...]) -> str:
    """Tell *words* and causes in one line."""
    parts = [words] if words else []
    if any(cause.source == "kind" for cause in own):
        parts.append(f"kind {compilation.resource.kind}")
    fields = [cause.name for cause in own if cause.source == "field"]
    defaults = [cause.name for cause in own if cause.source == "default"]
    if named := _fields_listed(fields, defaults):
        parts.append(named)
    if defaults:
        parts.append(f"default of {_fields_listed(defaults)}")
    rules = compilation.rules
    unset = []
    for source, (name, *_) in own:
        match source:
            case "setting":
                value = getattr(rules.platform, str(name))
                setting = f"{wire_name(str(name))} of the platform"
                if value is None:
                    unset.append(setting)
                else:
                    parts.append(f"{setting} ({shown(value)})")
            case "rule":
                parts.append(f"epoch {rules.epoch.name}, rule {wire_name(str(name))}")
            case "link":
                parts.append(links[int(name)])
    absent = [cause.name for cause in own if cause.source == "absence"]
    if absent or unset:
        whole = [path for path in absent if not any(path[: len(other)] == other != path for other in absent)]
        parts.append(f"unless {', '.join((*([_fields_listed(whole)] if whole else ()), *unset))}")
    return "; ".join(parts)


def _fields_listed(paths: list[Path], inside: Iterable[Path] = ()) -> str:
    """Name the fields at *paths*; of many, the parts of the spec that they stand in.

    Those around others, or around the paths *inside*, go without saying.
    """
    others = [*paths, *inside]
    inner = [path for path in paths if not any(other != path and other[: len(path)] == path for other in others)]
    if len(inner) > _MOST_FIELDS:
        inner = [path[:2] for path in inner]
    return listed([*dict.fromkeys(map(_shown_path, inner))], none="")
