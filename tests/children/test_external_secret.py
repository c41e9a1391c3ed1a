"""The templates of the secret operator give the texts that were written, whatever stands in them."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from hanzo_constructs.children.external_secret import template_text
from hanzo_constructs.spec.placeholders import Reference, literal, parse_text, rendered

PIECES = st.sampled_from(
    (
        "{",
        "}",
        "{{",
        "}}",
        "{{-",
        "-}}",
        "{{/*",
        "`",
        '"',
        "\\",
        "$",
        "${",
        "$${",
        "$(A)",
        "a",
        " ",
        "\n",
        ".",
        "é",
        "\U0001d4b3",
    )
)
TEXTS = st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=20)
SECRETS = ("password", "tls.crt")
VALUES = {"db_password": "{{ .db_tls_crt }}${x}", "db_tls_crt": "-}} {{"}
"""Values that would be taken for templates if anything read them twice."""


def executed(template: str) -> str:
    """Execute *template* as Go's text/template does, as far as one of ours goes: fields, and strings.

    The lexer takes the first `{{` wherever it stands; a `-` with a space beside a delimiter trims; anything else in an
    action is an error.
    """
    done, rest = "", template
    while (start := rest.find("{{")) >= 0:
        text, rest = rest[:start], rest[start + 2 :]
        assert not rest.startswith(("- ", "/*")), "a trimming action, or a comment"
        body, at = "", 0
        while not rest.startswith("}}", at):
            assert at < len(rest), "an action that is not closed"
            if rest[at] == '"':
                end = at + 1
                while rest[end] != '"':
                    end += 2 if rest[end] == "\\" else 1
                body, at = body + rest[at : end + 1], end + 1
            else:
                body, at = body + rest[at], at + 1
        assert not body.endswith(" -"), "an action that trims"
        rest, body = rest[at + 2 :], body.strip()
        if body.startswith('"'):
            assert set(body[1:-1]) == {"{"}
            done += text + body[1:-1]
        else:
            done += text + VALUES[body.removeprefix(".")]
    return done + rest


@given(st.lists(TEXTS | st.sampled_from(SECRETS).map(lambda key: Reference("secret", "db", key, 0)), max_size=6))
@example(["{", Reference("secret", "db", "password", 0)])
@example(["{{{", Reference("secret", "db", "password", 0), "}}}"])
@example(["{{-", Reference("secret", "db", "password", 0), " -}}"])
def test_a_template_gives_the_text_that_was_written(parts: list[str | Reference]) -> None:
    written = "".join(literal(part) if isinstance(part, str) else str(part) for part in parts)
    # what stands before a reference may make a `$${` of it together with that
    pieces, wrong = parse_text(written)
    if wrong:
        return
    template = template_text(
        pieces, lambda reference: f"{reference.name}_{reference.key.replace('.', '_')}", lambda _: "never"
    )
    assert executed(template) == rendered(
        pieces, lambda reference: VALUES[f"{reference.name}_{reference.key.replace('.', '_')}"]
    )
