"""Running programs that an import wrote, in this process."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hanzo_constructs import HanzoApp
from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.compiler.links import links_of
from hanzo_constructs.importing.python import program_text
from hanzo_constructs.kube.yaml import dump
from hanzo_constructs.platform import Platform
from hanzo_constructs.spec.kinds import parse

__all__ = ["compiled", "rendered", "same_documents"]


def rendered(program: str, platform: Platform) -> str:
    """Return what *program* writes on *platform*."""
    app = HanzoApp(platform=platform)
    names: dict[str, Any] = {"__name__": "program"}
    exec(compile(program, "program.py", "exec"), names)  # noqa: S102 - that is what the program is for
    names["build"](app)
    return app.synth_yaml()


def compiled(documents: Sequence[Any], platform: Platform) -> str:
    """Return what compiling *documents* gives on *platform*."""
    resources = [parse(each, platform) for each in documents]
    links, _ = links_of(resources, platform)
    manifests = [each for one in resources for each in compile_resource(one, platform, links=links).manifests]
    return "".join(f"---\n{dump(each)}" for each in manifests)


def same_documents(documents: Sequence[Any], platform: Platform) -> str:
    """Assert that the program of *documents* renders what these compile to, byte by byte; return the program."""
    program = program_text(documents, (), platform)
    found, wanted = rendered(program, platform), compiled(documents, platform)
    assert sorted(found.split("---\n")) == sorted(wanted.split("---\n"))
    return program
