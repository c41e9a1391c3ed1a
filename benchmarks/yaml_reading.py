"""How fast YAML readers read 4,000 resources from one text, and how many scalars they read as kubectl does.

    python benchmarks/yaml_reading.py [RESOURCES]

Readers that are not installed are left out. Each runs three times in turn with the others; the best time counts.
`values` counts plain scalars that the reader gives the value kubectl gives them; `traps` counts texts refused that
have no business in a manifest: a duplicate key, aliases for 59,049 values, a Python object, a number that is rounded.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from hanzo_constructs.kube.yaml import dump_all, load_all, load_json
from hanzo_constructs.kube.yaml.source import chunks
from hanzo_constructs.kube.yaml.strict import read_strictly

Reader = Callable[[str], list[Any]]

VALUES: dict[str, Any] = {
    "yes": True, "n": False, "on": True, "Off": False, "~": None, "1:30": "1:30", "2001-01-01": "2001-01-01",
    "0755": 493, "0o17": 15, "0b11": 3, "0x1F": 31, "1_000": 1000, "08": 8, "1e3": 1000, "1.0": 1, ".5": 0.5,
    "1234e56": 1234e56, "tRue": "tRue", "=": "=", "12e": "12e", "1.2.3": "1.2.3", "-0b11": -3, "+1": 1, "0x": "0x",
}  # fmt: skip
TRAPS = (
    "a: 1\na: 2\n",
    "a: &a [x, x, x, x, x, x, x, x, x]\n"
    + "".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcd", "bcde", strict=True)),
    "a: !!python/object/apply:os.getcwd []\n",
    "a: 18446744073709551617\n",
)


def resource(number: int) -> dict[str, Any]:
    """Return a small resource, of the size users write."""
    name = f"service-{number}"
    return {
        "apiVersion": "hanzo.ai/v1",
        "kind": "Service",
        "metadata": {"name": name, "namespace": f"team-{number % 40}", "labels": {"hanzo.ai/org": f"org-{number % 7}"}},
        "spec": {
            "image": {"repository": f"ghcr.io/hanzoai/{name}", "tag": f"v1.{number % 50}.{number % 9}"},
            "replicas": 1 + number % 5,
            "ports": [{"name": "http", "containerPort": 8080}, {"name": "metrics", "containerPort": 9090}],
            "env": [
                {"name": "LOG_LEVEL", "value": "info"},
                {"name": "PORT", "value": "8080"},
                {"name": "PUBLIC_URL", "value": f"https://{name}.hanzo.ai"},
            ],
            "resources": {"requests": {"cpu": "100m", "memory": "128Mi"}, "limits": {"memory": "256Mi"}},
            "livenessProbe": {"path": "/health", "port": "http"},
            "ingress": {"hosts": [f"{name}.hanzo.ai"]},
        },
    }


def readers() -> dict[str, Reader]:
    """Return the YAML readers that are installed, each as text to list of documents."""
    found: dict[str, Reader] = {
        "ours": lambda text: [document.data for document in load_all(text)],
        "ours, strict way only": strict,
    }

    def offer(name: str, module: str, reader: Callable[[Any], Reader]) -> None:
        try:
            found[name] = reader(importlib.import_module(module))
        except (ImportError, AttributeError):
            print(f"{name}: not installed, left out")

    offer("PyYAML, libyaml", "yaml", lambda m: lambda text, loader=m.CSafeLoader: list(m.load_all(text, loader)))
    offer("PyYAML, Python", "yaml", lambda m: lambda text: list(m.load_all(text, m.SafeLoader)))
    offer("ryaml", "ryaml", lambda m: m.loads_all)
    offer("py-yaml12", "yaml12", lambda m: lambda text: list(m.parse_yaml(text, multi=True)))
    offer("yamlrocks", "yamlrocks", lambda m: lambda text: list(m.loads_all(text)))
    offer("msgspec (PyYAML)", "msgspec.yaml", lambda m: lambda text: [m.decode(c.text) for c in chunks(text)])
    offer("ruamel.yaml", "ruamel.yaml", lambda m: lambda text: list(m.YAML(typ="safe", pure=True).load_all(text)))
    offer("rapidyaml, tree only", "ryml", lambda m: lambda text: [m.parse_in_arena(text.encode())])
    return found


def strict(text: str) -> list[Any]:
    """Read *text* as we do, without the fast way."""
    readings = [read_strictly(chunk.text) for chunk in chunks(text)]
    if any(reading and reading.problems for reading in readings):
        raise ValueError
    return [reading.data for reading in readings if reading]


def values_like_kubectl(read: Reader) -> int:
    """Count the scalars of VALUES that *read* gives the right value, of the right type."""
    right = 0
    for text, value in VALUES.items():
        try:
            got = read(f"a: {text}\n")[0]["a"]
        except Exception:  # noqa: BLE001, S112 - a reader that fails has not read it
            continue
        right += got == value and isinstance(got, bool) == isinstance(value, bool)
    return right


def traps_refused(read: Reader) -> int:
    """Count the texts of TRAPS that *read* refuses."""
    refused = 0
    for text in TRAPS:
        try:
            read(text)
        except Exception:  # noqa: BLE001 - any refusal counts
            refused += 1
    return refused


def main() -> None:
    """Measure and print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 4_000
    resources = [resource(number) for number in range(count)]
    text = dump_all(resources)
    as_json = "\n".join(map(json.dumps, resources))
    print(f"{count} resources, {text.count(chr(10))} lines, {len(text) / 2**20:.1f} MiB\n")
    measured = readers()
    best = dict.fromkeys(measured, float("inf"))
    best["ours, JSON"] = float("inf")
    slow = {"PyYAML, Python", "ruamel.yaml"}
    for turn in range(3):
        for name, read in measured.items():
            if turn and name in slow:
                continue
            started = time.perf_counter()
            documents = read(text)
            best[name] = min(best[name], time.perf_counter() - started)
            assert documents == resources or "tree only" in name, name  # noqa: S101 - a reader must have read it all
        started = time.perf_counter()
        load_json(as_json)
        best["ours, JSON"] = min(best["ours, JSON"], time.perf_counter() - started)
    print(f"{'reader':<24}{'seconds':>9}{'of ours':>9}{'values':>9}{'traps':>7}")
    for name, seconds in sorted(best.items(), key=lambda item: item[1]):
        row = f"{name:<24}{seconds:>9.3f}{seconds / best['ours']:>8.1f}x"
        if name in measured and "tree only" not in name:
            right, refused = values_like_kubectl(measured[name]), traps_refused(measured[name])
            row += f"{right:>6}/{len(VALUES)}{refused:>5}/{len(TRAPS)}"
        print(row)


if __name__ == "__main__":
    main()
