"""Jinja2: one text template per service, rendered with what differs; nothing is parsed or checked."""

from __future__ import annotations

import sys
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from benchmarks.fleet import facts

environment = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    undefined=StrictUndefined,
    keep_trailing_newline=True,
    autoescape=False,  # noqa: S701 -- the text is YAML
)
template = environment.get_template("service.yaml.j2")
for index in range(int(sys.argv[1])):
    sys.stdout.write(template.render(service=facts(index)))
