"""The app with typed imports: they and ours fit together."""

from __future__ import annotations

import pytest

from hanzo_constructs import HanzoApp
from hanzo_constructs.testing import Manifests, ManifestSnapshots, manifests

pytestmark = pytest.mark.node


@pytest.fixture(scope="module")
def found() -> Manifests:
    from apps.invoices.main import build

    app = HanzoApp()
    build(app)
    return manifests(app)


def test_output(found: Manifests, manifest_snapshot: ManifestSnapshots) -> None:
    assert found == manifest_snapshot


def test_names_lead_from_one_to_the_other(found: Manifests) -> None:
    (container,) = found["Deployment"]["spec"]["template"]["spec"]["containers"]
    (variable,) = container["env"]
    reference, secret = variable["valueFrom"]["secretKeyRef"], found["ExternalSecret"]["spec"]
    assert (reference["name"], reference["key"]) == (secret["target"]["name"], secret["data"][0]["secretKey"])
    (backend,) = found["HTTPRoute"]["spec"]["rules"][0]["backendRefs"]
    (port,) = found["Service"]["spec"]["ports"]
    assert (backend["name"], backend["port"]) == (found["Service"]["metadata"]["name"], port["port"])
