"""Base64 as an API server reads it in the data of Secrets and ConfigMaps."""

from __future__ import annotations

import base64
import binascii

__all__ = ["decoded"]


def decoded(text: str) -> bytes | None:
    """Return what *text* stands for; None where it is no base64. Line breaks are passed over, as Go does.

    https://pkg.go.dev/encoding/base64#Encoding.DecodeString
    """
    try:
        return base64.b64decode(text.replace("\n", "").replace("\r", ""), validate=True)
    except (binascii.Error, ValueError):  # ValueError: it is not ASCII
        return None
