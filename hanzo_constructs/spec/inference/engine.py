"""What is known of an engine that serves models: one instance for each, in a module of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

__all__ = ["Drain", "Engine", "EngineName", "Metric", "Source"]

EngineName = Literal["vllm", "sglang", "tgi", "custom"]
Metric = Literal["queueDepth", "tokensPerSecond", "gpuUtilization", "cpu"]


class Source(NamedTuple):
    """Where a fact was read."""

    repository: str
    version: str
    """Commit, tag or pull request."""
    path: str


class Drain(NamedTuple):
    """An option that lets requests that run come to their end when the engine is stopped."""

    option: str
    since: tuple[int, int]
    """Major and minor version of the first release that knows it."""


@dataclass(frozen=True, slots=True)
class Engine:
    """How an engine is started, asked and measured."""

    name: EngineName
    title: str
    sources: tuple[Source, ...]
    image: str | None
    """Image that runs where the user names none; None: the user must."""
    command: tuple[str, ...] = ()
    """Entry point; empty: that of the image."""
    model: tuple[str, ...] = ()
    """Options before the model; the empty tuple beside `takes_model`: it stands alone."""
    takes_model: bool = True
    """Whether the model is an argument; else it is the variable `MODEL`."""
    revision: str | None = "--revision"
    """Option for the revision of a model of the hub."""
    served_name: str | None = None
    """Option for the name by which clients ask for the model; None: any name will do."""
    fixed: tuple[str, ...] = ()
    """Arguments that it always gets."""
    port: str | None = "--port"
    """Option for the port; None: the variable `PORT`."""
    parallel: str | None = None
    """Option for the number of accelerators that hold the model together."""
    drain: Drain | None = None
    ready: str | None = None
    """Path that answers when requests can be served; None: that of `healthCheck`."""
    keys: tuple[str, ...] = ()
    """Options and variables with a key that clients must show, without which `ready` answers nobody, no probe either."""
    metrics: Mapping[Metric, str] = field(default_factory=dict)
    """Prometheus metrics of the engine: a gauge of waiting requests, a counter of generated tokens."""
    caches: Mapping[str, str] = field(default_factory=dict)
    """Variables that say where files are kept, and the folders of the cache that they get."""

    @property
    def decided(self) -> dict[str, str]:
        """Options that fields of the spec decide, and the fields."""
        model = self.model[-1] if self.model else "--model" if self.takes_model else None
        options = {self.port: "port", self.revision: "modelRef", model: "modelRef"}
        return {option: name for option, name in options.items() if option} | dict.fromkeys(self._bound, "port")

    @property
    def _bound(self) -> tuple[str, ...]:
        return ("--host",) if "--host" in self.fixed else ()
