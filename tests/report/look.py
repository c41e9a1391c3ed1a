"""Look at pages of fleets in a browser, and print what was seen; run with what `make docs` installs.

`python look.py CHROMIUM SMALL LARGE` filters and opens resources on the page SMALL, by mouse and by keyboard, and takes the
time that the search needs on the page LARGE.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from playwright.sync_api import sync_playwright  # type: ignore[import-not-found]

__all__ = ["seen"]

SEARCH = """(words) => words.map((word) => {
  const field = document.getElementById("query");
  const times = [0, 1, 2].map(() => {
    const start = performance.now();
    field.value = word;
    field.dispatchEvent(new Event("input"));
    document.body.offsetHeight;
    return performance.now() - start;
  });
  return [Math.min(...times), document.getElementById("count").textContent];
})"""
"""The best of three times until the page stands as it is searched, and how much it has found, for each of the words."""
ROWS = "#rows tbody .name"


def seen(chromium: str, small: str, large: str) -> dict[str, Any]:
    """Return what the pages show in the program *chromium*."""
    told: list[str] = []
    asked: set[str] = set()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(color_scheme="light")
        page.on("console", lambda message: told.append(message.text))
        page.on("pageerror", lambda error: told.append(str(error)))
        page.on("dialog", lambda dialog: told.append(dialog.message))
        page.on("request", lambda request: asked.add(request.url.partition("#")[0]))
        page.goto(small)
        found = {"filters": _filters(page), "mouse": _by_mouse(page), "keys": _by_keys(page), "looks": _looks(page)}
        page.goto(f"{small}#SQL%20shop%2Forders-db")
        page.reload()
        found["linked"] = page.locator("#detail-title").inner_text()
        page.goto(large)
        page.evaluate(SEARCH, ["warm"])
        found["searches"] = page.evaluate(SEARCH, ["s", "svc-39", "svc-3999", "ingress ghcr.io", "nothing", ""])
        page.locator(ROWS).first.click()
        page.locator("dialog details").first.wait_for()
        found["large"] = page.locator("dialog summary").count()
        browser.close()
    return {**found, "told": told, "asked": sorted(asked)}


def _filters(page: Any) -> dict[str, Any]:
    """Return the names of the rows that each filter leaves, and what the numbers on top say then."""
    found = {"all": page.locator(ROWS).all_inner_texts()}
    page.locator("#query").fill("shop.example.com deployment")
    found["search"] = page.locator(ROWS).all_inner_texts()
    found["tiles"] = page.locator("#tiles dd").all_inner_texts()
    found["images"] = page.locator("#images tbody th").all_inner_texts()
    page.locator("#query").fill("")
    page.locator("#kind").select_option("=SQL")
    found["kind"] = page.locator(ROWS).all_inner_texts()
    page.locator("#kind").select_option("")
    page.locator("#doubtful").check()
    found["doubtful"] = page.locator(ROWS).all_inner_texts()
    page.locator("#doubtful").uncheck()
    page.get_by_role("button", name="Memory").click()
    found["sorted"] = page.locator(ROWS).all_inner_texts()[:1]
    page.locator("#query").fill("nobody is called this")
    found["none"] = page.locator("#rows tbody").all_inner_texts()
    page.locator("#query").fill("")
    return found


def _by_mouse(page: Any) -> dict[str, Any]:
    """Return what a click on a name, and then on an object, shows; and one on a node of the picture."""
    page.locator(ROWS, has_text="web").click()
    page.locator("dialog summary", has_text="Deployment").click()
    row = page.locator("dialog details[open] tr", has=page.get_by_text("spec.replicas", exact=True)).first
    found = {"title": page.locator("#detail-title").inner_text(), "value": row.locator("th, td").all_inner_texts()}
    page.locator("dialog input").fill("alert(1)")
    found["text"] = page.locator("dialog").inner_text()
    found["around"] = page.locator("dialog .around").inner_text().split("\n")
    page.get_by_role("button", name="Close").click()
    page.locator("#picture g", has_text="orders-db").click()
    found["node"] = page.locator("#detail-title").inner_text()
    page.keyboard.press("Escape")
    return found


def _by_keys(page: Any) -> dict[str, Any]:
    """Return what is reached with nothing but keys."""
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    page.keyboard.type("web")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('tbody') !== null"):
            break
    focused = "document.activeElement.dataset.key"
    found = {
        "focused": page.evaluate(focused),
        "outline": page.evaluate("getComputedStyle(document.activeElement).outlineStyle"),
    }
    page.keyboard.press("Enter")
    found["opened"] = page.locator("#detail-title").inner_text()
    page.locator("dialog details").first.wait_for()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "SUMMARY":
            break
    page.keyboard.press("Enter")
    page.locator("dialog details[open] tbody tr").first.wait_for()  # filled once the browser says that it is open
    found["values"] = page.locator("dialog details[open] tbody tr").count()
    page.keyboard.press("Escape")
    found["closed"] = page.locator("dialog[open]").count() == 0
    found["back"] = page.evaluate(focused)
    page.locator("#query").fill("")
    return found


def _looks(page: Any) -> dict[str, Any]:
    """Return the grounds of light and dark, and by how much the page is wider than a phone."""
    ground = "getComputedStyle(document.body).backgroundColor"
    grounds = [page.evaluate(ground)]
    page.get_by_role("button", name="Light or dark").click()
    grounds.append(page.evaluate(ground))
    page.set_viewport_size({"width": 390, "height": 844})
    over = page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
    page.set_viewport_size({"width": 1280, "height": 800})
    return {"grounds": grounds, "over": over}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(seen(*sys.argv[1:])))
