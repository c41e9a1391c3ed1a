"""What is written is read back unchanged: by our reader, by PyYAML, by kubectl."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from hanzo_constructs.kube.yaml import dump, dump_all, load, load_all
from tests.kube.examples import EXAMPLES, needs_examples
from tests.kube.yaml.judges import needs_kubectl, read_by_kubectl, same
from tests.kube.yaml.strings import TRICKY, generated

FASTEST_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.sampled_from(TRICKY)
)
documents = st.dictionaries(
    st.text() | st.sampled_from(TRICKY),
    st.recursive(
        scalars,
        lambda inner: (
            st.lists(inner, max_size=4) | st.dictionaries(st.text() | st.sampled_from(TRICKY), inner, max_size=4)
        ),
        max_leaves=12,
    ),
    max_size=6,
)


def everywhere(strings: list[str]) -> dict[str, Any]:
    """Return an object with *strings* as values, keys and items, next to each other and nested."""
    return {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": "strings"},
        "data": {f"key-{number}": text for number, text in enumerate(strings)},
        "list": strings,
        "keys": dict.fromkeys(strings, 1),
        "nested": [[text, {text: text}] for text in strings[:1000]],
    }


def read_by_pyyaml(text: str, loader: Any = FASTEST_LOADER) -> Any:
    return yaml.load(text, loader)  # noqa: S506 - both are safe loaders


@given(documents)
def test_any_data_is_read_back(data: dict[str, Any]) -> None:
    (document,) = load_all(dump(data))
    assert same(document.data, data)


@given(documents)
def test_pyyaml_reads_any_data_back(data: dict[str, Any]) -> None:
    assert same(read_by_pyyaml(dump(data)), data)


@given(st.lists(documents, max_size=4))
def test_documents_stay_apart(data: list[dict[str, Any]]) -> None:
    read = [document.data for document in load_all(dump_all(data))]
    assert same(read, data)


@given(documents)
def test_the_same_data_gives_the_same_bytes(data: dict[str, Any]) -> None:
    assert dump(data).encode() == dump(data).encode()


@pytest.mark.parametrize("loader", [yaml.SafeLoader, FASTEST_LOADER])
def test_pyyaml_reads_the_tricky_strings_back(loader: Any) -> None:
    data = everywhere(list(TRICKY))
    assert same(read_by_pyyaml(dump(data), loader), data)


def test_twelve_thousand_strings_are_read_back() -> None:
    data = everywhere([*TRICKY, *generated(12_000, seed=1)])
    text = dump(data)
    (document,) = load_all(text)
    assert same(document.data, data)
    assert same(read_by_pyyaml(text), data)


@needs_kubectl
def test_kubectl_reads_twelve_thousand_strings_back() -> None:
    data = everywhere([*TRICKY, *generated(12_000, seed=2)])
    read = read_by_kubectl(dump(data))
    assert all(same(read[field], data[field]) for field in ("data", "list", "keys", "nested"))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 126))
def test_a_million_strings_are_read_back(seed: int) -> None:
    data = everywhere(generated(40_000, seed))
    text = dump(data)
    (document,) = load_all(text)
    assert same(document.data, data)
    assert same(read_by_pyyaml(text), data)


@pytest.mark.slow
@needs_kubectl
@pytest.mark.parametrize("seed", range(200, 226))
def test_kubectl_reads_a_million_strings_back(seed: int) -> None:
    data = everywhere(generated(40_000, seed))
    read = read_by_kubectl(dump(data))
    assert all(same(read[field], data[field]) for field in ("data", "list", "keys", "nested"))


@needs_examples
def test_the_examples_of_kubernetes_are_written_as_kubernetes_writes_them() -> None:
    for path in EXAMPLES:
        text = path.read_text(encoding="utf-8")
        (document,) = load(text, name=path.name)
        assert same(document.data, yaml.safe_load(text)), path.name
        assert dump(document.data) == text, path.name
