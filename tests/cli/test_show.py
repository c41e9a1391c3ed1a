"""`hzc show` lists the children of resources, and on request the reason for every value nobody wrote."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.inputs import DOUBTFUL, WRONG, service

PORTS = "[{name: http, containerPort: 8080}]"
WHY = Path(__file__).parent / "golden" / "show" / "why.txt"


@pytest.fixture
def fleet(here: Path) -> Path:
    """A file with three resources."""
    api = service("api", ports=PORTS, ingress="{hosts: [api.hanzo.ai]}")
    (here / "fleet.yaml").write_text("---\n".join([api, service("web"), service("api", namespace="lab")]))
    return here / "fleet.yaml"


def taken_over(name: str, namespace: str) -> str:
    """Return how to see whether a Deployment that runs already would be refused."""
    return (
        f'  if a Deployment {name} runs already, this must print {{"app.kubernetes.io/instance":"{name}",'
        f'"app.kubernetes.io/name":"{name}"}}, or it refuses the change, after its Service was rewritten; write what it'
        f" prints into spec.adopt.selector:\n    kubectl --namespace {namespace} get deployment {name} --ignore-not-found"
        " --output 'jsonpath={.spec.selector.matchLabels}'\n"
    )


@pytest.mark.usefixtures("fleet")
def test_a_table_with_counts(hzc: Run) -> None:
    ran = hzc("show", "fleet.yaml")
    assert (ran.status, ran.stderr) == (0, "")
    assert ran.stdout == (
        "Service shop/api (fleet.yaml:1)\n"
        "  Service     api  spec.ports\n"
        "  Deployment  api  always\n"
        "  Ingress     api  spec.ingress\n"
        f"{taken_over('api', 'shop')}"
        "\n"
        "Service shop/web (fleet.yaml:13)\n"
        "  Deployment  web  always\n"
        f"{taken_over('web', 'shop')}"
        "\n"
        "Service lab/api (fleet.yaml:23)\n"
        "  Deployment  api  always\n"
        f"{taken_over('api', 'lab')}"
        "\n"
        "3 resources, 5 children: 3 Deployment, 1 Ingress, 1 Service\n"
    )


def test_what_takes_more_than_applying(hzc: Run) -> None:
    cache = (
        "apiVersion: hanzo.ai/v1\nkind: KV\nmetadata: {name: cache, namespace: shop}\nspec: {storage: {size: 2Gi}}\n"
    )
    patch, line = '{"spec":{"resources":{"requests":{"storage":"2Gi"}}}}', '{"\\n"}'
    # tests/cluster runs it
    (hangs,) = re.findall(r"    (kubectl --namespace shop get pods .*)", hzc("show", "-", stdin=cache).stdout)
    assert hzc("show", "-", stdin=cache).stdout == (
        "KV shop/cache (<stdin>:1)\n"
        "  Service           cache           always\n"
        "  Service-headless  cache-headless  always\n"
        "  StatefulSet       cache           always\n"
        "  ghcr.io/hanzoai/kv:8 is kv-2026-02: its data are in /data, the disk is mounted at /data\n"
        "  if a StatefulSet cache runs already, write into spec.adopt what this prints otherwise than it is here, or it"
        " refuses the change, after its Services were rewritten:\n"
        "    kubectl --namespace shop get statefulset cache --ignore-not-found --output 'jsonpath={.spec.selector.matchLabels}"
        f"{line}{{.spec.serviceName}}{line}{{.spec.podManagementPolicy}}{line}{{.spec.volumeClaimTemplates[*].metadata}}'\n"
        "  before you apply a changed spec.storage.size or epoch, run these (a StatefulSet refuses the change):\n"
        "    kubectl --namespace shop get pvc data-cache-0 --ignore-not-found --output name"
        f" | xargs -r kubectl --namespace shop patch --patch '{patch}'\n"
        "    kubectl --namespace shop delete statefulset cache --cascade=orphan\n"
        "  before you apply another storage class, run this (claims that exist keep their class and their data):\n"
        "    kubectl --namespace shop delete statefulset cache --cascade=orphan\n"
        "  another engine would start on the data of this one; choose another name, or remove the data first:\n"
        "    kubectl --namespace shop delete statefulset cache\n"
        "    kubectl --namespace shop delete pvc data-cache-0\n"
        "  if a rollout hangs at a pod that never becomes ready, apply what is right and run this (it deletes the pods that"
        " are neither ready nor of the newest revision):\n"
        f"    {hangs}\n"
        "\n"
        "1 resource, 3 children: 2 Service, 1 StatefulSet\n"
    )


def test_pods_without_claims_are_told_nothing_of_claims(hzc: Run) -> None:
    board = "apiVersion: hanzo.ai/v1\nkind: Stateful\nmetadata: {name: board}\nspec: {image: acme/board:v1.0.0}\n"
    shown = hzc("show", "-", stdin=board).stdout
    assert "another spec.storage or spec.podManagementPolicy, run this (the pods go on running):\n" in shown
    assert "claims that exist" not in shown


def test_what_is_known_of_an_image_and_where_it_was_read(hzc: Run) -> None:
    events = (
        "apiVersion: hanzo.ai/v1\nkind: Datastore\nmetadata: {name: events, namespace: shop}\n"
        "spec: {type: clickhouse, storage: {size: 2Gi}}\n"
    )
    known = (
        "  ghcr.io/hanzoai/datastore is taken for datastore-26.2: its data are in /var/lib/hanzo-datastore, the disk is"
        " mounted at /var/lib/hanzo-datastore\n"
    )
    source = "    read in hanzoai/datastore at 042e9cba: docker/server/hanzo-paths.xml (2026-11-28)\n"
    shown = hzc("show", "-", stdin=events).stdout
    assert known in shown
    assert source not in shown
    assert source in hzc("show", "-", "--why", stdin=events).stdout
    old = events.replace("namespace: shop", 'namespace: shop, annotations: {hanzo.ai/epoch: "2025"}')
    assert "the disk is mounted at /var/lib/clickhouse\n" in hzc("show", "-", stdin=old).stdout


@pytest.mark.usefixtures("fleet")
@pytest.mark.parametrize(
    ("name", "subjects"),
    [
        ("web", ["Service shop/web"]),
        ("Service/web", ["Service shop/web"]),
        ("api", ["Service shop/api", "Service lab/api"]),
    ],
)
def test_a_name_chooses(hzc: Run, name: str, subjects: list[str]) -> None:
    titles = [line for line in hzc("show", f"fleet.yaml:{name}").stdout.splitlines() if "fleet.yaml" in line]
    assert [title.partition(" (")[0] for title in titles] == subjects


@pytest.mark.usefixtures("fleet")
def test_a_name_that_is_not_there(hzc: Run) -> None:
    ran = hzc("show", "fleet.yaml:wbe")
    assert (ran.status, ran.stdout) == (2, "")
    assert ran.stderr == "error: fleet.yaml holds no resource wbe, did you mean web?; see `hzc show --help`\n"
    assert hzc("show", "fleet.yaml:Ingress/api").stderr.startswith("error: fleet.yaml holds no resource Ingress/api")


def test_what_is_wrong_elsewhere_does_not_matter(hzc: Run, here: Path) -> None:
    (here / "fleet.yaml").write_text(WRONG + "---\n" + service("web"))
    assert hzc("show", "fleet.yaml:web").status == 0
    ran = hzc("show", "fleet.yaml")
    assert (ran.status, ran.stdout) == (2, "")
    assert ran.stderr.splitlines()[-1] == "1 error, 0 warnings"


def test_a_colon_may_belong_to_the_file(hzc: Run, here: Path) -> None:
    (here / "a:b").write_text(service("web"))
    assert hzc("show", "a:b").status == 0
    assert hzc("show", "a:b:web").status == 0
    assert hzc("show", "--", "-:web", stdin=service("web") + "---\n" + WRONG).status == 0


def test_warnings_are_told(hzc: Run) -> None:
    ran = hzc("show", "-", stdin=DOUBTFUL)
    assert ran.status == 0
    assert ran.stderr.startswith("warning: <stdin>:7: ")


@pytest.mark.usefixtures("fleet")
def test_the_reason_for_every_value_that_nobody_wrote(hzc: Run, request: pytest.FixtureRequest) -> None:
    ran = hzc("show", "fleet.yaml:Service/api", "--why", "--namespace", "shop")
    if request.config.getoption("--update-golden"):
        WHY.write_text(ran.stdout)
    assert ran.stdout == WHY.read_text()
    assert "unexplained" not in ran.stdout
