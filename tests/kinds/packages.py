"""Packages that add kinds, as an installer leaves them in a folder."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

__all__ = ["BANNER", "install"]

BANNER = dedent('''
    """A kind of another package: a text in a ConfigMap."""

    from dataclasses import replace

    from hanzo_constructs import Child, Kind, Resource
    from hanzo_constructs.compiler.kind import Compiler
    from hanzo_constructs.kube.manifest import manifest
    from hanzo_constructs.spec.kinds import KINDS
    from hanzo_constructs.spec.workload import WorkloadSpec


    class BannerSpec(WorkloadSpec):
        """What is shown."""

        text: str
        """The text."""


    class Banner(Resource):
        """A text."""

        kind: str = "Banner"
        spec: BannerSpec


    def children(banner, pods, rules, links):
        yield Child("ConfigMap", manifest("ConfigMap", pods.owner, data={"text": banner.spec.text}), "spec.text")


    COMPILER = Compiler(children)
    DERIVES_NOTHING = Compiler(lambda banner, pods, rules, links: ())
    BANNER = Kind(
        "Banner",
        "banners",
        ("ban",),
        resource="acme_kinds:Banner",
        compiler="acme_kinds:COMPILER",
        construct="acme_constructs:BannerConstruct",
    )
    NO_COMPILER = replace(BANNER, compiler="acme_kinds:NOTHING")
    EMPTY = replace(BANNER, compiler="acme_kinds:DERIVES_NOTHING")
    NO_CLASS = replace(BANNER, compiler="acme_kinds:children")
    NO_CONSTRUCT = replace(BANNER, name="Silent", construct="acme_constructs:Nothing")
    SEARCH = KINDS["Service"].facade("Search", "searches", "find", "A search engine.")
''')

CONSTRUCT = dedent('''
    from hanzo_constructs import ResourceConstruct


    class BannerConstruct(ResourceConstruct):
        """A text."""

        kind = "Banner"
        main_child = "ConfigMap"
''')


def install(folder: Path, package: str, **kinds: str) -> None:
    """Make *folder* hold *package*, with an entry point for each of *kinds*, and the modules of `BANNER`."""
    about = folder / f"{package.replace('-', '_')}-1.2.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.2\n")
    lines = [f"{name} = {place}\n" for name, place in kinds.items()]
    (about / "entry_points.txt").write_text("[hanzo_constructs.kinds]\n" + "".join(lines))
    (folder / "acme_kinds.py").write_text(BANNER)
    (folder / "acme_constructs.py").write_text(CONSTRUCT)
