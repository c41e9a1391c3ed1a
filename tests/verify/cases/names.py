"""Names, labels and identities."""

from __future__ import annotations

import json

from tests.verify.pieces import Case, compiled, derived, objects, service

__all__ = ["CASES"]

KMS_SECRETS = """
kmsSecrets:
  - projectSlug: shop
    envSlug: prod
    secretsPath: /
    credentialsRef: {name: kms}
    managedSecretName: keys
"""

STATEFUL_SET = """
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: NAME, namespace: shop}
spec:
  replicas: 1
  selector: {matchLabels: {app.kubernetes.io/name: NAME, app.kubernetes.io/instance: NAME}}
  template:
    metadata: {labels: {app.kubernetes.io/name: NAME, app.kubernetes.io/instance: NAME}}
    spec: {containers: [{name: main, image: a:1}]}
"""

CRON_JOB = """
apiVersion: batch/v1
kind: CronJob
metadata: {name: NAME, namespace: shop}
spec:
  schedule: 0 3 * * *
  jobTemplate: {spec: {template: {spec: {restartPolicy: OnFailure, containers: [{name: main, image: a:1}]}}}}
"""

JOB = """
apiVersion: batch/v1
kind: Job
metadata: {name: NAME, namespace: shop}
spec: {template: {spec: {restartPolicy: OnFailure, containers: [{name: main, image: a:1}]}}}
"""


def _named(text: str, length: int) -> str:
    return text.replace("NAME", "d" * length)


