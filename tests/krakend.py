"""The configuration that a gateway has in the end, read from its ConfigMaps.

`configurations` expands the template in Python, quickly, for the tests that look at routes. It proves nothing about the
template: `expanded_by_go` does what KrakenD does, and `tests/children/test_krakend_template.py` compares the two.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["Files", "configurations", "expanded_by_go", "files_of"]

_PROGRAM = Path(__file__).parent / "children" / "render.go"
Manifest = dict[str, Any]


class Files(NamedTuple):
    """The configuration of a gateway as it lies in its pods."""

    name: str
    """Namespace and name of the gateway."""
    texts: dict[str, str]
    """The text of every file."""

    @property
    def template(self) -> str | None:
        """The template; None where the configuration is written out."""
        return self.texts.get("krakend.tmpl")

    @property
    def settings(self) -> dict[str, str]:
        """The files of settings, by their names without the ending."""
        return {file.removesuffix(".json"): text for file, text in self.texts.items() if file.endswith(".json")}


def files_of(manifests: Iterable[Manifest]) -> list[Files]:
    """Return the files that each gateway of *manifests* mounts."""
    maps = {(each["metadata"].get("namespace"), each["metadata"]["name"]): each for each in manifests if "data" in each}
    found = []
    for (namespace, name), config in maps.items():
        if config["data"].keys() & {"krakend.json", "krakend.tmpl"}:
            owner = name.removesuffix("-config")
            several = [maps.get((namespace, f"{owner}-routes-{number}"), {}).get("data", {}) for number in range(16)]
            texts = {file: text for data in (config["data"], *several) for file, text in data.items()}
            found.append(Files(f"{namespace}/{owner}", texts))
    return found


def configurations(manifests: Iterable[Manifest]) -> dict[str, Any]:
    """Return the configuration of each gateway of *manifests*, by the namespace and name of the gateway."""
    return {files.name: _configuration(files) for files in files_of(manifests)}


def _configuration(files: Files) -> Any:
    if files.template is None:
        return json.loads(files.texts["krakend.json"])
    settings = {name: json.loads(text) for name, text in sorted(files.settings.items())}
    service = settings["service"]
    endpoints = [
        _endpoint(route, method, tail, service)
        for file in settings.values()
        for route in file.get("routes", ())
        for method in route["methods"]
        for tail in route.get("tails") or service["below"][route["below"]]
    ]
    return {**service["config"], "endpoints": endpoints}


def _endpoint(route: dict[str, Any], method: str, tail: str, service: dict[str, Any]) -> dict[str, Any]:
    backend: dict[str, Any] = {"url_pattern": f"{route['path']}{tail}" or "/", "host": [route["backend"]]}
    if "base" in route:
        backend["extra_config"] = {"github.com/hanzoai/gateway/base_ha": route["base"]}
    endpoint: dict[str, Any] = {
        "endpoint": f"{route['prefix']}{tail}" or "/",
        "method": method,
        "output_encoding": "no-op",
        "input_headers": ["*"],
        "input_query_strings": ["*"],
        "backend": [backend],
    }
    if "timeout" in route:
        endpoint["timeout"] = route["timeout"]
    extra = {}
    if "public" in route:
        extra["auth/public"] = route["public"]
    if "authPolicy" in route:
        extra["auth/validator"] = service["authPolicies"][route["authPolicy"]]
    if "rateLimit" in route:
        extra["qos/ratelimit/router"] = service["rateLimits"][route["rateLimit"]]
    return {**endpoint, "extra_config": extra} if extra else endpoint


def expanded_by_go(files: Sequence[Files]) -> list[Any]:
    """Return the configuration that each of *files* becomes by Go's own templates."""
    given = [{"template": each.template, "settings": each.settings} for each in files]
    done = subprocess.run(
        [shutil.which("go") or "go", "run", str(_PROGRAM)],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "GOPROXY": "off", "GOTOOLCHAIN": "local", "GO111MODULE": "off"},
    )
    return [json.loads(text) for text in json.loads(done.stdout)]
