"""The app with objects of cdk8s-plus: they and ours fit together."""

from __future__ import annotations

import pytest

from hanzo_constructs import HanzoApp
from hanzo_constructs.testing import Manifests, ManifestSnapshots, manifests

pytestmark = pytest.mark.node


@pytest.fixture(scope="module")
def found() -> Manifests:
    from apps.reports.main import build

    app = HanzoApp()
    build(app)
    return manifests(app)


def test_output(found: Manifests, manifest_snapshot: ManifestSnapshots) -> None:
    assert found == manifest_snapshot


def test_names_lead_from_one_to_the_other(found: Manifests) -> None:
    pod = found["Deployment"]["spec"]["template"]["spec"]
    assert pod["serviceAccountName"] == found["ServiceAccount"]["metadata"]["name"]
    (claim,) = [volume["persistentVolumeClaim"]["claimName"] for volume in pod["volumes"]]
    assert claim == found["PersistentVolumeClaim"]["metadata"]["name"]
    (subject,) = found["RoleBinding"]["subjects"]
    assert (subject["kind"], subject["name"]) == ("ServiceAccount", pod["serviceAccountName"])
    assert found["RoleBinding"]["roleRef"]["name"] == found["Role"]["metadata"]["name"]


def test_the_autoscaler_owns_the_count(found: Manifests) -> None:
    target = found["HorizontalPodAutoscaler"]["spec"]["scaleTargetRef"]
    deployment = found["Deployment"]
    assert (target["kind"], target["name"]) == ("Deployment", deployment["metadata"]["name"])
    assert "replicas" not in deployment["spec"]
