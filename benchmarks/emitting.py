"""Writing YAML alone: `emitting.py EMITTER SERVICES` prints the seconds one emitter needs for the fleet's objects.

One emitter and one pass to a process: ours remembers strings, which a second pass over the same objects would reward.
"""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks.reference import objects

Documents = list[dict[str, Any]]


def _ours() -> Callable[[Documents], str]:
    from hanzo_constructs.kube.yaml import dump_all

    return dump_all


def _ryaml() -> Callable[[Documents], str]:
    import ryaml

    return lambda documents: "---\n".join(map(ryaml.dumps, documents))


def _pyyaml() -> Callable[[Documents], str]:
    import yaml

    def dump(documents: Documents) -> str:
        out = io.StringIO()
        yaml.dump_all(documents, out, Dumper=yaml.CSafeDumper, sort_keys=False)
        return out.getvalue()

    return dump


def _json() -> Callable[[Documents], str]:
    return lambda documents: "\n".join(map(json.dumps, documents))


EMITTERS = {"hanzo_constructs.kube.yaml": _ours, "ryaml": _ryaml, "PyYAML (C)": _pyyaml, "json, for scale": _json}

if __name__ == "__main__":
    name, services = sys.argv[1:]
    emit = EMITTERS[name]()
    fleet = [document for index in range(int(services)) for document in objects(index)]
    began = time.perf_counter()
    emit(fleet)
    print(time.perf_counter() - began)
