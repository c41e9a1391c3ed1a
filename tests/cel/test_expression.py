"""Expressions mean what they mean in Kubernetes, end within bounds, and say what is wrong without a value of the data.

The values of functions are asked of a real API server too, in `tests/cluster/test_admission.py`.
"""

from __future__ import annotations

from typing import Any

import pytest

from hanzo_constructs.cel import CelError, Expression, compiled
from hanzo_constructs.cel.expression import LONGEST

OBJECT = {
    "metadata": {"name": "web", "labels": {"a.b/c": "d"}},
    "spec": {"n": 3, "f": 1.5, "none": None, "secret": "hunter2", "items": (1, 2, 3), "texts": ["x", "y"]},
}


def value(text: str, data: Any = OBJECT) -> Any:
    return compiled(text, ("object",)).value(object=data)


def problem(text: str, data: Any = OBJECT) -> str:
    with pytest.raises(CelError) as raised:
        value(text, data)
    return str(raised.value)


TRUE = (
    "object.spec.n == 3 && object.spec.f > 1",
    "object.metadata.labels['a.b/c'] == 'd'",
    "!has(object.spec.none)",
    "object.spec.items.size() == 3",
    "object.?spec.?absent.orValue('x') == 'x'",
    "object.spec.items.map(x, int(x) + int(x)) == [2, 4, 6]",
    "'web-' + object.metadata.name == 'web-web'",
    "'abc'.charAt(1) == 'b' && 'abc'.charAt(3) == ''",
    "'abcabc'.indexOf('b') == 1 && 'abcabc'.indexOf('b', 2) == 4 && 'abc'.indexOf('x') == -1",
    "'abcabc'.lastIndexOf('b') == 4 && 'abcabc'.lastIndexOf('b', 3) == 1",
    "object.spec.texts.join('-') == 'x-y' && ['a', 'b'].join() == 'ab'",
    "'AbÄ'.lowerAscii() == 'abÄ' && 'abä'.upperAscii() == 'ABä'",
    "'aaa'.replace('a', 'b') == 'bbb' && 'aaa'.replace('a', 'b', 2) == 'bba'",
    "'a,b,c'.split(',') == ['a', 'b', 'c'] && 'a,b,c'.split(',', 2) == ['a', 'b,c'] && 'a,b'.split(',', 0) == []",
    "'abc'.split('') == ['a', 'b', 'c'] && 'abc'.split('', 2) == ['a', 'bc']",
    "'tacocat'.substring(4) == 'cat' && 'tacocat'.substring(0, 4) == 'taco'",
    "'  x '.trim() == 'x'",
    "'%s has %d, %s and %.2f: 100%%'.format(['a', 3, true, 1.5]) == 'a has 3, true and 1.50: 100%'",
    "[1, 2, 2].isSorted() && !['b', 'a'].isSorted()",
    "[1, 2].sum() == 3 && [3, 1].min() == 1 && [3, 1].max() == 3",
    "[1, 2, 1].indexOf(1) == 0 && [1, 2, 1].lastIndexOf(1) == 2 && [1].indexOf(9) == -1",
    "sets.contains([1, 2], [1]) && !sets.contains([1], [2])",
    "sets.equivalent([1, 1, 2], [2, 1]) && sets.intersects([1, 2], [2, 3]) && !sets.intersects([1], [2])",
    "quantity('1') == quantity('1000m') && quantity('1Gi').isGreaterThan(quantity('1G'))",
    "quantity('500m').isLessThan(quantity('1')) && quantity('1').compareTo(quantity('2')) == -1",
    "isQuantity('1Gi') && !isQuantity('1 core')",
    "quantity('50k').asInteger() == 50000 && quantity('1').isInteger() && !quantity('0.5').isInteger()",
    "quantity('1').add(quantity('1')).sub(1).asApproximateFloat() == 1.0 && sign(quantity('-1')) == -1",
    "'a-b'.matches('^[a-z-]+$') && type(object.spec.n) == int",
)


@pytest.mark.parametrize("text", TRUE)
def test_an_expression_has_its_value(text: str) -> None:
    assert value(text) is True


