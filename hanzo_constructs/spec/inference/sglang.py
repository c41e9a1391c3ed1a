"""SGLang."""

from __future__ import annotations

from .engine import Engine, Source

__all__ = ["SGLANG"]

SGLANG = Engine(
    name="sglang",
    title="SGLang",
    sources=(
        Source("sgl-project/sglang", "2c7d0a5", "docker/k8s-sglang-service.yaml"),
        Source("sgl-project/sglang", "93d0487", "python/sglang/srt/metrics/collector.py"),
    ),
    image="docker.io/lmsysorg/sglang:v0.5.12",
    command=("python3", "-m", "sglang.launch_server"),
    model=("--model-path",),
    served_name="--served-model-name",
    fixed=("--host", "0.0.0.0", "--enable-metrics"),  # noqa: S104 - inside the pod
    parallel="--tp-size",
    metrics={"queueDepth": "sglang:num_queue_reqs", "tokensPerSecond": "sglang:generation_tokens_total"},
    caches={"HF_HOME": "huggingface"},
)
