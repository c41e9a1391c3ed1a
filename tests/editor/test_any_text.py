"""Whatever is typed, nothing fails: mistakes are shown, and questions about any place are answered."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from hanzo_constructs.editor import Position, WorkingSet
from hanzo_constructs.editor.completion import completions
from hanzo_constructs.editor.definition import definitions
from hanzo_constructs.editor.diagnostics import diagnostic_of
from hanzo_constructs.editor.edits import applied
from hanzo_constructs.editor.fixes import fixes
from hanzo_constructs.editor.hover import Reasons, hover
from hanzo_constructs.editor.settings_text import settings_in
from hanzo_constructs.editor.view import view_at
from tests.editor.inputs import service

TEXT = (
    service("api", "ports: {http: 80}", "env:", "- name: A", "  value: http://db.shop.svc", "pdb: {enabled: true}")
    + "---\napiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: c}\n"
)
SIGNS = (" ", "\n", "\r\n", "\t", ":", ": ", "- ", "{", "}", "[", "]", "'", '"', "#", "&a ", "*a", "|", ">", "? ", "~")
RARE = (
    "---\n",
    "...\n",
    "!!x ",
    "%TAG",
    "\x00",
    "\ud800",
    "\ufeff",
    "\u2028",
    "é𝄞",
    "kind: Service\n",
    "<<: ",
    "1e999",
)
PIECES = st.sampled_from(("", *SIGNS, *RARE))


@st.composite
def edited(draw: st.DrawFn) -> list[str]:
    """Return texts that somebody types one after the other."""
    texts, text = [], TEXT
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        text = text[:start] + draw(PIECES) + text[end:]
        texts.append(text)
    return texts


@settings(deadline=None)
@given(edited(), st.data())
def test_any_edit_and_any_place(texts: list[str], data: st.DataObject) -> None:
    working, known = WorkingSet(), Reasons()
    working.update("a.yaml", TEXT)
    working.found()
    for text in texts:
        working.update("a.yaml", text)
        file = working.files["a.yaml"]
        for found in working.found():
            said = diagnostic_of(found)
            for encoding in ("utf-8", "utf-16"):
                assert file.text.to_units(said.span.start, encoding) <= file.text.to_units(said.span.end, encoding)
            for fix in fixes(said):
                applied(file.text.lines, fix.edit)
        line = data.draw(st.integers(0, len(file.text.lines)))
        place = Position(line, data.draw(st.integers(0, len(file.text.line(line)))))
        if view := view_at(working, file, place):
            completions(view)
            definitions(view)
            hover(view, known)


@given(st.text(st.sampled_from("a: {}[]\n-'\"#\x00\ud800clusterDomain"), max_size=40))
def test_any_settings(text: str) -> None:
    settings_in("hanzo.yaml", text)