PROBLEMS = {
    "objct.spec == 1": "column 6: there is no objct here, did you mean object?",
    "object.a ==\n 1 + 'a'": "line 2, column 4: found no matching overload for '_+_' applied to '(int, string)'",
    "request.operation == 'CREATE'": (
        "column 8: request is there only where a cluster admits objects; what is known here is object"
    ),
    "url('https://x') == 1": "column 4: there is no url here",
    "object.spec.absent == 1": "there is no absent; ask by has() or by .? first",
    "object[object.spec.secret] == 1": "a key is not there",
    "object.spec.items[object.spec.n] == 1": "index error",
    "object.spec.secret.matches(object.spec.secret + '(')": "invalid regular expression",
    "object.spec.secret + object.spec.n == ''": "no matching overloads found: _+_(string, int64)",
    "quantity(object.spec.secret) == quantity('1')": "quantity: the text is no quantity",
    "object.spec.secret.charAt(99) == ''": "charAt: the index is out of range",
    "'abc'.indexOf('b', 9) == 0": "indexOf: the offset is out of range",
    "'abc'.lastIndexOf('b', 9) == 0": "lastIndexOf: the offset is out of range",
    "'abc'.substring(2, 1) == ''": "substring: the range is out of range",
    "'%s'.format([]) == ''": "format: there are more clauses than values",
    "'%q'.format([1]) == ''": "format: the clauses that are known here are %s, %d, %f and %%",
    "'%d'.format(['a']) == ''": "format: %d does not take a string",
    "quantity('0.5').asInteger() == 1": "asInteger: the quantity is no integer of 64 bits",
    "[1, 'a'].isSorted()": "isSorted: cannot take these arguments",
    "1 / (object.spec.n - 3) == 1": "divide by zero",
}


@pytest.mark.parametrize("text", PROBLEMS)
def test_what_is_wrong_is_said(text: str) -> None:
    found = problem(text)
    assert found == PROBLEMS[text]
    assert "hunter2" not in found


def test_a_syntax_error_names_its_column() -> None:
    assert problem("object.spec.n >=").startswith("column 17: syntax error: mismatched input")


def mapped(first: str, step: str, times: int) -> str:
    """Return what makes another list of *first* again and again."""
    return f"[{first}]{f'.map(x, {step})' * times}.size() > 0"


RUNAWAYS = {
    f"object.metadata.name == '{'x' * LONGEST}'": "has 4,122 characters, at most 4,096 are allowed",
    f"{'(' * 40}true{')' * 40}": "is nested more than 32 deep",
    f"object{'.a' * 40} == 1": "is nested more than 32 deep",
    mapped("'x'", "x + x", 25): "joins texts or lists by + inside",
    "object.spec.texts.all(x, {'a': [x + x]}.size() > 0)": "joins texts or lists by + inside",
    mapped("'aa'", "x.replace('a', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')", 9): "replace: would make more than 4,194,304",
    mapped("'a'", "'%s%s%s%s%s%s%s%s'.format([x, x, x, x, x, x, x, x])", 9): "format: would make more than 4,194,304",
    mapped("'a'", "[x, x, x, x, x, x, x, x].join(x)", 9): "join: would make more than 4,194,304",
    "object.all(a, object.all(b, object.all(c, true)))": "takes more than 10,000 steps of loops",
    "sets.contains(object, object)": "sets.contains: would make more than 4,194,304",
}


@pytest.mark.parametrize("text", RUNAWAYS)
def test_what_would_run_away_is_cut(text: str) -> None:
    assert problem(text, [*range(3000)]).startswith(RUNAWAYS[text])


def test_a_text_that_no_cluster_would_store_is_not_asked() -> None:
    assert problem("true", {"a": "x" * (2**20 + 1)}) == "cannot be asked of a text of more than 1,048,576 characters"


def test_a_list_longer_than_loops_may_take_is_not_asked() -> None:
    assert problem("true", [*range(10_001)]) == "cannot be asked of a list of more than 10,000 items"


def test_numbers_are_added_in_loops_and_texts_outside() -> None:
    assert value("object.spec.items.all(x, x + 1 > 1) && object.metadata.name + 'x' == 'webx'")


def test_an_expression_says_its_type() -> None:
    assert [Expression(text, ("object",)).type for text in ("1 == 1", "'a'", "object.a")] == ["bool", "string", "dyn"]


def test_an_evaluation_leaves_nothing_for_the_next() -> None:
    """The meter of one does not count for another, nor does what it refused."""
    for _ in range(3):
        assert problem("'abc'.charAt(9) == ''") == "charAt: the index is out of range"
        assert problem("object.spec.secret + object.spec.n == ''").startswith("no matching overloads")
        assert value("'abc'.charAt(9) == '' || true")
