"""Whatever is passed to whatever is public, what is wrong is told as an error of ours, on the line of the user."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from functools import partial
from types import MethodType
from typing import Any

import pytest
from cdk8s import ApiObject, Chart, JsonPatch
from constructs import Construct

from hanzo_constructs import (
    AbsentError,
    ArgumentError,
    DatastoreConstruct,
    DatastoreDict,
    GatewayConstruct,
    GatewayDict,
    HanzoApp,
    HanzoChart,
    HanzoError,
    InputError,
    Platform,
    ResourceConstruct,
    ServiceConstruct,
    ServiceDict,
    construct_of,
    main,
)
from hanzo_constructs.constructs.lazy.object import LazyObject
from hanzo_constructs.spec.kinds import kind_names
from tests.constructs.samples import SMALL

pytestmark = pytest.mark.node

DATABASE: DatastoreDict = {"type": "postgresql", "storage": {"size": "1Gi"}, "credentialsSecret": "db-credentials"}
ROUTES: GatewayDict = {"routes": [{"prefix": "/a", "backend": "http://api:80"}]}


class World:
    """One of each that is public."""

    def __init__(self) -> None:
        self.app = HanzoApp(platform=Platform())
        self.chart = HanzoChart(self.app, "shop", namespace="shop")
        self.database = DatastoreConstruct(self.chart, "db", DATABASE)
        self.service = ServiceConstruct(self.chart, "api", SMALL)
        self.gateway = GatewayConstruct(self.chart, "gateway", ROUTES)

    def targets(self) -> dict[str, Any]:
        own = vars(self)
        return {**own, "child": self.service.deployment, "linked": self.gateway.config_map}

    def odd(self) -> list[Any]:
        plain = [None, 5, 2.5, True, b"x", object(), [], {}, (), "", "x", [5], {"a": 5}, {5: 5}, {"a": "b"}, int, len]
        return [*plain, *vars(self).values(), self.service.deployment, [None], {"a": None}]


def public_methods(target: object) -> Iterator[str]:
    for name in dir(type(target)):
        item = inspect.getattr_static(type(target), name)
        is_data = isinstance(item, property | str | tuple | frozenset | type(None)) or not callable(
            getattr(type(target), name)
        )
        if not name.startswith("_") and not is_data:
            yield name


METHODS = [(at, name) for at, target in World().targets().items() for name in public_methods(target)]
GOOD = {
    "resource": {"apiVersion": "hanzo.ai/v1", "kind": "Service", "metadata": {"name": "x"}, "spec": SMALL},
    "id": "new",
    "prefix": "/q",
    "backend": "http://y:1",
    "spec": SMALL,
    "source": lambda _: None,
}


def wrong_calls(method: Callable[..., Any], world: World, signature: Any = None) -> Iterator[Callable[[], Any]]:
    """Yield calls of *method* in which one argument is odd, and all others are as they should be."""
    parameters = [*inspect.signature(signature or method).parameters.values()]
    good = {**GOOD, "scope": world.chart}
    for wrong in parameters:
        for value in world.odd():
            given: list[Any] = []
            named: dict[str, Any] = {}
            for each in parameters:
                if each is not wrong and each.name not in good:
                    continue
                argument = value if each is wrong else good[each.name]
                if each.kind == each.KEYWORD_ONLY:
                    named[each.name] = argument
                else:
                    given.append(argument)
            yield partial(method, *given, **named)


def check(calls: Iterator[Callable[[], Any]]) -> None:
    for call in calls:
        try:
            call()
        except HanzoError as error:
            found = error.findings if isinstance(error, InputError) else ()
            wheres = [each.where for each in found if "cannot be read" not in each.message]  # those name a file
            if not all("test_wrong_arguments.py:" in where for where in wheres):
                pytest.fail(f"is not said to be on the line that calls: {error}")


@pytest.mark.parametrize(("at", "name"), METHODS)
def test_no_method_lets_anything_but_our_errors_out(at: str, name: str) -> None:
    world = World()
    if name != "synth":
        check(wrong_calls(getattr(world.targets()[at], name), world))


@pytest.mark.parametrize("make", [ServiceConstruct, HanzoChart, HanzoApp])
def test_no_constructor_lets_anything_but_our_errors_out(make: Callable[..., Any]) -> None:
    def method(*arguments: Any, **named: Any) -> Any:
        return make(*arguments, **named)

    check(wrong_calls(method, World(), MethodType(make.__init__, object())))


def test_the_fuzz_reaches_what_every_class_has() -> None:
    reached = {name for _, name in METHODS}
    assert {"url", "secret_ref", "add_route", "add_json_patch", "add_dependency", "with_", "from_resource"} <= reached
    for kind in kind_names():
        own = {name for cls in construct_of(kind).__mro__ if issubclass(cls, LazyObject) for name in vars(cls)}
        methods = {name for name in own if not name.startswith("_") and callable(getattr(construct_of(kind), name))}
        assert methods <= reached, kind


TEXT = "expected a string or secret_ref(...) of this datastore, got "
WRONG: dict[str, tuple[Callable[[World], Any], str]] = {
    "user": (lambda w: w.database.url(user=5), f"user: {TEXT}an integer"),  # type: ignore[arg-type]
    "password": (lambda w: w.database.url(password=b"s3cret"), f"password: {TEXT}a Python bytes"),  # type: ignore[arg-type]
    "port of a url": (lambda w: w.database.url(port=5432), "port: expected a string, the name of a port, got an integer"),  # type: ignore[arg-type]
    "database": (lambda w: w.database.url(database=True), "database: expected a string, got a boolean"),  # type: ignore[arg-type]
    "key": (lambda w: w.database.secret_ref(None), "key: expected a string, the key of the Secret, got null"),  # type: ignore[arg-type]
    "dependency": (lambda w: w.chart.add_dependency(None), "dependencies: expected charts, constructs or objects, got null"),  # type: ignore[arg-type]
    "patch": (lambda w: w.service.deployment.add_json_patch({}), "ops: expected patches, such as JsonPatch.add(path, value) makes, got a mapping"),  # type: ignore[arg-type]
    "mixin": (lambda w: w.service.with_(w.chart), "mixins: expected mixins, which have supports() and apply_to(), got HanzoChart"),  # type: ignore[arg-type]
    "name of": (lambda w: w.chart.generate_object_name(w.chart), "api_object: expected an ApiObject, got HanzoChart"),  # type: ignore[arg-type]
    "of": (lambda w: HanzoChart.of(w.app), "of: cannot find a parent chart (directly or indirectly)"),
    "of nothing": (lambda _: HanzoChart.of(None), "c: expected a construct, got null"),  # type: ignore[arg-type]
    "hashes": (lambda w: HanzoChart(w.app, "x", disable_resource_name_hashes=1), "disable_resource_name_hashes: expected True or False, got an integer"),  # type: ignore[arg-type]
    "paths": (lambda _: HanzoApp(record_construct_metadata=1), "record_construct_metadata: expected True or False, got an integer"),  # type: ignore[arg-type]
    "scope": (lambda _: HanzoChart(None, "x"), "scope: expected an app, a chart or another construct, got null"),  # type: ignore[arg-type]
    "namespace": (lambda w: HanzoChart(w.app, "x", namespace=5), "namespace: expected a string, got an integer"),  # type: ignore[arg-type]
    "platform of a resource": (lambda w: ServiceConstruct(w.chart, "x", SMALL, platform="x"), "platform: expected a Platform, such as load_platform(file) returns, got a string"),  # type: ignore[arg-type]
    "platform of main": (lambda w: main(w.app, platform=Platform()), "platform: an app that is made already has its own"),
    "labels": (lambda w: HanzoChart(w.app, "x", labels={"a": 1}), "labels.a: expected a string, got an integer"),  # type: ignore[dict-item]
    "keys of labels": (lambda w: HanzoChart(w.app, "x", labels={1: "a"}), "labels: expected strings for keys, got an integer"),  # type: ignore[dict-item]
    "all labels": (lambda w: HanzoChart(w.app, "x", labels=["a"]), "labels: expected a mapping of strings, got a list"),  # type: ignore[arg-type]
    "platform of a chart": (lambda w: HanzoChart(w.app, "x", platform="x"), "platform: expected a Platform, such as load_platform(file) returns, got a string"),  # type: ignore[arg-type]
    "platform": (lambda _: HanzoApp(platform=5), "platform: expected a Platform or the path of a settings file, got an integer"),  # type: ignore[arg-type]
    "outdir": (lambda _: HanzoApp(outdir=5), "outdir: expected the path of a directory, got an integer"),  # type: ignore[arg-type]
    "extension": (lambda _: HanzoApp(output_file_extension=5), "output_file_extension: expected a string, such as .k8s.yaml, got an integer"),  # type: ignore[arg-type]
    "type of output": (lambda _: HanzoApp(yaml_output_type="x"), "yaml_output_type: expected a YamlOutputType, got a string"),  # type: ignore[arg-type]
    "resolvers": (lambda _: HanzoApp(resolvers=5), "resolvers: expected a list of resolvers, got an integer"),  # type: ignore[arg-type]
    "resolver": (lambda _: HanzoApp(resolvers=[5]), "resolvers[0]: expected a resolver of cdk8s, which has resolve(), got an integer"),  # type: ignore[list-item]
    "source": (lambda _: main(5), "source: expected an app or a function that fills one, got an integer"),  # type: ignore[arg-type]
    "f-string": (lambda w: f"x{w.database.secret_ref('P')}", "a key of a Secret is the whole value of a variable, and no part of a text; for that there is url(password=...)"),
    "added": (lambda w: "x" + w.database.secret_ref("P"), "a key of a Secret is the whole value of a variable, and no part of a text; for that there is url(password=...)"),
    "added to": (lambda w: w.database.secret_ref("P") + "x", "a key of a Secret is the whole value of a variable, and no part of a text; for that there is url(password=...)"),
    "f-string of a text": (lambda w: f"x{w.database.url(user='app', password=w.database.secret_ref('P'))}", "a text with a Secret in it is the value of a variable, and no part of another text; add text with +"),
    "text": (lambda w: w.database.url(user="app", password=w.database.secret_ref("P")) + 5, "text: expected a string, got an integer"),  # type: ignore[operator]
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_argument_is_told_with_its_line_and_what_it_should_be(name: str) -> None:
    call, message = WRONG[name]
    with pytest.raises(InputError) as caught:
        call(World())
    (finding,) = caught.value.findings
    assert str(finding).partition("): ")[2].endswith(message) or str(finding).endswith(f": {message}")
    assert "test_wrong_arguments.py:" in finding.where
    assert "s3cret" not in str(finding)
    assert isinstance(caught.value, ArgumentError) is (name != "of")


CALLS: dict[str, tuple[Callable[[World], Any], list[str]]] = {
    "a field of the spec": (
        lambda w: ServiceConstruct(w.chart, "x", image="a/b:v1"),  # type: ignore[call-arg]
        [
            'ServiceConstruct.spec: required, a mapping such as {"image": "ghcr.io/acme/web:v1"}, or a model',
            'ServiceConstruct.image: unknown argument, write it in the spec: ServiceConstruct(chart, "id", {"image": ...})',
        ],
    ),
    "a field by its Python name": (
        lambda w: ServiceConstruct(w.chart, "x", SMALL, env_from=[]),  # type: ignore[call-arg]
        [
            'ServiceConstruct.env_from: unknown argument, write it in the spec: ServiceConstruct(chart, "id", {"envFrom": ...})'
        ],
    ),
    "metadata": (
        lambda w: ServiceConstruct(w.chart, "x", SMALL, metadata={}),  # type: ignore[call-arg]
        ["ServiceConstruct.metadata: unknown argument, write name, namespace, labels and annotations beside the spec"],
    ),
    "nothing": (
        lambda _: ServiceConstruct(),  # type: ignore[call-arg]
        [
            "ServiceConstruct.scope: required, a chart or another construct",
            "ServiceConstruct.id: required, a name in the tree, which the resource bears too unless it has another",
            'ServiceConstruct.spec: required, a mapping such as {"image": "ghcr.io/acme/web:v1"}, or a model',
        ],
    ),
    "too much": (
        lambda w: ServiceConstruct(w.chart, "x", SMALL, "y"),  # type: ignore[call-arg]
        ["ServiceConstruct: takes scope, id, spec by position and the others by name, got 4"],
    ),
    "twice": (
        lambda w: ServiceConstruct(w.chart, "x", SMALL, id="y"),  # type: ignore[misc]
        ["ServiceConstruct.id: is given twice"],
    ),
    "chart": (
        lambda w: HanzoChart(w.app, "x", namespac="y"),  # type: ignore[call-arg]
        ["HanzoChart.namespac: unknown argument, did you mean namespace?"],
    ),
    "chart without an id": (lambda w: HanzoChart(w.app), ["HanzoChart.id: required"]),  # type: ignore[call-arg]
    "app": (lambda _: HanzoApp(plat=5), ["HanzoApp.plat: unknown argument, did you mean platform?"]),  # type: ignore[call-arg]
    "url": (lambda w: w.database.url(usr="x"), ["url.usr: unknown argument, did you mean user?"]),  # type: ignore[call-arg]
    "method of cdk8s": (
        lambda w: w.chart.generate_object_name(x=1),  # type: ignore[call-arg]
        ["generate_object_name.api_object: required", "generate_object_name.x: unknown argument, known are api_object"],
    ),
    "patch": (lambda _: JsonPatch.add("/spec"), ["JsonPatch.add.value: required"]),  # type: ignore[call-arg]
    "path of a patch": (
        lambda _: JsonPatch.remove(5),  # type: ignore[arg-type]
        ["path: expected a pointer, such as /spec/replicas, got an integer"],
    ),
}


@pytest.mark.parametrize("name", CALLS)
def test_arguments_that_are_missing_or_not_there_are_told_with_what_to_write(name: str) -> None:
    call, messages = CALLS[name]
    with pytest.raises(ArgumentError) as caught:
        call(World())
    assert [f"{each.path}: {each.message}" for each in caught.value.findings] == messages
    assert all("test_wrong_arguments.py:" in each.where for each in caught.value.findings)
    assert isinstance(caught.value, TypeError)


def test_the_mistakes_of_classes_of_the_user_are_python_s() -> None:
    class Shop(HanzoChart):
        def __init__(self, scope: Construct, *, region: str) -> None:
            super().__init__(scope, region)

    class Broken(HanzoChart):
        def __init__(self, scope: Construct) -> None:
            super().__init__(scope, "x")
            len(5)  # type: ignore[arg-type]

    world = World()
    with pytest.raises(TypeError, match="required keyword-only argument: 'region'") as caught:
        Shop(world.app)  # type: ignore[call-arg]
    assert not isinstance(caught.value, HanzoError)
    with pytest.raises(TypeError, match=r"has no len\(\)") as caught:
        Broken(world.app)
    assert not isinstance(caught.value, HanzoError)


VALUES: list[tuple[Any, str]] = [
    (float("nan"), "nan is no number of YAML's or JSON's; write another one, or a string"),
    (float("-inf"), "-inf is no number of YAML's or JSON's; write another one, or a string"),
    (b"s3cret", "expected text, a number, a boolean, a list or a mapping, got a Python bytes"),
    ({1}, "expected text, a number, a boolean, a list or a mapping, got a Python set"),
    (len, "expected text, a number, a boolean, a list or a mapping, got a Python builtin_function_or_method"),
    ("\ud800", "text with half a character (a lone surrogate) cannot be written; write the character itself"),
]


@pytest.mark.parametrize(("value", "message"), VALUES, ids=lambda value: type(value).__name__)
def test_a_value_that_javascript_cannot_read_is_told_and_ends_nothing(value: Any, message: str) -> None:
    world = World()
    calls: tuple[Callable[[], Any], ...] = (
        lambda: JsonPatch.add("/metadata/annotations", {"a": [value]}),
        lambda: ApiObject(
            world.chart, "own", api_version="v1", kind="ConfigMap", metadata={"annotations": {"a": value}}
        ),
        lambda: world.service.deployment.metadata.add("a", value),
    )
    for call in calls:
        with pytest.raises(TypeError) as caught:
            call()
        if isinstance(caught.value, ArgumentError):  # or jsii has found it by its type
            (finding,) = caught.value.findings
            assert finding.message == message
            assert "test_wrong_arguments.py:" in finding.where
        assert "s3cret" not in str(caught.value)
    assert world.service.deployment.to_json()


def test_children_that_are_not_there_are_told_with_those_that_are() -> None:
    world = World()
    service = world.service
    spec: ServiceDict = {
        **SMALL,
        "kmsSecrets": [
            {"projectSlug": "a", "envSlug": "b", "credentialsRef": {"name": "kms"}, "managedSecretName": "s"}
        ],
    }
    more = ServiceConstruct(world.chart, "more", spec)
    for found, key, message in (
        (service.children, "Deploymnt", 'there is no "Deploymnt", did you mean Deployment?'),
        (service.children, 5, "there is no 5, there are Service, Deployment"),
        (service.kms_secrets, "x", 'there is no "x", there are none'),
        (more.kms_secrets, "x", 'there is no "x", there are s'),
    ):
        with pytest.raises(KeyError) as caught:
            found[key]  # type: ignore[index]
        assert isinstance(caught.value, AbsentError)
        assert str(caught.value).endswith(message)
        assert "test_wrong_arguments.py:" in str(caught.value)
        assert found.get(key) is None  # type: ignore[arg-type]
        assert key not in found
    assert "Deployment" in service.children
    assert isinstance(service.children["Deployment"], ApiObject)


def test_an_attribute_of_what_an_operator_derives_is_absent() -> None:
    app = HanzoApp(platform=Platform(output="resources"))
    service = ServiceConstruct(HanzoChart(app, "shop", namespace="shop"), "api", SMALL)
    assert not hasattr(service, "deployment")
    with pytest.raises(
        AbsentError, match=r"test_wrong_arguments\.py:.*Service shop/api: deployment: there is no Deployment: "
    ):
        _ = service.deployment


def test_questions_about_anything_are_answered() -> None:
    for value in World().odd():
        is_construct = isinstance(value, Construct)
        assert ResourceConstruct.is_construct(value) is is_construct
        assert HanzoChart.is_chart(value) is isinstance(value, Chart)
