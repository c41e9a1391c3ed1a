"""vLLM."""

from __future__ import annotations

from .engine import Drain, Engine, Source

__all__ = ["VLLM"]

VLLM = Engine(
    name="vllm",
    title="vLLM",
    sources=(
        Source("vllm-project/vllm", "dead20b", "docker/Dockerfile"),
        Source("vllm-project/vllm", "0328b59", "docs/design/metrics.md"),
        Source("vllm-project/vllm", "v0.14.0", "vllm/entrypoints/openai/api_server.py, AuthenticationMiddleware"),
        Source("vllm-project/vllm", "pull request 36666", "the option --shutdown-timeout"),
    ),
    image="docker.io/vllm/vllm-openai:v0.27.1",
    command=("vllm", "serve"),
    served_name="--served-model-name",
    fixed=("--host", "0.0.0.0"),  # noqa: S104 - inside the pod
    parallel="--tensor-parallel-size",
    drain=Drain("--shutdown-timeout", (0, 18)),
    ready="/v1/models",
    keys=("--api-key", "VLLM_API_KEY"),
    metrics={"queueDepth": "vllm:num_requests_waiting", "tokensPerSecond": "vllm:generation_tokens_total"},
    caches={"HF_HOME": "huggingface", "VLLM_CACHE_ROOT": "vllm"},
)
"""It answers /health before the model is loaded in some versions, and /v1/models not before."""
