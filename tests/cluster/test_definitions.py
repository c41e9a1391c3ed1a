"""A real API server takes every published definition without a warning, and every resource of the golden cases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from hanzo_constructs.errors import Finding
from hanzo_constructs.kube.fields import parsed_path
from hanzo_constructs.kube.model import written
from hanzo_constructs.platform import Platform
from hanzo_constructs.schema.crd import custom_resource_definition
from hanzo_constructs.schema.parts import everywhere
from hanzo_constructs.spec.kind import Kind
from hanzo_constructs.spec.kinds import KINDS, parse
from tests.cluster.client import Client
from tests.cluster.server import ControlPlane, running, until
from tests.golden.cases import ERRORS, VALID, Case
from tests.schema.test_agreement import findings_of_documents, is_said, judged

pytestmark = [pytest.mark.slow, pytest.mark.cluster]

_PLATFORM = Platform()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, control_plane: ControlPlane) -> Iterator[Client]:
    """A server of its own: others define the kinds without a schema."""
    del control_plane  # it is skipped where there are no programs for one
    with running(tmp_path_factory.mktemp("definitions")) as server:
        for kind in KINDS.values():
            answer = server.client.create(custom_resource_definition(kind, _PLATFORM))
            assert not answer.message
            assert not answer.warnings
        until(lambda: all(_is_served(server.client, each) for each in KINDS.values()))
        yield server.client


def _is_served(client: Client, kind: Kind) -> bool:
    return client.request("GET", _place(kind)).status == 200


def _place(kind: Kind) -> str:
    return f"/apis/{kind.api_version(_PLATFORM)}/namespaces/default/{kind.plural}"


def test_what_is_compiled_is_stored_as_written(server: Client) -> None:
    refused = [problem for case in VALID for problem in _problems(server, case)]
    assert refused == []


def _problems(server: Client, case: Case) -> Iterator[str]:
    for document in case.documents:
        resource = parse(document, case.platform)
        kind = KINDS.get(resource.kind)
        if kind is None:
            continue
        sent = {**written(resource), "apiVersion": kind.api_version(_PLATFORM)}
        sent["metadata"] = {**sent["metadata"], "namespace": "default"}
        answer = server.request(
            "POST",
            f"{_place(kind)}?dryRun=All&fieldValidation=Strict",
            sent,
        )
        if answer.message:
            yield f"{case.name}: {answer.message}"
        elif answer.warnings:
            yield f"{case.name}: {answer.warnings}"
        else:
            yield from (f"{case.name}: {each}" for each in _lost(sent["spec"], answer.body["spec"], "spec"))


def _lost(sent: Any, stored: Any, path: str) -> Iterator[str]:
    """Yield what was sent and is not stored; defaults may be added."""
    if isinstance(sent, dict) and isinstance(stored, dict):
        for key, value in sent.items():
            yield from _lost(value, stored.get(key), f"{path}.{key}")
    elif isinstance(sent, list) and isinstance(stored, list) and len(sent) == len(stored):
        for index, pair in enumerate(zip(sent, stored, strict=True)):
            yield from _lost(*pair, f"{path}[{index}]")
    elif sent != stored:
        yield f"{path}: {sent!r} is stored as {stored!r}"


def test_what_the_models_refuse_is_refused_with_the_name_of_the_field(server: Client) -> None:
    """Of what no definition can say, a table says why: see `tests/schema/test_agreement.py`."""
    taken, asked = [], 0
    for case in ERRORS:
        for document, findings in findings_of_documents(case):
            kind, metadata = KINDS[document["kind"]], document.get("metadata")
            said = [each for each in findings if is_said(each, judged(kind.name, document))]
            if not said or not isinstance(metadata, dict):
                continue
            sent = {**document, "apiVersion": kind.api_version(_PLATFORM)}
            sent["metadata"] = {**metadata, "namespace": "default"}
            message, asked = _refusal(server, kind, sent), asked + 1
            names = [name for each in said for name in _fields_below_spec(each)]
            # a value of another type, such as a short form, keeps the server from asking any rule
            if "rules were not checked" not in message and not any(name in message for name in names):
                taken.append(f"{case.name}: {'; '.join(map(str, said))}: {message[:300]}")
    assert asked > 100
    assert taken == []


def _refusal(server: Client, kind: Kind, sent: dict[str, Any]) -> str:
    """Return what the server says of *sent*: of unknown fields, which it says first, and of everything else."""
    path = f"{_place(kind)}?dryRun=All&fieldValidation="
    return " ".join(server.request("POST", path + how, sent).message for how in ("Strict", "Ignore"))


def _fields_below_spec(finding: Finding) -> list[str]:
    """Return the field and those that it stands in: a rule that reads a list names the list.

    What is said of the whole spec begins with the field.
    """
    below = [step for step in parsed_path(finding.path) if isinstance(step, str)][1:]
    return below or [finding.message.split()[0]]


_TIMES = 10
_MOST = 0.7
"""The share of what rules may cost, by the estimate of the server, that those of a definition take at most."""


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if not kind.of], ids=lambda kind: kind.name)
def test_rules_leave_room_for_more(server: Client, kind: Kind) -> None:
    """A server names the estimate only where it is too high, so each rule is sent many times, no two of them alike."""
    definition = custom_resource_definition(kind, _PLATFORM)
    for version in definition["spec"]["versions"]:
        version["schema"]["openAPIV3Schema"] = everywhere(version["schema"]["openAPIV3Schema"], _repeated)
    definition["metadata"]["name"] = f"{kind.plural}.again.example.com"
    definition["spec"]["group"] = "again.example.com"
    answer = server.create(definition, dry_run=True)
    costs = re.findall(r"total for entire OpenAPIv3 schema exceeds budget by factor of ([^ ]+)x", answer.message)
    assert costs or not answer.message
    assert [cost for cost in costs if float(cost) / _TIMES > _MOST] == []


def _repeated(part: dict[str, Any]) -> dict[str, Any]:
    rules = part.get("x-kubernetes-validations", ())
    again = [{**each, "rule": "(" * times + each["rule"] + ")" * times} for times in range(_TIMES) for each in rules]
    return {**part, "x-kubernetes-validations": again} if rules else part
