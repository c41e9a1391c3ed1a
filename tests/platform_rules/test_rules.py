"""Rules of the company: what may be stated, whom they are asked of, from when on, and what is said."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.errors import PlatformError, SpecError
from hanzo_constructs.kube.model import parse_as
from hanzo_constructs.platform import Platform
from hanzo_constructs.platform_rules import PlatformRule, RuleMatch
from hanzo_constructs.platform_rules.judge import broken_by_object, broken_by_resource, broken_by_set
from hanzo_constructs.spec.kinds import parse

RESOURCE = {"apiVersion": "hanzo.ai/v1", "kind": "Service", "metadata": {"name": "web"}, "spec": {"image": "a/b:1"}}


def platform(**rule: Any) -> Platform:
    given = {"name": "mine", "match": {"resources": ["*"]}, "expression": "false", "message": "no"} | rule
    return parse_as(Platform, {"rules": [given]})


def refused(**rule: Any) -> list[str]:
    with pytest.raises(PlatformError) as raised:
        platform(**rule)
    return [*map(str, raised.value.findings)]


def said(manifest: Any, **rule: Any) -> list[str]:
    """What a rule that matches Secrets and Deployments says of *manifest*."""
    given = {"match": {"objects": ["Secret", "apps/Deployment"]}} | rule
    return [str(each) for each in broken_by_object(platform(**given).rules_, manifest, "2026")]


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"match": {}}, "rules[0].match: must have one of resources, objects and set"),
    (
        {"match": {"resources": ["Service"], "set": True}},
        "rules[0].match: must have one of resources, objects and set, got resources and set",
    ),
    ({"match": {"set": False}}, "rules[0].match: must have one of resources, objects and set"),
    (
        {"match": {"objects": ["Deployment"]}},
        "rules[0].match.objects[0]: is no kind of objects; did you mean apps/Deployment?",
    ),
    (
        {"match": {"objects": ["apps/Nothing"]}},
        "rules[0].match.objects[0]: is no kind of objects; write its group too, such as apps/Deployment",
    ),
    (
        {"expression": "1"},
        "rules[0].expression: rule mine: must be of type bool, and this is of type int",
    ),
    (
        {"messageExpression": "1 == 1"},
        "rules[0].messageExpression: rule mine: must be of type string, and this is of type bool",
    ),
    (
        {"expression": "objct.a"},
        "rules[0].expression: rule mine: column 6: there is no objct here, did you mean object?",
    ),
    ({"message": "a\nb"}, "rules[0].message: must have one line, which Kubernetes asks for"),
    ({"epoch": "2024"}, 'rules[0].epoch: must be one of 2025, 2026, got "2024"'),
    ({"cel": "true"}, "rules[0].cel: unknown field, write expression"),
]


@pytest.mark.parametrize(("rule", "message"), WRONG)
def test_what_cannot_be_a_rule_is_refused(rule: dict[str, Any], message: str) -> None:
    assert refused(**rule) == [message]


def test_two_rules_have_two_names() -> None:
    rule = {"name": "mine", "match": {"set": True}, "expression": "true", "message": "no"}
    with pytest.raises(PlatformError, match=r"rules\[1\].name: mine is the name of two rules \(also rules\[0\]\)"):
        parse_as(Platform, {"rules": [rule, rule]})


def test_kinds_of_others_may_be_meant() -> None:
    assert said({"apiVersion": "example.com/v1", "kind": "Thing"}, match={"objects": ["example.com/Thing"]}) == [
        "rule mine: no"
    ]


def test_a_kind_that_no_resource_is_of_is_refused_when_something_is_compiled() -> None:
    with pytest.raises(
        PlatformError, match=r"rules\[0\]\.match\.resources\[0\]: is no kind of resources, did you mean Service\?"
    ):
        compile_resource(parse(RESOURCE), platform(match={"resources": ["Servce"]}))


def test_a_resource_that_breaks_a_rule_does_not_compile() -> None:
    with pytest.raises(SpecError, match=r"^Service web: rule mine: no$"):
        compile_resource(parse(RESOURCE), platform())


def test_a_rule_may_warn() -> None:
    warnings = compile_resource(parse(RESOURCE), platform(severity="warning")).warnings
    assert [(each.severity, str(each)) for each in warnings] == [("warning", "Service web: rule mine: no")]


def test_a_rule_is_asked_of_its_kinds_alone() -> None:
    compile_resource(parse(RESOURCE), platform(match={"resources": ["IAM"]}))
    assert not said({"apiVersion": "v1", "kind": "Service"})


@pytest.mark.parametrize(
    ("since", "epoch", "holds"),
    [
        (None, "2025", True),
        ("2025", "2025", True),
        ("2025", "2026", True),
        ("2026", "2025", False),
        ("2026", "2026", True),
    ],
)
def test_a_rule_holds_from_its_epoch_on(since: str | None, epoch: str, *, holds: bool) -> None:
    rules = platform(epoch=since).rules_
    assert bool([*broken_by_resource(rules, "Service", RESOURCE, epoch)]) is holds
    of_set = platform(epoch=since, match={"set": True}).rules_
    assert bool([*broken_by_set(of_set, [], [], epoch)]) is holds
    pinned = RESOURCE | {"metadata": {"name": "web", "annotations": {"hanzo.ai/epoch": epoch}}}
    if holds:
        with pytest.raises(SpecError):
            compile_resource(parse(pinned), platform(epoch=since))
    else:
        compile_resource(parse(pinned), platform(epoch=since))


def test_what_cannot_be_asked_is_an_error_whatever_the_severity() -> None:
    broken = broken_by_resource(
        platform(expression="object.x.y", severity="warning").rules_, "Service", RESOURCE, "2026"
    )
    assert [(each.severity, each.message) for each in broken] == [
        ("error", "rule mine cannot be asked: there is no x; ask by has() or by .? first")
    ]
    broken = broken_by_resource(platform(expression="object.kind").rules_, "Service", RESOURCE, "2026")
    assert [each.message for each in broken] == ["rule mine cannot be asked: expression must be true or false"]


def test_a_message_is_computed_and_falls_back() -> None:
    workload = {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "web"},
        "spec": {"url": "redis://u:p@h"},
    }
    assert said(workload, messageExpression="'no ' + object.metadata.name") == ["rule mine: no web"]
    for failing in ("object.absent", "object.metadata", "'a\\nb'", "' '", "object.spec.url"):
        assert said(workload, messageExpression=failing) == ["rule mine: no"]


@pytest.mark.parametrize("field", ["data", "stringData"])
def test_no_message_holds_the_value_of_a_secret(field: str) -> None:
    secret = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"}, field: {"password": "hunter2"}}
    text = f"'is ' + object.{field}.password"
    assert said(secret, messageExpression=text) == ["rule mine: is ..."]
    assert said(secret, expression=f"object.{field}.password == 'hunter2'") == []
    assert said(secret, expression=f"object[object.{field}.password] == 1") == [
        "rule mine cannot be asked: a key is not there"
    ]
    of_set = platform(match={"set": True}, messageExpression=f"'is ' + object.objects[0].{field}.password").rules_
    assert [str(each) for each in broken_by_set(of_set, [], [secret], "2026")] == ["rule mine: is ..."]


def test_code_reads_the_rules_by_the_name_of_the_setting() -> None:
    rule = PlatformRule(name="mine", match=RuleMatch(set_=True), expression="true", message="no")
    assert Platform(rules_=(rule,)).rules_ == platform(match={"set": True}, expression="true").rules_ == (rule,)


_SCRIPT = """
import sys
{before}
from hanzo_constructs import Platform, compile_resource
from hanzo_constructs.verify import prove
from hanzo_constructs.spec.kinds import parse
from hanzo_constructs.errors import PlatformError
try:
    platform = Platform({rules})
    prove([compile_resource(parse({resource!r}), platform)])
    print(sorted(name for name in sys.modules if "cel" in name.split(".") or "cel_expr_python" in name))
except PlatformError as error:
    print(error)
"""


def _printed(before: str, rules: str) -> str:
    script = _SCRIPT.format(before=before, rules=rules, resource=RESOURCE)
    return subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout.strip()


_RULE = "rules=[dict(name='a', match=dict(resources=['*']), expression='true', message='x')]"


@pytest.mark.processes
def test_who_states_no_rule_loads_no_engine() -> None:
    assert _printed("", "") == "[]"
    assert "cel_expr_python" in _printed("", _RULE)


@pytest.mark.processes
def test_rules_without_an_engine_are_an_error() -> None:
    assert _printed("sys.modules['cel_expr_python'] = None", _RULE) == (
        "rules[0].expression: rule a: rules need an engine for CEL, which is not installed: pip install 'hanzo-constructs[rules]'"
    )
