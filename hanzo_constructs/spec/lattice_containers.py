"""The containers of a Lattice workload: maps by name, and an image by digest."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal, Unpack

from pydantic import BeforeValidator, Field

from ..kube.core import HTTPHeader, PortOrName
from ..kube.core.scalars import NonNegative32, Positive32
from ..kube.fields import shown
from ..kube.images import image_parts
from ..kube.model import CheckedModel, Items, Mapping, Model, Problem
from ..kube.names import DnsLabel
from ..kube.published import short
from ..kube.quantity import Quantity
from .image import Image, ImageSpec
from .placeholders import Piece, Reference, parse_text
from .pod import absolute_path_problem
from .probes import ExecAction, Grpc, TcpSocket

if TYPE_CHECKING:
    from .dicts import LatticeContainerArguments

__all__ = [
    "HttpGet",
    "LatticeContainer",
    "LatticeFile",
    "LatticeMount",
    "LatticeProbe",
    "Measures",
    "Requirements",
    "digest_problems",
]


class Measures(Model):
    """An amount of processor time and of memory."""

    cpu: Quantity
    """Processor time, such as 250m or 2."""
    memory: Quantity
    """Memory, such as 256Mi."""


class Requirements(Model):
    """What a container gets for sure, and at most."""

    requests: Measures
    """What it gets for sure, and by which its node is chosen."""
    limits: Measures
    """What it gets at most; the same as requests for one that is never slowed down or stopped for others."""


class HttpGet(Model):
    """A request by HTTP that must succeed."""

    path: str | None = None
    """Path that is asked; left out, /."""
    port: PortOrName
    """Number or name of a declared port."""
    scheme: Literal["HTTP", "HTTPS"] | None = None
    """How the port is asked; left out, by HTTP. Certificates are not checked."""
    host: str | None = None
    """Host that is asked instead of the pod; for another name of the pod itself, write the header Host."""
    http_headers: Items[HTTPHeader] = ()
    """Headers of the request."""


class LatticeProbe(Model):
    """A probe, in the form of Kubernetes."""

    http_get: HttpGet | None = None
    """Probe by a request."""
    exec: ExecAction | None = None
    """Probe by running a command in the container."""
    tcp_socket: TcpSocket | None = None
    """Probe by opening a TCP connection."""
    grpc: Grpc | None = None
    """Probe by a health check of gRPC."""
    initial_delay_seconds: NonNegative32 | None = None
    """Seconds between the start of the container and the first probe; left out, 5 for the main container, else none."""
    period_seconds: Positive32 | None = None
    """Seconds between two probes; left out, 10."""
    timeout_seconds: Positive32 | None = None
    """Seconds after which an unanswered probe has failed; left out, 1."""
    failure_threshold: Positive32 | None = None
    """Failures in a row after which it counts; left out, 3."""
    success_threshold: Positive32 | None = None
    """Successes in a row after which a failed container counts as healthy again; left out, 1, and only a readiness probe
    may have more."""


def _file(value: object) -> object:
    return {"content": value} if isinstance(value, str) else value


class LatticeFile(CheckedModel):
    """A file that the container finds when it starts."""

    other_names = {  # noqa: RUF012 - the base says that it is no field
        "source": "content: a compiler reads no other files",
        "binaryContent": "content: text alone",
        "mode": "no mode: everybody in the container may read the file",
    }

    content: str
    """Its text, in which references stand for values of resources."""
    no_expand: bool = False
    """Whether the text is taken as it stands, references too, such as a script of a shell."""

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Its text in pieces."""
        return (self.content,) if self.no_expand else parse_text(self.content)[0]

    def problems(self) -> Iterator[Problem]:
        """Refuse what begins like a reference and is none."""
        for wrong in () if self.no_expand else parse_text(self.content)[1]:
            yield Problem(("content",), wrong.message)


File = Annotated[LatticeFile, BeforeValidator(_file), short({"type": "string"})]
"""A file; its text alone will do."""


