"""Score files, of score.dev/v1b1: https://github.com/score-spec/spec (score-v1b1.json at d5ecde8)."""

from __future__ import annotations

from .workload import import_score

__all__ = ["import_score"]
