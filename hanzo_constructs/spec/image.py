"""Container images: where one comes from and which version of it is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ValidationInfo

from ..kube.fields import has_credentials, shown, type_shown
from ..kube.model import CheckedModel, Problem, in_document

__all__ = ["Image", "ImageSpec", "image_parts", "image_reference"]

_REPOSITORY = re.compile(
    r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?(?:/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*\Z", re.ASCII
)
_CREDENTIALS = "must not contain a user or password (not shown here); name the Secret with them in imagePullSecrets"
_TAG = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}\Z", re.ASCII)
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}\Z", re.ASCII)


class ImageSpec(CheckedModel):
    """An image by repository, tag and digest."""

    repository: str
    """Registry and path of the image, without tag: `ghcr.io/hanzoai/example`."""
    tag: str | None = None
    """Tag of the image; it also becomes the version label."""
    digest: str | None = None
    """Digest `sha256:...` of the image; beside a tag, the digest decides which image runs."""
    pull_policy: Literal["Always", "IfNotPresent", "Never"] | None = None
    """When the image is pulled; left out, Kubernetes decides: always for the tag latest or none, else if it is not
    there."""

    def problems(self) -> Iterator[Problem]:
        """Refuse references no registry could serve."""
        repository = self.repository
        if has_credentials(repository):
            yield Problem(("repository",), _CREDENTIALS)
        elif "@" in repository or ":" in repository.rpartition("/")[2]:
            yield Problem(
                ("repository",), f"must not contain the tag or digest, got {shown(repository)}; use tag and digest"
            )
        elif not _REPOSITORY.match(repository):
            yield Problem(
                ("repository",), f"must be a registry path such as ghcr.io/hanzoai/example, got {shown(repository)}"
            )
        if self.tag is not None and not _TAG.match(self.tag):
            yield Problem(("tag",), f"must be at most 128 letters, digits, '_', '.' and '-', got {shown(self.tag)}")
        if self.digest is not None and not _DIGEST.match(self.digest):
            yield Problem(("digest",), f"must be sha256: and 64 hexadecimal digits, got {shown(self.digest)}")


def image_parts(reference: str) -> tuple[str, str | None, str | None]:
    """Split *reference* into repository, tag and digest; a registry's port is no tag."""
    name, at, after = reference.partition("@")
    digest = after if at else None
    head, colon, tag = name.rpartition(":")
    if colon and "/" not in tag:
        return head, tag, digest
    return name, None, digest


def image_reference(image: ImageSpec) -> str:
    """Return `repository[:tag][@digest]`."""
    return image.repository + (f":{image.tag}" if image.tag else "") + (f"@{image.digest}" if image.digest else "")


def _parsed(value: Any, info: ValidationInfo) -> Any:
    if not isinstance(value, str):
        return value
    if in_document(info):
        raise ValueError(f"expected a mapping with repository and tag, got {type_shown(value)}")
    if has_credentials(value):
        raise ValueError(_CREDENTIALS)
    repository, tag, digest = image_parts(value)
    # an empty tag or digest is kept, so that `example:` and `example@` are refused
    parts = {"repository": repository, "tag": tag, "digest": digest}
    return {name: part for name, part in parts.items() if part is not None}


Image = Annotated[ImageSpec, BeforeValidator(_parsed)]
"""An image; Python code may give a plain reference: `"ghcr.io/hanzoai/example:v1.2.3"`."""
