"""What an API server says of an object that it refuses, without the values of the object: some are secret."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from ..kube.manifest import Manifest

__all__ = ["Denial", "denial_of", "is_admission", "refusal_text", "without_values", "without_words_of"]

_VALUE = re.compile(r"\b(?P<what>(?:Invalid|Unsupported|Duplicate) value): ")
"""What the server writes before a value, from `ErrorBody` in `k8s.io/apimachinery/pkg/util/validation/field/errors.go`."""
_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"')
"""A quoted text, with the escapes of Go, of which JSON does not know all."""
_TYPED = re.compile(r", got &value\.\w+\{.*", re.DOTALL)
"""How server-side apply shows a value of another type than the schema says."""

_DENIED = re.compile(
    r"""(?P<who>admission webhook "[^"]*"|ValidatingAdmissionPolicy '[^']*' with binding '[^']*')"""
    r" denied (?:the )?request(?:: (?P<why>.*)| without explanation)?",
    re.DOTALL,
)
"""From `ToStatusErr` in `k8s.io/apiserver/pkg/admission/plugin/webhook/errors/statuserror.go`, and
`policy/validating/dispatcher.go` beside it."""
_SILENT = re.compile(r"failed calling webhook (?P<name>\"[^\"]*\")|(?P<conversion>conversion webhook for [^\s,]+)")
"""How the server says that a webhook does not answer, or not as it should: with the code 500."""
_ADMISSION = re.compile(r' is forbidden: (?!User ")')
"""What the server says of an object that admission refuses; who lacks a permission is named behind the same words."""

_FREE = frozenset({"annotations", "args", "command", "data", "stringData", "triggers", "value"})
"""Fields below which people write whatever they want, and so what is secret."""
_NAMES = frozenset({"image", "kind", "name", "namespace"})
"""Fields of names, which are no secret."""
_WORD = re.compile(r"[^\s\"'`,;:=()\[\]{}<>|&]+")
_LEAST, _LEAST_WITHIN = 3, 4
"""Characters of a word that says something of a value; and of a value that is looked for within a word."""


class Denial(NamedTuple):
    """An object that a webhook or a policy does not let pass."""

    said: str
    """That it does not, and which one it is."""
    why: str = ""
    """What it says itself: it may quote any value of the object, as it is and as it was before."""


def denial_of(message: str) -> Denial | None:
    """Return what *message* of an API server says of a webhook or a policy; None where none is to blame."""
    if matched := _DENIED.search(message):
        return Denial(f"the {matched['who']} denied it", " ".join((matched["why"] or "").split()))
    if matched := _SILENT.search(message):
        who = f"admission webhook {matched['name']}" if matched["name"] else matched["conversion"]
        return Denial(f"the {who} does not answer as it should")
    return None


def is_admission(message: str) -> bool:
    """Tell whether *message*, of the code 403, is about the object, such as a quota, and not about who asks."""
    return _ADMISSION.search(message) is not None


def refusal_text(message: str, objects: Iterable[Manifest]) -> str:
    """Return *message* of an API server that refuses one of *objects*, without their values."""
    denial = denial_of(message)
    if denial is None:
        return without_values(message)
    return ": ".join(filter(None, (denial.said, without_words_of(denial.why, objects))))


def without_values(message: str) -> str:
    """Return *message* of an API server without the values that it repeats; fields and reasons stay.

    A value of which it cannot be told where it ends takes along what stands behind it.
    """
    message, kept, position = _TYPED.sub("", message), "", 0
    while matched := _VALUE.search(message, position):
        kept += message[position : matched.start()] + matched["what"]
        position = _end_of_value(message, matched.end())
    return kept + message[position:]


def without_words_of(text: str, objects: Iterable[Manifest]) -> str:
    """Return *text* with `...` for each word that stands in a value of *objects*, or in which such a value stands.

    Names and images are no secret, whatever else has them.
    """
    found = [each for one in objects for each in _texts(one)]
    values, names = ([each for is_value, each in found if is_value is wanted] for wanted in (True, False))
    parts = {word for each in values for word in _WORD.findall(each) if len(word) >= _LEAST_WITHIN}
    whole = "\n".join(values)

    def shown(matched: re.Match[str]) -> str:
        word = matched[0]
        is_said = len(word) >= _LEAST and (word in whole or any(part in word for part in parts))
        return "..." if is_said and word not in names else word

    return _WORD.sub(shown, text)


def _texts(value: Any, key: str = "", *, is_value: bool = False) -> Iterator[tuple[bool, str]]:
    """Yield every text in *value* that somebody was free to choose, with True, and every name, with False."""
    if isinstance(value, dict):
        for name, item in value.items():
            if name != "managedFields":
                yield from _texts(item, name, is_value=is_value or name in _FREE)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item, key, is_value=is_value)
    elif is_value or key in _NAMES:
        yield is_value, str(value)


def _end_of_value(message: str, start: int) -> int:
    """Return where the value ends that begins at *start*: a quoted text, a number, or a whole object as JSON."""
    if text := _TEXT.match(message, start):
        return text.end()
    try:
        return json.JSONDecoder().raw_decode(message, start)[1]
    except ValueError:
        return len(message)
