"""Rules between an engine and what the user gives it: arguments, variables, and models that it can reach."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

from ...kube.fields import discreet
from ...kube.model import Problem
from ..image import ImageSpec
from ..pod import argument_problems, command_problems
from .blocks import TokenSecret
from .engine import Engine
from .model_ref import HubModel, NamedModel, StoreModel, parsed

if TYPE_CHECKING:
    from ...kube.core import EnvVar

__all__ = ["Served", "engine_problems", "model_problems", "variable_problems"]


class Served(Protocol):
    """What is said of an engine and of what it gets."""

    @property
    def engine_facts(self) -> Engine:
        """What is known of the engine."""
        ...

    @property
    def image(self) -> ImageSpec | None:
        """Image of the user's."""
        ...

    @property
    def command(self) -> Sequence[str] | None:
        """Entry point of the user's."""
        ...

    @property
    def engine_args(self) -> Sequence[str]:
        """Arguments of the user's."""
        ...

    @property
    def env(self) -> Sequence[EnvVar]:
        """Variables of the user's."""
        ...

    @property
    def token_secret(self) -> TokenSecret | None:
        """Token for models of the hub."""
        ...

    @property
    def loader_image(self) -> ImageSpec | None:
        """Image that fetches models from s3://."""
        ...

    @property
    def model_refs(self) -> tuple[tuple[str, str], ...]:
        """Every reference to a model, and where it stands."""
        ...


def engine_problems(spec: Served) -> Iterable[Problem]:
    """Yield an image that is missing, and arguments that no process takes or that fields decide."""
    engine = spec.engine_facts
    if engine.image is None and spec.image is None:
        yield Problem(("image",), f"required because engine is {engine.name}")
    yield from command_problems(spec.command or (), ())
    yield from argument_problems(spec.engine_args, ("engineArgs",))
    for index, word in enumerate(spec.engine_args):
        if field := engine.decided.get(word.partition("=")[0]):
            yield Problem(("engineArgs", index), f"is decided by {field}; leave it out, got {discreet(word)}")


def variable_problems(spec: Served) -> Iterable[Problem]:
    """Yield variables of the user's that take the place of what a field says."""
    engine = spec.engine_facts
    decided = {} if engine.takes_model else {"MODEL": "modelRef", "MODEL_REVISION": "modelRef"}
    if engine.port is None:
        decided["PORT"] = "port"
    if spec.token_secret:
        decided["HF_TOKEN"] = "tokenSecret"  # noqa: S105 - the name of a field
    for index, variable in enumerate(spec.env):
        if field := decided.get(variable.name):
            yield Problem(("env", index, "name"), f"{variable.name} is decided by {field}; leave it out")


def model_problems(spec: Served) -> Iterable[Problem]:
    """Yield what fetches models, where no model is fetched in that way."""
    sources = [parsed(reference) for _, reference in spec.model_refs]
    if spec.token_secret and not any(isinstance(each, HubModel | NamedModel) for each in sources):
        message = "is for models that the engine fetches; models of s3:// take credentials from env, envFrom or the service account"
        yield Problem(("tokenSecret",), message)
    if spec.loader_image and not any(isinstance(each, StoreModel) for each in sources):
        yield Problem(("loaderImage",), "fetches models from s3://; leave it out without one")
