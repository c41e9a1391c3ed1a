"""`hzc report` writes one page about a fleet, which holds no secret and in which no text becomes markup."""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from benchmarks.fleet import resource
from hanzo_constructs.cli.app import run
from tests.cli.conftest import Run
from tests.cli.inputs import DOUBTFUL, WRONG, service
from tests.report.pages import Page, page_in, values_in

URL = "postgresql://postgres:${secret/POSTGRES_PASSWORD}@${host}:${port}/postgres"
TITLE = "Shop & <Co>"
MARKUP = "</script><script>alert(1)</script><!--"
DATABASE = """\
apiVersion: hanzo.ai/v1
kind: SQL
metadata: {name: orders-db, namespace: shop, labels: {hanzo.ai/org: acme}}
spec: {storage: {size: 2Gi}, credentialsSecret: orders-db}
"""
FLEET = "---\n".join(
    (
        service(
            "web",
            replicas="3",
            pdb="{maxUnavailable: 1}",
            ports="{http: 8080}",
            ingress="{hosts: [shop.example.com]}",
            resources="{requests: {cpu: 250m, memory: 1Gi}}",
            env=f"{{API_URL: 'http://api:8080', API_TOKEN: hunter2, NOTE: '{MARKUP}'}}",
        ),
        service("api", ports="{http: 8080}", connections=f"[{{kind: SQL, name: orders-db, env: {{URL: '{URL}'}}}}]"),
        DATABASE,
        DOUBTFUL,
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: own, namespace: shop}\ndata: {a: b}\n",
    )
)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> tuple[Page, dict[str, Any], str]:
    """The page of FLEET."""
    folder = tmp_path_factory.mktemp("fleet")
    (folder / "fleet.yaml").write_text(FLEET)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert run(["report", "fleet.yaml", "--title", TITLE, "-o", "page.html"]) == 0
    text = (folder / "page.html").read_text()
    return *page_in(text), text


Made = tuple[Page, dict[str, Any], str]


def test_what_is_listed(page: Made) -> None:
    _, listed, _ = page
    rows = {each["name"]: each for each in listed["resources"]}
    assert [*rows] == ["api", "doubtful", "orders-db", "web"]
    assert rows["web"] == {
        "key": "Service shop/web",
        "where": "fleet.yaml:1",
        "kind": "Service",
        "namespace": "shop",
        "name": "web",
        "owner": "",
        "partOf": "",
        "epoch": "2026",
        "images": ["ghcr.io/hanzoai/web:v1.2.3"],
        "workloads": ["Deployment"],
        "budget": "maxUnavailable 1",
        "children": rows["web"]["children"],
        "pods": [3, 3],
        "cpu": [750, 750],
        "memory": [3 << 30, 3 << 30],
        "disk": [0, 0],
        "devices": [],
    }
    assert {"Deployment", "Service", "Ingress", "PodDisruptionBudget"} <= {*rows["web"]["children"]}
    assert (rows["orders-db"]["owner"], rows["orders-db"]["disk"]) == ("acme", [2 << 30, 2 << 30])
    assert listed["own"] == 1


def test_what_leads_in_and_who_connects(page: Made) -> None:
    _, listed, text = page
    (way,) = listed["ways"]
    assert (way["host"], way["owner"], way["by"]) == ("shop.example.com", "Service shop/web", "Ingress shop/web")
    links = {(each["from"], each["to"]) for each in listed["links"]}
    assert {("Service shop/web", "Service shop/api"), ("Service shop/api", "SQL shop/orders-db")} <= links
    assert 'data-key="SQL shop/orders-db"' in text


def test_what_was_found(page: Made) -> None:
    _, listed, _ = page
    found = [each for each in listed["found"] if each["subject"] == "Service shop/doubtful"]
    assert [each["severity"] for each in found] == ["warning"]


def test_every_value_has_its_reason(page: Made) -> None:
    read, listed, _ = page
    number = [each["name"] for each in listed["resources"]].index("web")
    values = values_in(read, "web", number)
    deployment = values["Deployment web"]
    assert deployment["spec.replicas"] == ("3", "spec.replicas; unless spec.autoscaling")
    assert deployment["metadata.name"] == ("web", "metadata.name; unless spec.adopt.name")
    assert deployment["spec.revisionHistoryLimit"][1].startswith("epoch 2026, rule revisionHistory;")
    assert all(why for lines in values.values() for _, why in lines.values())


