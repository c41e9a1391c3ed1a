"""What is the same of an engine whatever image runs it, and the generations of its images."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...kube.images import image_parts
from ..image import ImageSpec
from ..ports import ServicePort
from .generation import Generation

__all__ = ["Engine", "image", "port"]


CLIENTS = ("mc", "rclone", "aws")
"""Clients of S3 that the functions of `compiler.backup_bucket` know."""


@dataclass(frozen=True, slots=True, eq=False)
class Engine:
    """A database engine: its default image, where it listens, how it is saved, and what is known of its images."""

    name: str
    image: ImageSpec
    """The default image."""
    ports: tuple[ServicePort, ...]
    """The primary port first."""
    operator_directory: str
    """Where the operator that this replaces mounts the claim, whatever the image."""
    schemes: Mapping[str, str]
    """Scheme of the URL of each port, by the port's name."""
    dump: str
    """Shell commands that save everything, for every generation; see `compiler.backup` for what they may use.
    They take user and password from the variables of any generation (`Credentials.variables`)."""
    tools: tuple[str, ...]
    """Programs that `dump` calls and a plain system does not have, beside the one that uploads."""
    dump_port: str
    """Name of the port that `dump` connects to."""
    generations: tuple[Generation, ...]
    """What is known of its images."""
    unknown: str
    """Name of the generation that an image is taken for of which nothing is known."""
    clients: tuple[str, ...] = CLIENTS
    """Clients of S3 of which the job takes the first that its image has."""
    functions: str = ""
    """Shell functions that `dump` calls, and that a restore needs too."""
    operator_image: ImageSpec | None = None
    """The default image of the operator that this replaces, where it is another one."""
    operator_saves: bool = True
    """Whether that operator took backups with its default image."""
    database_variables: tuple[str, ...] = ()
    """Variables of its images that name the database they make at first; the first is the usual one."""
    user_variables: tuple[str, ...] = ()
    """Variables of its images that name the user, whose name the database has where nothing names that."""
    default_database: str = ""
    """The database that they make where neither is named."""
    unclustered: str = ""
    """What several replicas lack to be one database; empty where they need nothing, or the image provides it."""

    @property
    def scheme(self) -> str:
        """Scheme of the connection URL, which is that of the primary port."""
        return self.schemes[self.ports[0].name]

    def generation(self, name: str) -> Generation:
        """Return the generation of that *name*."""
        return next(each for each in self.generations if each.name == name)


def image(reference: str) -> ImageSpec:
    """Return the image that *reference* names, such as `nats:2.12`."""
    repository, tag, _ = image_parts(reference)
    return ImageSpec(repository=repository, tag=tag)


def port(name: str, number: int) -> ServicePort:
    """Return the container port *number*, called *name*."""
    return ServicePort(name=name, container_port=number)
