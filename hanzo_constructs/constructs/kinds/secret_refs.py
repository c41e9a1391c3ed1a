"""What reads Secrets in the spec of a construct, in mappings and models alike, and the plain values in its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...compiler.offers import Offer
from ...compiler.targets import unreadable
from ...errors import Finding, SpecError
from ...kube.fields import Path, field_path
from ...kube.model import Model, written
from ...kube.owner import Owner
from .composed_text import ComposedText
from .secret_ref import SecretRef

__all__ = ["SecretRefs"]

_SCALARS = frozenset((str, int, float, bool, type(None)))


class SecretRefs:
    """The `SecretRef`s of a spec, collected while plain values replace them."""

    def __init__(self) -> None:
        self._secrets: list[tuple[Path, SecretRef]] = []

    def plain(self, value: Any, at: Path = ()) -> Any:
        """Return *value*, which stands *at* a place in the resource, with plain values instead of references.

        What is plain already is returned as it is.
        """
        if _is_plain(value):
            return value
        if isinstance(value, SecretRef):
            self._secrets.append((at, value))
            return written(value)
        if isinstance(value, Mapping):
            return dict(self._items(value, at))
        if type(value) in {list, tuple}:
            return [each for index, item in enumerate(value) for each in self._entries(item, (*at, index))]
        if isinstance(value, ComposedText):
            message = "has a Secret in it, and can only be the value of a variable in env"
            raise SpecError([Finding(message, field_path(at))])
        if isinstance(value, Model):  # a reference in a model stays, because it is a valid EnvVarSource
            for name, item in _fields(value):
                self.plain(item, (*at, name))
        return value

    def _items(self, value: Mapping[Any, Any], at: Path) -> Iterator[tuple[Any, Any]]:
        """Yield the items of a mapping; in an env, a text with secrets takes several."""
        for key, item in value.items():
            if isinstance(item, ComposedText) and at[-1:] == ("env",):
                yield from ((name, self.plain(each, (*at, key))) for name, each in item.variables(key))
            else:
                yield key, self.plain(item, (*at, key))

    def _entries(self, item: Any, at: Path) -> Iterator[Any]:
        """Yield what stands for an entry of a list; in an env, a text with secrets takes several."""
        text = item.get("value") if isinstance(item, Mapping) and at[-2:-1] == ("env",) else None
        if not isinstance(text, ComposedText):
            yield self.plain(item, at)
            return
        for name, each in text.variables(item.get("name", "")):
            field = "value" if isinstance(each, str) else "valueFrom"
            yield {"name": name, field: self.plain(each, (*at, field))}

    @property
    def datastores(self) -> tuple[Offer, ...]:
        """Those whose credentials are referred to, each once."""
        return tuple({ref.datastore.owner: ref.datastore for _, ref in self._secrets}.values())

    def check_readable(self, client: Owner) -> None:
        """Raise `SpecError` where the pods of *client* are in another namespace than a Secret that they refer to."""
        namespace = client.namespace or ""
        elsewhere = [(at, ref) for at, ref in self._secrets if ref.datastore.namespace != namespace]
        if elsewhere:
            raise SpecError(
                Finding(
                    unreadable(ref.datastore.secret or "", ref.datastore.owner, ref.datastore.namespace, namespace),
                    field_path(at),
                )
                for at, ref in elsewhere
            )


def _fields(model: Model) -> Iterator[tuple[str, Any]]:
    """Yield what the user wrote of *model*, by wire name."""
    for name, field in type(model).model_fields.items():
        if name in model.model_fields_set:
            yield field.alias or name, getattr(model, name)


def _is_plain(value: Any) -> bool:
    """Tell whether *value* is what a file could hold: dicts, lists and scalars, and nothing that only resembles them."""
    kind = type(value)
    if kind is dict:
        items = value.values()
    elif kind is list:
        items = value
    else:
        return kind in _SCALARS
    for item in items:  # noqa: SIM110 - a generator for each mapping takes as long as the rest
        if type(item) not in _SCALARS and not _is_plain(item):
            return False
    return True
