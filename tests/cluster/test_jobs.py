"""A server takes a job exactly if we do: what we refuse and it takes is refused on purpose, for a reason that is listed."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.errors import SpecError
from hanzo_constructs.platform import Platform
from hanzo_constructs.spec.kinds import parse
from tests.cluster.client import Client

pytestmark = [pytest.mark.slow, pytest.mark.cluster]

Data = dict[str, Any]

STRICTER = {
    r"activeDeadlineSeconds: must be at least 1": "every job would fail before it starts",
    r"its pods are named after it": "of a CronJob: the server would refuse each of its jobs",
    r"completions: required": "one index is what a Job has without the mode, and a CronJob must say how many",
    r"says nothing without spec\.schedule": "a Job has no such field, and of what has none a server only warns",
    r"schedule: no year has such a day": "no job ever starts",
    r"schedule: must be five cron fields": "macros say less than five fields",
    r"rules: must not be empty": "a policy without a rule means nothing",
    r"onPodConditions\[\d+\]: .* is named twice": "the second one means nothing",
}
"""What we refuse although a server takes it: the messages, and why."""

_CODES = st.lists(st.sampled_from((0, 1, 2, 137, -1)), max_size=3)
_CONDITIONS = st.lists(
    st.fixed_dictionaries(
        {"type": st.sampled_from(("Ready", "example.com/Gone", "not a name", ""))},
        optional={"status": st.sampled_from(("True", "Unknown"))},
    ),
    max_size=2,
)
_RULES = st.fixed_dictionaries(
    {"action": st.sampled_from(("FailJob", "Ignore", "Count"))},
    optional={
        "onExitCodes": st.fixed_dictionaries(
            {"operator": st.sampled_from(("In", "NotIn")), "values": _CODES},
            optional={"containerName": st.sampled_from(("work", "other"))},
        ),
        "onPodConditions": _CONDITIONS,
    },
)
_JOBS = st.fixed_dictionaries(
    {},
    optional={
        "completionMode": st.sampled_from(("Indexed", "NonIndexed")),
        "completions": st.sampled_from((0, 1, 5)),
        "parallelism": st.sampled_from((0, 2, 100_000, 100_001)),
        "backoffLimit": st.sampled_from((0, 6)),
        "activeDeadlineSeconds": st.sampled_from((0, 60)),
        "ttlSecondsAfterFinished": st.sampled_from((0, 60)),
        "podFailurePolicy": st.fixed_dictionaries({"rules": st.lists(_RULES, max_size=3)}),
    },
)
_SCHEDULES = st.fixed_dictionaries(
    {},
    optional={
        "schedule": st.sampled_from(("0 3 * * *", "*/5 * 1 1-6 mon", "0 3 31 2 *", "@daily", "0 25 * * *")),
        "timeZone": st.sampled_from(("Europe/Berlin", "UTC", "Local", "")),
        "concurrencyPolicy": st.sampled_from(("Allow", "Forbid", "Replace")),
        "startingDeadlineSeconds": st.sampled_from((0, 60)),
        "suspend": st.booleans(),
        "successfulJobsHistoryLimit": st.sampled_from((0, 3)),
        "failedJobsHistoryLimit": st.sampled_from((0, 1)),
    },
)
_NAMES = st.sampled_from(("work", "w" * 52, "w" * 53, "w" * 62, "w" * 63))


def by_hand(name: str, policy: str, job: Data, schedule: Data) -> Data:
    """Return the Job or the CronJob of the same fields, written as it is."""
    pod = {"restartPolicy": policy, "containers": [{"name": "work" if len(name) == 4 else name, "image": "a/b:v1"}]}
    spec = {**job, "template": {"spec": pod}}
    kind = "CronJob" if "schedule" in schedule else "Job"
    spec = {**schedule, "jobTemplate": {"spec": spec}} if kind == "CronJob" else spec
    return {"apiVersion": "batch/v1", "kind": kind, "metadata": {"name": name, "namespace": "default"}, "spec": spec}


def test_a_server_takes_a_job_exactly_if_we_do(client: Client) -> None:
    too_lax, too_strict, taken = list[Any](), list[Any](), list[str]()

    @settings(
        max_examples=4_000,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(_NAMES, st.sampled_from(("Never", "OnFailure")), _JOBS, _SCHEDULES)
    def agrees(name: str, policy: str, job: Data, schedule: Data) -> None:
        spec = {"image": {"repository": "a/b", "tag": "v1"}, "restartPolicy": policy, **job, **schedule}
        metadata = {"name": name, "namespace": "default"}
        document = {"apiVersion": "hanzo.ai/v1", "kind": "Task", "metadata": metadata, "spec": spec}
        try:
            manifests = compile_resource(parse(document), Platform()).manifests
        except SpecError as error:
            if any(re.search(known, str(finding)) for finding in error.findings for known in STRICTER):
                return
            if not client.apply(by_hand(name, policy, job, schedule), dry_run=True).message:
                too_strict.append((document, str(error)))
            return
        taken.append(manifests[0]["kind"])
        too_lax.extend((document, answer) for each in manifests if (answer := client.apply(each, dry_run=True).message))

    agrees()
    assert not too_lax
    assert not too_strict
    assert min(taken.count("Job"), taken.count("CronJob")) > 50