def test_no_secret_is_in_it(page: Made) -> None:
    read, listed, text = page
    number = [each["name"] for each in listed["resources"]].index("web")
    values = {value for lines in values_in(read, "web", number).values() for value, _ in lines.values()}
    assert "(hidden)" in values
    assert not any("hunter2" in each for each in (*values, text))


def test_text_stays_text(page: Made) -> None:
    read, listed, text = page
    assert read.tags.count("script") == 3
    assert read.scripts["title"] == TITLE
    number = [each["name"] for each in listed["resources"]].index("web")
    values = {value for lines in values_in(read, "web", number).values() for value, _ in lines.values()}
    assert MARKUP in values
    assert "alert(1)" not in text


def test_markup_in_the_name_of_a_file_is_text_too(hzc: Run, here: Path) -> None:
    (here / "<").mkdir()
    (here / "<" / "script><!--.yaml").write_text(DOUBTFUL)
    read, listed = page_in(hzc("report", ".").stdout)
    assert [each["where"] for each in listed["resources"]] == ["</script><!--.yaml:1"]
    assert read.tags.count("script") == 3


def test_the_policy_lets_only_its_own_program_run(page: Made) -> None:
    read, _, _ = page
    digest = b64encode(sha256(read.scripts["script"].encode()).digest()).decode()
    style = b64encode(sha256(read.scripts["style"].encode()).digest()).decode()
    assert read.policy.split("; ")[:3] == [
        "default-src 'none'",
        f"script-src 'sha256-{digest}'",
        f"style-src 'sha256-{style}'",
    ]
    assert [each for each in read.addresses if not each.startswith("#")] == []


def test_the_same_fleet_gives_the_same_page_and_what_was_there_is_replaced(hzc: Run, here: Path, page: Made) -> None:
    (here / "fleet.yaml").write_text(FLEET)
    (here / "page.html").write_text("old")
    ran = hzc("report", "fleet.yaml", "--title", TITLE, "-o", "page.html")
    assert (ran.status, ran.stdout) == (0, "")
    assert (here / "page.html").read_text() == page[2]
    assert sorted(path.name for path in here.iterdir()) == ["fleet.yaml", "page.html"]


def test_a_fleet_is_a_small_page(hzc: Run, here: Path) -> None:
    (here / "fleet.yaml").write_text("---\n".join(json.dumps(resource(index)) + "\n" for index in range(10)))
    page = hzc("report", "fleet.yaml").stdout
    assert page.count('data-key="Service shop/svc-') == 10
    assert len(page) < 5_000_000 / 400 * 10  # what 400 services may have


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["fleet.yaml", "-o", "fleet.yaml"], "must end in .html, or be - for the standard output, got 'fleet.yaml'"),
        (["fleet.yaml", "-o", ""], "must end in .html, or be - for the standard output, got ''"),
        (["fleet.yaml", "--title", " "], "'--title': must be a line of text"),
        (["fleet.yaml", "--title", "a\nb"], "'--title': must be a line of text"),
        (["nothing.yaml"], "nothing.yaml"),
    ],
)
def test_what_is_refused(hzc: Run, here: Path, arguments: list[str], message: str) -> None:
    (here / "fleet.yaml").write_text(service("web"))
    ran = hzc("report", *arguments)
    assert (ran.status, ran.stdout) == (2, "")
    assert message in ran.stderr


def test_nothing_is_written_of_what_is_wrong(hzc: Run, here: Path) -> None:
    (here / "all.yaml").write_text(f"{WRONG}---\n{DOUBTFUL}")
    ran = hzc("report", "all.yaml", "-o", "page.html")
    assert (ran.status, ran.stdout) == (2, "")
    assert ran.stderr.endswith("1 error, 1 warning; nothing written\n")
    assert not (here / "page.html").exists()


def test_where_it_cannot_be_written(hzc: Run, here: Path) -> None:
    (here / "fleet.yaml").write_text(service("web"))
    (here / "page.html").mkdir()
    ran = hzc("report", "fleet.yaml", "-o", "page.html")
    assert ran.status == 1
    assert "page.html: cannot be written" in ran.stderr
