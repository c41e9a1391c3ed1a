"""Containers and their volumes, amounts, hooks and privileges."""

from __future__ import annotations

from tests.verify.cases.names import STATEFUL_SET
from tests.verify.pieces import GONE, Case, derived, objects, service

__all__ = ["CASES"]

POD = "api.yaml:1: Deployment shop/api: spec.template.spec"
ANNOTATED = "change it, or give the resource the annotation hanzo.ai/pod-security"

CASES = (
    Case(
        "image",
        "taken away by patch, and of an object of the user's",
        lambda: [
            service("{}", ("Deployment", "spec.template.spec.containers[0].image", "")),
            service("{}", ("Deployment", "spec.template.spec.containers[0].image", GONE), name="web"),
            objects("""
                apiVersion: v1
                kind: Pod
                metadata: {name: own, namespace: shop}
                spec:
                  containers: [{name: own, image: "a:1 "}]
                  initContainers: [{name: first}]
                """),
        ],
        [
            "api.yaml:1: Deployment shop/api: spec.template.spec.containers[0].image: required",
            "web.yaml:1: Deployment shop/web: spec.template.spec.containers[0].image: required",
            'chart/extra: Pod shop/own: spec.containers[0].image: must not contain spaces, got "a:1 "',
            "chart/extra: Pod shop/own: spec.initContainers[0].image: required",
        ],
    ),
    Case(
        "mount",
        "without a volume, and two at one path",
        lambda: [
            service(
                "{volumes: [{name: config, emptyDir: {}}], volumeMounts: [{name: config, mountPath: /etc/a}]}",
                (
                    "Deployment",
                    "spec.template.spec.containers[0].volumeMounts[1]",
                    {"name": "cache", "mountPath": "/etc/a"},
                ),
                (
                    "Deployment",
                    "spec.template.spec.containers[0].volumeDevices",
                    [{"name": "disk", "devicePath": "/dev/x"}],
                ),
            )
        ],
        [
            f'{POD}.containers[0].volumeMounts[1].name: "cache" is not a volume, declared are config',
            f'{POD}.containers[0].volumeMounts[1].mountPath: "/etc/a" is used twice (also volumeMounts[0])',
            f'{POD}.containers[0].volumeDevices[0].name: "disk" is not a volume, declared are config',
        ],
    ),
    Case(
        "unmounted-claim",
        "data that goes with the container",
        lambda: [
            derived(STATEFUL_SET.replace("NAME", "db") + "  volumeClaimTemplates: [{metadata: {name: data}}]\n"),
            objects(STATEFUL_SET.replace("NAME", "mine") + "  volumeClaimTemplates: [{metadata: {name: data}}]\n"),
        ],
        [
            (
                'db.yaml:1: StatefulSet shop/db: spec.volumeClaimTemplates[0]: "data" is mounted by no container, so that nothing is'
                " kept in it"
            ),
            (
                'warning: chart/extra: StatefulSet shop/mine: spec.volumeClaimTemplates[0]: "data" is mounted by no container, so'
                " that nothing is kept in it"
            ),
        ],
    ),
    Case(
        "unmounted-volume",
        "by patch: what compiling has said of the others is not said again",
        lambda: [
            service(
                "{volumes: [{name: said, emptyDir: {}}]}",
                ("Deployment", "spec.template.spec.volumes[1]", {"name": "unsaid", "emptyDir": {}}),
            )
        ],
        [f'warning: {POD}.volumes[1]: "unsaid" is mounted by no container'],
    ),
    Case(
        "environment",
        "a variable that is set twice",
        lambda: [
            service(
                "{env: [{name: A, value: a}]}", ("Deployment", "spec.template.spec.containers[0].env[1]", {"name": "A"})
            ),
            objects(
                "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, env: [{name: A}, {name: A}]}]}}"
            ),
        ],
        [
            f'{POD}.containers[0].env[1].name: "A" is used twice (also env[0])',
            'warning: chart/extra: Pod p: spec.containers[0].env[1].name: "A" is used twice (also env[0])',
        ],
    ),
    Case(
        "resource",
        "more asked for than allowed, and a device that is lent out",
        lambda: [
            service(
                "{resources: {requests: {cpu: 500m, memory: 1Gi}, limits: {cpu: 1, memory: 1024Mi}}}",
                ("Deployment", "spec.template.spec.containers[0].resources.requests.cpu", "1.1"),
                ("Deployment", 'spec.template.spec.containers[0].resources.requests["nvidia.com/gpu"]', 1),
                ("Deployment", 'spec.template.spec.containers[0].resources.limits["nvidia.com/gpu"]', 2),
            )
        ],
        [
            f"{POD}.containers[0].resources.requests.cpu: must not exceed the limit (1), got 1.1",
            f'{POD}.containers[0].resources.requests["nvidia.com/gpu"]: must equal the limit (2), because nvidia.com/gpu cannot be exceeded, got 1',
        ],
    ),
    Case(
        "mount",
        "at one path in two spellings",
        lambda: [
            service(
                "{volumes: [{name: a, emptyDir: {}}, {name: b, emptyDir: {}}],"
                " volumeMounts: [{name: a, mountPath: /data}, {name: b, mountPath: /data/}]}"
            )
        ],
        [f'warning: {POD}.containers[0].volumeMounts[1].mountPath: "/data/" is used twice (also volumeMounts[0])'],
    ),
    Case(
        "root",
        "in a pod, in a container, and by both together",
        lambda: [
            service(
                "{securityContext: {runAsUser: 0}, sidecars: [{name: a, image: a:1},"
                " {name: b, image: a:1, securityContext: {runAsNonRoot: false}}, {name: c, image: a:1, securityContext:"
                " {runAsUser: 1}}], initContainers: [{name: d, image: a:1, securityContext: {runAsUser: 0}}]}"
            ),
            objects(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: p}
                spec:
                  securityContext: {runAsNonRoot: true}
                  containers: [{name: a, image: a:1, securityContext: {runAsUser: 0}}, {name: b, image: a:1}]
                """
            ),
        ],
        [
            (
                f"{POD}.securityContext.runAsUser: must not be 0 beside runAsNonRoot: true, or the container never starts;"
                " name another user, or give the resource the annotation hanzo.ai/pod-security: baseline"
            ),
            (
                f"{POD}.initContainers[0].securityContext.runAsUser: must not be 0 beside runAsNonRoot: true, or the"
                " container never starts; name another user, or give the resource the annotation hanzo.ai/pod-security: baseline"
            ),
            (
                "warning: chart/extra: Pod p: spec.containers[0].securityContext.runAsUser: must not be 0 beside"
                " runAsNonRoot: true, or the container never starts; name another user"
            ),
        ],
    ),
    Case(
        "start-order",
        "sidecars that ask what starts after them",
        lambda: [
            service(
                "{ports: [{name: http, containerPort: 8080}], sidecars: ["
                "{name: a, image: a:1, ports: [{containerPort: 1}], startupProbe: {tcpSocket: {port: 8080}}},"
                " {name: b, image: a:1, startupProbe: {httpGet: {port: 1}}, readinessProbe: {grpc: {port: 8080}}},"
                " {name: c, image: a:1, startupProbe: {httpGet: {port: 8080, host: elsewhere.example.com}}}]}"
            ),
            objects(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: p}
                spec:
                  initContainers:
                  - name: i
                    image: a:1
                    restartPolicy: Always
                    lifecycle: {postStart: {httpGet: {port: 80}}}
                  containers: [{name: c, image: a:1, ports: [{containerPort: 80}]}]
                """
            ),
        ],
        [
            (
                f"{POD}.initContainers[0].startupProbe.tcpSocket.port: asks port 8080 of api, which starts only when this"
                " container has started, so that neither ever does; ask another port, or let a readinessProbe ask"
            ),
            (
                "warning: chart/extra: Pod p: spec.initContainers[0].lifecycle.postStart.httpGet.port: asks port 80 of c, which"
                " starts only when this container has started, so that neither ever does; ask another port, or let a"
                " readinessProbe ask"
            ),
        ],
    ),
    Case(
        "host-users",
        "namespaces of the node by patch and by hand",
        lambda: [
            service(
                "{}",
                ("Deployment", "spec.template.spec.hostUsers", False),
                ("Deployment", "spec.template.spec.hostNetwork", True),
            ),
            objects(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: p}
                spec: {hostUsers: false, hostNetwork: false, hostPID: true, containers: [{name: c, image: a:1}]}
                """
            ),
        ],
        [
            f"{POD}.hostNetwork: must be false beside hostUsers: false; leave one out",
            "chart/extra: Pod p: spec.hostPID: must be false beside hostUsers: false; leave one out",
        ],
    ),
    Case(
        "pod-place",
        "by a patch, and in an object of the user's own",
        lambda: [
            service("{}", ("Deployment", "spec.template.spec.hostname", "a_b")),
            objects(
                """
                apiVersion: apps/v1
                kind: DaemonSet
                metadata: {name: d}
                spec:
                  selector: {matchLabels: {app: d}}
                  template:
                    metadata: {labels: {app: d}}
                    spec:
                      hostNetwork: true
                      restartPolicy: OnFailure
                      containers: [{name: c, image: a:1, ports: [{containerPort: 80, hostPort: 81, protocol: TCP}]}]
                """
            ),
        ],
        [
            (
                f"{POD}.hostname: must be lower-case letters, digits and '-', with a letter or digit at both ends, got"
                ' "a_b"'
            ),
            (
                "chart/extra: DaemonSet d: spec.template.spec.containers[0].ports[0].hostPort: must be the containerPort"
                " (80) beside hostNetwork: true, got 81"
            ),
            'chart/extra: DaemonSet d: spec.template.spec.restartPolicy: must be Always in a DaemonSet, got "OnFailure"',
        ],
    ),
    Case(
        "strategy",
        "an own Deployment that recreates its pods",
        lambda: [
            objects(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: d}
                spec:
                  strategy: {type: Recreate, rollingUpdate: {maxSurge: 1}}
                  selector: {matchLabels: {app: d}}
                  template:
                    metadata: {labels: {app: d}}
                    spec: {containers: [{name: c, image: a:1}]}
                """
            ),
        ],
        [
            (
                "chart/extra: Deployment d: spec.strategy.rollingUpdate: must be left out beside type Recreate; an"
                " overlay removes it with null"
            ),
        ],
    ),
    Case(
        "field",
        "by a patch, and in a pod of the user's own",
        lambda: [
            service(
                "ports: [{name: http, containerPort: 8080}]",
                ("Deployment", "spec.template.spec.nodeSelectr", {"disk": "ssd"}),
                ("Deployment", "spec.template.spec.tolerations", {"key": "gpu"}),
                ("Deployment", "spec.template.spec.affinity", {"podAntiAfinity": {}}),
                ("Deployment", "spec.template.spec.containers[0].workdir", "/srv"),
                ("Deployment", "spec.template.spec.containers[0].readinessProbe.timeoutSecond", 3),
                ("Deployment", "spec.template.spec.hostPID", False),
            ),
            objects(
                """
                apiVersion: batch/v1
                kind: Job
                metadata: {name: migrate}
                spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: a:1, envs: []}], tint: 1}}}
                """
            ),
        ],
        [
            "api.yaml:1: Deployment shop/api: spec.template.spec.containers[0].readinessProbe.timeoutSecond: unknown field, did you mean timeoutSeconds?",
            "api.yaml:1: Deployment shop/api: spec.template.spec.containers[0].workdir: unknown field, did you mean workingDir?",
            "api.yaml:1: Deployment shop/api: spec.template.spec.nodeSelectr: unknown field, did you mean nodeSelector?",
            "api.yaml:1: Deployment shop/api: spec.template.spec.tolerations: expected a list, got a mapping",
            "api.yaml:1: Deployment shop/api: spec.template.spec.affinity.podAntiAfinity: unknown field, did you mean podAntiAffinity?",
            "warning: chart/extra: Job migrate: spec.template.spec.containers[0].envs: unknown field, did you mean env?",
            "warning: chart/extra: Job migrate: spec.template.spec.tint: unknown field of a pod",
        ],
    ),
    Case(
        "grace",
        "natively, by command and by shell",
        lambda: [
            service(
                "{sidecars: [{name: a, image: a:1, lifecycle: {preStop: {exec: {command: [sleep, '45']}}}},"
                " {name: b, image: a:1, lifecycle: {preStop: {exec: {command: [/bin/sh, -c, sleep 45; nginx -s quit]}}}},"
                " {name: c, image: a:1, lifecycle: {preStop: {exec: {command: [sleep, 2m]}}}},"
                f" {{name: d, image: a:1, lifecycle: {{preStop: {{exec: {{command: [sleep, '{'9' * 5000}']}}}}}}}}]}}",
                ("Deployment", "spec.template.spec.terminationGracePeriodSeconds", 5),
            ),
            objects(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: p}
                spec:
                  containers: [{name: c, image: a:1, lifecycle: {preStop: {exec: {command: [/bin/bash, -c, exec sleep 30]}}}}]
                """
            ),
        ],
        [
            (
                f"{POD}.containers[0].lifecycle.preStop: sleeps for 5 of the 5 seconds of terminationGracePeriodSeconds, so that no"
                " time is left to stop"
            ),
            (
                f"{POD}.initContainers[0].lifecycle.preStop: sleeps for 45 of the 5 seconds of terminationGracePeriodSeconds, so that no"
                " time is left to stop"
            ),
            (
                f"{POD}.initContainers[2].lifecycle.preStop: sleeps for 120 of the 5 seconds of terminationGracePeriodSeconds, so that"
                " no time is left to stop"
            ),
            (
                "warning: chart/extra: Pod p: spec.containers[0].lifecycle.preStop: sleeps for 30 of the 30 seconds of"
                " terminationGracePeriodSeconds, so that no time is left to stop"
            ),
        ],
    ),
    Case(
        "variable-reference",
        "what is set later, and what nothing sets, in objects of the user's own and in patches",
        lambda: [
            service("{}", ("Deployment", "spec.template.spec.containers[0].args", ["$(NOWHERE)"])),
            objects("""
                apiVersion: v1
                kind: Pod
                metadata: {name: own, namespace: shop}
                spec:
                  containers:
                    - name: own
                      image: a
                      command: [$(DB_SERVICE_HOST), $(LATE)]
                      env: [{name: EARLY, value: $(LATE)}, {name: LATE, value: a}]
                """),
        ],
        [
            (
                "warning: api.yaml:1: Deployment shop/api: spec.template.spec.containers[0].args[0]: refers to NOWHERE, which no"
                " variable of this container sets (those of the image do not count), so that it stays as it is;"
                " set it in front, or write $$(NOWHERE) for the text"
            ),
            (
                "warning: chart/extra: Pod shop/own: spec.containers[0].env[0].value: refers to LATE, which is set only later,"
                " by env[1], so that $(LATE) stays as it is; put env[1] in front"
            ),
        ],
    ),
    Case(
        "progress",
        "a deadline before the probes give up",
        lambda: [
            service(
                """
                {ports: [{name: http, containerPort: 8080}], startupProbe: {port: http, failureThreshold: 60},
                 rollout: {progressDeadlineSeconds: 600}}
                """
            ),
            objects("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: own, namespace: shop}
                spec:
                  minReadySeconds: 600
                  selector: {matchLabels: {app: own}}
                  template:
                    metadata: {labels: {app: own}}
                    spec: {containers: [{name: own, image: a}]}
                """),
        ],
        [
            (
                "warning: api.yaml:1: Deployment shop/api: spec.progressDeadlineSeconds: the rollout counts as failed after 600 seconds"
                " without progress, but the probes let a pod take 615 until it is available"
            ),
            (
                "warning: chart/extra: Deployment shop/own: spec.progressDeadlineSeconds: the rollout counts as failed after 600 seconds"
                " without progress, but the probes let a pod take 600 until it is available"
            ),
        ],
    ),
    Case(
        "pod-annotation",
        "what the API server reads and does not take",
        lambda: [
            service(
                """
                annotations:
                  controller.kubernetes.io/pod-deletion-cost: "007"
                  kubernetes.io/config.mirror: a
                  scheduler.alpha.kubernetes.io/tolerations: "[]"
                  seccomp.security.alpha.kubernetes.io/pod: unconfined
                  container.seccomp.security.alpha.kubernetes.io/api: localhost/../a
                  container.apparmor.security.beta.kubernetes.io/web: runtime/default
                  container.apparmor.security.beta.kubernetes.io/api: strict
                  example.com/kubernetes.io: a
                """
            )
        ],
        [
            f"api.yaml:1: Deployment shop/api: spec.template.metadata.annotations{text}"
            for text in (
                (
                    '["container.apparmor.security.beta.kubernetes.io/api"]: must be runtime/default, unconfined or localhost/<profile>,'
                    ' got "strict"; write the field appArmorProfile instead'
                ),
                '["container.apparmor.security.beta.kubernetes.io/web"]: "web" is not a container of the pod, declared are api',
                (
                    '["container.seccomp.security.alpha.kubernetes.io/api"]: must be runtime/default, unconfined or localhost/<path>,'
                    ' got "localhost/../a"; write the field seccompProfile instead'
                ),
                '["controller.kubernetes.io/pod-deletion-cost"]: must be an integer of 32 bits such as -100, got "007"',
                '["kubernetes.io/config.mirror"]: is for pods that a kubelet mirrors; leave it out',
                '["scheduler.alpha.kubernetes.io/tolerations"]: is read by no cluster any more; leave it out',
                (
                    '["seccomp.security.alpha.kubernetes.io/pod"]: must be runtime/default, which the field of the pod says, got'
                    ' "unconfined"; leave it out'
                ),
            )
        ],
    ),
    Case(
        "pod-security",
        "what the user's containers ask for",
        lambda: [
            service(
                """
                sidecars:
                  - {name: a, image: a:1, securityContext: {privileged: true}}
                  - {name: b, image: a:1, securityContext: {runAsUser: 0, runAsNonRoot: false}}
                  - name: c
                    image: a:1
                    ports: [{containerPort: 53, protocol: UDP, hostPort: 53}]
                    securityContext:
                      allowPrivilegeEscalation: true
                      capabilities: {add: [NET_BIND_SERVICE, CHOWN, NET_ADMIN], drop: [MKNOD]}
                      seccompProfile: {type: Unconfined}
                      seLinuxOptions: {type: spc_t, user: system_u}
                volumes: [{name: root, hostPath: {path: /}}, {name: net, nfs: {server: a, path: /}}]
                volumeMounts: [{name: root, mountPath: /host}, {name: net, mountPath: /net}]
                """,
                ("Deployment", "spec.template.spec.initContainers[2].securityContext.procMount", "Unmasked"),
            )
        ],
        [
            f"warning: {POD}.{path} for pod security restricted, got {given}; {ANNOTATED}: {lower}"
            for path, given, lower in (
                ("volumes[0]: must not reach out of the pod", '"hostPath"', "none"),
                ("volumes[1]: must not reach out of the pod", '"nfs"', "baseline"),
                ("initContainers[2].ports[0].hostPort: must be left out", "53", "none"),
                ("initContainers[0].securityContext.privileged: must be false", "true", "none"),
                ("initContainers[1].securityContext.runAsUser: must not be root", "0", "baseline"),
                ("initContainers[1].securityContext.runAsNonRoot: must be true", "false", "baseline"),
                (
                    "initContainers[2].securityContext.seccompProfile.type: must be RuntimeDefault or Localhost",
                    '"Unconfined"',
                    "none",
                ),
                ("initContainers[2].securityContext.seLinuxOptions.type: must be a container type", '"spc_t"', "none"),
                ("initContainers[2].securityContext.seLinuxOptions.user: must be left out", '"system_u"', "none"),
                ("initContainers[2].securityContext.procMount: must be Default", '"Unmasked"', "none"),
                (
                    "initContainers[2].securityContext.capabilities.add[1]: must be NET_BIND_SERVICE",
                    '"CHOWN"',
                    "baseline",
                ),
                (
                    "initContainers[2].securityContext.capabilities.add[2]: must be NET_BIND_SERVICE",
                    '"NET_ADMIN"',
                    "none",
                ),
                ("initContainers[2].securityContext.capabilities.drop: must contain ALL", '"MKNOD"', "baseline"),
                ("initContainers[2].securityContext.allowPrivilegeEscalation: must be false", "true", "baseline"),
            )
        ],
    ),
    Case(
        "pod-security",
        "what a patch of the pod asks for",
        lambda: [
            service(
                "{}",
                ("Deployment", "spec.template.spec.hostNetwork", True),
                ("Deployment", "spec.template.spec.securityContext.seccompProfile", GONE),
                (
                    "Deployment",
                    "spec.template.spec.securityContext.sysctls",
                    [{"name": "net.core.somaxconn", "value": "1"}],
                ),
                ("Deployment", "spec.template.spec.securityContext.windowsOptions", {"hostProcess": True}),
            )
        ],
        [
            f"warning: {POD}.{path} for pod security restricted, got {given}; {ANNOTATED}: {lower}"
            for path, given, lower in (
                ("hostNetwork: must be false", "true", "none"),
                ("securityContext.windowsOptions.hostProcess: must be false", "true", "none"),
                ("securityContext.sysctls[0].name: must be a safe sysctl", '"net.core.somaxconn"', "none"),
                (
                    "containers[0].securityContext.seccompProfile.type: must be RuntimeDefault or Localhost",
                    "null",
                    "baseline",
                ),
            )
        ],
    ),
    Case(
        "pod-security",
        "baseline allows what only restricted refuses",
        lambda: [
            service(
                "{sidecars: [{name: a, image: a:1, securityContext: {runAsUser: 0, capabilities: {add: [CHOWN, SYS_TIME]}}}]}",
                annotations={"hanzo.ai/pod-security": "baseline"},
            )
        ],
        [
            (
                f"warning: {POD}.initContainers[0].securityContext.capabilities.add[1]: must be NET_BIND_SERVICE for pod security"
                f' baseline, got "SYS_TIME"; {ANNOTATED}: none'
            )
        ],
    ),
)
