"""Secrets that the key management service fills; no value ever stands in a manifest."""

from collections.abc import Iterator
from typing import Annotated, ClassVar, NamedTuple

from pydantic import Field

from ..kube.core.scalars import Positive32
from ..kube.fields import shown
from ..kube.model import CheckedModel, Model, Problem
from ..kube.names import DnsLabel, ObjectName
from ..kube.published import ABSOLUTE_PATH
from ..kube.urls import URL_FORM, url_problem

__all__ = ["CredentialsRef", "KeyNeed", "KmsSecretRef"]


class KeyNeed(NamedTuple):
    """A variable that a container must get from one of the Secrets and ConfigMaps that fill its environment."""

    field: str
    """Where the first of them is named: `spec.credentialsSecret`."""
    sources: tuple[tuple[str, str, str], ...]
    """Kind and name of each of them, and what stands before its keys."""
    names: tuple[str, ...]
    """The variable, or others that do for it."""
    reader: str
    """Who reads it, as messages name it."""


class CredentialsRef(Model):
    """The Secret with which the key management service is asked."""

    name: ObjectName
    """Name of the Secret."""
    namespace: DnsLabel | None = None
    """Namespace of the Secret; left out, the resource's own."""


class KmsSecretRef(CheckedModel):
    """A Secret that is filled from the key management service and kept up to date."""

    list_keys: ClassVar[tuple[str, ...]] = ("managedSecretName",)

    host_api: Annotated[str, URL_FORM] | None = None
    """URL of the key management service; left out, the platform's."""
    project_slug: Annotated[str, Field(min_length=1)]
    """Project the secrets belong to."""
    env_slug: Annotated[str, Field(min_length=1)]
    """Environment of the project, such as prod."""
    secrets_path: Annotated[str, ABSOLUTE_PATH] = "/"
    """Path of the secrets within the environment."""
    credentials_ref: CredentialsRef
    """Secret with the credentials to ask the key management service with."""
    resync_interval: Annotated[Positive32, Field(ge=10)] = 60
    """Seconds after which the Secret is compared with the service again."""
    managed_secret_name: ObjectName
    """Name of the Secret that is filled; env, envFrom and volumes refer to it."""

    def problems(self) -> Iterator[Problem]:
        """Refuse what the service would refuse."""
        if self.host_api is not None and (problem := url_problem(self.host_api)):
            yield Problem(("hostApi",), problem)
        if not self.secrets_path.startswith("/"):
            yield Problem(("secretsPath",), f"must begin with a slash, got {shown(self.secrets_path)}")
