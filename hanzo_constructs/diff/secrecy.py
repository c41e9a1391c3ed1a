"""What in manifests may be a secret, and texts without it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from ..kube.fields import has_credentials

__all__ = ["HIDDEN", "named_like_a_secret", "texts_without_secrets", "without_secrets"]

HIDDEN = "(hidden)"
"""What is printed instead of what may be a secret."""

_WORDS = r"(?:passw|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential)"
_NO_VALUE = r"(?![\w-]*(?:files?|path|names?|ref|dir|ttl|enabled|length|class|type|store|duration|timeout|expir\w*)\b)"
"""The end of the name of what says where a secret is, or how one is made."""
_NAME = re.compile(
    r"passw|passphrase|pass$|pass_|pwd|secret|token|credential|auth|salt|webhook|[a-z0-9][_-]key$|access[_-]?key|api[_-]?key"
    r"|private[_-]?key",
    re.IGNORECASE,
)
_OPTION = re.compile(rf"-{{1,2}}[\w.-]*{_WORDS}{_NO_VALUE}[\w-]*\Z|(?:--)?(?:requirepass|masterauth)\Z", re.IGNORECASE)
"""An argument after which a secret stands in one of its own."""
_IN_TEXT = re.compile(
    rf"""((?:[\w.-]*{_WORDS}{_NO_VALUE}[\w-]*|[A-Z]*PASS|\w*pwd)(?:["']?[ \t]*=[ \t]*|["']?[ \t]*:[ \t]+|["']:)|--[\w-]*{_WORDS}{_NO_VALUE}[\w-]*[ \t]+"""
    r"""|\b(?:requirepass|masterauth|bearer|basic)[ \t]+)("[^"\n]*"|'[^'\n]*'|[^\s"',;]+)""",
    re.IGNORECASE,
)
"""In a longer text what names a secret, and the secret: `password: x`, `--token x`, `Bearer x`."""
_REFERENCE = re.compile(r"""["']?(?:\$[({]?\w|\{\{|\(hidden\))""")
"""A variable, or a part of a template, which only says where the secret is."""
_PRIVATE_KEY = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)", re.DOTALL)


def named_like_a_secret(name: str) -> bool:
    """Tell whether a value is probably a secret, by the *name* of its variable, key or header."""
    return _NAME.search(name) is not None


def without_secrets(text: str) -> str:
    """Return *text* with `(hidden)` for what looks like a secret in it; with credentials in a URL, only that."""
    if has_credentials(text):
        return HIDDEN
    return _IN_TEXT.sub(_hidden, _PRIVATE_KEY.sub(HIDDEN, text) if "PRIVATE KEY" in text else text)


def texts_without_secrets(items: Sequence[Any]) -> Iterator[Any]:
    """Yield each of *items*, such as arguments of a program, without secrets: also one whose name is the item before it."""
    before = ""
    for each in items:
        if not isinstance(each, str):
            yield each
        elif _OPTION.match(before) and not _REFERENCE.match(each):
            yield HIDDEN
        else:
            yield without_secrets(each)
        before = each if isinstance(each, str) else ""


def _hidden(found: re.Match[str]) -> str:
    return found[0] if _REFERENCE.match(found[2]) else f"{found[1]}{HIDDEN}"
