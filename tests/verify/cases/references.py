"""References inside the set, and secrets that stand where they must not."""

from __future__ import annotations

from tests.verify.cases.names import STATEFUL_SET
from tests.verify.pieces import Case, Piece, compiled, derived, objects, service

__all__ = ["CASES"]

KEYS = """
apiVersion: v1
kind: Secret
metadata: {name: db, namespace: shop}
stringData: {password: KpW7-not-a-word, username: postgres}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: conf, namespace: shop}
data: {app.conf: "x"}
binaryData: {logo.png: aGVsbG8=}
"""

HEADLESS = """
---
apiVersion: v1
kind: Service
metadata: {name: db-hs, namespace: shop}
spec: {clusterIP: None, selector: {app.kubernetes.io/name: db, app.kubernetes.io/instance: db}, ports: [{name: a, port: 80, protocol: TCP}]}
"""

HIDDEN = "KpW7-not-a-word"
IN_BASE64 = "S3BXNy1ub3QtYS13b3Jk"


def _without(piece: Piece, kind: str) -> Piece:
    assert piece.compilation
    return Piece(piece.where, piece.compilation, [each for each in piece.compilation.manifests if each["kind"] != kind])


CASES = (
    Case(
        "host",
        "nearly the name of a Service, and a port that it does not offer, in variables and on command lines",
        lambda: [
            service("{ports: [{name: http, containerPort: 8080, servicePort: 80}]}", name="pg"),
            service(
                """
                env:
                  - {name: A, value: "postgres://pgg.shop.svc.cluster.local:5432"}
                  - {name: B, value: "http://pg.shop.svc:9999/x"}
                  - {name: C, value: "http://pg/x"}
                  - {name: D, value: "http://elsewhere.shop.svc, http://pg2.shop.svc, image/pg:16"}
                args: ["--url=http://pg:8080"]
                """
            ),
            derived(STATEFUL_SET.replace("NAME", "db") + HEADLESS),
            objects(
                """
                apiVersion: batch/v1
                kind: Job
                metadata: {name: migrate, namespace: shop}
                spec:
                  template:
                    metadata: {labels: {app: migrate}}
                    spec:
                      restartPolicy: Never
                      containers:
                      - {name: main, image: "a:v1", command: [psql, "-h", "gp.shop.svc"], env: [{name: U, value: "x://db-0.db-hs.shop.svc:1"}]}
                """
            ),
        ],
        [
            'warning: api.yaml:1: Deployment shop/api: spec.template.spec.containers[0].env[0].value: there is no Service "pgg" in shop, did you mean pg?',
            "warning: api.yaml:1: Deployment shop/api: spec.template.spec.containers[0].env[1].value: 9999 is not a port of Service shop/pg (pg.yaml:1), offered are http 80",
            "warning: api.yaml:1: Deployment shop/api: spec.template.spec.containers[0].args[0]: 8080 is not a port of Service shop/pg (pg.yaml:1), offered are http 80",
            'warning: chart/extra: Job shop/migrate: spec.template.spec.containers[0].command[2]: there is no Service "gp" in shop, did you mean pg?',
        ],
    ),
    Case(
        "one-filler",
        "a certificate and a secret of the key management service, in two resources and in an object of the user's own",
        lambda: [
            service("{ports: [{name: http, containerPort: 80}], ingress: {hosts: [a.example.com]}}"),
            service(
                """
                kmsSecrets:
                - {projectSlug: a, envSlug: b, credentialsRef: {name: c}, managedSecretName: api-tls}
                - {projectSlug: a, envSlug: b, credentialsRef: {name: c}, managedSecretName: plain}
                - {projectSlug: a, envSlug: b, credentialsRef: {name: c}, managedSecretName: made}
                """,
                name="web",
            ),
            objects(
                """
                apiVersion: v1
                kind: Secret
                metadata: {name: plain, namespace: shop}
                ---
                apiVersion: cert-manager.io/v1
                kind: Certificate
                metadata: {name: one, namespace: shop}
                spec: {secretName: made}
                """
            ),
        ],
        [
            'web.yaml:1: Service shop/web: spec.kmsSecrets[0].managedSecretName: the Secret "api-tls" is filled by Ingress shop/api (api.yaml:1) too; choose another name',
            'web.yaml:1: Service shop/web: spec.kmsSecrets[1].managedSecretName: the Secret "plain" is filled by Secret shop/plain (chart/extra) too; choose another name',
            'web.yaml:1: Service shop/web: spec.kmsSecrets[2].managedSecretName: the Secret "made" is filled by Certificate shop/one (chart/extra) too; choose another name',
        ],
    ),
    Case(
        "inside",
        "a child that somebody took away",
        lambda: [
            _without(
                service("{ports: [{name: http, containerPort: 80}], ingress: {hosts: [a.example.com]}}"), "Service"
            ),
            _without(
                service("{autoscaling: {maxReplicas: 3}, resources: {requests: {cpu: 1}}}", name="web"), "Deployment"
            ),
            derived((STATEFUL_SET + "  serviceName: db-hs\n").replace("NAME", "db")),
        ],
        [
            'api.yaml:1: Ingress shop/api: spec.rules[0].http.paths[0].backend.service: there is no Service "api" in the set',
            'web.yaml:1: HorizontalPodAutoscaler shop/web: spec.scaleTargetRef: there is no Deployment "web" in the set',
            'db.yaml:1: StatefulSet shop/db: spec.serviceName: there is no Service "db-hs" in the set',
        ],
    ),
    Case(
        "key-reference",
        "misspelt and unknown, in env and in volumes",
        lambda: [
            service(
                """
                env:
                  - {name: A, valueFrom: {secretKeyRef: {name: db, key: pasword}}}
                  - {name: B, valueFrom: {configMapKeyRef: {name: conf, key: zzz}}}
                  - {name: C, valueFrom: {configMapKeyRef: {name: conf, key: zzz, optional: true}}}
                  - {name: D, valueFrom: {configMapKeyRef: {name: conf, key: app.conf}}}
                volumes:
                  - {name: a, configMap: {name: conf, items: [{key: logo.png, path: a}, {key: app.cnf, path: b}]}}
                  - {name: b, projected: {sources: [{secret: {name: db, items: [{key: token, path: c}]}}]}}
                volumeMounts: [{name: a, mountPath: /a}, {name: b, mountPath: /b}]
                """
            ),
            objects(KEYS),
        ],
        [
            (
                'api.yaml:1: Deployment shop/api: spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef.key: "pasword" is'
                ' not a key of Secret "db", did you mean password?'
            ),
            (
                'api.yaml:1: Deployment shop/api: spec.template.spec.containers[0].env[1].valueFrom.configMapKeyRef.key: "zzz" is'
                ' not a key of ConfigMap "conf", known are app.conf, logo.png'
            ),
            (
                'api.yaml:1: Deployment shop/api: spec.template.spec.volumes[0].configMap.items[1].key: "app.cnf" is not a key of'
                ' ConfigMap "conf", did you mean app.conf?'
            ),
            (
                'api.yaml:1: Deployment shop/api: spec.template.spec.volumes[1].projected.sources[0].secret.items[0].key: "token" is'
                ' not a key of Secret "db", known are password, username'
            ),
        ],
    ),
    Case(
        "credential-key",
        "keys that the image does not read, beside those in env; what is outside, and what a controller fills, is not known",
        lambda: [
            compiled("SQL", "a", "{storage: {size: 1Gi}, credentialsSecret: db}"),
            compiled(
                "SQL", "b", "{storage: {size: 1Gi}, credentialsSecret: db, env: [{name: POSTGRES_PASSWORD, value: x}]}"
            ),
            compiled(
                "SQL", "c", "{storage: {size: 1Gi}, credentialsSecret: db, envFrom: [{secretRef: {name: outside}}]}"
            ),
            compiled(
                "SQL",
                "d",
                "{storage: {size: 1Gi}, credentialsSecret: db, envFrom: [{secretRef: {name: db}, prefix: POSTGRES_}]}",
            ),
            compiled("SQL", "e", "{storage: {size: 1Gi}, credentialsSecret: outside}"),
            compiled("SQL", "f", "{storage: {size: 1Gi}, credentialsSecret: db, insecure: true}"),
            compiled(
                "Datastore",
                "g",
                "{type: docdb, image: {repository: mongo, tag: '8.0'}, storage: {size: 1Gi}, credentialsSecret: db}",
            ),
            compiled("Datastore", "h", "{type: nats, storage: {size: 1Gi}, credentialsSecret: db}"),
            objects(KEYS.replace("password", "PASSWORD")),
        ],
        [
            'a.yaml:1: SQL shop/a: spec.credentialsSecret: Secret "db" of the set lacks the key POSTGRES_PASSWORD (or POSTGRES_PASSWORD_FILE, POSTGRES_HOST_AUTH_METHOD), which the image (sql-16) reads, it holds PASSWORD, username; add the key',
            'g.yaml:1: Datastore shop/g: spec.credentialsSecret: Secret "db" of the set lacks the key MONGO_INITDB_ROOT_USERNAME (or MONGO_INITDB_ROOT_USERNAME_FILE), which the image (mongo) reads, it holds PASSWORD, username; add the key',
            'g.yaml:1: Datastore shop/g: spec.credentialsSecret: Secret "db" of the set lacks the key MONGO_INITDB_ROOT_PASSWORD (or MONGO_INITDB_ROOT_PASSWORD_FILE), which the image (mongo) reads, it holds PASSWORD, username; add the key',
        ],
    ),
    Case(
        "governing-service",
        "a Service that gives pods no names",
        lambda: [
            derived(
                (STATEFUL_SET + "  serviceName: db\n").replace("NAME", "db")
                + """---
apiVersion: v1
kind: Service
metadata: {name: db, namespace: shop}
spec:
  selector: {app.kubernetes.io/name: db, app.kubernetes.io/instance: db}
  ports: []
"""
            )
        ],
        [
            (
                "db.yaml:1: StatefulSet shop/db: spec.serviceName: must be headless (clusterIP: None) or pods get no DNS names, got"
                " Service shop/db (db.yaml:1)"
            )
        ],
    ),
    Case(
        "leak",
        "in env, arguments, annotations and ConfigMaps, plainly and in base64; a user name is no secret",
        lambda: [
            service(
                f"""
                env: [{{name: USER, value: postgres}}, {{name: URL, value: "postgres://postgres:{HIDDEN}@db"}}]
                args: ["--token", "{IN_BASE64}"]
                annotations: {{note: "{HIDDEN}"}}
                """
            ),
            objects(KEYS),
            objects(
                f"""
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: copy
                  annotations:
                    kubectl.kubernetes.io/last-applied-configuration: '{{"data":{{"password":"{IN_BASE64}"}}}}'
                data: {{db.ini: "password = {HIDDEN}"}}
                """
            ),
        ],
        [
            f"{place}: contains {form} of password of Secret shop/db (chart/extra); refer to the Secret instead"
            for place, form in (
                ("api.yaml:1: Deployment shop/api: spec.template.spec.containers[0].env[1].value", "the value"),
                ("api.yaml:1: Deployment shop/api: spec.template.spec.containers[0].args[1]", "the value (in base64)"),
                ("api.yaml:1: Deployment shop/api: spec.template.metadata.annotations.note", "the value"),
                ('chart/extra: ConfigMap copy: data["db.ini"]', "the value"),
                (
                    'chart/extra: ConfigMap copy: metadata.annotations["kubectl.kubernetes.io/last-applied-configuration"]',
                    "the value (in base64)",
                ),
            )
        ],
    ),
    Case(
        "leak",
        "in what probes, hooks and drivers of volumes are told",
        lambda: [
            service(
                f"""
                ports: [{{name: http, containerPort: 8080}}]
                livenessProbe: {{port: http, path: "/health?token={HIDDEN}"}}
                readinessProbe: {{port: http, path: /ready, httpHeaders: [{{name: Authorization, value: "{HIDDEN}"}}]}}
                lifecycle: {{postStart: {{exec: {{command: [login, "{HIDDEN}"]}}}}}}
                volumes: [{{name: share, csi: {{driver: smb.csi.k8s.io, volumeAttributes: {{password: "{HIDDEN}"}}}}}}]
                volumeMounts: [{{name: share, mountPath: /share}}]
                """
            ),
            objects(KEYS),
        ],
        [
            f"api.yaml:1: Deployment shop/api: spec.template.spec.{place}: contains the value of password of Secret shop/db (chart/extra);"
            " refer to the Secret instead"
            for place in (
                "containers[0].livenessProbe.httpGet.path",
                "containers[0].readinessProbe.httpGet.httpHeaders[0].value",
                "containers[0].lifecycle.postStart.exec.command[1]",
                "volumes[0].csi.volumeAttributes.password",
            )
        ],
    ),
    Case(
        "leak",
        "a word may stand there by chance",
        lambda: [
            service("env: [{name: STAGE, value: production}]"),
            objects("{apiVersion: v1, kind: Secret, metadata: {name: env}, stringData: {STAGE: production}}"),
        ],
        [
            (
                "warning: api.yaml:1: Deployment shop/api: spec.template.spec.containers[0].env[0].value: contains the value of"
                " STAGE of Secret env (chart/extra); refer to the Secret instead"
            )
        ],
    ),
    Case(
        "leak",
        "of a Secret whose data is in base64",
        lambda: [
            objects(
                f"""
                apiVersion: v1
                kind: Pod
                metadata: {{name: p}}
                spec: {{containers: [{{name: c, image: a:1, command: [run, "{HIDDEN}"]}}]}}
                ---
                apiVersion: v1
                kind: Secret
                metadata: {{name: s}}
                data: {{key: {IN_BASE64}, short: YWI=, binary: /w==, broken: "*"}}
                """
            )
        ],
        [
            "chart/extra: Pod p: spec.containers[0].command[1]: contains the value of key of Secret s (chart/extra); refer to the Secret instead"
        ],
    ),
)
