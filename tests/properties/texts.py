"""Names, paths and amounts to draw: each in one or two draws, where a regular expression takes one for every character."""

from __future__ import annotations

import re
from string import ascii_letters, ascii_lowercase, ascii_uppercase, digits

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

__all__ = [
    "amounts",
    "data_keys",
    "digests",
    "dns_labels",
    "durations",
    "hosts",
    "images",
    "keys",
    "label_names",
    "names",
    "object_names",
    "path_texts",
    "port_names",
    "segments",
    "service_names",
    "sub_paths",
    "tags",
    "text_of",
    "values",
    "variables",
    "words",
]

_ALPHANUMERIC = ascii_lowercase + digits
_SLASHES = re.compile("/+")


def text_of(first: str, rest: str, last: str, least: int, most: int) -> SearchStrategy[str]:
    """Return texts of *least* to *most* of the characters *rest* between one of *first* and one of *last*."""

    def framed(text: str) -> str:
        head = _one_of(first, text[:1])
        return head if len(text) < 2 else head + text[1:-1] + _one_of(last, text[-1])

    return st.text("".join(dict.fromkeys(first + rest + last)), min_size=least, max_size=most).map(framed)


def _one_of(allowed: str, character: str) -> str:
    if not character or character in allowed:
        return character
    return allowed[ord(character) % len(allowed)]


def _label(first: str, most: int) -> SearchStrategy[str]:
    return text_of(first, f"-{_ALPHANUMERIC}", _ALPHANUMERIC, 1, most).map(lambda text: text.strip("-"))


def durations(*units: str) -> SearchStrategy[str]:
    """Return lengths of time in *units*."""
    return st.tuples(st.integers(1, 999), st.sampled_from(units)).map(lambda both: f"{both[0]}{both[1]}")


names = _label(ascii_lowercase, 63)
dns_labels = _label(_ALPHANUMERIC, 22)
service_names = _label(ascii_lowercase, 22)
object_names = st.tuples(_label(_ALPHANUMERIC, 12), st.sampled_from(("", ".v1", ".0.example"))).map("".join)
hosts = st.tuples(
    st.sampled_from(("", "*.")),
    _label(ascii_lowercase, 12),
    st.sampled_from((".ai", ".example", ".example.com", ".hanzo.ai")),
).map("".join)
port_names = text_of(ascii_lowercase, _ALPHANUMERIC, _ALPHANUMERIC, 1, 15)
values = text_of(ascii_letters + digits, ascii_letters + digits + "-_.", ascii_letters + digits, 0, 22)
keys = st.tuples(
    st.sampled_from(("", "example.com/")), text_of(ascii_lowercase, _ALPHANUMERIC, _ALPHANUMERIC, 1, 10)
).map("".join)
data_keys = st.text(ascii_letters + digits + "-._", min_size=1, max_size=20)
label_names = text_of(f"{ascii_letters}_", f"{ascii_letters}{digits}_", f"{ascii_letters}{digits}_", 1, 21)
variables = text_of(ascii_uppercase, f"{ascii_uppercase}{digits}_", f"{ascii_uppercase}{digits}_", 1, 13)
words = st.text(ascii_lowercase, min_size=1, max_size=9)
segments = st.text(f"{_ALPHANUMERIC}._~-", min_size=1, max_size=6)
path_texts = st.text(f"{ascii_lowercase}/", max_size=20).map(lambda text: _SLASHES.sub("/", f"/{text}"))
sub_paths = st.lists(words, min_size=1, max_size=2).map("/".join)
digests = st.text("0123456789abcdef", min_size=64, max_size=64).map(lambda digits: f"sha256:{digits}")
amounts = st.tuples(st.integers(1, 9999), st.sampled_from(("", "m", "Mi", "Gi"))).map(
    lambda both: f"{both[0]}{both[1]}"
)
images = st.tuples(words, st.integers(0, 999)).map(lambda both: f"ghcr.io/hanzoai/{both[0]}:v{both[1]}")
tags = text_of(f"{ascii_letters}{digits}_", f"{ascii_letters}{digits}_.-", f"{ascii_letters}{digits}_.-", 1, 71)
