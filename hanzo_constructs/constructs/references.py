"""What a datastore tells others about itself, and who uses it: in mappings, models and texts made of it alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pydantic import PrivateAttr

from ..errors import SpecError
from ..kube.core import EnvVarSource, SecretKeySelector
from ..kube.fields import Path
from ..kube.model import Model, written
from .cdk import IConstruct

if TYPE_CHECKING:
    from ..compiler import Compilation
    from ..spec.exposure import NetworkPolicyPeer
    from .datastore import DatastoreConstruct

__all__ = ["SecretRef", "Used", "known_hosts"]

_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")


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
    """What a spec uses of datastores, found while plain values are put in the place of references."""

    def __init__(self, hosts: Mapping[str, DatastoreConstruct]) -> None:
        """Take a text that contains one of *hosts* for a use: an f-string of a URL as much as the URL itself."""
        self._hosts = hosts
        self._datastores: dict[DatastoreConstruct, None] = {}
        self._secrets: list[tuple[Path, SecretRef]] = []

    def plain(self, value: Any, at: Path = ()) -> Any:
        """Return *value*, which stands *at* a place in the resource, without references."""
        kind = type(value)
        if kind is str:
            if self._hosts and ".svc." in value:
                self._read(value)
        elif isinstance(value, SecretRef):
            self._datastores[value.datastore] = None
            self._secrets.append((at, value))
            return written(value)
        elif isinstance(value, Mapping):
            return {key: self.plain(item, (*at, key)) for key, item in value.items()}
        elif kind is list or kind is tuple:
            return [self.plain(item, (*at, index)) for index, item in enumerate(value)]
        elif isinstance(value, Model):  # which stays as it is: a reference in it is a source too
            for name, item in _fields(value):
                self.plain(item, (*at, name))
        return value

    def admissions(self, client: Compilation) -> list[tuple[DatastoreConstruct, tuple[NetworkPolicyPeer, ...]]]:
        """Return the pods of *client* as each datastore lets them in; raises `SpecError` where that cannot be."""
        owner = client.owner
        if findings := [finding for at, ref in self._secrets for finding in ref.datastore._withheld(ref, owner, at)]:
            raise SpecError(findings)
        return [(datastore, datastore._peers_of(client)) for datastore in self._datastores]

    def _read(self, text: str) -> None:
        for host in _HOST.findall(text):
            if datastore := self._hosts.get(host):
                self._datastores[datastore] = None


def known_hosts(root: IConstruct) -> dict[str, DatastoreConstruct]:
    """Return the datastores of the tree below *root* that have told their address, by host name."""
    hosts: dict[str, DatastoreConstruct] = vars(root).setdefault("_known_hosts", {})
    return hosts


def _fields(model: Model) -> Iterator[tuple[str, Any]]:
    """Yield what the user wrote of *model*, by wire name."""
    for name, field in type(model).model_fields.items():
        if name in model.model_fields_set:
            yield field.alias or name, getattr(model, name)
