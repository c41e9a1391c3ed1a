"""The pages of the documentation, and the blocks of code in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).parents[2]

_FILE_NAME = re.compile(r"# (?P<name>[\w./-]+\.\w+)\n")
_DIRECTIVE = re.compile(r"<!-- child: (?P<child>[\w-]+) -->")


@dataclass(frozen=True)
class Block:
    """A fenced block."""

    page: Path
    line: int
    """Line of the page on which the text of the block begins."""
    language: str
    text: str
    child: str = ""
    """The child that the comment `<!-- child: Ingress -->` before the block says it shows a part of."""

    @cached_property
    def file_name(self) -> str:
        """The file that the block is, named by its first line: `# api.yaml`; empty if it is none."""
        found = _FILE_NAME.match(self.text)
        return found["name"] if found and self.language != "console" else ""

    @property
    def where(self) -> str:
        return f"{name_of(self.page)}:{self.line}"


@dataclass(frozen=True)
class Page:
    """A page of Markdown."""

    path: Path

    @property
    def name(self) -> str:
        return name_of(self.path)

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @property
    def tokens(self) -> list[Token]:
        return _tokens(self.text)

    @cached_property
    def blocks(self) -> list[Block]:
        blocks = []
        child = ""
        for token in self.tokens:
            if token.type == "html_block":
                found = _DIRECTIVE.search(token.content)
                child = found["child"] if found else ""
            elif token.type in {"fence", "code_block"}:
                assert token.map is not None
                blocks.append(Block(self.path, token.map[0] + 2, token.info, token.content, child))
                child = ""
        return blocks

    @property
    def inline(self) -> list[Token]:
        """The words, links and bits of code that stand in text and tables."""
        return [child for token in self.tokens for child in token.children or ()]

    @cached_property
    def anchors(self) -> set[str]:
        """What a link may name behind `#`, as GitHub derives it from the headings."""
        headings = [after for token, after in zip(self.tokens, self.tokens[1:], strict=False) if _opens_heading(token)]
        return {re.sub(r"[^\w\- ]", "", heading.content.lower()).replace(" ", "-") for heading in headings}

    @property
    def needs_node(self) -> bool:
        """Whether code on the page starts cdk8s."""
        return any(re.search(r"\bcdk8s|HanzoApp|ServiceConstruct", block.text) for block in self.blocks)


@cache
def _tokens(text: str) -> list[Token]:
    """Return what stands in *text*, which many links lead to."""
    return MarkdownIt("commonmark").enable("table").parse(text)


def _opens_heading(token: Token) -> bool:
    return token.type == "heading_open"


def name_of(path: Path) -> str:
    """Return *path* as seen from the root of the repository."""
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name


def pages() -> list[Page]:
    """Every page that the repository shows to readers."""
    return [Page(path) for path in sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])]
