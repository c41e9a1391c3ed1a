"""What the proof says of sets that fit, of what they need from outside, and of input nobody would call an object."""

from __future__ import annotations

import copy
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.kube.fields import parsed_path
from hanzo_constructs.platform import EPOCHS, Platform
from hanzo_constructs.spec.kinds import parse
from hanzo_constructs.verify import External, Prover, prove, selecting
from tests.verify.cases import containers, counts, names, ports, references, selectors, servers
from tests.verify.pieces import GONE, Piece, compiled, derived, edited, objects, proof_of, service, texts

EVERYTHING = """
replicas: 3
partOf: shop
ports: [{name: http, containerPort: 8080, servicePort: 80}, {name: metrics, containerPort: 9090}, {name: dns, containerPort: 53, protocol: UDP}]
env:
  - {name: LOG_LEVEL, value: info}
  - {name: PASSWORD, valueFrom: {secretKeyRef: {name: api-kms, key: password}}}
  - {name: REGION, valueFrom: {configMapKeyRef: {name: region, key: name, optional: true}}}
  - {name: NODE, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}
envFrom: [{secretRef: {name: shared}}, {configMapRef: {name: region, optional: true}}]
volumes:
  - {name: config, configMap: {name: api-config, items: [{key: a, path: a}]}}
  - {name: data, persistentVolumeClaim: {claimName: api-data}}
  - {name: all, projected: {sources: [{secret: {name: api-kms}}, {serviceAccountToken: {path: t}}]}}
  - {name: tmp, emptyDir: {}}
  - {name: vault, csi: {driver: x, nodePublishSecretRef: {name: vault}}}
volumeMounts: [{name: config, mountPath: /c}, {name: data, mountPath: /d}, {name: all, mountPath: /a}, {name: vault, mountPath: /v}]
resources: {requests: {cpu: 100m, memory: 128Mi}, limits: {memory: 256Mi}}
livenessProbe: {port: http}
readinessProbe: {tcpSocket: {port: 8080}}
ingress: {hosts: [api.example.com], pathRules: [{path: /metrics, port: metrics}, {path: /old, serviceName: old, port: 80}]}
pdb: {maxUnavailable: 1}
networkPolicy: {}
serviceMonitor: {}
kmsSecrets: [{projectSlug: shop, envSlug: prod, credentialsRef: {name: kms-auth}, managedSecretName: api-kms}]
sidecars:
  - name: proxy
    image: a:1
    ports: [{containerPort: 15000}]
    volumeMounts: [{name: tmp, mountPath: /tmp}]
    readinessProbe: {httpGet: {port: 15000}}
initContainers: [{name: migrate, image: a:1, args: [up]}]
imagePullSecrets: [{name: registry}]
serviceAccountName: api
"""
SCALED = """
ports: [{name: grpc, containerPort: 50051}]
autoscaling: {minReplicas: 2, maxReplicas: 5}
resources: {requests: {cpu: 1}}
"""
MONITORED = "{partOf: shop, serviceMonitor: {}, pdb: {}, replicas: 2, ports: [{name: http, containerPort: 80}]}"


def _named(external: External) -> str:
    return f"{external}{' (optional)' if external.optional else ''}"


@pytest.mark.parametrize("epoch", EPOCHS)
@pytest.mark.parametrize("style", ["annotation", "field"])
def test_what_the_compiler_makes_of_realistic_services_fits_together(epoch: str, style: str) -> None:
    platform = Platform.model_validate({"epoch": epoch, "ingressClassStyle": style, "readOnlyRootFilesystem": True})
    compilations = [
        compile_resource(
            parse(
                {
                    "apiVersion": "hanzo.ai/v1",
                    "kind": "Service",
                    "metadata": {"name": name, "namespace": namespace},
                    "spec": piece.compilation.resource_manifest["spec"]  # type: ignore[union-attr]
                    | ({"ingress": {"hosts": [f"{name}.{namespace}.example.com"]}} if name == "api" else {}),
                },
                platform,
            ),
            platform,
        )
        for name, piece in (("api", service(EVERYTHING)), ("web", service(SCALED)), ("worker", service()))
        for namespace in ("shop", "shop-staging")
    ]
    assert texts(prove(compilations)) == []


