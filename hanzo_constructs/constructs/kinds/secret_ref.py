"""Keys of the Secret of a datastore as values in the specs of other constructs, in mappings and models alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import PrivateAttr

from ...compiler.offers import Offer
from ...errors import Finding, SpecError
from ...kube.core import EnvVarSource, SecretKeySelector
from ...kube.fields import Path, field_path
from ...kube.model import Model, written
from ...kube.owner import Owner

__all__ = ["SecretRef", "SecretRefs"]


class SecretRef(EnvVarSource):
    """A key of the Secret with a datastore's credentials, as the source of an environment variable."""

    _datastore: Offer = PrivateAttr()

    @classmethod
    def to(cls, datastore: Offer, key: str) -> SecretRef:
        """Return the source that reads *key* of the Secret of *datastore*, which has one."""
        self = cls(secret_key_ref=SecretKeySelector(name=datastore.secret or "", key=key))
        self._datastore = datastore
        return self

    @property
    def datastore(self) -> Offer:
        """The datastore that the credentials are for."""
        return self._datastore


class SecretRefs:
    """The `SecretRef`s of a spec, collected while plain values replace them."""

    def __init__(self) -> None:
        self._secrets: list[tuple[Path, SecretRef]] = []

    def plain(self, value: Any, at: Path = ()) -> Any:
        """Return *value*, which stands *at* a place in the resource, with plain values instead of references."""
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
        if isinstance(value, Model):  # a reference in a model stays, because it is a valid EnvVarSource
            for name, item in _fields(value):
                self.plain(item, (*at, name))
        return value

    @property
    def datastores(self) -> tuple[Offer, ...]:
        """Those whose credentials are referred to, each once."""
        return tuple({ref.datastore.owner: ref.datastore for _, ref in self._secrets}.values())

    def check_readable(self, client: Owner) -> None:
        """Raise `SpecError` where the pods of *client* are in another namespace than a Secret that they refer to."""
        namespace = client.namespace or ""
        elsewhere = [(at, ref) for at, ref in self._secrets if ref.datastore.namespace != namespace]
        if elsewhere:
            raise SpecError([Finding(_unreadable(ref.datastore, namespace), field_path(at)) for at, ref in elsewhere])


def _unreadable(datastore: Offer, namespace: str) -> str:
    return (
        f"pods in {namespace or 'no namespace'} cannot read the Secret {datastore.secret} of {datastore.owner}, which is"
        f" in {datastore.namespace or 'none'}; write a secretKeyRef to a Secret of their own namespace"
    )


def _fields(model: Model) -> Iterator[tuple[str, Any]]:
    """Yield what the user wrote of *model*, by wire name."""
    for name, field in type(model).model_fields.items():
        if name in model.model_fields_set:
            yield field.alias or name, getattr(model, name)
