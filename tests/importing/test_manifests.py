"""Plain manifests come to the smallest resource that makes them again, and nothing of them is dropped in silence."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from hanzo_constructs.cli.importing import remainder_table, yaml_text
from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.declaration import Declaration, declared_in
from hanzo_constructs.errors import Finding
from hanzo_constructs.importing import Imported
from hanzo_constructs.importing.manifests import import_manifests
from hanzo_constructs.kube.yaml import dump, read
from hanzo_constructs.platform import Platform
from hanzo_constructs.spec.kinds import parse

Object = dict[str, Any]
FOLDER = Path(__file__).parent / "golden/manifests"
PLATFORM = Platform()
LABELS = {"app": "web"}


def declared(text: str, name: str = "all.yaml") -> list[Declaration]:
    documents, findings = read(text.encode(), name=name)
    assert not findings
    found = [item for document in documents for item in declared_in(document)]
    return [item for item in found if isinstance(item, Declaration)]


def came_to(*objects: Object, platform: Platform = PLATFORM) -> tuple[Imported, list[Finding]]:
    return import_manifests(declared("".join(f"---\n{dump(each)}" for each in objects)), platform)


def imported(*objects: Object, platform: Platform = PLATFORM) -> Imported:
    found, findings = came_to(*objects, platform=platform)
    assert not [each for each in findings if each.severity == "error"]
    return found


def workload(kind: str = "Deployment", name: str = "web", labels: Object = LABELS, **container: Any) -> Object:
    main = {"name": name, "image": "acme/web:v1", **container}
    return {
        "apiVersion": "apps/v1",
        "kind": kind,
        "metadata": {"name": name, "namespace": "shop"},
        "spec": {
            "selector": {"matchLabels": labels},
            "template": {"metadata": {"labels": labels}, "spec": {"containers": [main]}},
        },
    }


def service(name: str = "web", selector: Object = LABELS, **spec: Any) -> Object:
    ports = [{"name": "http", "port": 80, "targetPort": 8080}]
    return thing("v1", "Service", name, spec={"selector": selector, "ports": ports, **spec})


def thing(api_version: str, kind: str, name: str, **fields: Any) -> Object:
    return {"apiVersion": api_version, "kind": kind, "metadata": {"name": name, "namespace": "shop"}, **fields}


def keys(objects: Any) -> list[str]:
    return [f"{each['kind']} {each['metadata']['name']}" for each in objects]


@pytest.mark.parametrize("name", ["helm", "kustomize", "cluster"])
def test_what_a_tool_leaves_comes_to_the_golden_resources(name: str, request: pytest.FixtureRequest) -> None:
    found, findings = import_manifests(declared((FOLDER / f"{name}.yaml").read_text(), f"{name}.yaml"), PLATFORM)
    told = [f"{each.severity}: {each.where}: {each.message}" for each in findings]
    text = "\n".join([*told, *remainder_table(found.remainder), yaml_text(found)])
    golden = FOLDER / f"{name}.txt"
    if request.config.getoption("--update-golden"):
        golden.write_text(text)
    assert text == golden.read_text()


def test_the_smallest_resource_has_what_is_not_derived() -> None:
    (resource,) = imported(workload()).resources
    assert resource["spec"] == {"image": "acme/web:v1", "adopt": {"selector": LABELS}}


def test_what_a_server_fills_in_makes_no_difference() -> None:
    plain = [workload(ports=[{"name": "http", "containerPort": 8080}]), service()]
    served = copy.deepcopy(plain)
    served[0]["status"] = {"replicas": 1}
    served[0]["metadata"] |= {"uid": "1", "managedFields": [{}], "generation": 2}
    served[0]["spec"] |= {"replicas": 1, "revisionHistoryLimit": 10, "progressDeadlineSeconds": 600}
    served[0]["spec"]["template"]["spec"] |= {"dnsPolicy": "ClusterFirst", "restartPolicy": "Always"}
    served[1]["metadata"]["uid"] = "2"
    served[1]["spec"] |= {"clusterIP": "10.0.0.1", "clusterIPs": ["10.0.0.1"], "type": "ClusterIP"}
    assert imported(*served) == imported(*plain)


def test_labels_that_a_server_gives_the_pods_of_a_job_are_left_out() -> None:
    own = {"batch.kubernetes.io/controller-uid": "1", "controller-uid": "1", "job-name": "once"}
    job = {**workload("Job", "once", own), "apiVersion": "batch/v1"}
    job["metadata"]["uid"] = "1"
    job["spec"]["template"]["spec"]["restartPolicy"] = "Never"
    (resource,) = imported(job).resources
    assert resource["spec"] == {"image": "acme/web:v1"}


def test_an_address_that_a_person_chose_is_kept() -> None:
    found = imported(workload(ports=[{"containerPort": 8080}]), service(clusterIP="10.0.0.1"))
    (resource,) = found.resources
    assert "10.0.0.1" in json.dumps([resource, *found.objects_beside])


def test_what_no_field_says_an_overlay_does() -> None:
    (resource,) = imported(workload(terminationMessagePolicy="FallbackToLogsOnError")).resources
    container = {"name": "web", "terminationMessagePolicy": "FallbackToLogsOnError"}
    assert resource["spec"]["overlay"] == {"Deployment": {"spec": {"template": {"spec": {"containers": [container]}}}}}


def test_times_of_probes_are_those_of_kubernetes() -> None:
    probe = {"httpGet": {"path": "ready", "port": "http"}}
    (resource,) = imported(workload(ports=[{"name": "http", "containerPort": 8080}], readinessProbe=probe)).resources
    assert resource["spec"]["readinessProbe"] == {"path": "/ready", "port": 8080, "initialDelaySeconds": 0}


def test_containers_beside_the_main_one_say_no_more_than_they_did() -> None:
    plain = workload()
    sidecar = {"name": "proxy", "image": "acme/proxy:v1", "readinessProbe": {"tcpSocket": {"port": 9000}}}
    first = {"name": "migrate", "image": "acme/web:v1"}
    plain["spec"]["template"]["spec"]["containers"].append(sidecar)
    plain["spec"]["template"]["spec"]["initContainers"] = [first]
    (resource,) = imported(plain).resources
    assert (resource["spec"]["sidecars"], resource["spec"]["initContainers"]) == ([sidecar], [first])


def test_an_image_without_a_tag_is_pulled_always_as_before() -> None:
    (resource,) = imported(workload(image="acme/web")).resources
    assert resource["spec"]["image"] == {"repository": "acme/web", "pullPolicy": "Always"}


def test_a_service_of_several_workloads_stays_beside() -> None:
    one, two = (workload(name=name, labels={"app": name, "tier": "front"}) for name in ("one", "two"))
    found = imported(one, two, service(selector={"tier": "front"}))
    assert (keys(found.resources), keys(found.objects_beside)) == (["Service one", "Service two"], ["Service web"])


def test_a_service_of_a_workload_and_of_an_object_of_an_unknown_kind_stays_beside() -> None:
    rollout = {**workload(name="canary"), "apiVersion": "argoproj.io/v1alpha1", "kind": "Rollout"}
    found = imported(workload(), rollout, service())
    assert keys(found.objects_beside) == ["Rollout canary", "Service web"]


def test_objects_that_mean_no_workload_stay_beside() -> None:
    scaler = thing("autoscaling/v2", "HorizontalPodAutoscaler", "x", spec={"maxReplicas": 3})
    scaler["spec"]["scaleTargetRef"] = {"apiVersion": "argoproj.io/v1alpha1", "kind": "Rollout", "name": "x"}
    alone = [service("nobody", {"app": "nobody"}), service("outside", {}), scaler, thing("example.org/v1", "Own", "x")]
    found = imported(*alone)
    assert found == Imported((), tuple(alone), ())


def test_a_resource_is_not_called_like_another_workload() -> None:
    one, two = (workload(name=name, labels={"app": name}) for name in ("one", "two"))
    found = imported(one, two, service("two", {"app": "one"}))
    assert keys(found.resources) == ["Service one", "Service two"]
    made = [
        key for each in found.resources for key in keys(compile_resource(parse(each, PLATFORM), PLATFORM).manifests)
    ]
    assert sorted(made) == ["Deployment one", "Deployment two", "Service two"]


def test_the_same_name_in_two_namespaces_is_two_workloads() -> None:
    other = workload(image="acme/other:v1")
    other["metadata"]["namespace"] = "other"
    assert [each["metadata"]["namespace"] for each in imported(workload(), other).resources] == ["shop", "other"]


def test_the_same_object_twice_is_one() -> None:
    assert len(imported(workload(), workload()).resources) == 1


def test_two_versions_of_an_object_are_refused() -> None:
    found, findings = came_to(workload(), workload(image="acme/web:v2"))
    assert [each.message for each in findings] == [
        "is declared twice, and differs (also at all.yaml:2); name one of the files"
    ]
    assert not found.resources


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("[]", "expected an object of Kubernetes, got a list"),
        ("{kind: A}", "required: an object of Kubernetes has one"),
        ("{apiVersion: v1}", "required: an object of Kubernetes has one"),
        ("{apiVersion: v1, kind: A}", "required"),
        ("{apiVersion: v1, kind: A, metadata: {name: 3}}", "required"),
    ],
)
def test_what_is_no_object_is_refused(written: str, message: str) -> None:
    _, findings = import_manifests(declared(written), PLATFORM)
    assert [each.message for each in findings] == [message]


def test_two_container_ports_of_one_name_are_both_kept() -> None:
    ports = [{"name": "http", "containerPort": 8080}, {"name": "http", "containerPort": 8081}]
    found = imported(workload(ports=ports), service())
    text = json.dumps([*found.resources, *found.objects_beside])
    assert "8080" in text
    assert "8081" in text


def test_claim_templates_and_names_of_a_stateful_set_are_kept() -> None:
    claims = [
        {
            "metadata": {"name": name},
            "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}},
        }
        for name in ("data", "wal")
    ]
    mounts = [{"name": name, "mountPath": f"/{name}"} for name in ("data", "wal")]
    database = workload("StatefulSet", "db", volumeMounts=mounts, image="postgres:16")
    database["spec"] |= {"serviceName": "db", "volumeClaimTemplates": claims}
    headless = service("db", clusterIP="None")
    found, findings = came_to(database, headless)
    (resource,) = found.resources
    made = compile_resource(parse(resource, PLATFORM), PLATFORM).manifests
    (kept,) = [each for each in made if each["kind"] == "StatefulSet"]
    assert [each["metadata"]["name"] for each in kept["spec"]["volumeClaimTemplates"]] == ["data", "wal"]
    assert (kept["spec"]["serviceName"], kept["spec"]["selector"]) == ("db", {"matchLabels": LABELS})
    assert not found.remainder
    assert [each.severity for each in findings] == ["note"]
    assert "a Datastore of the engine postgresql" in findings[0].message


def test_no_value_of_a_secret_is_written_anywhere() -> None:
    secret = thing("v1", "Secret", "web", stringData={"password": "hunter2"})
    found = imported(secret, workload(env=[{"name": "TOKEN", "value": "hunter2"}], image="not an image"))
    assert [each.source for each in found.remainder][:1] == ["all.yaml:2: Secret shop/web"]
    assert "hunter2" not in str(found.remainder)
    assert keys(found.objects_beside) == ["Deployment web"]


def test_a_workload_that_cannot_be_said_stays_and_says_why() -> None:
    selected = workload()
    selected["spec"]["selector"] = {"matchLabels": LABELS, "matchExpressions": [{"key": "a", "operator": "Exists"}]}
    patch = thing("apps/v1", "Deployment", "patch", spec={"replicas": 3})
    found = imported(selected, patch)
    assert found.objects_beside == (selected, patch)
    assert [each.why for each in found.remainder] == [
        "stays an object of your own: it has expressions in its selector, which cannot be adopted",
        "stays an object of your own: it has no containers with names and images: a patch, or no manifest yet",
    ]


def test_fields_of_a_wrong_type_are_named() -> None:
    for spec, message in [
        ({"strategy": ["x"]}, "spec.strategy: expected a mapping, got a list"),
        ({"selector": {"matchLabels": 3}}, "spec.selector.matchLabels: expected a mapping, got an integer"),
    ]:
        wrong = workload()
        wrong["spec"] |= spec
        assert [str(each) for each in came_to(wrong)[1]] == [f"all.yaml:2: Deployment shop/web: {message}"]
    _, (portless,) = came_to(workload(ports=[{"name": "http"}]))
    assert portless.path == "spec.template.spec.containers[0].ports[0].containerPort"


def test_what_the_cluster_makes_again_is_left() -> None:
    replica_set = thing("apps/v1", "ReplicaSet", "web-1", spec={"replicas": 3})
    replica_set["metadata"]["ownerReferences"] = [{"kind": "Deployment", "name": "web", "controller": True}]
    found, findings = came_to(replica_set)
    assert found == Imported()
    assert [(each.severity, each.message) for each in findings] == [
        ("note", "what controllers and Helm make again is left out: ReplicaSet shop/web-1 (Deployment web)")
    ]


def test_marks_of_tools_are_left_out_and_named_but_for_those_that_select() -> None:
    marked = workload(labels={**LABELS, "helm.sh/chart": "web-1"})
    marked["metadata"]["labels"] = {"helm.sh/chart": "web-1", "app.kubernetes.io/managed-by": "Helm"}
    found, findings = came_to(marked)
    (resource,) = found.resources
    assert resource["spec"]["adopt"]["selector"] == {**LABELS, "helm.sh/chart": "web-1"}
    assert "labels" not in resource["spec"]
    assert findings[0].message.endswith("are left out: app.kubernetes.io/managed-by, helm.sh/chart")


def test_an_ingress_with_a_class_in_its_field_becomes_a_block_where_the_platform_writes_it_there() -> None:
    backend = {"service": {"name": "web", "port": {"number": 80}}}
    rule = {"host": "a.example", "http": {"paths": [{"path": "/", "pathType": "Prefix", "backend": backend}]}}
    ingress = thing("networking.k8s.io/v1", "Ingress", "out", spec={"ingressClassName": "nginx", "rules": [rule]})
    objects = [workload(ports=[{"name": "http", "containerPort": 8080}]), service(), ingress]
    found, findings = came_to(*objects)
    assert keys(found.objects_beside) == ["Ingress out"]
    assert "ingressClassStyle: field" in findings[0].message
    as_field = imported(*objects, platform=Platform(ingressClassStyle="field"))  # type: ignore[call-arg]
    (resource,) = as_field.resources
    assert not as_field.objects_beside
    assert resource["spec"]["ingress"] == {"hosts": ["a.example"], "ingressClassName": "nginx", "tls": False}
