"""Answers of an API server, as errors."""

from __future__ import annotations

import pytest

from hanzo_constructs.errors import HanzoError
from hanzo_constructs.operator import (
    AlreadyExists,
    ClusterError,
    Conflict,
    FieldConflict,
    Forbidden,
    Invalid,
    NotFound,
    Unavailable,
    error_of,
)
from hanzo_constructs.operator.refusals import without_words_of


@pytest.mark.parametrize(
    ("code", "reason", "error"),
    [
        (400, "BadRequest", Invalid),
        (401, "Unauthorized", Forbidden),
        (403, "Forbidden", Forbidden),
        (404, "NotFound", NotFound),
        (409, "AlreadyExists", AlreadyExists),
        (409, "Conflict", Conflict),
        (422, "Invalid", Invalid),
        (429, "TooManyRequests", Unavailable),
        (500, "InternalError", Unavailable),
        (504, "Timeout", Unavailable),
    ],
)
def test_an_answer_is_the_error_that_its_code_and_reason_mean(
    code: int, reason: str, error: type[ClusterError]
) -> None:
    found = error_of(code, {"reason": reason, "message": "why"})
    assert type(found) is error
    assert isinstance(found, HanzoError)
    assert str(found) == "why"


def test_a_conflict_names_the_fields_and_how_their_managers_came_by_them() -> None:
    def cause(said: str, field: str) -> dict[str, str]:
        return {"reason": "FieldManagerConflict", "message": f"conflict with {said}", "field": field}

    causes = [
        cause('"kubectl-edit" using apps/v1 at 2026-01-01T00:00:00Z', ".spec.paused"),
        cause('"hpa" with subresource "scale" using apps/v1', ".spec.replicas"),
        cause('"argocd"', ".spec.minReadySeconds"),
    ]
    found = error_of(409, {"reason": "Conflict", "message": "3 conflicts", "details": {"causes": causes}})
    assert isinstance(found, Conflict)
    assert found.fields == (
        FieldConflict("kubectl-edit", ".spec.paused", "Update"),
        FieldConflict("hpa", ".spec.replicas", "Update", "scale"),
        FieldConflict("argocd", ".spec.minReadySeconds"),
    )
    assert found.managers == ("kubectl-edit", "hpa", "argocd")


def test_a_field_that_the_schema_does_not_have_is_invalid_whatever_the_code() -> None:
    message = "failed to create typed patch object (shop/api; apps/v1, Kind=Deployment): .spec.x: field not declared in schema"
    assert type(error_of(500, {"message": message})) is Invalid


def test_an_apply_to_another_object_is_a_conflict() -> None:
    found = error_of(422, {"reason": "Invalid", "details": {"causes": [{"field": "metadata.uid"}]}})
    assert isinstance(found, Conflict)
    assert found.fields == ()


def test_a_terminating_namespace_is_told_from_a_lack_of_permission() -> None:
    terminating = {"causes": [{"reason": "NamespaceTerminating"}]}
    found = [error_of(403, {"details": details}) for details in (terminating, None)]
    assert [each.is_terminating for each in found if isinstance(each, Forbidden)] == [True, False]


@pytest.mark.parametrize(
    ("said", "left"),
    [
        (
            r'spec.template: Invalid value: {"Env":[{"Name":"P","Value":"hunter2 \"q\" : a"}]}: field is immutable',
            "spec.template: Invalid value: field is immutable",
        ),
        (
            r'[data[a]: Invalid value: "hunter2 \x00 \"q\"": no key, spec.b: Duplicate value: "hunter2"]',
            "[data[a]: Invalid value: no key, spec.b: Duplicate value]",
        ),
        (
            'x.policy: Unsupported value: "hunter2": supported values: "Always", "Never"',
            'x.policy: Unsupported value: supported values: "Always", "Never"',
        ),
        (
            "x.periodSeconds: Invalid value: -1: must be at least 0",
            "x.periodSeconds: Invalid value: must be at least 0",
        ),
        ('spec: Invalid value: core.PodSpec{Env:"hunter2"}: field is immutable', "spec: Invalid value"),
        (
            'failed to create typed patch object (a/b): .env[name="P"].value: expected string, got &value.valueX{Value:12345}',
            'failed to create typed patch object (a/b): .env[name="P"].value: expected string',
        ),
    ],
)
def test_what_is_refused_is_said_without_its_values(said: str, left: str) -> None:
    assert str(error_of(422, {"reason": "Invalid", "message": said})) == left


def test_an_amount_that_is_none_is_invalid_whatever_the_code() -> None:
    message = (
        "failed to convert new object (shop/api; apps/v1, Kind=Deployment) to proper version: quantities must match"
    )
    assert type(error_of(500, {"message": message})) is Invalid


@pytest.mark.parametrize(
    ("code", "said", "left", "why"),
    [
        (
            403,
            'admission webhook "a.example.com" denied the request: [team]\n no label "team"',
            'the admission webhook "a.example.com" denied it',
            '[team] no label "team"',
        ),
        (
            400,
            'admission webhook "a.example.com" denied the request without explanation',
            'the admission webhook "a.example.com" denied it',
            "",
        ),
        (
            422,
            "deployments.apps \"api\" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: no team",
            "the ValidatingAdmissionPolicy 'p' with binding 'b' denied it",
            "no team",
        ),
        (
            500,
            'Internal error occurred: failed calling webhook "a.example.com": failed to call webhook: Post "https://a": refused',
            'the admission webhook "a.example.com" does not answer as it should',
            "",
        ),
        (
            500,
            'conversion webhook for keda.sh/v1, Kind=ScaledObject failed: Post "https://a": refused',
            "the conversion webhook for keda.sh/v1 does not answer as it should",
            "",
        ),
        (
            403,
            'services "api" is forbidden: exceeded quota: q, requested: services=1, used: services=5, limited: services=5',
            'services "api" is forbidden: exceeded quota: q, requested: services=1, used: services=5, limited: services=5',
            "",
        ),
    ],
)
def test_what_admission_refuses_is_no_lack_of_permission(code: int, said: str, left: str, why: str) -> None:
    found = error_of(code, {"reason": "Forbidden", "message": said})
    assert isinstance(found, Invalid)
    assert (str(found), found.why) == (left, why)


def test_who_lacks_a_permission_is_told_so() -> None:
    message = 'services "api" is forbidden: User "operator" cannot patch resource "services" in API group "" in the namespace "shop"'
    found = error_of(403, {"reason": "Forbidden", "message": message})
    assert isinstance(found, Forbidden)
    assert str(found) == message


def test_what_a_webhook_says_is_told_without_words_of_values() -> None:
    env = [{"name": "PASSWORD", "value": "hunter2 is-mine"}, {"name": "N", "value": "q"}]
    container = {"name": "api", "image": "ghcr.io/shop/api:v1", "env": env, "args": ["--key=s3cr3t"]}
    now = {"kind": "Deployment", "spec": {"template": {"spec": {"containers": [container]}}}}
    before = {"kind": "ConfigMap", "data": {"key": "0ld-secret\nnext line"}}
    said = (
        "api of ghcr.io/shop/api:v1 must be signed: PASSWORD=hunter2, q, ('unter'), ahunter2b, is-mine: --key=s3cr3t,"
        " 0ld-secret, next, line 3"
    )
    assert without_words_of(said, [now, before]) == (
        "api of ghcr.io/shop/api:v1 must be signed: PASSWORD=..., q, ('...'), ..., ...: ...=..., ..., ..., ... 3"
    )
