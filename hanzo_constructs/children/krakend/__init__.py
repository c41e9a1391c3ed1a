"""The configuration of KrakenD, format version 3: which paths lead where, and who may use them how often.

It comes in two forms. `krakend_json` writes every endpoint out. `template_files` writes a template that KrakenD expands
when it starts, and one line for each route.
"""

from .endpoints import endpoints, endpoints_json, krakend_json
from .paths import DEPTH, Reach, reaches
from .policies import Policies, auth_validator, cross_origin, metrics, rate_limit
from .route import Routed, Upstream, base_upstream, upstream_of
from .template import route_lines, routes_json, service_json, template

__all__ = [
    "DEPTH",
    "Policies",
    "Reach",
    "Routed",
    "Upstream",
    "auth_validator",
    "base_upstream",
    "cross_origin",
    "endpoints",
    "endpoints_json",
    "krakend_json",
    "metrics",
    "rate_limit",
    "reaches",
    "route_lines",
    "routes_json",
    "service_json",
    "template",
    "upstream_of",
]
