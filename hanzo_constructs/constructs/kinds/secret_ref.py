"""Keys of the Secret of a datastore as values in the specs of other constructs."""

from __future__ import annotations

from typing import Never

from pydantic import PrivateAttr

from ...compiler.offers import Offer
from ...errors import ArgumentError, Finding
from ...kube.core import EnvVarSource, SecretKeySelector
from ..node.caller import caller

__all__ = ["SecretRef"]

_NO_TEXT = (
    "a key of a Secret is the whole value of a variable, and no part of a text; for that there is url(password=...)"
)


class SecretRef(EnvVarSource):
    """A key of the Secret with a datastore's credentials, as the source of an environment variable."""

    _datastore: Offer = PrivateAttr()

    @classmethod
    def to(cls, datastore: Offer, key: str) -> SecretRef:
        """Return the source that reads *key* of the Secret of *datastore*, which has one."""
        self = cls(secret_key_ref=SecretKeySelector(name=datastore.secret or "", key=key))
        self._datastore = datastore
        return self

    def __str__(self) -> Never:
        """Refuse to become a text, which could not be a reference any more."""
        raise _no_text()

    def __format__(self, _: str) -> Never:
        """Refuse to become a part of an f-string, likewise."""
        raise _no_text()

    def __add__(self, _: object) -> Never:
        """Refuse to become a part of a text, likewise."""
        raise _no_text()

    __radd__ = __add__

    @property
    def key(self) -> str:
        """The key of the Secret."""
        return self.secret_key_ref.key if self.secret_key_ref else ""

    @property
    def datastore(self) -> Offer:
        """The datastore that the credentials are for."""
        return self._datastore


def _no_text() -> ArgumentError:
    return ArgumentError([Finding(_NO_TEXT, where=str(caller()))])
