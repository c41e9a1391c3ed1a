"""An engine of one's own: an image that reads where its model is, and its port, from variables."""

from __future__ import annotations

from .engine import Engine

__all__ = ["CUSTOM"]

CUSTOM = Engine(
    name="custom",
    title="an engine of one's own",
    sources=(),
    image=None,
    takes_model=False,
    revision=None,
    port=None,
    caches={"HF_HOME": "huggingface"},
)
"""It gets MODEL (a name, or the folder of the files), MODEL_REVISION where there is one, and PORT."""
