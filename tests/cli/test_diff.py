"""`hzc diff`: files, directories, the standard input and revisions of git; text, Markdown and JSON."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import Ran, Run

GOLDEN = Path(__file__).parent / "golden" / "diff"
SHOP = """\
apiVersion: hanzo.ai/v1
kind: Service
metadata: {name: api, namespace: shop}
spec:
  image: ghcr.io/acme/api:1.0.0
  ports: {http: 8080}
  env: {DB_PASSWORD: hunter2, LOG: info}
  ingress: {hosts: [api.example.com]}
---
apiVersion: hanzo.ai/v1
kind: SQL
metadata: {name: db, namespace: shop}
spec:
  storage: {size: 10Gi}
  credentialsSecret: db
"""
LATER = (
    SHOP.replace("1.0.0", "1.1.0").replace("10Gi", "20Gi").replace("hunter2", "hunter3").replace("api.exa", "www.exa")
)
CONFIG = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: api, namespace: shop}\ndata: {a: '1'}\n"
_SEALED = "apiVersion: v1\nkind: Secret\nmetadata: {name: api}\nstringData: {key: swordfish}\n"


@pytest.fixture
def shop(here: Path) -> Path:
    here.joinpath("old.yaml").write_text(SHOP)
    here.joinpath("new.yaml").write_text(LATER)
    return here


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_what_is_told(hzc: Run, form: str, request: pytest.FixtureRequest) -> None:
    ran = hzc("diff", "old.yaml", "new.yaml", "--format", form)
    golden = GOLDEN / f"{form}.txt"
    if request.config.getoption("--update-golden"):
        golden.write_text(ran.stdout)
    assert ran == Ran(0, golden.read_text(), "")
    assert "hunter" not in ran.stdout


@pytest.mark.usefixtures("shop")
def test_nothing_and_the_exit_code(hzc: Run) -> None:
    assert hzc("diff", "old.yaml", "old.yaml", "--exit-code") == Ran(0, "nothing changes\n", "")
    assert hzc("diff", "old.yaml", "new.yaml", "--exit-code").status == 1
    assert hzc("diff", "old.yaml", "old.yaml", "--format", "json").stdout == "[]\n"
    for form in ("markdown", "md"):
        assert hzc("diff", "old.yaml", "old.yaml", "--format", form).stdout == "**Nothing changes**\n"


@pytest.mark.usefixtures("shop")
def test_resources_and_what_they_compile_to_are_the_same_objects(hzc: Run) -> None:
    hzc("compile", "old.yaml", "-o", "dist")
    assert hzc("diff", "old.yaml", "dist", "--exit-code").stdout == "nothing changes\n"
    assert hzc("diff", "dist", "-", stdin=hzc("compile", "old.yaml").stdout).stdout == "nothing changes\n"


def test_secrets_are_not_printed(hzc: Run, here: Path) -> None:
    here.joinpath("a.yaml").write_text(_SEALED)
    here.joinpath("b.yaml").write_text(_SEALED.replace("swordfish", "halibut"))
    for form in ("text", "markdown", "json"):
        told = hzc("diff", "a.yaml", "b.yaml", "--format", form).stdout
        assert "(hidden)" in told
        assert "swordfish" not in told
        assert "halibut" not in told


def test_a_change_of_settings_is_a_change(hzc: Run, here: Path) -> None:
    for name, epoch in (("old", "2025"), ("new", "2026")):
        here.joinpath(name).mkdir()
        here.joinpath(name, "shop.yaml").write_text(SHOP)
        here.joinpath(name, "hanzo.yaml").write_text(f'epoch: "{epoch}"\n')
    told = hzc("diff", "old", "new").stdout
    assert "Service shop/api (itself unchanged)" in told
    assert "restarts pods" in told
    assert hzc("diff", "old", "new", "--platform", "new/hanzo.yaml").stdout == "nothing changes\n"


def test_revisions_of_git(hzc: Run, shop: Path) -> None:
    def git(*words: str) -> None:
        identity = ("-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *identity, *words], check=True, capture_output=True, cwd=shop)  # noqa: S607 - any git

    shop.joinpath("apps").mkdir()
    shop.joinpath("apps", "shop.yaml").write_text(SHOP)
    git("init", "-q")
    git("add", "apps")
    git("commit", "-qm", "none")
    shop.joinpath("hanzo.yaml").write_text('epoch: "2025"\n')
    assert "(itself unchanged)" in hzc("diff", "HEAD:apps", "apps").stdout  # settings of today did not hold then
    git("add", "hanzo.yaml")
    git("commit", "-qm", "one")
    assert hzc("diff", "HEAD:apps", "apps").stdout == "nothing changes\n"
    assert hzc("diff", "HEAD", "HEAD:apps").stdout == "nothing changes\n"
    shop.joinpath("hanzo.yaml").write_text('epoch: "2026"\n')
    assert "Service shop/api (itself unchanged)" in hzc("diff", "HEAD:apps", "apps").stdout
    shop.joinpath("apps", "shop.yaml").write_text(SHOP + "  typo: 1\n")
    git("commit", "-qam", "two")
    ran = hzc("diff", "HEAD^:apps", "HEAD:apps/shop.yaml")
    assert ran.status == 2
    assert ran.stderr.startswith("error: HEAD:apps/shop.yaml:16: SQL shop/db: spec.typo: unknown field")
    assert hzc("diff", "HEAD:nothing", "apps").stderr == "error: HEAD:nothing: no such file or directory\n"
    assert hzc("diff", "nothing:apps", "apps").stderr.startswith("error: git ls-tree failed: ")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\n", "error: <stdin>:1: apiVersion: required"),
        ("apiVersion: v1\nkind: ConfigMap\nmetadata: {}\n", "error: <stdin>:1: metadata.name: required"),
        ("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: 1}\n", "error: <stdin>:1: metadata.namespace: expected a string"),
        ("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: 1\n", "error: <stdin>:1: spec: expected a mapping"),
        ("apiVersion: a.example.com/v1\nkind: Thing\nmetadata: {name: a}\nspec: [1]\n", ""),
        ("apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: a}\nspec: {rules: 1}\n", ""),
        ("a: [\n", "error: <stdin>:"),
        ("", "error: <stdin>: holds no resource"),
    ],
)  # fmt: skip
def test_wrong_input(hzc: Run, here: Path, text: str, message: str) -> None:
    here.joinpath("right.yaml").write_text(CONFIG)
    ran = hzc("diff", "right.yaml", "-", stdin=text)
    assert ran.status == (2 if message else 0)
    assert ran.stderr.startswith(message)


def test_wrong_arguments(hzc: Run) -> None:
    assert hzc("diff", "-", "-").stderr.startswith("error: both are the standard input")
    assert hzc("diff", "nothing.yaml", "-").stderr == "error: nothing.yaml: no such file or directory\n"


def test_what_is_the_same_on_both_sides_is_read_where_a_rule_asks(hzc: Run, here: Path) -> None:
    """The autoscaler is the same to the byte, and decides what follows from the change beside it."""
    deployment = (
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api, namespace: shop}\n"
        "spec: {replicas: 3, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}}}\n"
    )
    autoscaler = (
        "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: api, namespace: shop}\n"
        "spec: {maxReplicas: 5, scaleTargetRef: {kind: Deployment, name: api, apiVersion: apps/v1}}\n"
    )
    here.joinpath("old.yaml").write_text(f"{deployment}---\n{autoscaler}")
    here.joinpath("new.yaml").write_text(f"{deployment.replace('replicas: 3', 'replicas: 4')}---\n{autoscaler}")
    told = hzc("diff", "old.yaml", "new.yaml").stdout
    assert "replicas over an autoscaler: each time it is applied, it is set to 4 pods" in told
    assert told.startswith("1 object changes\n")


def test_a_line_is_that_of_the_file_though_what_stands_before_is_not_read(hzc: Run, here: Path) -> None:
    here.joinpath("old.yaml").write_text(CONFIG)
    ran = hzc("diff", "old.yaml", "-", stdin=f"{CONFIG}---\napiVersion: v1\nkind: Secret\nmetadata: {{}}\n")
    assert ran.stderr == "error: <stdin>:6: metadata.name: required\n"


def test_names_are_no_markdown(hzc: Run, here: Path) -> None:
    odd = """apiVersion: example.com/v1\nkind: Foo\nmetadata: {name: "a|b`c`<img src=x>@octocat [x](y)", namespace: shop}\nspec: """
    here.joinpath("old.yaml").write_text(odd + "{a: 1}")
    here.joinpath("new.yaml").write_text(odd + "{a: '</details>````'}")
    above, _, fenced = hzc("diff", "old.yaml", "new.yaml", "--format", "md").stdout.partition("````diff\n")
    assert "a&#124;b&#96;c&#96;&#60;img src=x&#62;@&#8203;octocat &#91;x&#93;(y)" in above
    assert "@octocat" not in above
    assert fenced.count("````") == 1
