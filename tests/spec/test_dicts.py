"""Specs as dicts: the committed types are the generated ones, every kind has its own, and a program never loads them."""

from __future__ import annotations

import subprocess
import sys
from typing import Any, get_args

import pytest

import hanzo_constructs
from hanzo_constructs.spec import dicts
from hanzo_constructs.spec.kind import imported
from hanzo_constructs.spec.kinds import KINDS
from scripts.generate_dicts import FOLDER, generated
from tests.architecture.sources import ROOT

OWN = [name for name, kind in KINDS.items() if not kind.of]
"""Kinds that are no facades."""
PROBE = """
import sys
import hanzo_constructs
from hanzo_constructs import ServiceConstruct, compile_resource, parse
print("hanzo_constructs.spec.dicts" in sys.modules)
"""


def test_the_committed_files_are_the_generated_ones() -> None:
    stale = [name for name, content in generated().items() if (ROOT / FOLDER / name).read_text() != content]
    assert not stale, "run `python -m scripts.generate_dicts`"


@pytest.mark.parametrize("kind", OWN)
def test_the_dict_of_every_kind_is_public(kind: str) -> None:
    name = f"{kind}Dict"
    stub = (ROOT / "hanzo_constructs/__init__.pyi").read_text()
    assert name in dir(hanzo_constructs), "name it in hanzo_constructs/__init__.py"
    assert f"from .spec.dicts import {name} as {name}\n" in stub, "name it in hanzo_constructs/__init__.pyi"
    assert getattr(hanzo_constructs, name).__name__ == name


@pytest.mark.node
@pytest.mark.parametrize("kind", OWN)
def test_the_construct_of_every_kind_takes_its_dict(kind: str) -> None:
    (base,) = imported(KINDS[kind].construct).__orig_bases__
    _, spec = get_args(base)
    assert spec.__forward_arg__ == f"{kind}Spec | {kind}Dict"


@pytest.mark.parametrize("kind", OWN)
def test_the_spec_of_every_kind_takes_its_short_forms_as_arguments(kind: str) -> None:
    model: Any = KINDS[kind].model.model_fields["spec"].annotation
    stub = (ROOT / FOLDER / "dicts.pyi").read_text()
    source = (ROOT / (model.__module__.replace(".", "/") + ".py")).read_text()
    if f"class {model.__name__}Arguments(TypedDict" in stub:
        assert f"def __init__(self, **data: Unpack[{model.__name__}Arguments]) -> None: ..." in source


@pytest.mark.node
def test_nothing_loads_them_but_who_asks_for_one() -> None:
    run = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"


def test_when_a_program_runs_they_are_dicts_without_keys() -> None:
    assert dicts.ServiceDict(image="a/b:1") == {"image": "a/b:1"}

    class More(dicts.ServiceDict, total=False):
        note: str

    assert More(image="a/b:1", note="") == {"image": "a/b:1", "note": ""}
    assert {"ServiceDict", "ContainerDict"} <= {*dir(dicts)}
    with pytest.raises(AttributeError, match="no attribute 'ServiceDicts'"):
        _ = dicts.ServiceDicts  # type: ignore[attr-defined]
