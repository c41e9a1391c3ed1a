"""Keys of the Secret of a datastore as values in the specs of other constructs."""

from __future__ import annotations

from pydantic import PrivateAttr

from ...compiler.offers import Offer
from ...kube.core import EnvVarSource, SecretKeySelector

__all__ = ["SecretRef"]


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
    def key(self) -> str:
        """The key of the Secret."""
        return self.secret_key_ref.key if self.secret_key_ref else ""

    @property
    def datastore(self) -> Offer:
        """The datastore that the credentials are for."""
        return self._datastore