class LatticeMount(CheckedModel):
    """A volume that the container sees: one of the resources, or an empty one that goes with the pod."""

    source: str | None = None
    """The volume, such as ${resources.data}; left out, an empty one."""
    path: str | None = None
    """The folder of the volume that is seen; left out, all of it."""
    read_only: bool | None = None
    """Whether it cannot be changed here."""
    medium: Literal["Memory"] | None = None
    """Memory keeps an empty volume in memory; left out, it is on the disk of the node."""
    size_limit: Quantity | None = None
    """What an empty volume may hold at most."""

    @property
    def resource(self) -> str:
        """The name of the resource that is seen; empty for an empty volume."""
        pieces, _ = parse_text(self.source or "")
        return pieces[0].name if len(pieces) == 1 and isinstance(pieces[0], Reference) else ""

    def problems(self) -> Iterator[Problem]:
        """Refuse sources that are none, and what says nothing."""
        if self.source is None:
            if self.path is not None:
                yield Problem(("path",), "says nothing of an empty volume; write source, or leave it out")
            return
        for field, value in (("medium", self.medium), ("sizeLimit", self.size_limit)):
            if value is not None:
                yield Problem((field,), "is for an empty volume; leave this or source out")
        if not self.resource:
            yield Problem(("source",), f"must be one volume, such as ${{resources.data}}, got {shown(self.source)}")


class LatticeContainer(CheckedModel):
    """A container of the pods."""

    if TYPE_CHECKING:

        def __init__(self, **data: Unpack[LatticeContainerArguments]) -> None: ...

    other_names = {  # noqa: RUF012 - the base says that it is no field
        "env": "variables",
        "environment": "variables",
        "volumeMounts": "volumes, by the path in the container",
        "security": "securityContext and containerSecurityContext of the spec, within what pod security allows",
        "workingDir": "overlay, for the working directory",
        "ports": "service.ports of the workload",
    }

    image: Image
    """Image of the container, with its digest: what runs is what was tried."""
    command: Items[str] | None = None
    """Entry point, instead of the image's; references in it are not replaced."""
    args: Items[str] | None = None
    """Arguments of the entry point, instead of the image's; references in them are not replaced."""
    variables: Mapping[str] = Field(default_factory=dict)
    """Environment variables; references in them stand for values of resources."""
    env_from: Items[DnsLabel] = ()
    """Secrets of the resources each of whose keys becomes a variable."""
    resources: Requirements
    """What the container gets of its node."""
    liveness_probe: LatticeProbe | None = None
    """When it fails, the container is restarted; where no probe is written, the main container is asked for /healthz."""
    readiness_probe: LatticeProbe | None = None
    """While it fails, the pod gets no traffic; where no probe is written, the main container is asked for /readyz."""
    startup_probe: LatticeProbe | None = None
    """Until it succeeds, the other probes wait."""
    files: Mapping[File] = Field(default_factory=dict)
    """Files by their path in the container."""
    volumes: Mapping[LatticeMount] = Field(default_factory=dict)
    """Volumes by the path where the container sees them."""

    @property
    def texts(self) -> Iterator[tuple[tuple[str, str], tuple[Piece, ...]]]:
        """Its variables and files in pieces, and where each stands."""
        for name, text in self.variables.items():
            yield ("variables", name), parse_text(text)[0]
        for path, file in self.files.items():
            yield ("files", path), file.pieces

    def problems(self) -> Iterator[Problem]:
        """Refuse images that may change, texts with broken references, and paths that no container has."""
        yield from digest_problems(self.image)
        for name, text in self.variables.items():
            for wrong in parse_text(text)[1]:
                yield Problem(("variables", name), wrong.message)
        for field, paths in (("files", self.files), ("volumes", self.volumes)):
            for path in paths:
                if problem := _path_problem(path):
                    yield Problem((field, path), problem)
                elif field == "files" and path.endswith("/"):
                    yield Problem((field, path), f"must be the path of a file, not of a folder, got {shown(path)}")


def digest_problems(image: ImageSpec) -> Iterator[Problem]:
    """Yield that *image*, which a container has, may change, because its digest is not written."""
    if image.digest is None:
        reference = f"{image.repository}:{image.tag}" if image.tag else image.repository
        message = f"must have a digest, such as {image_parts(reference)[0]}@sha256:..., got {shown(reference)}"
        yield Problem(("image", "digest"), message)


def _path_problem(path: str) -> str:
    if problem := absolute_path_problem(path):
        return problem
    return f"must be a path without ':', got {shown(path)}" if ":" in path or "\0" in path else ""
