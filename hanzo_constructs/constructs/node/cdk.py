"""What this package uses of cdk8s; Node does not start with this import, unless the program has imported cdk8s before."""

from __future__ import annotations

import jsii

try:
    from .provider import start_node_on_demand
    from .values import judge_values

    judge_values()
except ImportError:  # a jsii without these private names: Node starts with the import below, as it does without us
    from .binary import choose_node as start_node_on_demand

start_node_on_demand()

from cdk8s import (  # noqa: E402 - this import would start Node
    ApiObject,
    App,
    Chart,
    DependencyGraph,
    IResolver,
    JsonPatch,
    Names,
    Size,
    YamlOutputType,
)
from constructs import Construct, IConstruct, IValidation  # noqa: E402 - likewise

__all__ = [
    "ApiObject",
    "App",
    "Chart",
    "Construct",
    "DependencyGraph",
    "IConstruct",
    "IResolver",
    "IValidation",
    "JsonPatch",
    "Names",
    "Size",
    "YamlOutputType",
    "jsii",
]
