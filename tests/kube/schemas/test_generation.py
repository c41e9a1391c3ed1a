"""What is committed is what the generator makes."""

from __future__ import annotations

import pytest

pytest.importorskip("kubernetes_validate", reason="the schemas come with kubernetes-validate")

from scripts.generate_schemas import FILE, text
from tests.architecture.sources import ROOT


def test_the_committed_table_is_the_generated_one() -> None:
    assert (ROOT / FILE).read_text(encoding="utf-8") == text(), "run `python -m scripts.generate_schemas`"
