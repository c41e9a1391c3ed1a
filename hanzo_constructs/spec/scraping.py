"""How Prometheus asks a workload for metrics, and what it makes of them.

Source: the API `monitoring.coreos.com/v1` (prometheus-operator/prometheus-operator, Documentation/api-reference/api.md).
"""

import re
from collections.abc import Iterator
from typing import Annotated, Literal

from ..kube.core import ConfigMapKeySelector, SecretKeySelector
from ..kube.core.scalars import Positive64
from ..kube.fields import shown
from ..kube.model import CheckedModel, Items, Problem
from ..kube.published import text

__all__ = ["Relabeling", "ScrapeTls", "SecretOrConfigMap"]

_LABEL = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*")
"""The pattern of LabelName in the CustomResourceDefinition of a ServiceMonitor."""
TlsVersion = Literal["TLS10", "TLS11", "TLS12", "TLS13"]


class SecretOrConfigMap(CheckedModel):
    """A key of a Secret or of a ConfigMap."""

    secret: SecretKeySelector | None = None
    """Key of a Secret in the namespace."""
    config_map: ConfigMapKeySelector | None = None
    """Key of a ConfigMap in the namespace."""

    def problems(self) -> Iterator[Problem]:
        """Refuse none and both."""
        if (self.secret is None) == (self.config_map is None):
            yield Problem((), "must have either secret or configMap")


class ScrapeTls(CheckedModel):
    """How the certificate of a workload is checked, and which one Prometheus shows."""

    ca: SecretOrConfigMap | None = None
    """Certificate authority of the workload's certificate."""
    ca_file: str | None = None
    """The same as a file of Prometheus' own."""
    cert: SecretOrConfigMap | None = None
    """Certificate that Prometheus shows."""
    cert_file: str | None = None
    """The same as a file of Prometheus' own."""
    key_secret: SecretKeySelector | None = None
    """Key of that certificate."""
    key_file: str | None = None
    """The same as a file of Prometheus' own."""
    server_name: str | None = None
    """Name that the workload's certificate must be for."""
    insecure_skip_verify: bool | None = None
    """Whether the certificate is not checked at all."""
    min_version: TlsVersion | None = None
    """Oldest version of TLS that is spoken."""
    max_version: TlsVersion | None = None
    """Newest version of TLS that is spoken."""

    def problems(self) -> Iterator[Problem]:
        """Refuse two sources of one thing, half a certificate, and versions the wrong way round."""
        for name, file, first, second in (
            ("ca", "caFile", self.ca, self.ca_file),
            ("cert", "certFile", self.cert, self.cert_file),
            ("keySecret", "keyFile", self.key_secret, self.key_file),
        ):
            if first is not None and second is not None:
                yield Problem((file,), f"contradicts {name}; leave one of them out")
        cert, key = self.cert or self.cert_file, self.key_secret or self.key_file
        if bool(cert) != bool(key):
            missing, there = ("keySecret", "cert") if cert else ("cert", "keySecret")
            yield Problem((missing,), f"required beside {there}")
        if self.min_version and self.max_version and self.min_version > self.max_version:
            yield Problem(("minVersion",), f"must not exceed maxVersion ({self.max_version}), got {self.min_version}")


class Relabeling(CheckedModel):
    """A rule that changes the labels of what is scraped, or drops it."""

    source_labels: Items[Annotated[str, text(_LABEL.pattern)]] = ()
    """Labels whose values are joined and compared with regex."""
    separator: str | None = None
    """What joins them; left out, a semicolon."""
    target_label: str | None = None
    """Label that the result is written to."""
    regex: str | None = None
    """What the values are compared with; left out, anything."""
    modulus: Positive64 | None = None
    """What the hash of the values is divided by, for action hashmod."""
    replacement: str | None = None
    """What is written; left out, what the first group of regex matched."""
    action: (
        Literal[
            "replace",
            "keep",
            "drop",
            "hashmod",
            "labelmap",
            "labeldrop",
            "labelkeep",
            "lowercase",
            "uppercase",
            "keepequal",
            "dropequal",
        ]
        | None
    ) = None
    """What is done; left out, replace."""

    def problems(self) -> Iterator[Problem]:
        """Refuse names that the Prometheus operator takes for no labels."""
        for index, label in enumerate(self.source_labels):
            if not _LABEL.fullmatch(label):
                message = f"must have letters, digits and '_', and no digit in front, got {shown(label)}"
                yield Problem(("sourceLabels", index), message)
