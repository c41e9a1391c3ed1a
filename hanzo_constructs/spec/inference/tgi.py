"""Text Generation Inference."""

from __future__ import annotations

from .engine import Engine, Source

__all__ = ["TGI"]

TGI = Engine(
    name="tgi",
    title="Text Generation Inference",
    sources=(
        Source("huggingface/text-generation-inference", "v3.3.5", "docs/source/reference/launcher.md"),
        Source("huggingface/text-generation-inference", "v3.3.5", "docs/source/reference/metrics.md"),
    ),
    image="ghcr.io/huggingface/text-generation-inference:3.3.5",
    model=("--model-id",),
    parallel="--num-shard",
    metrics={"queueDepth": "tgi_queue_size", "tokensPerSecond": "tgi_request_generated_tokens_sum"},
    caches={"HF_HOME": "huggingface"},
)
"""It answers to any name of a model."""