CASES = (
    Case(
        "name",
        "a kind of somebody else's: names, and what metadata has",
        lambda: [
            objects(
                """
                apiVersion: example.com/v1
                kind: Thing
                metadata: {name: A B, namespace: Shop, lables: {a: b}}
                ---
                apiVersion: example.com/v1/x
                kind: A Thing
                metadata: {name: a, namespace: shop}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata: {name: "shop:Reader_of%2Fthings"}
                rules: []
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: {name: "shop:Reader_of:things", namespace: shop}
                rules: []
                """
            )
        ],
        [
            "warning: chart/extra: Thing.example.com Shop/A B: metadata.lables: unknown field, did you mean labels?",
            (
                "warning: chart/extra: Thing.example.com Shop/A B: metadata.name: must be lower-case letters, digits, '-' and"
                " '.', with a letter or digit at both ends, got \"A B\""
            ),
            (
                "chart/extra: Thing.example.com Shop/A B: metadata.namespace: must be lower-case letters, digits and '-', with a"
                ' letter or digit at both ends, got "Shop"'
            ),
            (
                "chart/extra: A Thing.example.com/v1 shop/a: apiVersion: must be a version such as v1, or a group and a version,"
                ' got "example.com/v1/x"'
            ),
            'chart/extra: A Thing.example.com/v1 shop/a: kind: must be a word such as ConfigMap, got "A Thing"',
            (
                "chart/extra: ClusterRole shop:Reader_of%2Fthings: metadata.name: must be neither . nor .. and without / and %,"
                ' got "shop:Reader_of%2Fthings"'
            ),
        ],
    ),
    Case(
        "size",
        "more than etcd takes",
        lambda: [
            objects(
                json.dumps(
                    {
                        "apiVersion": "v1",
                        "kind": "ConfigMap",
                        "metadata": {"name": "big", "namespace": "shop"},
                        "data": {"a": "x" * 1_572_864},
                    }
                )
            ),
            service(
                json.dumps({"env": [{"name": f"V{index}", "value": "x" * 130_000} for index in range(11)]}), name="web"
            ),
        ],
        [
            (
                "chart/extra: ConfigMap shop/big: data: the object must have at most 1572864 bytes, the most that etcd takes,"
                " got 1572974"
            )
        ],
    ),
    Case(
        "name",
        "a StatefulSet leaves room for the label of its pods",
        lambda: [derived(_named(STATEFUL_SET, 53), name="d" * 53)],
        [
            (
                f"{'d' * 53}.yaml:1: StatefulSet shop/{'d' * 53}: metadata.name: must have at most 52 characters because"
                " pods are labelled with it and 11 more, got 53"
            )
        ],
    ),
    Case(
        "name",
        "a CronJob leaves room for the names of its jobs",
        lambda: [derived(_named(CRON_JOB, 60))],
        [
            (
                f"db.yaml:1: CronJob shop/{'d' * 60}: metadata.name: must have at most 52 characters because"
                " its jobs are named after it and 11 more, got 60"
            )
        ],
    ),
    Case(
        "name",
        "a Job of the user's",
        lambda: [objects(_named(JOB, 64))],
        [
            (
                f"chart/extra: Job shop/{'d' * 64}: metadata.name: must have at most 63 characters because"
                " its pods are labelled with it, got 64"
            )
        ],
    ),
    Case(
        "name",
        "a Service begins with a letter, a ConfigMap is a DNS name, a namespace a DNS label",
        lambda: [
            objects(
                """
                apiVersion: v1
                kind: Service
                metadata: {name: 1api}
                spec: {ports: [{port: 80}]}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: api_config, namespace: my.shop}
                """
            )
        ],
        [
            'chart/extra: Service 1api: metadata.name: must begin with a letter because a Service is named after it, got "1api"',
            (
                "chart/extra: ConfigMap my.shop/api_config: metadata.name: must be lower-case letters, digits, '-' and '.',"
                ' with a letter or digit at both ends, got "api_config"'
            ),
            (
                "chart/extra: ConfigMap my.shop/api_config: metadata.namespace: must be lower-case letters, digits and '-',"
                ' with a letter or digit at both ends, got "my.shop"'
            ),
        ],
    ),
    Case(
        "part-name",
        "containers and volumes by patch",
        lambda: [
            service(
                "{sidecars: [{name: proxy, image: a:1}], volumes: [{name: a, emptyDir: {}}], volumeMounts: [{name: a, mountPath: /a}]}",
                ("Deployment", "spec.template.spec.initContainers[0].name", "api"),
                ("Deployment", "spec.template.spec.volumes[1]", {"name": "a", "emptyDir": {}}),
                ("Deployment", "spec.template.spec.initContainers[1]", {"name": "Setup", "image": "a:1"}),
                ("Deployment", "spec.template.spec.volumes[2]", {"name": "Bad", "emptyDir": {}}),
                ("Deployment", "spec.template.spec.containers[0].volumeMounts[1]", {"name": "Bad", "mountPath": "/b"}),
            )
        ],
        [
            'api.yaml:1: Deployment shop/api: spec.template.spec.initContainers[0].name: "api" is used twice (also containers[0])',
            (
                "api.yaml:1: Deployment shop/api: spec.template.spec.initContainers[1].name: must be lower-case letters, digits"
                " and '-', with a letter or digit at both ends, got \"Setup\""
            ),
            'api.yaml:1: Deployment shop/api: spec.template.spec.volumes[1].name: "a" is used twice (also volumes[0])',
            (
                "api.yaml:1: Deployment shop/api: spec.template.spec.volumes[2].name: must be lower-case letters, digits"
                " and '-', with a letter or digit at both ends, got \"Bad\""
            ),
        ],
    ),
    Case(
        "key",
        "keys of ConfigMaps and Secrets become file names",
        lambda: [
            objects(
                """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: files}
                data: {"etc/nginx.conf": x, fine.conf_1: x, "..": x}
                binaryData: {logo: "not base64", icon: aWNvbg==}
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: keys}
                data: {wrapped: "aHVudGVy\\nMg==\\n", plain: hunter2, short: YQ, umlaut: ä, empty: ""}
                stringData: {plain: hunter2}
                """
            )
        ],
        [
            "chart/extra: ConfigMap files: data[\"etc/nginx.conf\"]: must be letters, digits, '-', '_' and '.', got \"etc/nginx.conf\"",
            "chart/extra: ConfigMap files: data[\"..\"]: must be letters, digits, '-', '_' and '.', got \"..\"",
            "chart/extra: ConfigMap files: binaryData.logo: must be base64; text as it is belongs into data",
            "chart/extra: Secret keys: data.plain: must be base64; text as it is belongs into stringData",
            "chart/extra: Secret keys: data.short: must be base64; text as it is belongs into stringData",
            "chart/extra: Secret keys: data.umlaut: must be base64; text as it is belongs into stringData",
        ],
    ),
    Case(
        "label",
        "labels and annotations by patch, of the object and of its pods",
        lambda: [
            service(
                "",
                ("Deployment", 'metadata.labels["a b"]', "x"),
                ("Deployment", 'metadata.labels["stage"]', "not a label value"),
                ("Deployment", "spec.template.metadata.annotations", {"bad/key/here": "x"}),
            )
        ],
        [
            (
                'api.yaml:1: Deployment shop/api: metadata.labels["a b"]: must be [prefix/]name with at most 63 letters,'
                " digits, '-', '_' and '.' as name, got \"a b\""
            ),
            (
                "api.yaml:1: Deployment shop/api: metadata.labels.stage: must be letters, digits, '-', '_' and '.', with a"
                ' letter or digit at both ends, got "not a label value"'
            ),
            (
                'api.yaml:1: Deployment shop/api: spec.template.metadata.annotations["bad/key/here"]: the part before the slash'
                ' must be a DNS name, got "bad/key"'
            ),
        ],
    ),
    Case(
        "label",
        "of kinds that nobody knows, and of claims",
        lambda: [
            objects(
                """
                apiVersion: example.com/v1
                kind: Widget
                metadata: {name: Any_Name, labels: {team: "-"}}
                """
            ),
            derived(
                STATEFUL_SET.replace("NAME", "db")
                + "  volumeClaimTemplates: [{metadata: {name: data, labels: {app.kubernetes.io/name: '-'}}}]\n"
            ),
        ],
        [
            (
                "chart/extra: Widget.example.com Any_Name: metadata.labels.team: must be letters, digits, '-', '_' and '.',"
                ' with a letter or digit at both ends, got "-"'
            ),
            (
                'db.yaml:1: StatefulSet shop/db: spec.volumeClaimTemplates[0].metadata.labels["app.kubernetes.io/name"]: must'
                " be letters, digits, '-', '_' and '.', with a letter or digit at both ends, got \"-\""
            ),
        ],
    ),
    Case(
        "unique",
        "one name, two resources",
        lambda: [service(), service()],
        [
            (
                "api.yaml:1: Deployment shop/api: metadata.name: exists twice: derived from Service shop/api (api.yaml:1),"
                " and derived from Service shop/api (api.yaml:1)"
            )
        ],
    ),
    Case(
        "unique",
        "a derived object and one of the user's",
        lambda: [
            service("{ports: [{name: http, containerPort: 80}]}"),
            objects(
                "{apiVersion: v1, kind: Service, metadata: {name: api, namespace: shop}, spec: {ports: [{port: 1}]}}"
            ),
        ],
        [
            (
                "chart/extra: Service shop/api: metadata.name: exists twice: derived from Service shop/api (api.yaml:1),"
                " and written by hand (chart/extra)"
            )
        ],
    ),
    Case(
        "unique",
        "a name that the user chose, and one that follows from a resource, whichever comes first",
        lambda: [
            compiled("Datastore", "ledger", "{type: postgresql, storage: {size: 1Gi}, serviceAliases: [bank, sums]}"),
            compiled("SQL", "sums", "{storage: {size: 1Gi}}"),
            compiled("KV", "cache", "{storage: {size: 1Gi}, serviceAliases: [sums-headless]}"),
        ],
        [
            (
                'ledger.yaml:1: Datastore shop/ledger: spec.serviceAliases[1]: "sums" is taken by the Service'
                " derived from SQL shop/sums (sums.yaml:1); choose another name"
            ),
            (
                'cache.yaml:1: KV shop/cache: spec.serviceAliases[0]: "sums-headless" is taken by the Service'
                " derived from SQL shop/sums (sums.yaml:1); choose another name"
            ),
        ],
    ),
    Case(
        "unique",
        "two names that users chose: the later one",
        lambda: [service(KMS_SECRETS, name="web"), service(KMS_SECRETS)],
        [
            (
                'api.yaml:1: Service shop/api: spec.kmsSecrets[0].managedSecretName: "keys" is taken by the KMSSecret'
                " derived from Service shop/web (web.yaml:1); choose another name"
            )
        ],
    ),
    Case(
        "unique",
        "a name that the user chose, and an object of the user's",
        lambda: [
            objects(
                "{apiVersion: v1, kind: Service, metadata: {name: sums, namespace: shop}, spec: {ports: [{port: 1}]}}"
            ),
            compiled("KV", "cache", "{storage: {size: 1Gi}, serviceAliases: [sums]}"),
        ],
        [
            (
                'cache.yaml:1: KV shop/cache: spec.serviceAliases[0]: "sums" is taken by the Service'
                " written by hand (chart/extra); choose another name"
            )
        ],
    ),
)
