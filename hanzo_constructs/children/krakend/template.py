"""The configuration as a template, which KrakenD expands when it starts, and a line for each route.

This is the flexible configuration of its community edition: https://www.krakend.io/docs/configuration/flexible-config/.
Every file of settings is a mapping by its name. The template is the same for every gateway, and writes whatever comes
from settings as JSON by the function `marshal`, so that no text of a user is ever part of a template.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pydantic_core import to_json

from ...kube.duration import in_one_unit
from ...kube.manifest import present
from .paths import Reach, tails
from .policies import AUTH, LIMIT, Policies
from .route import BASE, PUBLIC

__all__ = ["route_lines", "routes_json", "service_json", "template"]

_TEMPLATE = """\
{{- /* One endpoint for each path and method of every route: a prefix reaches the paths that `below` names. */ -}}
{
{{- range $name, $value := .service.config }}
  {{ marshal $name }}: {{ marshal $value }},
{{- end }}
  "endpoints": [
{{- $service := .service }}
{{- $comma := "" }}
{{- range $file := . }}
{{- range $route := $file.routes }}
{{- $tails := $route.tails }}
{{- if not $tails }}{{ $tails = index $service.below $route.below }}{{ end }}
{{- range $method := $route.methods }}
{{- range $tail := $tails }}
{{ $comma }}{"endpoint": {{ marshal (or (print $route.prefix $tail) "/") }}, "method": {{ marshal $method }},
"output_encoding": "no-op", "input_headers": ["*"], "input_query_strings": ["*"],
"backend": [{"url_pattern": {{ marshal (or (print $route.path $tail) "/") }}, "host": [{{ marshal $route.backend }}]
{{- with $route.base }}, "extra_config": {"@base@": {{ marshal . }}}{{ end }}}]
{{- with $route.timeout }}, "timeout": {{ marshal . }}{{ end }}
{{- $access := or $route.public $route.authPolicy }}
{{- if or $access $route.rateLimit }}, "extra_config": {
{{- with $route.public }}"@public@": {{ marshal . }}{{ end }}
{{- with $route.authPolicy }}"@auth@": {{ marshal (index $service.authPolicies .) }}{{ end }}
{{- if and $access $route.rateLimit }}, {{ end }}
{{- with $route.rateLimit }}"@limit@": {{ marshal (index $service.rateLimits .) }}{{ end }}}
{{- end }}}
{{- $comma = "," }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
  ]
}
"""


def template() -> str:
    """Return the template, the same for every gateway."""
    return (
        _TEMPLATE.replace("@base@", BASE).replace("@auth@", AUTH).replace("@limit@", LIMIT).replace("@public@", PUBLIC)
    )


def service_json(config: Mapping[str, Any], policies: Policies, reached: Iterable[Reach]) -> str:
    """Return the settings of the whole: *config*, and what the lines of *reached* refer to by name."""
    below = {_below(reach): [*tails(reach.prefix, reach.depth)] for reach in reached if not reach.between}
    below = dict(sorted(below.items()))
    parts = {"config": config, "authPolicies": policies.auth, "rateLimits": policies.limits, "below": below}
    return f"{{\n{_joined(f'  {_text(name)}: {_block(part)}' for name, part in parts.items())}\n}}\n"


def route_lines(reached: Iterable[Reach]) -> Iterator[tuple[str, str]]:
    """Yield the lines of *reached*, each behind its prefix."""
    for reach in reached:
        yield reach.prefix, _line(reach)


def routes_json(lines: Sequence[str]) -> str:
    """Return settings that hold *lines*."""
    return f'{{"routes": [\n{_joined(lines)}\n]}}\n' if lines else '{"routes": []}\n'


def _below(reach: Reach) -> str:
    """Return the name of what follows the prefix: its segments, and how many may follow."""
    return f"{reach.prefix.count('/')}+{reach.depth or 0}"


def _line(reach: Reach) -> str:
    route = reach.route
    line = {
        "prefix": reach.prefix,
        "methods": [*reach.methods],
        "backend": route.upstream.host,
        "path": f"{route.upstream.root}{'' if route.upstream.strip else reach.prefix}",
        "public": route.public or None,
        "authPolicy": route.auth_policy,
        "rateLimit": route.rate_limit,
        "timeout": route.timeout and in_one_unit(route.timeout),
        "base": route.upstream.base,
        "below": None if reach.between else _below(reach),
        "tails": [*reach.between] or None,
    }
    return _text(present(line))


def _block(fields: Mapping[str, Any]) -> str:
    """Write each of *fields* on a line of its own, so that a difference shows which has changed."""
    return (
        f"{{\n{_joined(f'    {_text(name)}: {_text(value)}' for name, value in fields.items())}\n  }}"
        if fields
        else "{}"
    )


def _joined(lines: Iterable[str]) -> str:
    return ",\n".join(lines)


def _text(value: object) -> str:
    return to_json(value).decode()
