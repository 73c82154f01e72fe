"""`make screenshots`: the pictures in the docs, made from the running demonstration."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import CHROMIUM, FLAGS
from tests.browser.demo_server import running_demo

_QUESTION = "What did Miriam Halvorsen say about judges?"


def main(folder: Path) -> None:
    """Writes chat-light.png and widget-light.png, and the same in dark."""
    with running_demo() as (address, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        for scheme in ("light", "dark"):
            _shoot(browser, address, scheme, folder / f"chat-{scheme}.png")
            _shoot_widget(browser, f"{address}/demo", scheme, folder / f"widget-{scheme}.png")
        browser.close()


def _shoot(browser: Browser, address: str, scheme: str, path: Path) -> None:
    page = _open(browser, address, scheme)
    page.locator(".welcome").wait_for()
    page.locator("#question textarea").fill(_QUESTION)
    page.keyboard.press("Enter")
    page.locator(".searched").wait_for()
    page.locator(".chip").first.click()
    page.locator("#source mark").wait_for()
    _save(page, path)


def _shoot_widget(browser: Browser, address: str, scheme: str, path: Path) -> None:
    """A quote was inserted, and the card of another is open."""
    page = _open(browser, address, scheme, height=900)
    page.locator("#text p").nth(1).click()
    page.locator(".sample").click()
    page.locator(".chip").nth(1).click()
    page.locator(".card:visible .around").first.wait_for()
    page.locator(".card:visible .actions .primary").first.click()
    page.keyboard.press("Escape")
    page.locator(".chip").first.click()
    page.locator(".card:visible .around").first.wait_for()
    _save(page, path)


def _open(browser: Browser, address: str, scheme: str, height: int = 760) -> Page:
    page = browser.new_page(
        viewport={"width": 1280, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        locale="en-GB",
    )
    page.goto(address)
    return page


def _save(page: Page, path: Path) -> None:
    page.mouse.move(0, 0)
    page.wait_for_timeout(500)
    page.screenshot(path=path)
    page.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
