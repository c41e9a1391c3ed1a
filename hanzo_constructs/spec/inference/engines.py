"""The engines by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .custom import CUSTOM
from .engine import Engine, EngineName
from .sglang import SGLANG
from .tgi import TGI
from .vllm import VLLM

__all__ = ["ENGINES"]

ENGINES: Mapping[EngineName, Engine] = MappingProxyType({each.name: each for each in (VLLM, SGLANG, TGI, CUSTOM)})
