"""Cross-origin requests (CORS): which pages of other origins may use a gateway from a browser."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated

from pydantic import AfterValidator, Field

from ..kube.duration import Duration, milliseconds
from ..kube.fields import shown
from ..kube.model import CheckedModel, Items, Problem
from ..kube.published import UNIQUE_ITEMS, text
from .methods import Method
from .repeats import repeats

__all__ = ["Cors"]

_ORIGIN = re.compile(
    r"[a-z][a-z0-9+.-]*://(?:[a-z0-9_.-]*\*(?=\.))?[a-z0-9_.-]+(?::\d{1,5})?\Z", re.ASCII | re.IGNORECASE
)
"""Scheme, host and port; one `*`, which a dot must follow: without it, anybody could register a host that fits."""
_ORIGIN_FORM = text(
    r"(\*|[A-Za-z][A-Za-z0-9+.-]*://([A-Za-z0-9_.-]*\*\.[A-Za-z0-9_.-]*|[A-Za-z0-9_.-]+)(:[0-9]{1,5})?)"
)
_HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+\Z", re.ASCII)
_ANY = "*"


def _origin(value: str) -> str:
    if value == _ANY or _ORIGIN.match(value):
        return value
    raise ValueError(
        "must be scheme, host and port without a path, such as https://app.example.com or https://*.example.com,"
        f' or "*", got {shown(value)}'
    )


def _header(value: str) -> str:
    if not _HEADER.match(value):
        raise ValueError(f"must be the name of a header, got {shown(value)}")
    return value


Origin = Annotated[str, AfterValidator(_origin), _ORIGIN_FORM]
"""Where a page comes from, as browsers say it; `*` stands for any text in front of a dot, or for everything."""
HeaderName = Annotated[str, AfterValidator(_header), text("[!#$%&'*+.^_`|~0-9A-Za-z-]+")]
"""The name of a header of HTTP."""


class Cors(CheckedModel):
    """Who may use the gateway from the pages of other origins; browsers ask, and obey the answer."""

    allow_origins: Annotated[Items[Origin], Field(min_length=1, max_length=256), UNIQUE_ITEMS]
    """Origins of the pages, such as https://app.example.com or https://*.example.com; "*" is any."""
    allow_methods: Annotated[Items[Method], UNIQUE_ITEMS] = ()
    """Methods that the pages may use; left out, those of the routes."""
    allow_headers: Annotated[Items[HeaderName], UNIQUE_ITEMS] = ()
    """Headers that the pages may send; left out, any."""
    expose_headers: Annotated[Items[HeaderName], UNIQUE_ITEMS] = ()
    """Headers of answers that the pages may read, beyond those that they always may."""
    allow_credentials: bool = False
    """Whether the pages may send cookies and client certificates; each origin must then be named."""
    max_age: Duration | None = None
    """How long a browser remembers the answer; left out, it decides itself. At least 1s."""

    def _credential_problems(self) -> Iterable[Problem]:
        if self.allow_credentials and _ANY in self.allow_origins:
            message = "must not be * beside allowCredentials, which browsers refuse; name the origins"
            yield Problem(("allowOrigins", self.allow_origins.index(_ANY)), message)

    def _age_problems(self) -> Iterable[Problem]:
        if self.max_age is not None and milliseconds(self.max_age) < 1000:
            yield Problem(("maxAge",), f"must be at least 1s, or no browser remembers it, got {self.max_age}")

    def _repeated_origins(self) -> Iterable[Problem]:
        return _repeated("allowOrigins", self.allow_origins)

    def _repeated_methods(self) -> Iterable[Problem]:
        return _repeated("allowMethods", self.allow_methods)

    def _repeated_allowed_headers(self) -> Iterable[Problem]:
        return _repeated("allowHeaders", self.allow_headers)

    def _repeated_exposed_headers(self) -> Iterable[Problem]:
        return _repeated("exposeHeaders", self.expose_headers)

    rules = (
        _credential_problems,
        _age_problems,
        _repeated_origins,
        _repeated_methods,
        _repeated_allowed_headers,
        _repeated_exposed_headers,
    )


def _repeated(field: str, values: Sequence[str]) -> Iterator[Problem]:
    """Yield each of *values* that came before; upper and lower case mean the same."""
    for index, first in repeats([value.lower() for value in values]):
        yield Problem((field, index), f"{shown(values[index])} is used twice", related=(field, first))
