"""`hzc fleet` counts what is in use, names whose it is, and what is left to defaults."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Ran, Run

_FLEET = """\
apiVersion: hanzo.ai/v1
kind: Service
metadata: {name: api, namespace: shop, labels: {hanzo.ai/org: acme}}
spec:
  image: ghcr.io/acme/api:v1
  replicas: 2
  resources: {requests: {cpu: 100m}}
---
apiVersion: hanzo.ai/v1
kind: Service
metadata: {name: web, namespace: shop, labels: {hanzo.ai/org: acme}}
spec:
  image: ghcr.io/acme/web:latest
  ports: {http: 8080}
  autoscaling: {maxReplicas: 3}
  resources: {requests: {cpu: 100m}}
  ingress: {enabled: true, hosts: [shop.acme.example]}
---
apiVersion: hanzo.ai/v1
kind: SQL
metadata: {name: db, namespace: data, annotations: {hanzo.ai/epoch: "2025"}}
spec:
  credentialsSecret: db
  storage: {size: 1Gi}
"""
_TEXT = """\
In use
  namespace  owner  kind     version      epoch  resources
  data              SQL      hanzo.ai/v1  2025*  1
  shop       acme   Service  hanzo.ai/v1  2026   2
Deprecated
  field                 resources  which
  spec.ingress.enabled  1          Service shop/web
Left to defaults
  field                          resources  which
  spec.image                     1          SQL data/db
  spec.image.tag                 1          Service shop/web
  spec.replicas                  1          SQL data/db
  spec.resources.requests        1          SQL data/db
  spec.storage.storageClassName  1          SQL data/db
3 resources
"""


def test_a_table_for_programs(hzc: Run) -> None:
    assert hzc("fleet", "-", stdin=_FLEET) == Ran(0, _TEXT, "")


def test_json_and_markdown(hzc: Run) -> None:
    usages = json.loads(hzc("fleet", "-", "--format", "json", stdin=_FLEET).stdout)
    assert [(usage["kind"], usage["epoch"], usage["is_pinned"]) for usage in usages] == [
        ("Service", "2026", False),
        ("Service", "2026", False),
        ("SQL", "2025", True),
    ]
    table = hzc("fleet", "-", "--format", "markdown", stdin=_FLEET).stdout
    assert (
        "### Deprecated\n\n| field | resources | which |\n|---|---|---|\n| spec.ingress.enabled | 1 | Service shop/web |\n"
        in table
    )
    one = _FLEET.partition("---")[0]
    assert "### Deprecated\n\nNothing.\n" in hzc("fleet", "-", "--format", "markdown", stdin=one).stdout


def test_what_is_wrong_is_said_and_the_rest_counted(hzc: Run, here: Path) -> None:
    (here / "fleet.yaml").write_text(_FLEET.replace("replicas: 2", "replicas: -2"))
    ran = hzc("fleet", "fleet.yaml")
    assert ran.status == 2
    assert ran.stderr == "error: fleet.yaml:6: Service shop/api: spec.replicas: must be at least 0, got -2\n"
    assert ran.stdout.endswith("2 resources\n")


def test_resources_of_v1alpha1_are_counted(hzc: Run) -> None:
    old = (
        "apiVersion: hanzo.ai/v1alpha1\nkind: HanzoService\n"
        "metadata: {name: old, namespace: shop, labels: {hanzo.ai/org: acme}}\nspec: {}\n"
    )
    ran = hzc("fleet", "-", stdin=f"{_FLEET}---\n{old}---\n{old.replace('metadata:', 'extra:')}")
    assert (ran.status, ran.stderr) == (0, "")
    assert "  shop       acme   HanzoService  hanzo.ai/v1alpha1  2025*  1\n" in ran.stdout
    assert "                    HanzoService  hanzo.ai/v1alpha1  2025*  1\n" in ran.stdout
    assert "  apiVersion            2          HanzoService , HanzoService shop/old\n" in ran.stdout
    assert ran.stdout.endswith("5 resources\n")