def test_references_to_objects_outside_the_set_are_listed_once_with_all_who_need_them() -> None:
    proof = proof_of([service(EVERYTHING), service("envFrom: [{secretRef: {name: shared}}]", name="web")])
    assert texts(proof) == []
    assert [_named(external) for external in proof.external] == [
        "Secret shop/kms-auth",
        "ConfigMap shop/region (optional)",
        "Secret shop/shared",
        "ServiceAccount shop/api",
        "Secret shop/registry",
        "ConfigMap shop/api-config",
        "PersistentVolumeClaim shop/api-data",
        "Secret shop/vault",
        "Service shop/old",
    ]
    shared = proof.external[2]
    assert [tuple(use) for use in shared.uses] == [
        ("Deployment shop/api", "spec.template.spec.containers[0].envFrom[0].secretRef", "api.yaml:1"),
        ("Deployment shop/web", "spec.template.spec.containers[0].envFrom[0].secretRef", "web.yaml:1"),
    ]


@pytest.mark.parametrize(
    "provider",
    [
        "{apiVersion: v1, kind: Secret, metadata: {name: shared, namespace: shop}}",
        "{apiVersion: external-secrets.io/v1, kind: ExternalSecret, metadata: {name: x, namespace: shop}, spec: {target: {name: shared}}}",
        "{apiVersion: external-secrets.io/v1, kind: ExternalSecret, metadata: {name: shared, namespace: shop}, spec: {}}",
        "{apiVersion: bitnami.com/v1alpha1, kind: SealedSecret, metadata: {name: shared, namespace: shop}, spec: {}}",
        "{apiVersion: cert-manager.io/v1, kind: Certificate, metadata: {name: x, namespace: shop}, spec: {secretName: shared}}",
    ],
)
def test_what_makes_a_secret_resolves_the_references_to_it(provider: str) -> None:
    user = service("envFrom: [{secretRef: {name: shared}}]")
    assert [str(each) for each in proof_of([user]).external] == ["Secret shop/shared"]
    assert proof_of([user, objects(provider)]).external == ()


def test_claims_of_the_pods_of_a_datastore_are_not_needed_from_outside() -> None:
    volumes = ", ".join(
        f"{{name: v{number}, persistentVolumeClaim: {{claimName: data-bus-{number}}}}}" for number in (0, 1)
    )
    bus = compiled(
        "Datastore", "bus", "{type: nats, image: {repository: nats, tag: 2.10-alpine}, storage: {size: 1Gi}}"
    )
    needed = proof_of([service(f"volumes: [{volumes}]"), bus]).external
    assert [str(each) for each in needed] == ["PersistentVolumeClaim shop/data-bus-1"]


def test_an_object_of_another_namespace_resolves_nothing() -> None:
    elsewhere = objects("{apiVersion: v1, kind: Secret, metadata: {name: shared, namespace: other}}")
    assert len(proof_of([service("envFrom: [{secretRef: {name: shared}}]"), elsewhere]).external) == 1


def test_what_belongs_to_the_whole_cluster_is_found_whatever_namespace_is_written_there() -> None:
    pods = "spec.template.spec"
    api = service(
        "", ("Deployment", f"{pods}.priorityClassName", "high"), ("Deployment", f"{pods}.runtimeClassName", "gv")
    )
    assert [str(each) for each in proof_of([api]).external] == ["PriorityClass high", "RuntimeClass gv"]
    # cdk8s writes the namespace of a chart into everything
    high = objects(
        "{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: high, namespace: shop}, value: 1}"
    )
    assert [str(each) for each in proof_of([api, high]).external] == ["RuntimeClass gv"]
    critical = service("", ("Deployment", f"{pods}.priorityClassName", "system-cluster-critical"))
    assert proof_of([critical]).external == ()


def test_a_certificate_is_needed_from_outside_only_when_nobody_issues_it() -> None:
    ingress = "{ports: [{name: http, containerPort: 80}], ingress: {hosts: [a.example.com]}}"
    assert proof_of([service(ingress)]).external == ()
    kept = service(ingress, ("Ingress", "metadata.annotations", {}))
    assert [str(each) for each in proof_of([kept]).external] == ["Secret shop/api-tls"]


def test_a_kind_of_another_group_is_not_taken_for_ours() -> None:
    knative = objects(
        """
        apiVersion: serving.knative.dev/v1
        kind: Service
        metadata: {name: api, namespace: shop}
        spec: {template: {spec: {containers: []}}, ports: not what a Service has}
        """
    )
    assert texts(proof_of([service("{ports: [{name: http, containerPort: 80}]}"), knative])) == []


