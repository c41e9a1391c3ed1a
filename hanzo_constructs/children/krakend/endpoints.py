"""The configuration with every endpoint written out.

Everything is passed on as it comes (encoding no-op, all headers and query strings): KrakenD drops what is not named. A
backend has the method and the encoding of its endpoint where it names none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic_core import to_json

from ...kube.duration import in_one_unit
from ...kube.manifest import present
from ...spec.methods import METHODS, Method
from .paths import Reach, reaches
from .policies import Policies
from .route import BASE, Routed

__all__ = ["endpoints", "endpoints_json", "krakend_json"]

_NO_POLICIES = Policies()


def endpoints(routes: Sequence[Routed], *, below: bool, policies: Policies = _NO_POLICIES) -> list[dict[str, Any]]:
    """Return an endpoint for each method of *routes*, and with *below* others for the paths below their prefixes.

    The longest prefix comes first. The order of *routes* and of their methods does not change the result.
    """
    ranked: list[tuple[tuple[int, str, int, int], Reach, Method, str]] = [
        ((-reach.prefix.count("/"), reach.prefix, place, METHODS.index(method)), reach, method, tail)
        for reach in reaches(routes, below=below)
        for place, tail in enumerate(reach.tails)
        for method in reach.methods
    ]
    return [
        _endpoint(reach, method, tail, policies) for _, reach, method, tail in sorted(ranked, key=lambda each: each[0])
    ]


def krakend_json(service: dict[str, Any], routed: Sequence[dict[str, Any]]) -> str:
    """Return the text of the configuration *service* with the endpoints *routed*."""
    fields = [f'  "{key}": {to_json(value).decode()},\n' for key, value in service.items()]
    return f'{{\n{"".join(fields)}  "endpoints": {_listed(routed, "  ")}\n}}\n'


def endpoints_json(routed: Sequence[dict[str, Any]]) -> str:
    """Return the text of endpoints that a gateway elsewhere adds to its own."""
    return _listed(routed, "") + "\n"


def _listed(routed: Sequence[dict[str, Any]], margin: str) -> str:
    """Write one endpoint a line, so that a difference shows what became of which."""
    lines = [f"\n{margin}  {to_json(endpoint).decode()}" for endpoint in routed]
    return f"[{','.join(lines)}\n{margin}]" if lines else "[]"


def _endpoint(reach: Reach, method: Method, tail: str, policies: Policies) -> dict[str, Any]:
    route, upstream = reach.route, reach.route.upstream
    asked = f"{upstream.root}{tail if upstream.strip else f'{reach.prefix}{tail}'}"
    backend = {
        "url_pattern": asked or "/",
        "host": [upstream.host],
        "extra_config": upstream.base and {BASE: upstream.base},
    }
    return present(
        {
            "endpoint": f"{reach.prefix}{tail}" or "/",
            "method": method,
            "output_encoding": "no-op",
            "input_headers": ["*"],
            "input_query_strings": ["*"],
            "backend": [present(backend)],
            "timeout": route.timeout and in_one_unit(route.timeout),
            "extra_config": policies.of(route) or None,
        }
    )
