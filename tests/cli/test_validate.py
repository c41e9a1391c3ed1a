"""`hzc validate` says of every resource whether it is right, and of the set what it needs."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run
from tests.cli.inputs import DOUBTFUL, WRONG, service

FROM = "[{configMapRef: {name: settings}}, {secretRef: {name: %s, optional: %s}}]"


def test_a_line_for_each_resource(hzc: Run) -> None:
    ports = "[{name: http, containerPort: 8080}]"
    ran = hzc("validate", "-", stdin=service("api", ports=ports) + "---\n" + service("web", namespace=None))
    assert (ran.status, ran.stderr) == (0, "")
    assert ran.stdout == (
        "ok    Service shop/api  2 children\nok    Service web  1 child\n2 resources, 0 errors, 0 warnings\n"
    )


def test_resources_that_are_wrong_and_findings_with_their_lines(hzc: Run, here: Path) -> None:
    (here / "a.yaml").write_text(WRONG + "---\njust text\n---\n" + service("api"))
    (here / "b.yaml").write_text("a: 1\na: 2\n")
    ran = hzc("validate", "a.yaml", "b.yaml")
    assert ran.status == 2
    assert ran.stdout == (
        "fail  Service shop/wrong\nfail  a.yaml:12\nok    Service shop/api  1 child\n"
        "3 resources, 3 errors, 0 warnings\n"
    )
    assert ran.stderr == (
        "error: a.yaml:10: Service shop/wrong: spec.replicas: expected an integer, got a string\n"
        "error: a.yaml:12: expected a mapping with apiVersion, kind, metadata and spec, got a string\n"
        'error: b.yaml:2: key "a" is used twice (also on line 1)\n'
    )


def test_resources_that_do_not_fit_together_have_failed(hzc: Run) -> None:
    kms = "[{projectSlug: a, envSlug: b, credentialsRef: {name: c, namespace: d}, managedSecretName: same}]"
    ran = hzc("validate", "-", stdin=service("api", kmsSecrets=kms) + "---\n" + service("web", kmsSecrets=kms))
    assert ran.status == 2
    assert ran.stdout.splitlines()[:2] == ["ok    Service shop/api  2 children", "fail  Service shop/web"]
    assert ran.stderr.count("error: ") == 1


def test_what_the_set_needs_is_summed_up(hzc: Run) -> None:
    documents = [service(f"s{number}", envFrom=FROM % (f"secret-{number}", "true")) for number in range(7)]
    ran = hzc(
        "validate", "-", stdin="---\n".join([*documents, service("web", namespace=None, envFrom=FROM % ("x", "false"))])
    )
    assert ran.status == 0
    assert [line for line in ran.stdout.splitlines() if line.startswith("needs ")] == [
        "needs ConfigMap settings, shop/settings",
        f"needs Secret {', '.join(f'shop/secret-{number} (optional)' for number in range(5))} and 3 more",
    ]


def test_warnings(hzc: Run) -> None:
    ran = hzc("validate", "-", stdin=DOUBTFUL)
    assert (ran.status, ran.stdout) == (0, "ok    Service shop/doubtful  1 child\n1 resource, 0 errors, 1 warning\n")
    assert ran.stderr.startswith("warning: <stdin>:7: Service shop/doubtful: spec.image: ")
    assert hzc("validate", "-", "--strict", stdin=DOUBTFUL).status == 2


def test_nothing_is_written(hzc: Run, here: Path) -> None:
    (here / "a.yaml").write_text(service("api"))
    hzc("validate", "a.yaml")
    assert [path.name for path in here.iterdir()] == ["a.yaml"]