def test_keda_owns_the_count_as_an_autoscaler_does() -> None:
    scaled = objects(
        """
        apiVersion: keda.sh/v1alpha1
        kind: ScaledObject
        metadata: {name: api, namespace: shop}
        spec: {scaleTargetRef: {name: api}}
        """
    )
    assert texts(proof_of([service("", ("Deployment", "spec.replicas", GONE)), scaled])) == []
    assert [finding.path for finding in proof_of([service("replicas: 3"), scaled]).findings] == ["spec.replicas"]


def test_a_child_that_was_touched_and_not_changed_is_as_it_was_compiled() -> None:
    # A volume nobody mounts and a budget that blocks are doubted when the resource is compiled, and not again here.
    piece = service("{volumes: [{name: a, emptyDir: {}}], pdb: {minAvailable: 1}, replicas: 1}")
    assert piece.compilation is not None
    untouched = copy.deepcopy(piece.compilation.manifests)
    assert texts(proof_of([Piece("", piece.compilation, untouched)])) == []


def test_a_policy_of_the_users_may_protect_pods_from_elsewhere() -> None:
    text = "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p}, spec: {podSelector: SELECTOR}}"
    for selector in ("{}", "{matchLabels: {app: elsewhere}}"):
        assert texts(proof_of([service(), objects(text.replace("SELECTOR", selector))])) == []


def test_provers_that_were_asked_for_one_node_port_do_not_merge() -> None:
    first, second = Prover(), Prover()
    for prover, name in ((first, "a"), (second, "b")):
        ports = [{"port": 80, "nodePort": 30080}]
        spec = {"type": "NodePort", "ports": ports}
        metadata = {"name": name, "namespace": "shop"}
        prover.add_objects([{"apiVersion": "v1", "kind": "Service", "metadata": metadata, "spec": spec}])
    assert not first.merge(second)


def test_findings_come_in_the_order_of_the_input() -> None:
    wrong = ("Service", "spec.ports[0].targetPort", 81)
    pieces = [service("{ports: [{name: http, containerPort: 80}]}", wrong, name=name) for name in ("c", "a", "b")]
    assert [finding.where for finding in proof_of(pieces).findings] == ["c.yaml:1", "a.yaml:1", "b.yaml:1"]


def test_a_proof_can_be_asked_for_again_and_again() -> None:
    prover = Prover()
    piece = service("envFrom: [{secretRef: {name: shared}}]")
    assert piece.compilation is not None
    prover.add(piece.compilation)
    first = prover.proof()
    assert prover.proof() == first
    prover.add_objects(
        objects("{apiVersion: v1, kind: Secret, metadata: {name: shared, namespace: shop}}").manifests or ()
    )
    assert (len(first.external), len(prover.proof().external)) == (1, 0)


def test_the_input_is_left_as_it_is_and_let_go() -> None:
    piece = service(EVERYTHING)
    assert piece.compilation is not None
    manifests = piece.compilation.manifests
    before, held = copy.deepcopy(manifests), [sys.getrefcount(manifest) for manifest in manifests]
    prover = Prover()
    prover.add(piece.compilation)
    prover.proof()
    assert manifests == before
    assert [sys.getrefcount(manifest) for manifest in manifests] == held


