"""What may be a password stands in no message: neither in an error or a warning, nor in the reasons for values.

Messages end in the logs of continuous integration, which many may read. A secret is put into every field of every kind
and of the settings, as each kind of value that people write there by mistake.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from zlib import crc32

import pytest

from hanzo_constructs.compiler import Compilation, compile_resource
from hanzo_constructs.errors import InputError
from hanzo_constructs.explain import Reason, reasons
from hanzo_constructs.kube.fields import Path, field_path, shown
from hanzo_constructs.kube.model import parse_as
from hanzo_constructs.platform import Platform
from hanzo_constructs.spec.kinds import KINDS, parse
from hanzo_constructs.verify import prove
from tests.properties.mutations import Place, holds_models, places, takes, values_of, ways
from tests.properties.resources import SHAPES
from tests.properties.rich import NEWEST, rich

pytestmark = pytest.mark.thorough

SECRET = "Hunter2"  # noqa: S105 - a password that is none
BARE = f"{SECRET} "
"""No legal name: what is named so is refused."""
TELLING = (f"https://user:{SECRET}@db.example.com/x", f"https://db.example.com/?token={SECRET}", f"PASSWORD={SECRET}")
"""What can be seen to hold a secret, and is shown nowhere."""
DIGITS = 70368744177664
"""A password may consist of digits, which YAML takes for a number."""

NAMES = frozenset(
    (
        *(
            "keys",
            "model",
            "name",
            "labels",
            "matchLabels",
            "key",
            "values",
            "annotations",
            "repository",
            "tag",
            "digest",
            "image",
            "loaderImage",
        ),
        *(
            "backupImage",
            "managedBy",
            "path",
            "prefix",
            "route",
            "metricsPath",
            "secretsPath",
            "mountPath",
            "volumeName",
        ),
        *("serviceAliases", "rateLimit", "authPolicy", "port", "interval", "allowOrigins", "resource", "fieldPath"),
        *("capabilities", "seLinuxOptions", "minAvailable", "maxUnavailable", "maxSurge"),
        *("apiVersion", "localhostProfile", "gmsaCredentialSpecName", "timeZone", "scrapeTimeout", "serviceName"),
        *("loadBalancerSourceRanges", "ipBlock", "ip", "hostnames", "nameservers", "searches", "namespaces"),
        *("tolerations", "topologyKey", "matchLabelKeys", "mismatchLabelKeys", "sourceLabels"),
    )
)
"""Fields of text that a message shows, beside those whose type allows few texts: without it nobody finds the mistake.

Each holds a name, a path or an amount, and is shown when it has not the form of one.
"""


def wrong_values() -> Iterator[Any]:
    yield from (BARE, *TELLING, DIGITS)
    yield from ([BARE], [TELLING[-1]], [DIGITS], {"alpha": TELLING[-1]}, {TELLING[-1]: "alpha"})


def said(document: dict[str, Any]) -> list[str]:
    """Return all that is said of the resource in *document*, line by line."""
    try:
        compilation = compile_resource(parse(document, NEWEST), NEWEST)
        findings = prove([compilation]).findings
    except InputError as error:
        return str(error).splitlines()
    return list(map(str, (*compilation.warnings, *findings)))


def leaks(value: Any, lines: list[str], at: Place) -> list[str]:
    """Return the *lines* that show the secret in *value*, a wrong one for the field *at* a place."""
    if value == DIGITS and any(isinstance(right, int) for right in values_of(at.field)):
        return []  # a number where one belongs
    told = [line for line in lines if SECRET in line or str(DIGITS) in line]
    telling = any(text in str(value) for text in TELLING)
    return [line for line in told if telling or is_free_text(at) or ": expected " in line]


def is_free_text(at: Place) -> bool:
    """Tell whether a field may hold any text, or what holds any text, so that no message may show it."""
    if NAMES.intersection(map(str, at.path)) or at.path == ("overlay",):  # the setting: places in objects
        return False
    return holds_models(at.field) or any(takes(at.field, value) for value in (BARE, [BARE], {"alpha": BARE}))


def values_for(place: Place, *, is_known: bool) -> list[Any]:
    """Return the wrong values for *place*; where the same field of the same model *is_known*, only those that it takes.

    What a field refuses by itself it refuses in the same words wherever its model stands, and no rule gets to read it.
    """
    return [value for value in wrong_values() if not is_known or takes(place.field, value)]


def own_places(kind: str) -> list[Place]:
    """Return the fields of *kind*, without those of containers and volumes, which are the same in all kinds."""
    return [place for place in every_place(kind) if not {*place.path[:-1]} & {"sidecars", "initContainers", "volumes"}]


def every_place(kind: str) -> list[Place]:
    return [place for place in places(KINDS[kind].model) if place.path not in {("apiVersion",), ("kind",)}]


@pytest.mark.parametrize("kind", SHAPES)
def test_no_message_shows_what_stands_in_a_wrong_field(kind: str) -> None:
    shown_lines = []
    earlier = {(each.path, each.steps[-1]) for other in SHAPES[: SHAPES.index(kind)] for each in own_places(other)}
    for place in every_place(kind) if kind == "Service" else own_places(kind):
        if {*place.path[:-1]} & {"initContainers"}:
            continue  # a container as in sidecars
        write = next(iter(ways(rich(kind), place)))
        for value in values_for(place, is_known=(place.path, place.steps[-1]) in earlier):
            if place.path in {("metadata", "name"), ("metadata", "namespace")}:
                continue  # each line says whose it is
            shown_lines += [f"{field_path(place.path)}: {line}" for line in leaks(value, said(write(value)), place)]
    assert shown_lines == []


def test_no_message_shows_what_stands_in_a_wrong_setting() -> None:
    shown_lines = []
    for place in places(Platform):
        for value in wrong_values():
            try:
                parse_as(Platform, {place.path[0]: value})
            except InputError as error:
                shown_lines += leaks(value, str(error).splitlines(), place)
    assert shown_lines == []


@pytest.mark.parametrize("kind", SHAPES)
def test_no_reason_shows_what_the_user_wrote(kind: str) -> None:
    """Of several fields at once, where a resource is right with all of them; the slow tests write one at a time."""
    texts = [place for place in own_places(kind) if is_free_text(place)]
    some = [place for place in texts if crc32(field_path(place.path).encode()) % 5 == 0]
    assert some
    secrets = [(place, value) for place in some for value in secret_values() if compiled(kind, [(place, value)])]
    pending = [secrets[start : start + AT_ONCE] for start in range(0, len(secrets), AT_ONCE)]
    for together in pending:
        if compilation := compiled(kind, together):
            assert shown_secrets(compilation) == []
        else:
            pending += [together[: len(together) // 2], together[len(together) // 2 :]]


@pytest.mark.slow
@pytest.mark.parametrize("kind", SHAPES)
def test_no_reason_shows_what_the_user_wrote_in_any_field(kind: str) -> None:
    for place in (place for place in own_places(kind) if is_free_text(place)):
        for value in secret_values():
            if compilation := compiled(kind, [(place, value)]):
                assert shown_secrets(compilation) == []


AT_ONCE = 8
"""How many secrets are in one resource."""


def secret_values() -> tuple[Any, ...]:
    return SECRET, [SECRET], {"alpha": SECRET}


def compiled(kind: str, secrets: list[tuple[Place, Any]]) -> Compilation | None:
    """Return a *kind* with values in some places; None where it is refused, or one of them stands in another's place."""
    document = rich(kind)
    for place, value in secrets:
        document = next(iter(ways(document, place)))(value)
    if any(value_at(document, place.path) != value for place, value in secrets):
        return None
    try:
        return compile_resource(parse(document, NEWEST), NEWEST)
    except InputError:
        return None


