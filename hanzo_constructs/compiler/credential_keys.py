"""Which variables a server must be told, and which Secrets of the set may hold them: the proof looks into those."""

from __future__ import annotations

from collections.abc import Iterator

from ..spec.datastore import Datastore
from ..spec.secrets import KeyNeed

__all__ = ["key_needs"]


def key_needs(datastore: Datastore) -> Iterator[KeyNeed]:
    """Yield what the Secrets that *datastore* fills its environment from must hold together.

    Where a file, an argument or an entry point of the user's own may bring credentials, nobody can tell.
    """
    if not datastore.spec.credentials_secret or datastore.spec.command:
        return
    chosen, spec = datastore.chosen, datastore.spec
    known = chosen.generation.credentials
    told = any(option in word for option in known.options for word in spec.args or ())
    if not chosen.is_known or not known.required or spec.insecure or told:
        return
    written = {variable.name for variable in spec.env}
    wanted = tuple(group for group in known.required if not written.intersection(group))
    sources = [("Secret", str(spec.credentials_secret), "")]
    for source in spec.env_from:
        kind, reference = ("Secret", source.secret_ref) if source.secret_ref else ("ConfigMap", source.config_map_ref)
        sources.append((kind, (reference and reference.name) or "", source.prefix or ""))
    for group in wanted:
        yield KeyNeed("spec.credentialsSecret", tuple(sources), group, chosen.generation.name)
