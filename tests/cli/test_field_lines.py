"""What is found in derived objects names the line of the field that decides it."""

from __future__ import annotations

import pytest

from .conftest import Run

HEAD = "apiVersion: hanzo.ai/v1\nkind: {}\nmetadata:\n  name: web\n  namespace: shop\nspec:\n"
SERVICE = f"{HEAD.format('Service')}  image: a/b:v1\n"
PORTS = "  ports:\n    http:\n      containerPort: 80\n"
NODE_PORT = f"  service:\n    type: NodePort\n{PORTS}      nodePort: 30080\n"
WRONG_PORT = "http://web.shop.svc:81"
TWO_CLAIMS = "  replicas: 2\n  storage:\n    size: 1Gi\n    mountPath: /d\n  persistence:\n  - name: p\n    size: 1Gi\n"

CASES = {
    "a variable of a mapping": (f"{SERVICE}{PORTS}  env:\n    A: x\n    U: {WRONG_PORT}\n", f"U: {WRONG_PORT}"),
    "a variable of a list": (
        f"{SERVICE}{PORTS}  env:\n  - name: A\n    value: x\n  - name: U\n    value: {WRONG_PORT}\n",
        f"value: {WRONG_PORT}",
    ),
    "a variable of a sidecar": (
        f"{SERVICE}{PORTS}  sidecars:\n  - name: s\n    image: a/b:v1\n    env:\n      U: {WRONG_PORT}\n",
        f"U: {WRONG_PORT}",
    ),
    "a variable that stands behind derived ones": (
        f"{HEAD.format('Base')}  image: a/b:v1\n  storage:\n    size: 1Gi\n  env:\n    U: {WRONG_PORT}\n",
        f"U: {WRONG_PORT}",
    ),
    "a port of nodes": (
        f"{SERVICE}{NODE_PORT}---\n{SERVICE.replace('web', 'two')}{NODE_PORT.replace('nodePort: 30080', 'nodePort: 30080 #')}",
        "nodePort: 30080 #",
    ),
    "a block that becomes an object": (
        f"{SERVICE}{PORTS}  ingress:\n    hosts: [a.b]\n    pathRules:\n    - path: /a\n      serviceName: web\n      port: 81\n",
        "port: 81",
    ),
    "an overlay": (
        f"{SERVICE}  overlay:\n    Deployment:\n      spec:\n        template:\n          spec:\n            hostPID: true\n",
        "hostPID: true",
    ),
    "an entry of a list in an overlay": (
        (
            f"{SERVICE}{PORTS}  overlay:\n    Deployment:\n      spec:\n        template:\n          spec:\n"
            "            containers:\n            - name: web\n              ports:\n              - containerPort: 80\n"
            "                hostPort: 1\n"
        ),
        "hostPort: 1",
    ),
    "a name that the name of the resource is a part of": (
        f"{HEAD.format('Stateful')}  image: a/b:v1\n{TWO_CLAIMS}    mountPath: /p\n",
        "- name: p",
    ),
    "a name that the user chose": (
        "\n---\n".join(
            f"{SERVICE.replace('web', name)}  kmsSecrets:\n  - projectSlug: shop\n    envSlug: prod\n"
            f"    credentialsRef: {{name: machine, namespace: shop}}\n    managedSecretName: keys{mark}"
            for name, mark in (("web", ""), ("two", " #"))
        ),
        "managedSecretName: keys #",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_line_of_a_finding_is_that_of_the_field(case: str, hzc: Run) -> None:
    text, line = CASES[case]
    told = hzc("validate", "-", stdin=text).stderr.splitlines()
    found = [text.splitlines()[int(each.split(":")[2]) - 1].strip() for each in told]
    assert found == [line], told


def test_who_is_wrong_is_told_wherever_its_error_stands(hzc: Run) -> None:
    text, _ = CASES["a port of nodes"]
    result = hzc("validate", "-", stdin=text)
    assert result.stdout.splitlines()[:2] == ["ok    Service shop/web  2 children", "fail  Service shop/two"]


def test_several_processes_name_the_same_lines(hzc: Run) -> None:
    text, _ = CASES["a variable of a mapping"]
    others = "---\n".join(SERVICE.replace("web", f"web{number}") for number in range(600))
    alone, among_many = hzc("validate", "-", stdin=text), hzc("validate", "-", stdin=f"{text}---\n{others}")
    assert among_many.stderr == alone.stderr
    assert "<stdin>:13:" in alone.stderr


def test_of_many_the_first_are_looked_at(hzc: Run) -> None:
    text, _ = CASES["an overlay"]
    told = hzc("validate", "-", stdin="---\n".join(text.replace("web", f"w{n}") for n in range(27))).stderr.splitlines()
    at_the_beginning = [number for number, each in enumerate(told) if int(each.split(":")[2]) % 14 == 1]
    assert at_the_beginning == [25, 26]


def test_of_a_resource_with_very_many_fields_the_beginning_is_named(hzc: Run) -> None:
    variables = "".join(f"    V{number}: x\n" for number in range(500))
    told = hzc("validate", "-", stdin=f"{SERVICE}{PORTS}  env:\n{variables}    U: {WRONG_PORT}\n").stderr
    assert told.startswith("warning: <stdin>:1: Deployment shop/web: ")
