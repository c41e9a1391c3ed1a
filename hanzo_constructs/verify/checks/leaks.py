"""No value of a Secret stands anywhere else: manifests are read by many, and kept for ever."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from ...errors import Finding
from ...kube.fields import Path, field_path
from ..facts import SecretValue
from ..hosts import Text
from ..index import SetIndex
from ..objects import Origin

__all__ = ["leak_findings"]

_SHORTEST = 6
"""Shorter values stand in any text by chance."""

_PUBLIC_KEYS = frozenset(
    (
        *("user", "username", "name", "email", "host", "hostname", "port", "scheme", "database", "dbname", "db"),
        *("region", "endpoint", "bucket", "type", "issuer", "ca.crt", "tls.crt", "ca-cert.pem", "service-ca.crt"),
    )
)
"""Keys of Secrets whose values are known anyway."""


class _Needle(NamedTuple):
    text: str
    secret: SecretValue
    form: str

    @property
    def severity(self) -> Literal["error", "warning"]:
        """A word or a number may stand elsewhere by chance: people keep whole environments in a Secret."""
        value = self.secret.value
        plain = value == value.lower() and not any(map(str.isdigit, value))
        return "warning" if plain or value.isdigit() else "error"


def leak_findings(set_index: SetIndex) -> Iterator[tuple[Origin, Finding]]:
    """Yield texts that contain a value of a Secret of the set, as it is or in base64; never the value itself."""
    needles = _by_beginning(set_index)
    if not needles:
        return
    for text in set_index.texts:
        for path, value in _strings(text):
            # One look-up per position, so that the time does not grow with the number of secrets.
            for start in range(len(value) - _SHORTEST + 1):
                for needle in needles.get(value[start : start + _SHORTEST], ()):
                    if value.startswith(needle.text, start):
                        secret = needle.secret
                        message = f"contains {needle.form} of {secret.key} of {secret.origin.described}; refer to the Secret instead"
                        yield text[0], Finding(message, field_path(path), severity=needle.severity)


def _by_beginning(set_index: SetIndex) -> dict[str, list[_Needle]]:
    needles: dict[str, list[_Needle]] = {}
    for secret in set_index.secrets:
        value = secret.value.strip()
        if len(value) < _SHORTEST or secret.key.lower() in _PUBLIC_KEYS:
            continue
        # The last characters of base64 depend on what follows the value.
        encoded = base64.b64encode(value.encode()).decode().rstrip("=")[: len(value.encode()) // 3 * 4]
        for needle in (_Needle(value, secret, "the value"), _Needle(encoded, secret, "the value (in base64)")):
            needles.setdefault(needle.text[:_SHORTEST], []).append(needle)
    return needles


def _strings(text: Text) -> Iterator[tuple[Path, str]]:
    _, path, values, tail = text
    pairs: Iterable[tuple[str | int, object]] = values.items() if isinstance(values, Mapping) else enumerate(values)
    for step, value in pairs:
        if isinstance(value, str):
            yield (*path, step, *tail), value
