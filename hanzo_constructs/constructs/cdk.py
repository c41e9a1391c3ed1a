"""The one door to cdk8s: behind it Node sleeps, unless the program has imported cdk8s by itself before."""

from __future__ import annotations

import jsii

try:
    from .sleeping import let_node_sleep
except ImportError:  # a jsii that is built in another way: Node starts with the import, as it does without us
    from .node import choose_node as let_node_sleep

let_node_sleep()

from cdk8s import (  # noqa: E402 - this import is what Node must sleep through
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
