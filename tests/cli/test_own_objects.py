"""Objects of the user's own in files are taken along as they are, and proven together with what is derived."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanzo_constructs.cli import processes
from hanzo_constructs.kube.yaml import load_all
from tests.cli.conftest import Run
from tests.cli.inputs import service

SETTINGS = """\
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: shop}
data: {A: "1.10", B: "yes", C: "0755"}
"""
NAMESPACE = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n"
WIDGET = """\
kind: Widget
apiVersion: example.com/v1
metadata: {namespace: shop, name: own}
spec: {ratio: 0.5, big: 1234567890123456789, none: null, list: [], text: "null"}
"""
JOB = """\
apiVersion: batch/v1
kind: Job
metadata: {name: migrate, namespace: shop}
spec:
  template:
    metadata: {labels: {app: migrate}}
    spec:
      restartPolicy: Never
      containers:
      - {name: migrate, image: "acme/web:v1", args: ["--url=http://api.shop.svc.cluster.local:8080"]}
"""
PORTS = "[{name: http, containerPort: 8080}]"
READING = service("api", ports=PORTS, envFrom="[{configMapRef: {name: settings}}]")


def write(folder: Path, **files: str) -> None:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text)


def test_a_directory_with_a_kustomization_a_config_map_and_resources_compiles(hzc: Run, here: Path) -> None:
    write(here / "in", api=READING, settings=SETTINGS, kustomization="resources: [api.yaml, settings.yaml]\n")
    (here / "in" / "chart" / "templates").mkdir(parents=True)
    (here / "in" / "chart" / "Chart.yaml").write_text("name: chart\n")
    (here / "in" / "chart" / "templates" / "web.yaml").write_text("{{ .Values.web }}\n")
    ran = hzc("validate", "in")
    assert ran.stdout == (
        "ok    Service shop/api  2 children\nok    ConfigMap shop/settings\n"
        "1 resource, 1 object of your own, 0 errors, 0 warnings\n"
    )
    assert ran.stderr == (
        "note: in/chart: is a chart of Helm, and left alone; to have it taken along, put what helm template prints into a file\n"
        "note: in/kustomization.yaml: is for kustomize, and left alone; the files beside it are read as they are\n"
    )
    assert ran.status == 0


def test_values_stay_as_they_are_and_what_others_need_comes_first(hzc: Run, here: Path) -> None:
    write(here / "in", a=JOB, b=READING, c=SETTINGS, d=NAMESPACE, e=WIDGET)
    documents = [each.data for each in load_all(hzc("compile", "in").stdout)]
    kinds = ["Namespace", "ConfigMap", "Service", "Deployment", "Job", "Widget"]
    assert [each["kind"] for each in documents] == kinds
    for text in (JOB, SETTINGS, NAMESPACE, WIDGET):
        assert load_all(text)[0].data in documents


@pytest.mark.parametrize(("options", "names"), [
    ((), ["0-namespace.shop.yaml", "configmap.shop.settings.yaml", "service.shop.api.yaml", "widget-example-com.shop.own.yaml"]),
    (("--single",), ["manifests.yaml"]),
    (("--single", "--format", "json"), ["manifests.json"]),
])  # fmt: skip
def test_each_object_has_a_file(hzc: Run, here: Path, options: tuple[str, ...], names: list[str]) -> None:
    write(here / "in", b=READING, c=SETTINGS, d=NAMESPACE, e=WIDGET)
    assert hzc("compile", "in", "-o", "out", *options).status == 0
    assert sorted(path.name for path in (here / "out").iterdir() if path.suffix) == names
    ran = hzc("compile", ".", "-o", "other")  # what was written is not read
    assert ran.status == 0
    assert "hzc wrote" in ran.stderr


def test_lists_in_lists_and_the_standard_input(hzc: Run) -> None:
    items = "".join(
        f"  - {line}" if not n else f"    {line}" for n, line in enumerate(SETTINGS.splitlines(keepends=True))
    )
    text = f"apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: List\n  items:\n{items}"
    ran = hzc("validate", "-", stdin=f"{text}---\n{READING}")
    assert (ran.status, ran.stderr) == (0, "")
    wrong = hzc("validate", "-", stdin=text.replace("C:", "D: {}, C:"))
    assert wrong.stderr == "error: <stdin>:10: ConfigMap shop/settings: data.D: expected a string, got a mapping\n"
    assert "fail  ConfigMap shop/settings" in wrong.stdout


WRONG = (
    ("a misspelt kind of ours", "apiVersion: hanzo.ai/v1\nkind: Servise\nmetadata: {name: a}\n", 'kind: unknown kind "Servise" of hanzo.ai/v1, did you mean Service?'),
    ("a group like ours", "apiVersion: hanzo.io/v1\nkind: Datastore\nmetadata: {name: a}\nspec: {type: valkey, storage: {size: 1Gi}}\n", "apiVersion: must be hanzo.ai/v1, got hanzo.io/v1; set apiGroup in the platform settings to use that group"),
    ("another group of operators", "apiVersion: lux.cloud/v1\nkind: Base\nmetadata: {name: a}\nspec: {image: a/b:v1, storage: {size: 1Gi}}\n", "apiVersion: must be hanzo.ai/v1, got lux.cloud/v1; set apiGroup in the platform settings to use that group"),
    ("ours with the version of Kubernetes", "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {image: a/b:v1}\n", "apiVersion: must be hanzo.ai/v1, got v1, which is Kubernetes' own Service"),
    ("no kind", "apiVersion: v1\nmetadata: {name: a}\n", "kind: required"),
    ("no name", "apiVersion: v1\nkind: ConfigMap\nmetadata: {}\n", "ConfigMap: metadata.name: required"),
    ("an unknown field", "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: a}\nspec: {selectr: {}}\n", "DaemonSet a: spec.selectr: unknown field, did you mean selector?"),
    ("a wrong type", "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: a}\nspec: {accessModes: ReadWriteOnce}\n", "PersistentVolumeClaim a: spec.accessModes: expected a list, got a string"),
    ("a job that never ends", JOB.replace("Never", "Always"), 'Job shop/migrate: spec.template.spec.restartPolicy: must be OnFailure or Never in a job, got "Always"'),
    ("a schedule that nobody reads", "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: a}\nspec: {schedule: every day, jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: 'a:1'}]}}}}}\n", "CronJob a: spec.schedule: must be"),
    ("too many for its type", "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: a}\nspec: {minReadySeconds: 2147483648}\n", "DaemonSet a: spec.minReadySeconds: must be at most 2147483647, got 2147483648"),
    ("too few for its type", "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: a}\nspec: {minReadySeconds: -2147483649}\n", "DaemonSet a: spec.minReadySeconds: must be at least -2147483648, got -2147483649"),
    ("the name of a child", READING + "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api, namespace: shop}\nspec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: 'a:1'}]}}}\n", "Deployment shop/api: metadata.name: exists twice: derived from Service shop/api (<stdin>:1), and written by hand (<stdin>:13)"),
    ("an Ingress to a port that is not there", READING + "---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: a, namespace: shop}\nspec: {ingressClassName: nginx, rules: [{host: a.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: api, port: {number: 81}}}}]}}]}\n", "81 is not a port of Service shop/api"),
)  # fmt: skip


def test_a_list_of_one_kind_is_taken_apart_and_counted(hzc: Run) -> None:
    text = "apiVersion: v1\nkind: ConfigMapList\nitems:\n- metadata: {name: a, namespace: shop}\n  data: {A: b}\n"
    assert hzc("show", "-", stdin=text).stdout == "0 resources, 1 object of your own, 0 children\n"
    assert load_all(hzc("compile", "-", stdin=text).stdout)[0].data["kind"] == "ConfigMap"
    wrong = hzc("validate", "-", stdin=text.replace("A: b", "A: 7"))
    assert wrong.stderr == "error: <stdin>:5: ConfigMap shop/a: data.A: expected a string, got an integer; quote it\n"
    empty = "apiVersion: v1\nkind: ConfigMapList\nitems: []\n"
    assert hzc("validate", "-", stdin=empty).stderr == "error: <stdin>:3: List: items: holds no resource\n"


def test_what_a_cluster_wrote_is_a_warning(hzc: Run) -> None:
    read = SETTINGS.replace(
        "{name: settings,", "{name: settings, resourceVersion: '7', uid: abc, creationTimestamp: null,"
    )
    why = "is written by the cluster, which refuses the object when it has changed meanwhile; leave it out"
    assert hzc("validate", "-", stdin=read).stderr == (
        f"warning: <stdin>:3: ConfigMap shop/settings: metadata.resourceVersion: {why}\n"
        f"warning: <stdin>:3: ConfigMap shop/settings: metadata.uid: {why}\n"
    )


@pytest.mark.parametrize(("text", "message"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG])
def test_what_is_wrong(hzc: Run, text: str, message: str) -> None:
    ran = hzc("validate", "--strict", "-", stdin=text)
    assert message in ran.stderr
    assert ran.status == 2


def test_kinds_of_others_that_are_called_as_ours_are_theirs(hzc: Run) -> None:
    gateway = (
        "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: a, namespace: shop}\nspec: {}\n"
    )
    knative = "apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: {name: a, namespace: shop}\nspec: {}\n"
    ran = hzc("validate", "-", stdin=f"{gateway}---\n{knative}")
    assert (
        ran.stdout
        == "ok    Gateway shop/a\nok    Service shop/a\n0 resources, 2 objects of your own, 0 errors, 0 warnings\n"
    )


def test_values_of_secrets_are_written_and_never_said(hzc: Run) -> None:
    keys = "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {password: hunter2hunter2}\ndata: {x: [hunter2hunter2]}\n"
    wrong = hzc("validate", "-", stdin=keys)
    assert "data.x: expected a string, got a list" in wrong.stderr
    assert "hunter2" not in wrong.stderr + wrong.stdout
    assert "hunter2hunter2" in hzc("compile", "-", stdin=keys.replace("data: {x: [hunter2hunter2]}\n", "")).stdout


CLOSED = service("api", ports=PORTS, networkPolicy="{allowIntraNamespace: false}")


def test_policies_let_in_whom_an_own_job_names(hzc: Run) -> None:
    assert "app: migrate" in hzc("compile", "-", stdin=f"{CLOSED}---\n{JOB}").stdout.partition("kind: Job")[0]


SCALER = """\
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: api}
spec: {scaleTargetRef: {name: api}, minReplicaCount: 2, triggers: [{type: cron, metadata: {desiredReplicas: "3"}}]}
"""


def test_who_scales_a_workload_owns_the_number_of_its_pods(hzc: Run) -> None:
    assert "replicas:" in hzc("compile", "-", stdin=READING).stdout
    scaled = hzc("compile", "-", stdin=f"{READING}---\n{SCALER}")
    assert scaled.status == 0
    assert scaled.stderr == (
        "note: <stdin>:13: ScaledObject api names no namespace; checked in shop, so apply with --namespace shop, or write"
        " metadata.namespace\n"
    )
    assert "  replicas:" not in scaled.stdout
    written = hzc("validate", "-", stdin=service("api", replicas="2") + f"---\n{SCALER}")
    assert "spec.replicas: must be left out because ScaledObject" in written.stderr


def test_an_object_without_a_namespace_is_in_that_of_the_set_and_written_without(hzc: Run) -> None:
    bare = SETTINGS.replace(", namespace: shop", "")
    assert "needs" not in hzc("validate", "-", stdin=f"{READING}---\n{bare}").stdout
    assert "needs ConfigMap shop/settings" in hzc("validate", "-n", "lab", "-", stdin=f"{READING}---\n{bare}").stdout
    compiled = hzc("compile", "-n", "shop", "-", stdin=f"{NAMESPACE}---\n{bare}").stdout
    assert "namespace:" not in compiled


def test_a_fleet_with_objects_is_shared_out_among_processes(
    hzc: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "_processors", lambda: 2)
    fleet = [service(f"api-{number}", ports=PORTS) for number in range(600)]
    policy = service("guarded", ports=PORTS, networkPolicy="{allowIntraNamespace: false}")
    job = JOB.replace("api.shop", "guarded.shop")
    write(here, fleet="---\n".join([*fleet, policy, job, SETTINGS, SCALER.replace("name: api", "name: api-7")]))
    shared: list[object] = []
    check = processes.check_in_processes

    def noted(*arguments: object) -> object:
        found: object = check(*arguments)  # type: ignore[arg-type]
        shared.append(found)
        return found

    monkeypatch.setattr(processes, "check_in_processes", noted)
    together = hzc("compile", "fleet.yaml")
    assert together.status == 0
    assert shared
    assert shared[0] is not None
    monkeypatch.setattr(processes, "_processors", lambda: 1)
    assert hzc("compile", "fleet.yaml") == together
    assert together.stdout.count("  replicas:") == 600
