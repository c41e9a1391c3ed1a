"""What becomes of files that nobody here wrote, and what an import costs.

    python -m benchmarks.importing compose|score FOLDER...
    python -m benchmarks.importing speed

The first imports, compiles and proves each file, and prints shares; what is left is counted by field, once for each file.
The second prints the processor time that `hzc import` takes for 1,000 objects, the best of five. Exit status 1 when that
is more than three seconds.
"""

from __future__ import annotations

import re
import resource as system
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.fleet import resource
from benchmarks.places import hzc
from hanzo_constructs.cli.importing import read_all
from hanzo_constructs.compiler import Compilation, compile_resource
from hanzo_constructs.compiler.links import links_of
from hanzo_constructs.errors import SpecError
from hanzo_constructs.importing import Imported
from hanzo_constructs.kube.yaml import dump_all
from hanzo_constructs.platform import Platform
from hanzo_constructs.spec.kinds import parse
from hanzo_constructs.verify import prove

__all__ = ["main", "measured"]

_PATTERNS = {"compose": "*compose*.y*ml", "score": "*score*.yaml"}
_OBJECTS, _ROUNDS, _PROMISE = 1000, 5, 3
_TO_DECIDE = {"ports", "build", "secrets", "environment"}
"""Fields of which what is left is something to be made or decided: an address, an image, a Secret."""


def measured(origin: str, files: Iterable[Path]) -> Iterator[str]:
    """Yield the lines of the result for *files* that hold what *origin* says."""
    outcome, fields, reasons = Counter[str](), Counter[str](), Counter[str]()
    resources = 0
    platform = Platform()
    for file in files:
        imported, findings = read_all([str(file)], platform, origin)
        outcome["files"] += 1
        if any(finding.severity == "error" for finding in findings):
            outcome["refused"] += 1
            continue
        resources += len(imported.resources)
        left = {_field(each.path) for each in imported.remainder}
        outcome["compile and are proven"] += not [*_errors(imported, platform)]
        outcome["nothing left"] += not left
        outcome["nothing left but addresses, images, variables and Secrets"] += left <= _TO_DECIDE
        fields.update(left)
        reasons.update({re.sub(r" \S*[-:/\[]\S*", " ...", each.why).partition("; ")[0] for each in imported.remainder})
    yield from (f"{count:6} {what}" for what, count in outcome.items())
    yield f"{resources:6} resources"
    for title, counted in (("field", fields), ("reason", reasons)):
        yield f"\nfiles  {title}"
        yield from (f"{count:5}  {what}" for what, count in counted.most_common(20))


def _field(path: str) -> str:
    parts = [part for part in re.split(r"\.|\[", path) if part]
    return parts[2] if len(parts) > 2 and parts[0] == "services" else parts[0] if parts else ""


def _errors(imported: Imported, platform: Platform) -> Iterator[str]:
    resources = [parse(each, platform) for each in imported.resources]
    links, contradictions = links_of(resources, platform)
    yield from map(str, contradictions)
    compilations: list[Compilation] = []
    for each in resources:
        try:
            compilations.append(compile_resource(each, platform, links=links))
        except SpecError as error:
            yield str(error)
    yield from (str(finding) for finding in prove(compilations).findings if finding.severity == "error")


def seconds() -> float:
    """Return the processor time that importing 1,000 objects takes, the best of some."""
    best = float("inf")
    with TemporaryDirectory() as folder:
        source, target = Path(folder, "fleet.yaml"), Path(folder, "fleet.py")
        source.write_text(dump_all([*map(resource, range(_OBJECTS * 4 // 5)), *map(_config_map, range(_OBJECTS // 5))]))
        for _ in range(_ROUNDS):
            before = system.getrusage(system.RUSAGE_CHILDREN)
            subprocess.run(
                [hzc(), "import", str(source), "-o", str(target), "--force"], check=True, capture_output=True
            )
            after = system.getrusage(system.RUSAGE_CHILDREN)
            best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return best


def _config_map(number: int) -> dict[str, object]:
    metadata = {"name": f"settings-{number}", "namespace": "shop"}
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": {"LEVEL": "info"}}


def main(arguments: list[str]) -> int:
    """Print what *arguments* ask for, and return the exit status."""
    origin, *folders = arguments
    if origin == "speed":
        found = seconds()
        sys.stdout.write(f"{_OBJECTS:,} objects: {found:.2f} s of processor time\n")
        return 1 if found > _PROMISE else 0
    files = sorted(file for folder in folders for file in Path(folder).rglob(_PATTERNS[origin]) if file.is_file())
    sys.stdout.writelines(f"{line}\n" for line in measured(origin, files))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
