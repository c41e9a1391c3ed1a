"""Container images: where one comes from and which version of it is meant."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BeforeValidator

from ..kube.images import DIGEST_FORM, REPOSITORY_FORM, TAG_FORM, digest_problem, repository_problem, tag_problem
from ..kube.model import CheckedModel, Problem
from ..kube.published import short
from .short_forms import image_of

__all__ = ["Image", "ImageSpec", "image_reference"]


class ImageSpec(CheckedModel):
    """An image by repository, tag and digest."""

    other_names = {  # noqa: RUF012 - the base says that it is no field
        "name": "repository",
        "image": "repository",
        "registry": "repository, of which it is the first part",
        "version": "tag",
        "imagePullPolicy": "pullPolicy",
        "pullSecrets": "imagePullSecrets beside image",
    }

    repository: Annotated[str, REPOSITORY_FORM]
    """Registry and path of the image, without tag: `ghcr.io/hanzoai/example`."""
    tag: Annotated[str, TAG_FORM] | None = None
    """Tag of the image; it also becomes the version label."""
    digest: Annotated[str, DIGEST_FORM] | None = None
    """Digest `sha256:...` of the image; beside a tag, the digest decides which image runs."""
    pull_policy: Literal["Always", "IfNotPresent", "Never"] | None = None
    """When the image is pulled; left out, Kubernetes decides: always for the tag latest or none, else if it is not
    there."""

    def problems(self) -> Iterator[Problem]:
        """Refuse references no registry could serve."""
        if problem := repository_problem(self.repository):
            yield Problem(("repository",), problem)
        if self.tag is not None and (problem := tag_problem(self.tag)):
            yield Problem(("tag",), problem)
        if self.digest is not None and (problem := digest_problem(self.digest)):
            yield Problem(("digest",), problem)


def image_reference(image: ImageSpec) -> str:
    """Return `repository[:tag][@digest]`."""
    return image.repository + (f":{image.tag}" if image.tag else "") + (f"@{image.digest}" if image.digest else "")


Image = Annotated[ImageSpec, BeforeValidator(image_of), short({"type": "string"})]
"""An image; a plain reference will do: `"ghcr.io/hanzoai/example:v1.2.3"`."""
