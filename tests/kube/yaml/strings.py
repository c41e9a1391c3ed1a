"""Strings that YAML readers get wrong, and a generator of any number of them."""

from __future__ import annotations

import random

# What a plain scalar may be taken for instead of text by at least one reader, and what breaks one.
TRICKY = (
    *("y", "n", "Y", "N", "yes", "Yes", "no", "NO", "on", "On", "off", "OFF", "true", "True", "tRue", "false", "FALSE"),
    *(
        "null",
        "Null",
        "NULL",
        "~",
        "",
        "1",
        "0",
        "-1",
        "+1",
        "0755",
        "08",
        "09",
        "0o17",
        "0O17",
        "0b11",
        "0x1F",
        "0X1f",
    ),
    *("1e3", "1E3", "1e+3", "1.5e3", "1234e56", "12e03", "1.", ".5", "+.5", "-.5", "1.0", "1.10", "0.", "0e0", "1e400"),
    *(
        "1_000",
        "1__0",
        "0_xae",
        "-_0x1",
        "0_7",
        "0x_1",
        "_1",
        "1_",
        "0b1_0",
        "0b-1",
        "1,000",
        "12E",
        "100E",
        "1:30",
        "190:20:30",
        "8080:80",
    ),
    *(".inf", "-.inf", "+.Inf", ".nan", ".NaN", "inf", "NaN", "2001-01-01", "2001-1-1", "2001-01-01T00:00:00Z"),
    *("2001-12-14 21:59:43.10 -5", "12345678901234567890", "0xffffffffffffffffff", "1.2.3", "10.0.0.1", "::1", "1:"),
    *("=", "<<", "---", "...", "--- a", "-", "--", "- a", "-a", "?", "? a", ":", ": a", ":a", "a:", "a: b", "a :b"),
    *("#a", "a #b", "a#b", "&a", "*a", "!a", "!!str a", "|", ">", "|-\n a", "%a", "@a", "`a`", "[a]", "{a}", "[", "]"),
    *(",", "a,b", "'", "''", "'a'", '"', '"a"', "it's", 'say "hi"', "\\", "\\n", "C:\\x", " ", " a", "a ", "a  b"),
    *("\t", "\ta", "a\t", "a\tb", "\n", "\n\n", "a\n", "\na", "a\nb", "a\n\n", "a\n\nb", " a\nb", "a\n b", "a \nb"),
    *("a\n\tb", "\ta\nb", "a\n---\nb", "# a\nb\n", "\r", "a\r\nb", "a\rb", "\0", "\x07", "\x1b[0m", "\x7f", "\x85"),
    *("a\x85b", "\u2028", "a\u2029b", "\ufeff", "\ufeffa", "\ufffe", "\uffff", "\xa0", "a\xa0", "\u3000a", "\u200b"),
    *(
        "\u202ea",
        "ü",
        "日本語",
        "🎉",
        "👩‍👩‍👧",
        "${A}",
        "$(A)",
        "{{ .A }}",
        "<none>",
        "http://a:80/?b=c&d=e#f",
        "a" * 2000,
    ),
)

_NUMBERS = "0123456789+-._eExXoObB:,aAfFnNiI"
_BLANKS = "ab\n\n\t -:#'\"|"
_RANGES = ((0, 0x2FF), (0x2000, 0x206F), (0xE000, 0xFFFF), (0x10000, 0x10FFFF))


def generated(count: int, seed: int) -> list[str]:
    """Return *count* strings, most of them close to something that a reader takes for something else."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    return [_string(chance) for _ in range(count)]


def _string(chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.3:
        return "".join(chance.choices(_NUMBERS, k=chance.randint(1, 8)))
    if kind < 0.7:
        return "".join(chance.choices(TRICKY[:-1], k=chance.randint(1, 3)))
    if kind < 0.85:
        return "".join(chance.choices(_BLANKS, k=chance.randint(1, 14)))
    if kind < 0.95:
        return "".join(chr(chance.randint(*chance.choice(_RANGES))) for _ in range(chance.randint(1, 6)))
    return "".join(chance.choice((letter.upper(), letter.lower())) for letter in chance.choice(TRICKY[:-1]))
