"""HanzoApp: a cdk8s app with a platform, that proves the whole set and writes it all or nothing."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...garbage_collection import paused_garbage_collection
from ...platform import Platform
from ...settings import find_settings, load_platform
from ..lazy.arguments import check_argument
from ..lazy.object import DeferredMeta
from ..lazy.scope import LazyApp
from ..node.cdk import App, IResolver, YamlOutputType

if TYPE_CHECKING:
    from ...errors import Finding
    from ...kube.manifest import Manifest
    from ...output.comparing import Comparison
    from ...output.directory import Change
    from ...verify import External
    from .synthesis import Synthesis

__all__ = ["HanzoApp"]


class HanzoApp(LazyApp, App, metaclass=DeferredMeta):
    """The root of the construct tree.

    Output is written in Python, by the emitter that `hzc` uses: the files are those of a plain App, but documents are
    always separated, and no object overwrites another one. Node runs only when something needs JavaScript.
    """

    # Plain attributes in place of the properties of App: reading them creates nothing in JavaScript.
    outdir: str = "dist"
    output_file_extension: str = ".k8s.yaml"
    yaml_output_type: YamlOutputType = YamlOutputType.FILE_PER_CHART
    warnings: tuple[Finding, ...] = ()
    """What compiling and the proof warned of in the last synthesis."""
    needs: tuple[External, ...] = ()
    """What the last synthesis needs from outside: objects that it refers to and does not contain."""
    change: Change | None = None
    """What the last `synth` did to the output directory; its `gone` are objects that only older output has."""

    def __init__(
        self,
        *,
        platform: Platform | str | os.PathLike[str] | None = None,
        outdir: str | os.PathLike[str] | None = None,
        output_file_extension: str | None = None,
        yaml_output_type: YamlOutputType | None = None,
        resolvers: Sequence[IResolver] = (),
        record_construct_metadata: bool | None = None,
    ) -> None:
        """Make an app; the other parameters are those of `cdk8s.App`.

        The *platform* may be the path of a settings file. Left out, it is read from the `hanzo.yaml` or the
        `[tool.hanzo]` nearest to the working directory, where there is one.
        """
        super().__init__()
        _check_settings(platform, outdir, output_file_extension, yaml_output_type, record_construct_metadata)
        _check_resolvers(resolvers)
        self._own_platform = _platform(platform)
        self.outdir = os.fspath(outdir or os.environ.get("CDK8S_OUTDIR") or self.outdir)  # pyright: ignore[reportIncompatibleMethodOverride]
        self.output_file_extension = output_file_extension or self.output_file_extension  # pyright: ignore[reportIncompatibleMethodOverride]
        self.yaml_output_type = YamlOutputType(yaml_output_type or self.yaml_output_type)  # pyright: ignore[reportIncompatibleMethodOverride]
        self._resolvers = list(resolvers)
        recorded = os.environ.get("CDK8S_RECORD_CONSTRUCT_METADATA") == "true"
        self._records_paths = recorded if record_construct_metadata is None else record_construct_metadata
        self._is_lazy = True
        if resolvers:
            self._materialise()  # JavaScript asks them, and they may change what is written

    @property
    def platform(self) -> Platform:
        """What the clusters and the company agree on."""
        return self._own_platform

    @property
    def manifests(self) -> list[Manifest]:
        """What is written, in order; raises `ProofError` when it does not fit together."""
        return [*self._synthesis().manifests()]

    @paused_garbage_collection()
    def synth(self) -> None:
        """Write everything below `outdir`, and remove what an earlier run wrote there that is not needed any more.

        Objects that are gone with that are printed to the standard error, with the commands that delete them. Raises
        `ProofError`, and writes nothing, when it does not fit together, and `OutputError` when it cannot be written, for
        example because somebody else's file is in the way.
        """
        from ...output.rendering import record, records_into

        files = self._files()
        if folder := records_into():  # `hzc check` only wants to know, `hzc synth` writes it itself
            from ...verify import needs_lines

            record(folder, self.outdir, files, len(self.warnings), needs_lines(self.needs))
            return
        from ...output.directory import write_directory
        from ...output.objects import gone_lines

        self.change = write_directory(Path(self.outdir), files)
        lines = gone_lines(self.outdir, self.change.gone, self.change.unread)
        sys.stderr.write("".join(f"{line}\n" for line in lines))

    @paused_garbage_collection()
    def check(self) -> Comparison:
        """Return how what stands below `outdir` differs from what `synth` would write there; nothing is written.

        Raises `ProofError` when it does not fit together, and `OutputError` when it could not be written.
        """
        from ...output.comparing import compare_directory

        return compare_directory(Path(self.outdir), self._files())

    def synth_yaml(self) -> str:
        """Return everything as one text; raises `ProofError` when it does not fit together."""
        from .layout import text

        return text(self._synthesis().manifests())

    def _files(self) -> dict[str, str]:
        from .layout import files_of

        return files_of(self, self._synthesis(), records_paths=self._records_paths)

    @paused_garbage_collection()
    def _synthesis(self) -> Synthesis:
        from .synthesis import synthesised

        synthesis = synthesised(self)
        self.warnings = synthesis.warnings
        self.needs = synthesis.proof.external
        return synthesis

    def _manifests_of(self, chart: object) -> list[Manifest]:
        return [*self._synthesis().manifests(chart)]

    def _ensure_node(self) -> None:
        if self._reference is None:
            properties: dict[str, Any] = {
                "outdir": self.outdir,
                "outputFileExtension": self.output_file_extension,
                "yamlOutputType": self.yaml_output_type,
                "resolvers": self._resolvers,
                "recordConstructMetadata": self._records_paths,
            }
            self._create(properties)

    def _materialise(self) -> None:
        from .validation import validated_by_proof

        super()._materialise()
        validated_by_proof(self)


def _platform(given: Platform | str | os.PathLike[str] | None) -> Platform:
    if isinstance(given, Platform):
        return given
    file = find_settings(Path.cwd()) if given is None else Path(given)
    return load_platform(file) if file else Platform()


def _check_settings(
    platform: object,
    outdir: object,
    output_file_extension: object,
    yaml_output_type: object,
    record_construct_metadata: object,
) -> None:
    check_argument(
        "platform", platform, Platform | str | os.PathLike | None, "a Platform or the path of a settings file"
    )
    check_argument("outdir", outdir, str | os.PathLike | None, "the path of a directory")
    check_argument("output_file_extension", output_file_extension, str | None, "a string, such as .k8s.yaml")
    check_argument("yaml_output_type", yaml_output_type, YamlOutputType | None, "a YamlOutputType")
    check_argument("record_construct_metadata", record_construct_metadata, bool | None, "True or False")


def _check_resolvers(resolvers: Sequence[object]) -> None:
    check_argument("resolvers", resolvers, list | tuple, "a list of resolvers")
    for index, each in enumerate(resolvers):
        if not hasattr(type(each), "resolve"):
            check_argument(f"resolvers[{index}]", each, (), "a resolver of cdk8s, which has resolve()")
