"""What one construct tells another about itself, in a way that remembers whom it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from .datastore import DatastoreConstruct

__all__ = ["ConnectionUrl", "SecretRef", "dereferenced"]


class ConnectionUrl(str):
    """The URL of a datastore; as part of a spec it also says that its user connects to the datastore.

    That goes for specs that are mappings. `url + "/orders"` is one too; other texts made of it (f-strings), and what a
    model such as ServiceSpec makes of it, are nothing but texts.
    """

    __slots__ = ("datastore",)

    datastore: DatastoreConstruct

    def __new__(cls, url: str, datastore: DatastoreConstruct) -> Self:
        """Remember the *datastore* that *url* leads to."""
        self = super().__new__(cls, url)
        self.datastore = datastore
        return self

    def __add__(self, rest: str) -> ConnectionUrl:
        """Return the URL with the *rest* of it, such as the name of a database."""
        return ConnectionUrl(super().__add__(rest), self.datastore)


@dataclass(frozen=True, slots=True)
class SecretRef:
    """A key of the Secret with a datastore's credentials, for the value of an environment variable."""

    datastore: DatastoreConstruct
    secret: str
    key: str

    @property
    def source(self) -> dict[str, Any]:
        """Where the value comes from, as Kubernetes writes it."""
        return {"secretKeyRef": {"name": self.secret, "key": self.key}}


def dereferenced(spec: Any) -> tuple[Any, tuple[DatastoreConstruct, ...]]:
    """Return *spec* with plain values in the place of references, and the datastores that they are about."""
    datastores: dict[DatastoreConstruct, None] = {}
    return _plain(spec, datastores), tuple(datastores)


def _plain(value: Any, datastores: dict[DatastoreConstruct, None]) -> Any:
    kind = type(value)
    if kind is str or kind is int:
        return value
    if isinstance(value, ConnectionUrl):
        datastores[value.datastore] = None
        return str(value)
    if isinstance(value, SecretRef):
        datastores[value.datastore] = None
        return value.source
    if isinstance(value, Mapping):
        return {key: _plain(item, datastores) for key, item in value.items()}
    if kind is list or kind is tuple:
        return [_plain(item, datastores) for item in value]
    return value