def value_at(document: Any, path: Path) -> Any:
    """Return what stands at *path*; None where nothing does."""
    for step in path:
        if isinstance(document, list) and isinstance(step, int):
            document = document[step] if step < len(document) else None
        else:
            document = document.get(step) if isinstance(document, dict) else None
    return document


def shown_secrets(compilation: Compilation) -> list[Reason]:
    """Return the reasons that show a secret which is not, as it stands, what the user wrote there."""
    derived = [reason for reason in reasons(compilation) if not reason.is_copied]
    return [reason for reason in derived if SECRET in f"{shown(reason.value)} {reason.because}"]


@pytest.mark.parametrize(
    ("spec", "line"),
    [
        (
            {"env": [f"DB_PASSWORD={SECRET}"]},
            "spec.env[0]: expected a mapping with name, value, valueFrom, got a string",
        ),
        (
            {"envFrom": [SECRET]},
            "spec.envFrom[0]: expected a mapping with configMapRef, prefix, secretRef, got a string",
        ),
        ({"env": [{"name": "A", f"DB_PASSWORD={SECRET}": ""}]}, 'spec.env[0]["DB_PASSWORD=..."]: unknown field'),
        ({"env": [{"name": f"DB_PASSWORD={SECRET}"}]}, "must be printable ASCII without '=', got \"DB_PASSWORD=...\""),
        ({"args": f"--password={SECRET}"}, "spec.args: expected a list, got a string"),
        ({"args": ["--password", DIGITS]}, "spec.args[1]: expected a string, got an integer; quote it"),
        ({"command": SECRET}, "spec.command: expected a list, got a string"),
        (
            {"sidecars": [{"name": "proxy", "image": "envoy:v1", "env": [f"TOKEN={SECRET}"]}]},
            "spec.sidecars[0].env[0]: expected a mapping with name, value, valueFrom, got a string",
        ),
        (
            {"image": {"repository": f"user:{SECRET}@ghcr.io/hanzoai/api"}},
            "must not contain a user or password (not shown here); name the Secret with them in imagePullSecrets",
        ),
    ],
)
def test_a_common_mistake_is_answered_with_how_to_write_it(spec: dict[str, Any], line: str) -> None:
    image = {"image": {"repository": "ghcr.io/hanzoai/api", "tag": "v1.0.0"}}
    resource = {"apiVersion": "hanzo.ai/v1", "kind": "Service", "metadata": {"name": "api"}, "spec": {**image, **spec}}
    (told,) = [found for found in said(resource) if "restart may bring" not in found]
    assert line in told
    assert SECRET not in told
