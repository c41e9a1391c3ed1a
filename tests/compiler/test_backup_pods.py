"""No selector of a set can mean the pods of a backup, whatever the resources are called and labelled."""

from __future__ import annotations

from typing import Any

from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.platform import Platform
from hanzo_constructs.spec.kinds import parse

PLATFORM = Platform(
    namespace="shop",
    backup_s3_endpoint="https://s3.example",
    backup_s3_bucket="dumps",
    backup_s3_credentials_secret="s3",  # noqa: S106 - the name of a Secret
)


def children(kind: str, name: str, **spec: Any) -> dict[str, dict[str, Any]]:
    document = {
        "apiVersion": "hanzo.ai/v1",
        "kind": kind,
        "metadata": {"name": name, "labels": {"hanzo.ai/org": "hanzo"}},
        "spec": {"storage": {"size": "1Gi"}, **spec},
    }
    return {child.id: child.manifest for child in compile_resource(parse(document, PLATFORM), PLATFORM).children}


def backup_labels(found: dict[str, dict[str, Any]]) -> dict[str, str]:
    labels: dict[str, str] = found["CronJob"]["spec"]["jobTemplate"]["spec"]["template"]["metadata"]["labels"]
    return labels


def test_a_resource_that_is_called_like_the_backup_of_another_does_not_select_its_pods() -> None:
    pods = backup_labels(children("SQL", "db", backup={"schedule": "0 3 * * *"}))
    other = children("KV", "db-backup", networkPolicy={})
    selectors = [
        other["Service"]["spec"]["selector"],
        other["StatefulSet"]["spec"]["selector"]["matchLabels"],
        other["NetworkPolicy"]["spec"]["podSelector"]["matchLabels"],
    ]
    assert not [selector for selector in selectors if selector.items() <= pods.items()]


def test_labels_by_which_users_select_pods_stay_off_and_those_of_the_company_do_not() -> None:
    own = {"tier": "data", "hanzo.ai/team": "payments"}
    found = children("SQL", "db", labels=own, component="database", partOf="shop", backup={"schedule": "0 3 * * *"})
    assert backup_labels(found) == {
        "app.kubernetes.io/name": "db-backup",
        "app.kubernetes.io/part-of": "shop",
        "app.kubernetes.io/managed-by": "hanzo-constructs",
        "hanzo.ai/org": "hanzo",
        "hanzo.ai/team": "payments",
        "hanzo.ai/backup-of": "db",
    }


def test_the_policy_admits_exactly_the_pods_of_the_backup() -> None:
    found = children("SQL", "db", backup={"schedule": "0 3 * * *"}, networkPolicy={"allowIntraNamespace": False})
    (rule,) = found["NetworkPolicy"]["spec"]["ingress"]
    (peer,) = rule["from"]
    assert peer["podSelector"]["matchLabels"].items() <= backup_labels(found).items()
    assert (
        not peer["podSelector"]["matchLabels"].items()
        <= found["StatefulSet"]["spec"]["template"]["metadata"]["labels"].items()
    )
