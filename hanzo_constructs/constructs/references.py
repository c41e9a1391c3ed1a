"""Secrets of a datastore as values in the specs of others: in mappings and models alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pydantic import PrivateAttr

from ..errors import SpecError
from ..kube.core import EnvVarSource, SecretKeySelector
from ..kube.fields import Path
from ..kube.model import Model, written

if TYPE_CHECKING:
    from ..kube.owner import Owner
    from .datastore import DatastoreConstruct

__all__ = ["SecretRef", "Used"]


class SecretRef(EnvVarSource):
    """A key of the Secret with a datastore's credentials, as the source of an environment variable."""

    _datastore: DatastoreConstruct = PrivateAttr()

    @classmethod
    def to(cls, datastore: DatastoreConstruct, secret: str, key: str) -> SecretRef:
        """Return the source that reads *key* of *secret*, which holds the credentials of *datastore*."""
        self = cls(secret_key_ref=SecretKeySelector(name=secret, key=key))
        self._datastore = datastore
        return self

    @property
    def datastore(self) -> DatastoreConstruct:
        """The datastore that the credentials are for."""
        return self._datastore


class Used:
    """The references to datastores that a spec holds, found while plain values are put in their place."""

    def __init__(self) -> None:
        self._secrets: list[tuple[Path, SecretRef]] = []

    def plain(self, value: Any, at: Path = ()) -> Any:
        """Return *value*, which stands *at* a place in the resource, without references."""
        kind = type(value)
        if kind is str:
            return value
        if isinstance(value, SecretRef):
            self._secrets.append((at, value))
            return written(value)
        if isinstance(value, Mapping):
            return {key: self.plain(item, (*at, key)) for key, item in value.items()}
        if kind is list or kind is tuple:
            return [self.plain(item, (*at, index)) for index, item in enumerate(value)]
        if isinstance(value, Model):  # which stays as it is: a reference in it is a source too
            for name, item in _fields(value):
                self.plain(item, (*at, name))
        return value

    @property
    def datastores(self) -> tuple[DatastoreConstruct, ...]:
        """Those whose credentials are referred to, each once."""
        return tuple(dict.fromkeys(ref.datastore for _, ref in self._secrets))

    def withhold(self, client: Owner) -> None:
        """Raise `SpecError` where the pods of *client* cannot read a secret that they refer to."""
        if findings := [finding for at, ref in self._secrets for finding in ref.datastore._withheld(ref, client, at)]:
            raise SpecError(findings)


def _fields(model: Model) -> Iterator[tuple[str, Any]]:
    """Yield what the user wrote of *model*, by wire name."""
    for name, field in type(model).model_fields.items():
        if name in model.model_fields_set:
            yield field.alias or name, getattr(model, name)
