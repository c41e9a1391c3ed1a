"""ExternalSecret: a Secret that the External Secrets operator fills from a secret store."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ..kube.duration import in_one_unit
from ..kube.manifest import Manifest, manifest, present
from ..kube.owner import Owner
from ..platform import SecretStore
from ..spec.placeholders import Piece, Reference

__all__ = ["WHY", "RemoteKey", "external_secret", "template_text"]

_HOUR = "1h"
_BRACES = re.compile(r"\{+")

WHY = {
    "spec.refreshInterval": "what the operator does by itself",
    "spec.target.creationPolicy": "the Secret goes with what fills it",
    "spec.target.template.engineVersion": "the first engine is gone",
}
"""What is always so, and why: by the place in the object, of which `[*]` is any index."""


class RemoteKey(NamedTuple):
    """A value of a secret store."""

    name: str
    """What it is called here."""
    secret: str
    """The secret in the store."""
    key: str
    store: SecretStore


def external_secret(  # noqa: PLR0913 - the parts of the object
    owner: Owner,
    name: str,
    store: SecretStore,
    *,
    keys: Sequence[RemoteKey] = (),
    whole: str | None = None,
    refresh: str | None = None,
    template: Mapping[str, str] | None = None,
) -> Manifest:
    """Fill the Secret *name* from *store*: with *keys*, or with all keys of the secret *whole*.

    With a *template*, the Secret holds its texts alone, in which the keys stand under their names.
    """
    return manifest(
        "ExternalSecret",
        owner,
        name=name,
        spec=present(
            {
                "refreshInterval": in_one_unit(refresh or _HOUR),
                "secretStoreRef": _store(store),
                "target": present(
                    {
                        "name": name,
                        "creationPolicy": "Owner",
                        "template": {"engineVersion": "v2", "data": dict(template)} if template else None,
                    }
                ),
                "data": [_data(each, store) for each in keys] or None,
                "dataFrom": None if whole is None else [{"extract": {"key": whole}}],
            }
        ),
    )


def _store(store: SecretStore) -> dict[str, str]:
    return {"name": store.name, "kind": store.kind}


def _data(key: RemoteKey, store: SecretStore) -> dict[str, Any]:
    return present(
        {
            "secretKey": key.name,
            "remoteRef": {"key": key.secret, "property": key.key},
            "sourceRef": {"storeRef": _store(key.store)} if key.store != store else None,
        }
    )


def template_text(
    pieces: Iterable[Piece], variable_of: Callable[[Reference], str], text_of: Callable[[Reference], str]
) -> str:
    """Return the template that gives the text of *pieces*: with the variables of secrets, and nothing else that it reads.

    *variable_of* names the variable of a reference to a secret; nothing for another one, whose text is that of *text_of*.
    """
    parts: list[str] = []
    plain = ""
    for piece in pieces:
        variable = "" if isinstance(piece, str) else variable_of(piece)
        if isinstance(piece, str) or not variable:
            plain += piece if isinstance(piece, str) else text_of(piece)
            continue
        parts += [_quoted(plain, before_action=True), f"{{{{ .{variable} }}}}"]
        plain = ""
    return "".join((*parts, _quoted(plain, before_action=False)))


def _quoted(text: str, *, before_action: bool) -> str:
    """Return *text* so that a template gives it as it stands: braces that could begin an action stand in one as a string."""

    def braces(found: re.Match[str]) -> str:
        begins = len(found[0]) > 1 or (before_action and found.end() == len(text))
        return f'{{{{ "{found[0]}" }}}}' if begins else found[0]

    return _BRACES.sub(braces, text)
