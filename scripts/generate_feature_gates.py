"""Generate hanzo_constructs/kube/core/gates.py: which fields of the core types a cluster drops while a gate is off.

An API server removes a field whose feature gate is off without a word, so a field counts from the version in which its
gate is on by default, not from the version whose schema has it. Both facts are read from Kubernetes' own published
source, one patch release for each minor version: the gate of a field from the marker `+featureGate` beside it in
`k8s.io/api/core/v1/types.go`, and whether a gate is on from `k8s.io/kubernetes/pkg/features`.

Run it from the repository root: `python -m scripts.generate_feature_gates`. It needs Go, whose module cache it fills
with 1 GB; a version that is added here needs a new run of `scripts.generate_core` too.
"""
# ruff: noqa: INP001 - a script, not a package

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from scripts.generate_core import FOLDER, NEWEST, OLDEST, formatted, modules

RELEASES = (
    "1.25.16 1.26.15 1.27.16 1.28.15 1.29.6 1.30.14 1.31.14 1.32.13 1.33.13 1.34.4 1.35.4 1.36.3 1.37.2".split()  # noqa: SIM905 - easier to read
)
"""One patch release of each minor version; what is on by default never changes between patch releases."""

EMBEDDED = {
    "EphemeralContainerCommon": "Container",
    "ProbeHandler": "Probe",
    "VolumeSource": "Volume",
}
"""Go types whose fields stand in another type of the schema."""

RENAMED_GATES = {"PodCertificateProjection": "PodCertificateRequest"}
"""Markers that name no gate, and the gate that the code asks."""

WITHOUT_MARKER = {
    # pkg/api/pod/util.go, dropDisabledFields and the functions that it calls
    "Lifecycle": {"stopSignal": "ContainerStopSignals"},
    "PodAffinityTerm": {
        "matchLabelKeys": "MatchLabelKeysInPodAffinity",
        "mismatchLabelKeys": "MatchLabelKeysInPodAffinity",
    },
    "SecurityContext": {"procMount": "ProcMountType"},
    "TopologySpreadConstraint": {
        "matchLabelKeys": "MatchLabelKeysInPodTopologySpread",
        "minDomains": "MinDomainsInPodTopologySpread",
        "nodeAffinityPolicy": "NodeInclusionPolicyInPodTopologySpread",
        "nodeTaintsPolicy": "NodeInclusionPolicyInPodTopologySpread",
    },
}
"""Gates of fields beside which no marker stands."""


def module_folder(module: str, version: str) -> Path:
    """Return where the published *module* lies, downloaded where it does not yet."""
    command = ["go", "mod", "download", "-json", f"{module}@v{version}"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return Path(json.loads(done.stdout)["Dir"])


def marked_fields(types: str) -> Iterator[tuple[str, str, str]]:
    """Yield type, field and gate of each marker in the Go source *types*."""
    owner, gates = "", list[str]()
    for line in types.splitlines():
        if opening := re.match(r"type (\w+) struct", line):
            owner, gates = opening[1], []
        elif marker := re.search(r"\+featureGate=(\w+)", line):
            gates.append(marker[1])
        elif field := re.search(r'json:"(\w+)', line):
            for gate in gates:
                yield EMBEDDED.get(owner, owner), field[1], RENAMED_GATES.get(gate, gate)
            gates = []
        elif not line.strip().startswith("//"):
            gates = []


def gates_on(features: Path, minor: int) -> dict[str, bool]:
    """Return each gate in the folder *features* of Kubernetes 1.*minor*, and whether it is on by default there."""
    found: dict[str, bool] = {}
    for file in sorted(features.glob("*kube_features.go")):
        text = file.read_text(encoding="utf-8")
        names = dict(re.findall(r'^\s*(\w+)\s+featuregate\.Feature\s*=\s*"(\w+)"', text, re.MULTILINE))
        for constant, body in re.findall(r"^\t(\w+): \{\n((?:\t\t[{/].*\n)*)\t\}", text, re.MULTILINE):
            history = re.findall(r'MustParse\("1\.(\d+)"\), Default: (true|false)', body)
            if applying := [state for since, state in history if int(since) <= minor]:
                found[names.get(constant, constant)] = applying[-1] == "true"
        for constant, state in re.findall(r"^\t(\w+): +\{Default: (true|false),", text, re.MULTILINE):
            found.setdefault(names.get(constant, constant), state == "true")
    return found


def gated_fields(releases: Mapping[int, str]) -> dict[str, dict[str, str]]:
    """Return the gate of each gated field of the core types, by type and field."""
    known = {found.name: set(found.schema.get("properties", {})) for members in modules().values() for found in members}
    table: dict[str, dict[str, str]] = {owner: dict(fields) for owner, fields in WITHOUT_MARKER.items()}
    for version in releases.values():
        types = module_folder("k8s.io/api", f"0{version[1:]}") / "core/v1/types.go"
        for owner, field, gate in marked_fields(types.read_text(encoding="utf-8")):
            if field in known.get(owner, ()):
                table.setdefault(owner, {})[field] = gate
    return {owner: dict(sorted(fields.items())) for owner, fields in sorted(table.items())}


def gate_rows(gates: set[str], releases: Mapping[int, str]) -> dict[str, tuple[int, str]]:
    """Return since when each of *gates* is on, one more than the newest version where it is off, and the source."""
    features = {
        minor: gates_on(module_folder("k8s.io/kubernetes", version) / "pkg/features", minor)
        for minor, version in releases.items()
    }
    rows = {}
    for gate in sorted(gates):
        if not any(gate in found for found in features.values()):
            raise ValueError(f"no version has the gate {gate}")
        # a gate that later versions no longer have is on for good there
        off = [minor for minor, found in features.items() if found.get(gate) is False]
        since = max(off, default=OLDEST - 1) + 1
        rows[gate] = since, releases[min(since, NEWEST)]
    return rows


def source() -> str:
    """Return the source of the module."""
    releases = dict(zip(range(OLDEST, NEWEST + 1), RELEASES, strict=True))
    fields = gated_fields(releases)
    rows = gate_rows({gate for found in fields.values() for gate in found.values()}, releases)
    fields = {
        owner: kept
        for owner, found in fields.items()
        if (kept := {field: gate for field, gate in found.items() if rows[gate][0] > OLDEST})
    }
    used = {gate for found in fields.values() for gate in found.values()}
    lines = [f"    {gate!r}: {since},  # k8s.io/kubernetes v{at}" for gate, (since, at) in rows.items() if gate in used]
    return formatted(
        "\n".join(
            [
                "# Generated by scripts/generate_feature_gates.py from the published source of Kubernetes; do not edit.",
                "",
                '"""Which fields of the core types an API server drops while a feature gate is off, and since when it is on."""',
                "",
                "ON_SINCE: dict[str, int] = {",
                *lines,
                "}",
                f'"""Feature gates, and the first Kubernetes 1.x that has each on by default; {NEWEST + 1}: none so far has."""',
                "",
                f"GATED: dict[str, dict[str, str]] = {json.dumps(fields, indent=4)}",
                '"""The gate of each gated field, by type and field."""',
                "",
            ]
        )
    )


if __name__ == "__main__":
    (FOLDER / "gates.py").write_text(source(), encoding="utf-8")
