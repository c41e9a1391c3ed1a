"""What is published of a text takes whatever the model takes, and for most texts nothing else."""

from __future__ import annotations

import re
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from hanzo_constructs.kube import cron, duration, images, names, quantity, s3

_TYPES: dict[str, Any] = {
    name: value
    for module in (cron, duration, images, names, quantity, s3)
    for name, value in vars(module).items()
    if get_args(value)[:1] == (str,)
}
_WIDER = {"CronExpression", "Host", "ImageReference", "PositiveDuration", "S3Bucket", "S3Endpoint"}
"""Types of which a pattern says less than the model: numbers that mean nothing, addresses in place of names."""
_PIECES = (*"azA09-._/:*@ hms+é\n", "ms", "Gi", "e1", "0 0 * * *", "https://", "sha256:" + "0" * 64)
_SCHEMAS = {name: TypeAdapter(value).json_schema() for name, value in _TYPES.items()}


def _is_taken(name: str, value: str) -> bool:
    try:
        TypeAdapter(_TYPES[name]).validate_python(value)
    except ValidationError:
        return False
    return True


def _is_published(name: str, value: str) -> bool:
    """Tell whether the schema takes *value*; `$` is the end of a text for RE2, and `\\s` is ASCII."""
    schema = _SCHEMAS[name]
    pattern = schema["pattern"].removesuffix("$") + r"\Z"
    return schema.get("minLength", 0) <= len(value) <= schema["maxLength"] and bool(re.match(pattern, value, re.ASCII))


def test_every_text_that_is_checked_has_a_published_form() -> None:
    assert [name for name, schema in _SCHEMAS.items() if not schema.keys() >= {"pattern", "maxLength"}] == []


@pytest.mark.parametrize("name", _TYPES)
@given(data=st.data())
def test_nothing_is_refused_that_the_model_takes(name: str, data: st.DataObject) -> None:
    pattern: str = _SCHEMAS[name]["pattern"].removesuffix("$") + r"\Z"
    close: st.SearchStrategy[str] = st.from_regex(re.compile(pattern, re.ASCII))
    pieces = st.lists(st.sampled_from(_PIECES), max_size=9).map("".join)
    value = data.draw(st.one_of(pieces, close, st.tuples(close, pieces).map("".join)))
    if _is_taken(name, value):
        assert _is_published(name, value)
    elif name not in _WIDER:
        assert not _is_published(name, value)
