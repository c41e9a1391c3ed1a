"""Look at the site of the documentation in a browser, and print what was seen; run with what `make docs` installs.

`python look.py CHROMIUM URL` searches for "tolerations", switches between light and dark, and follows every request.
"""

from __future__ import annotations

import json
import sys

from playwright.sync_api import sync_playwright  # type: ignore[import-not-found]

__all__ = ["seen"]


def seen(chromium: str, url: str) -> dict[str, object]:
    """Return what the page at *url* shows in the program *chromium*."""
    told: list[str] = []
    asked: set[str] = set()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(color_scheme="light")
        page.on("console", lambda message: told.append(message.text) if message.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: told.append(str(error)))
        page.on("request", lambda request: asked.add(request.url.split("/")[2] if "//" in request.url else ""))
        page.goto(url, wait_until="networkidle")
        title = page.title()
        schemes = [page.locator("body").get_attribute("data-md-color-scheme")]
        grounds = [page.evaluate("getComputedStyle(document.body).backgroundColor")]
        page.locator("label[title='Switch to dark mode']").first.click()
        page.wait_for_timeout(300)
        schemes.append(page.locator("body").get_attribute("data-md-color-scheme"))
        grounds.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        versions = page.locator(".md-version__current").all_inner_texts()
        page.keyboard.press("/")
        page.keyboard.type("tolerations")
        results = page.locator("a", has_text="tolerations")
        results.first.wait_for()
        found = [str(each.get_attribute("href")) for each in results.all()]
        results.first.click()
        page.wait_for_load_state("networkidle")
        landed = page.locator("article").inner_text()
        browser.close()
    return {
        "title": title,
        "schemes": schemes,
        "grounds": grounds,
        "found": found,
        "landed": "tolerations" in landed,
        "versions": versions,
        "told": told,
        "asked": sorted(asked),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(seen(*sys.argv[1:])))
