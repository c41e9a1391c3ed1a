"""Texts in shares hold what they hold as a whole, wherever they are cut."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanzo_constructs.cli.making import Making
from hanzo_constructs.cli.parts import Parsed
from hanzo_constructs.cli.reading import Share, Text, shared_out, taken, text_of
from hanzo_constructs.declaration import Declaration
from hanzo_constructs.errors import Finding
from hanzo_constructs.kube.yaml.source import Stretch
from hanzo_constructs.platform import Platform
from hanzo_constructs.sources import Source, declarations

SPEC = "spec: {image: {repository: ghcr.io/hanzoai/api, tag: v1}}\n"
HEAD = "apiVersion: hanzo.ai/v1\nkind: Service\n"

TEXT = f"""\
# a comment first
---
{HEAD}metadata: {{name: one}}
{SPEC}---   # a comment behind
{HEAD}metadata: {{name: two, annotations: {{note: "äö"}}}}
spec:
  image: {{repository: ghcr.io/hanzoai/api, tag: v1}}
  args:
  - |
    not---a marker
     --- neither
...
# between
--- # the next
---
- no mapping
---
{HEAD}metadata: {{name: [}}
---
%YAML 1.2
---
apiVersion: v1
kind: List
items:
- {{apiVersion: v1, kind: ConfigMap, metadata: {{name: settings}}, data: {{a: b}}}}
- {HEAD.replace(chr(10), chr(10) + "  ")}metadata: {{name: three}}
  {SPEC}---
{HEAD}metadata: {{name: four}}
{SPEC.rstrip()}"""

PLACE = Source("fleet.yaml", Path("fleet.yaml"))


def said(items: list[Declaration | Finding]) -> list[object]:
    """Return what stands in *items*, and where."""
    return [item if isinstance(item, Finding) else (item.data, item.where(), item.where(("kind",))) for item in items]


def in_order(source: Source, text: str) -> list[Declaration | Finding]:
    found, findings = declarations(source, text=text.encode())
    return sorted([*found, *findings], key=_line)


def _line(item: Declaration | Finding) -> int:
    return int((item.where if isinstance(item, Finding) else item.where()).rpartition(":")[2])


def read(shares: list[list[Share]]) -> list[Declaration | Finding]:
    return [item for share in shares for part in share for item in part.declared({})]


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_text_is_the_same_wherever_it_is_cut(ends: str) -> None:
    text = TEXT.replace("\n", ends)
    whole = said(in_order(PLACE, text))
    assert len(whole) == 8
    seen = set[tuple[Stretch, ...]]()
    for number in range(1, 80):
        shares = shared_out([text_of(PLACE, None, text.encode())], number)
        cuts = tuple(part.stretch for share in shares for part in share)
        if cuts not in seen:
            assert said(read(shares)) == whole, number
        seen.add(cuts)
    assert max(map(len, seen)) == TEXT.count("\n---") + 1


def test_several_texts_are_shared_out_in_their_order() -> None:
    texts = [Text(Source(f"{number}.yaml", Path(f"{number}.yaml")), TEXT) for number in range(5)]
    json = Source("last.json", Path("last.json"))
    texts.append(text_of(json, None, b'[{"kind": "A"}, {"kind": "B"}, {"kind": "C"}]'))
    whole = [each for text in texts[:5] for each in said(in_order(text.source, str(text.text)))]
    whole += said([*texts[5].items])
    for number in range(1, 12):
        shares = shared_out(texts, number)
        assert said(read(shares)) == whole, number
        assert all(shares)


def test_what_cannot_be_read_is_a_finding_of_its_share(tmp_path: Path) -> None:
    absent = text_of(Source("gone.yaml", tmp_path / "gone.yaml"), None, None)
    wrong = Text(PLACE, b"kind: \xff\n---\nkind: Service\n")
    shares = shared_out([absent, wrong], 2)
    found = taken([part for share in shares for part in share], Making(Parsed(Platform()), str)).around
    assert [finding.message.partition(":")[0] for finding in found.findings] == ["cannot be read", "not valid UTF-8"]
    assert found.filled == {"gone.yaml", "fleet.yaml"}


def test_data_is_dropped_and_read_again() -> None:
    found, _ = declarations(PLACE, text=TEXT.encode())
    for each in found:
        lean = each.lean
        assert lean.document.data is None
        assert (lean.data, lean.where(), lean.where(("kind",))) == (each.data, each.where(), each.where(("kind",)))
    (own,), _ = declarations(Source("a.json", Path("a.json")), text=b'{"kind": "A"}')
    assert own.lean is own
