"""What is known of an engine: where it listens and keeps its data, how it is asked, told, saved and closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ...kube.images import image_parts
from ..image import ImageSpec
from ..ports import ServicePort

__all__ = ["Credentials", "Engine", "image", "port"]


CLIENTS = ("mc", "rclone", "aws")
"""Clients of S3 that the functions of `compiler.backup_bucket` know."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """How an engine gets a user or a password, as its image's entry point and its manual say."""

    variables: tuple[str, ...]
    """Variables that the image makes credentials of, or with which somebody says that none are wanted."""
    missing: str
    """What a server is like that has none."""
    remedy: str
    """What to write, so that it has some."""
    options: tuple[str, ...] = ()
    """What stands in the arguments where they name credentials, or a file with some."""
    in_files: bool = False
    """Whether a file that is mounted may hold them."""


@dataclass(frozen=True, slots=True)
class Engine:
    """A database engine: its image, where it listens, where it keeps its data, how it is asked and saved.

    Where a text says so, `{name}` stands for the container port of that name.
    """

    name: str
    image: ImageSpec
    ports: tuple[ServicePort, ...]
    """The primary port first."""
    data_directory: str
    scheme: str
    """Scheme of the connection URL."""
    readiness: Mapping[str, Any] | None
    """Handler of the readiness probe, `{name}` in a command; None: the primary port accepts connections. It succeeds
    only where the engine answers queries, not while it loads, refuses the password or has lost its primary."""
    dump: str
    """Shell commands that save everything; see `compiler.backup` for what they may use."""
    tools: tuple[str, ...]
    """Programs that `dump` calls and a plain system does not have."""
    dump_port: str
    """Name of the port that `dump` connects to."""
    saves_itself: bool
    """Whether the engine's default image may hold the tools; otherwise only another image can save it."""
    credentials: Credentials
    """How a password gets in, and what becomes of a server without one."""
    clients: tuple[str, ...] = CLIENTS
    """Clients of S3 of which the job takes the first that its image has."""
    functions: str = ""
    """Shell functions that `dump` calls, and that a restore needs too."""
    args: tuple[str, ...] = ()
    """Arguments without which the image does not serve, `{name}` in them; the user's command or args replace them."""
    port_args: tuple[str, ...] = ()
    """Arguments that tell the image other ports than its own, `{name}` in them; the user's command or args replace
    them."""
    port_variables: Mapping[str, str] = field(default_factory=dict)
    """Variables that tell the image another port than its own: the name of the port by that of the variable."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """Variables set unless the user sets them: directories below the data directory."""
    scratch: tuple[str, ...] = ()
    """Directories the server writes to beside the data and /tmp; a read-only root filesystem needs volumes there."""
    ready_when: str = ""
    """What the readiness means in words, where the handler does not say it by itself."""
    unclustered: str = ""
    """What several replicas lack to be one database; empty where they need nothing, or the image provides it."""


def image(reference: str) -> ImageSpec:
    """Return the image that *reference* names, such as `nats:2.10`."""
    repository, tag, _ = image_parts(reference)
    return ImageSpec(repository=repository, tag=tag)


def port(name: str, number: int) -> ServicePort:
    """Return the container port *number*, called *name*."""
    return ServicePort(name=name, container_port=number)
