"""Write the input files of a size once: the fleet as YAML and JSON for the compiler, Helm's values, the flat chart."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from pathlib import Path

import yaml

from hanzo_constructs.kube.yaml import dump_all

from .fleet import facts, resource
from .mixed import mixed_resource
from .places import BUILD, HERE, RIVALS


def prepared(sizes: list[int]) -> Path:
    """Return a folder with the inputs of *sizes*; its name changes with the code that makes them."""
    sources = (HERE / "fleet.py", HERE / "mixed.py", HERE / "inputs.py", RIVALS / "service.yaml.j2")
    digest = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:12]
    folder = BUILD / f"inputs-{digest}"
    if not folder.exists():
        for old in BUILD.glob("inputs-*"):
            shutil.rmtree(old)
        _flat_chart(folder / "flat")
    for size in sizes:
        if not (folder / f"{size}.values.yaml").exists():
            _files(folder, size)
    return folder


def _files(folder: Path, size: int) -> None:
    fleet = [resource(index) for index in range(size)]
    text = dump_all(fleet)
    (folder / f"{size}.yaml").write_text(text)
    (folder / f"{size}.forms.yaml").write_text(by_hand(text))
    (folder / f"{size}.json").write_text("\n".join(json.dumps(declared, indent=1) for declared in fleet))
    (folder / f"{size}.mixed.yaml").write_text(dump_all([mixed_resource(index) for index in range(size)]))
    # PyYAML writes some strings so that kubectl reads numbers (1e3); no fact is one of those. Last: it marks the size done.
    with (folder / f"{size}.values.yaml").open("w") as file:
        services = [facts(index) for index in range(size)]
        yaml.dump({"services": services}, file, Dumper=yaml.CSafeDumper, sort_keys=False, width=10_000)


def by_hand(text: str) -> str:
    """Return *text* with an anchor and an alias, a mapping in brackets, a comment and a quote in each document."""
    text = text.replace("  startupProbe:\n    path: /health\n", "  startupProbe:\n    path: &health /health\n")
    text = text.replace("  livenessProbe:\n    path: /health\n", "  livenessProbe:\n    path: *health\n")
    text = text.replace('"hello: #1, it\'s ready"', "'hello: #1, it''s ready' #\tas the designers want it")
    text = text.replace("  - name: LOG_LEVEL\n", "  - name : LOG_LEVEL\n")
    return re.sub(r"limits:\n +cpu: (.*)\n +memory: (.*)\n", r"limits: {cpu: \1, memory: \2}\n", text)


def _flat_chart(folder: Path) -> None:
    """Write the chart that is one template without a call: Jinja2's text in Helm's spelling."""
    text = (RIVALS / "service.yaml.j2").read_text().replace("{{ service.", "{{ .")
    (folder / "templates").mkdir(parents=True)
    shutil.copy(RIVALS / "chart" / "Chart.yaml", folder)
    (folder / "templates" / "service.yaml").write_text("{{- range .Values.services }}\n" + text + "{{- end }}\n")
