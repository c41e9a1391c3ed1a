"""The garbage collector rests while an app is written, and only then."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hanzo_constructs import HanzoApp, HanzoChart, ProofError, ServiceConstruct, main
from hanzo_constructs.constructs.synth.proving import proof_of
from hanzo_constructs.kube.yaml import dump
from tests.constructs.samples import SMALL


def test_it_rests_during_the_proof_and_the_writing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = HanzoApp(outdir=tmp_path)
    works: list[bool] = []
    ServiceConstruct(HanzoChart(app, "shop"), "api", SMALL)

    def noting(does: Callable[..., Any]) -> Callable[..., Any]:
        def noted(*given: Any) -> Any:
            works.append(gc.isenabled())
            return does(*given)

        return noted

    monkeypatch.setattr("hanzo_constructs.constructs.synth.synthesis.proof_of", noting(proof_of))
    monkeypatch.setattr("hanzo_constructs.constructs.synth.layout.dump", noting(dump))
    app.synth()
    assert works == [False, False, False]  # once for the proof, and once for each of two objects
    assert gc.isenabled()


def test_the_collector_works_again_where_writing_fails(tmp_path: Path) -> None:
    app = HanzoApp(outdir=tmp_path)
    for chart in ("shop", "store"):
        ServiceConstruct(HanzoChart(app, chart), "api", SMALL)
    with pytest.raises(ProofError):
        app.synth()
    assert gc.isenabled()


def test_who_has_switched_it_off_finds_it_so(tmp_path: Path) -> None:
    gc.disable()
    try:
        main(HanzoApp(outdir=tmp_path))
        assert not gc.isenabled()
    finally:
        gc.enable()
