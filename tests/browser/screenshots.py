"""`make screenshots`: the pictures in the docs, made from the running demonstration."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import CHROMIUM, FLAGS
from tests.browser.demo_server import running_demo

_QUESTION = "What did Miriam Halvorsen say about judges?"


def main(folder: Path) -> None:
    """Writes chat-light.png and chat-dark.png."""
    with running_demo() as (address, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        for scheme in ("light", "dark"):
            _shoot(browser, address, scheme, folder / f"chat-{scheme}.png")
        browser.close()


def _shoot(browser: Browser, address: str, scheme: str, path: Path) -> None:
    page = browser.new_page(
        viewport={"width": 1280, "height": 760},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        locale="en-GB",
    )
    page.goto(address)
    page.locator(".welcome").wait_for()
    page.locator("#question textarea").fill(_QUESTION)
    page.keyboard.press("Enter")
    page.locator(".searched").wait_for()
    page.locator(".chip").first.click()
    page.locator("#source mark").wait_for()
    page.mouse.move(0, 0)
    page.wait_for_timeout(500)
    page.screenshot(path=path)
    page.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
