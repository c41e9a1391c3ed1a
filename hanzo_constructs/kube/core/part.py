"""The base of the core models: a model whose wire names are Kubernetes' own, `hostIP` and all."""

from pydantic import ConfigDict

from ..fields import wire_name
from ..model import Model
from .spelling import IRREGULAR

__all__ = ["Part"]


def _kubernetes_name(python_name: str) -> str:
    return IRREGULAR.get(python_name) or wire_name(python_name)


class Part(Model):
    """A part of a Kubernetes object."""

    model_config = ConfigDict(alias_generator=_kubernetes_name)
