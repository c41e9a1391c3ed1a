"""What is compared: every entry as the command that renders N services, and where its output goes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .places import CDK8S, HERE, RIVALS, hzc, node


@dataclass(frozen=True)
class Job:
    """One run: so many services, so many of them to a chart, the folder to write into and the prepared input."""

    services: int
    per_chart: int
    folder: Path
    inputs: Path

    def input(self, suffix: str) -> str:
        """Return the path of the prepared input of this size."""
        return str(self.inputs / f"{self.services}{suffix}")


@dataclass(frozen=True)
class Entry:
    """One row of the table."""

    name: str
    note: str
    command: Callable[[Job], list[str]]
    ours: bool = False
    same_objects: bool = True
    """Whether the output must equal the reference; else six objects of the same kinds and names will do."""
    mixed: bool = False
    """Whether the fleet is the mixed one, which only we render."""


def _script(name: str, *arguments: str) -> Callable[[Job], list[str]]:
    return lambda job: [sys.executable, str(RIVALS / name), str(job.services), *arguments]


def _helm(folder: str, *, values_file: bool) -> Callable[[Job], list[str]]:
    def command(job: Job) -> list[str]:
        chart = RIVALS / "chart" if folder == "chart" else job.inputs / folder
        values = [job.input(".values.yaml")] if values_file else []
        return [sys.executable, str(RIVALS / "helm_engine.py"), str(job.services), str(chart), *values]

    return command


def _program(name: str) -> Callable[[Job], list[str]]:
    """Return the command of a cdk8s program alone, without the cdk8s command line."""
    runner = node() if name.endswith(".js") else sys.executable
    return lambda job: [runner, str(RIVALS / name), str(job.services), str(job.per_chart)]


def _synth(name: str) -> Callable[[Job], list[str]]:
    """Return the command of the same program as its user runs it."""
    return lambda job: [
        node(), str(CDK8S), "synth", "--app", " ".join(_program(name)(job)), "--output", str(job.folder)
    ]  # fmt: skip


def entries() -> list[Entry]:
    """Return every entry; ours first."""
    cdk8s = [
        ("constructs", "our constructs", "constructs_app.py", True, True),
        ("cdk8s-plus python", "hand-written with cdk8s-plus-27 in Python", "cdk8s_plus.py", False, False),
        ("cdk8s-plus javascript", "hand-written with cdk8s-plus-27 in JavaScript", "cdk8s_plus.js", False, False),
        ("cdk8s python", "plain cdk8s ApiObjects in Python, bodies as JSON patches", "cdk8s_plain.py", False, True),
        ("cdk8s javascript", "plain cdk8s ApiObjects in JavaScript", "cdk8s_plain.js", False, True),
    ]
    return [
        Entry("hzc", "`hzc compile fleet.yaml -o -`: reads YAML, validates, compiles, proves the set, writes",
              lambda job: [hzc(), "compile", "--no-cache", job.input(".yaml"), "-o", "-"], ours=True),
        Entry("hzc folder", "`hzc compile fleet.yaml -o FOLDER`: the same into a file per resource",
              lambda job: [hzc(), "compile", "--no-cache", job.input(".yaml"), "-o", str(job.folder)], ours=True),
        Entry("hzc json", "`hzc compile fleet.json -o -`: the same input as JSON",
              lambda job: [hzc(), "compile", "--no-cache", job.input(".json"), "-o", "-"], ours=True),
        Entry("hzc again", "`hzc compile fleet.yaml -o -` once more: its result was kept",
              lambda job: [hzc(), "compile", job.input(".yaml"), "-o", "-"], ours=True),
        Entry("hzc edited", "the same of a fleet in which one service has changed since the last run; writing it included",
              lambda job: [sys.executable, str(HERE / "edited.py"), hzc(), job.input(".yaml"), str(job.folder.with_name("edited.yaml"))],
              ours=True, same_objects=False),
        Entry("hzc forms", "`hzc compile forms.yaml -o -`: the same values as people write them",
              lambda job: [hzc(), "compile", "--no-cache", job.input(".forms.yaml"), "-o", "-"], ours=True),
        Entry("hzc mixed", "`hzc compile mixed.yaml -o -`: the mixed fleet",
              lambda job: [hzc(), "compile", "--no-cache", job.input(".mixed.yaml"), "-o", "-"], ours=True, mixed=True),
        Entry("constructs mixed", "`cdk8s synth`: our constructs, the mixed fleet",
              _synth("constructs_mixed.py"), ours=True, mixed=True),
        Entry("constructs mixed alone", "our constructs, the mixed fleet, without the cdk8s command line",
              _program("constructs_mixed.py"), ours=True, mixed=True),
        Entry("helm", "Helm's engine, one flat template, values handed over in memory; checks nothing",
              _helm("flat", values_file=False)),
        Entry("helm labels", "the same with the labels in named templates, as `helm create` writes charts",
              _helm("chart", values_file=False)),
        Entry("helm values", "the flat template with the values read from a values.yaml by Helm",
              _helm("flat", values_file=True)),
        Entry("jinja2", "text templates, data in memory; checks nothing", _script("jinja2_text.py")),
        Entry("jsonnet", "the C++ jsonnet, data handed over as JSON, writes JSON", _script("jsonnet_fleet.py")),
        Entry("kcl", "KCL functions, data handed over as JSON, writes YAML", _script("kcl_fleet.py")),
        *(
            Entry(name, f"`cdk8s synth`: {note}", _synth(program), ours=ours, same_objects=same)
            for name, note, program, ours, same in cdk8s
        ),
        *(
            Entry(f"{name} alone", f"{note}, without the cdk8s command line", _program(program), ours, same)
            for name, note, program, ours, same in cdk8s
        ),
    ]  # fmt: skip
