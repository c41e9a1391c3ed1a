"""The recommended labels: what selects pods never changes, what is empty is left out."""

from __future__ import annotations

from hanzo_constructs.kube.labels import recommended_labels, selector_labels

SELECTOR = {"app.kubernetes.io/name": "api", "app.kubernetes.io/instance": "api"}


def test_the_selector_is_name_and_instance() -> None:
    assert selector_labels("api") == SELECTOR


def test_all_of_them_in_order() -> None:
    labels = recommended_labels("api", component="web", part_of="shop", version="v1.0.0", managed_by="hanzo-constructs")
    assert list(labels.items()) == [
        *SELECTOR.items(),
        ("app.kubernetes.io/component", "web"),
        ("app.kubernetes.io/part-of", "shop"),
        ("app.kubernetes.io/version", "v1.0.0"),
        ("app.kubernetes.io/managed-by", "hanzo-constructs"),
    ]


def test_what_is_absent_or_empty_is_left_out() -> None:
    assert recommended_labels("api", component=None, part_of="", version=None, managed_by="") == SELECTOR


def test_a_version_that_no_label_can_hold_is_left_out() -> None:
    for version in ("x" * 64, "v1.", "-v1"):
        assert recommended_labels("api", component=None, part_of=None, version=version, managed_by="") == SELECTOR
