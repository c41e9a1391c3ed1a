"""References and templates in a LatticeService: what users write and what stays, wherever a secret is a part of it."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.spec.kinds import parse
from tests.properties.rich import NEWEST, rich

KEY, STORED = "zz9key", "stored/at/zz9path"
"""A key and a path of a secret, like nothing else in the resource."""
TOKENS = {
    "{": "{",
    "{{": "{{",
    "}}": "}}",
    "{{ .alpha }}": "{{ .alpha }}",
    "$${resources.orders.url}": "${resources.orders.url}",
    "$(PATH)": "$(PATH)",
    "a\n": "a\n",
    "$": "$",
    "${resources.orders.host}": None,
    f"${{secret.alpha.{KEY}}}": "VALUE",
    f"${{resources.alpha.{KEY}}}": "VALUE",
}
"""What texts are made of, and what is read in its place; None: an address."""
SECRETS = tuple(token for token, read in TOKENS.items() if read == "VALUE")
texts = st.lists(st.sampled_from(list(TOKENS)), min_size=1, max_size=6).filter(
    # a dollar before a brace would begin a reference, and one before a reference would escape it
    lambda tokens: all(one != "$" or two[0] not in "${" for one, two in pairwise(tokens))
)
ACTION = re.compile(r'\{\{ (?:"(\{+)"|\.(\w+)) \}\}')


def lattice(variables: dict[str, list[str]], files: dict[str, list[str]]) -> list[dict[str, Any]]:
    """Return what a workload with these texts compiles to."""
    document = rich("LatticeService")
    workload = document["spec"]["workload"]
    workload["resources"]["alpha"] = {"type": "secret", "id": STORED, "params": {"provider": "vault", "keys": [KEY]}}
    main = workload["containers"]["main"]
    main["variables"] = {name: "".join(tokens) for name, tokens in variables.items()}
    main["files"] = {f"/etc/{name}": "".join(tokens) for name, tokens in files.items()}
    return compile_resource(parse(document, NEWEST), NEWEST).manifests


def read(tokens: list[str]) -> str:
    """Return what the program reads of a text of *tokens*."""
    return "".join("orders.hanzo.svc.cluster.local" if TOKENS[each] is None else str(TOKENS[each]) for each in tokens)


def filled(template: str) -> str:
    """Return what Go's template engine makes of *template*, which may hold nothing but strings and variables."""
    rest = ACTION.sub(" ", template)
    assert "{{" not in rest
    return ACTION.sub(lambda found: found[1] or "VALUE", template)


@given(
    st.dictionaries(st.sampled_from(("ONE", "TWO", "THREE")), texts, min_size=1),
    st.dictionaries(st.sampled_from(("one", "two")), texts, min_size=1),
)
@settings(max_examples=20)
def test_a_text_is_read_as_it_was_meant_and_a_secret_is_nowhere_else(
    variables: dict[str, list[str]], files: dict[str, list[str]]
) -> None:
    manifests = lattice(variables, files)
    templates: list[str] = []
    plain: list[str] = []
    for each in manifests:
        if each["kind"] == "ExternalSecret":
            templates += each["spec"]["target"].get("template", {}).get("data", {}).values()
            continue
        if each["kind"] == "ConfigMap":
            plain += each["data"].values()
        text = json.dumps(without_references(each))
        assert STORED not in text
        assert KEY not in text
    mixed = [each for each in variables.values() if {*each} & {*SECRETS} and len(each) > 1]
    mixed += [each for each in files.values() if {*each} & {*SECRETS}]
    assert sorted(map(filled, templates)) == sorted(map(read, mixed))
    assert sorted(plain) == sorted(read(each) for each in files.values() if not {*each} & {*SECRETS})


def without_references(value: Any) -> Any:
    """Return *value* without the references to keys of Secrets."""
    if isinstance(value, dict):
        return {key: without_references(each) for key, each in value.items() if key != "secretKeyRef"}
    return [without_references(each) for each in value] if isinstance(value, list) else value