def test_the_work_grows_with_the_set_and_not_with_its_square(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0
    matches = selecting.matches

    def counted(labels: dict[str, str], asked: selecting.Requirements) -> bool:
        nonlocal compared
        compared += 1
        return matches(labels, asked)

    monkeypatch.setattr(selecting, "matches", counted)

    def comparisons(count: int) -> int:
        nonlocal compared
        compared = 0
        assert texts(proof_of([service(MONITORED, name=f"s{index}") for index in range(count)])) == []
        return compared

    assert comparisons(60) == 3 * comparisons(20)


def test_no_value_of_a_secret_is_ever_printed() -> None:
    leaks = [case for case in references.CASES if case.check == "leak"]
    assert len(leaks) == 4
    for case in leaks:
        for text in texts(proof_of(case.pieces())):
            assert references.HIDDEN not in text
            assert references.IN_BASE64 not in text
    for case in servers.CASES:
        assert not [text for text in texts(proof_of(case.pieces())) if servers.HIDDEN in text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[]", "expected a mapping with apiVersion, kind and metadata, got a list"),
        ("{metadata: []}", "apiVersion: required"),
        ("{apiVersion: v1, kind: Pod, metadata: {name: 7}}", "Pod 7: metadata.name: expected a string, got an integer"),
        (
            "{apiVersion: v1, kind: Pod, metadata: {name: p, labels: {a: 7}}}",
            "Pod p: metadata.labels.a: expected a string, got an integer; quote it",
        ),
        ("{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: []}", "Pod p: spec: expected a mapping, got a list"),
        (
            "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {ports: [{port: http}]}}",
            "Service s: spec.ports[0].port: expected an integer, got a string",
        ),
        (
            "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {ports: [{name: http}]}}",
            "Service s: spec.ports[0].port: required",
        ),
        (
            "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {ports: [{port: 80}], sessionAfinity: None}}",
            "warning: Service s: spec.sessionAfinity: unknown field, did you mean sessionAffinity?",
        ),
        (
            "{apiVersion: v1, kind: ResourceQuota, metadata: {name: q}, spec: {hard: [cpu]}}",
            "ResourceQuota q: spec.hard: expected a mapping, got a list",
        ),
        (
            "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, resources: {requests: {cpu: 1}, limits: {cpu: 1 core}}}]}}",
            'Pod p: cannot be read: must be a quantity such as 500m, 2 or 1Gi, got "1 core", so that nothing else is known about it',
        ),
    ],
)
def test_what_is_no_object_is_an_error_and_not_a_traceback(text: str, expected: str) -> None:
    found = texts(proof_of([objects(text, where="")]))
    assert expected in found


WHOLE = edited(
    [
        manifest
        for module in (names, selectors, ports, containers, references, counts)
        for case in module.CASES
        for piece in case.pieces()
        for manifest in (piece.manifests or (piece.compilation.manifests if piece.compilation else ()))
    ],
    (),
)
"""Objects of every kind, with most of the fields that anything looks at."""

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3) | st.sampled_from(["5%", "%", "x%"]),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["name", "key", "port", "a"]), inner, max_size=2)
    ),
    max_leaves=4,
)


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Return every (container, key) in *value*."""
    pairs = (
        list(value.items()) if isinstance(value, dict) else list(enumerate(value)) if isinstance(value, list) else []
    )
    return [(value, key) for key, _ in pairs] + [place for _, item in pairs for place in _places(item)]


@given(st.data())
def test_nothing_that_a_user_writes_makes_the_proof_fall_over(data: st.DataObject) -> None:
    chosen = copy.deepcopy(data.draw(st.lists(st.sampled_from(WHOLE), min_size=1, max_size=4)))
    for manifest in chosen:
        for _ in range(data.draw(st.integers(0, 2))):
            container, key = data.draw(st.sampled_from(_places(manifest)))
            if data.draw(st.booleans()):
                container[key] = data.draw(anything)
            else:
                del container[key]
            if not _places(manifest):
                break
    piece = service(EVERYTHING)
    assert piece.compilation is not None
    prover = Prover()
    prover.add(piece.compilation, "api.yaml:1", [*piece.compilation.manifests, *chosen])
    prover.add_objects(chosen, "mine")
    proof = prover.proof()
    assert all(text for text in texts(proof))
    assert [use.path for external in proof.external for use in external.uses]


def test_paths_of_findings_can_be_read_back() -> None:
    for case in names.CASES:
        for finding in proof_of(case.pieces()).findings:
            assert parsed_path(finding.path)


def test_a_stateful_resource_that_fits_has_no_findings() -> None:
    text = (
        (names.STATEFUL_SET + "  serviceName: db-hs\n")
        .replace("NAME", "db")
        .replace(
            "image: a:1}",
            "image: a:1, ports: [{name: sql, containerPort: 5432, protocol: TCP}], volumeMounts: [{name: data, mountPath: /d}]}",
        )
    )
    claims = "  volumeClaimTemplates: [{metadata: {name: data, labels: {app.kubernetes.io/name: db}}, spec: SPEC}]\n".replace(
        "SPEC", "{accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}"
    )
    headless = """---
apiVersion: v1
kind: Service
metadata: {name: db-hs, namespace: shop}
spec:
  clusterIP: None
  selector: {app.kubernetes.io/name: db, app.kubernetes.io/instance: db}
  ports: [{name: sql, port: 5432, protocol: TCP}]
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: db-backup, namespace: shop}
spec: {schedule: 0 3 * * *, jobTemplate: {spec: {template: {metadata: {labels: {app.kubernetes.io/name: db-backup}}, spec: {restartPolicy: Never, containers: [{name: b, image: a:1}]}}}}}
"""
    assert texts(proof_of([derived(text + claims + headless)])) == []
