"""Which texts are one set: those of a folder, of the nearest settings in it, and of each file outside."""

from __future__ import annotations

from pathlib import Path

from hanzo_constructs.cli.editor_folders import EditorFolders
from tests.editor.inputs import SERVICE, service

LATEST = service().replace("v1.0.0", "latest")


def opened(*folders: Path) -> EditorFolders:
    editor = EditorFolders()
    editor.folders = [*folders]
    editor.scan()
    return editor


def messages(editor: EditorFolders) -> dict[str, list[str]]:
    found = {path: found for each in editor.sets.values() for path, found in each.diagnostics().items()}
    return {path.name: [each.message for each in said] for path, said in found.items()}


def test_files_on_the_disk_count_with_those_that_are_open(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(SERVICE)
    editor = opened(tmp_path)
    editor.change(tmp_path / "b.yaml", SERVICE)
    twice = {"a.yaml": [], "b.yaml": ["metadata.name: is declared twice (also at a.yaml:1)"]}
    assert messages(editor) == twice
    editor.change(tmp_path / "a.yaml", service("other"))
    assert messages(editor) == {"a.yaml": [], "b.yaml": []}
    editor.close(tmp_path / "a.yaml")
    assert messages(editor) == twice
    editor.close(tmp_path / "b.yaml")
    assert messages(editor) == {"a.yaml": []}


def test_what_is_none_of_ours_is_left_alone(tmp_path: Path) -> None:
    for name in ("chart/templates", "node_modules/x", ".hidden"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "a.yaml").write_text(LATEST)
    (tmp_path / "chart" / "Chart.yaml").write_text("name: x\n")
    (tmp_path / "docker-compose.yaml").write_text("services: {}\n")
    (tmp_path / "kustomization.yaml").write_text("apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n")
    (tmp_path / "package.json").write_text('{"name": "x"}')
    editor = opened(tmp_path)
    editor.change(tmp_path / "chart" / "templates" / "a.yaml", "apiVersion: v1\nkind: {{ x }}\n")
    editor.change(tmp_path / "notes.md", LATEST)
    assert messages(editor) == {}


def test_a_file_outside_of_all_folders_is_a_set_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.yaml").write_text(SERVICE)
    editor = opened(tmp_path / "in")
    editor.change(tmp_path / "outside.yaml", SERVICE)
    assert messages(editor) == {"a.yaml": [], "outside.yaml": []}
    assert len(editor.sets) == 2


def test_two_folders_are_two_sets(tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
        (folder / f"{folder.name}.yaml").write_text(SERVICE)
    editor = opened(*folders)
    assert messages(editor) == {"one.yaml": [], "two.yaml": []}


def test_settings_on_the_disk_and_unsaved_ones(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(SERVICE)
    settings = tmp_path / "hanzo.yaml"
    settings.write_text("requireImageDigest: true\n")
    editor = opened(tmp_path)
    assert messages(editor)["a.yaml"][0].startswith("spec.image: must have a digest")
    editor.change(settings, "requireImageDigest: false\n")
    assert messages(editor) == {"a.yaml": [], "hanzo.yaml": []}
    editor.change(settings, "# x\nrequireImageDigests: true\n")
    said = messages(editor)
    assert said["a.yaml"] == []  # as before the mistake
    assert said["hanzo.yaml"] == ["requireImageDigests: unknown field, did you mean requireImageDigest?"]
    editor.change(settings, "a: [\n")
    assert "not valid YAML" in messages(editor)["hanzo.yaml"][0]
    editor.close(settings)
    assert messages(editor)["a.yaml"][0].startswith("spec.image: must have a digest")
    settings.unlink()
    editor.scan()
    assert messages(editor) == {"a.yaml": []}


def test_a_directory_with_settings_of_its_own_is_a_set_of_its_own(tmp_path: Path) -> None:
    for name in ("dev", "prod"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.yaml").write_text(SERVICE)
    editor = opened(tmp_path)
    assert messages(editor)["prod.yaml"] == ["metadata.name: is declared twice (also at dev/dev.yaml:1)"]
    (tmp_path / "prod" / "hanzo.yaml").write_text("namespace: prod\n")
    editor.scan()
    assert messages(editor) == {"dev.yaml": [], "prod.yaml": [], "hanzo.yaml": []}
    editor.change(tmp_path / "dev" / "hanzo.yaml", "namespace: 1\n")  # new, and not saved yet
    (dev,) = (each for each in editor.sets.values() if each.root.name == "dev")
    assert len(dev.diagnostics()[tmp_path / "dev" / "hanzo.yaml"]) == 1


def test_files_that_cannot_be_read_or_trusted(tmp_path: Path) -> None:
    (tmp_path / "bytes.yaml").write_bytes(b"apiVersion: v1\nkind: \xff\n")
    (tmp_path / "huge.yaml").write_bytes(b"apiVersion: v1\nkind: A\na: " + b"x" * (5 * 2**20))
    (tmp_path / "too-huge.yaml").write_bytes(b"apiVersion: v1\nkind: A\na: " + b"x" * (17 * 2**20))
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")
    said = messages(opened(tmp_path))
    assert said == {
        "bytes.yaml": ["not valid UTF-8: byte 0xff at offset 21"],
        "huge.yaml": ["the document is larger than 4 MiB"],
    }


def test_what_a_rule_says_of_the_set_is_shown_where_the_rule_stands(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(SERVICE)
    rule = "{name: few, match: {set: true}, expression: object.resources.size() < 2, message: one is enough}"
    (tmp_path / "hanzo.yaml").write_text(f"# ours\nrules:\n- {rule}\n")
    editor = opened(tmp_path)
    assert messages(editor) == {"a.yaml": [], "hanzo.yaml": []}
    editor.change(tmp_path / "b.yaml", service("other"))
    (only,) = editor.sets.values()
    (said,) = only.diagnostics()[tmp_path / "hanzo.yaml"]
    assert (said.message, said.span.start.line) == ("rule few: one is enough", 2)
