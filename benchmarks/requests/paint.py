"""How long until something is seen on a slow line: each page opened in a real Chromium, ours beside the monolith's.

The line is throttled by the browser: 50 kbit/s with 400 ms there and back, as at the edge of a valley; nothing is cached.
Waiting for the paint is a script of ours in the page, which the page's own policy would refuse: the policy is set aside for it.
"""

from playwright.sync_api import Page, sync_playwright

from benchmarks.requests.asks import Ask, Asks
from benchmarks.requests.plan import PAGES
from benchmarks.requests.systems import System
from deploy.local import chromium

BITS_A_SECOND, ROUND_TRIP_MS = 50_000, 400
PATIENCE_MS = 120_000
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
SHOWN = "performance.getEntriesByName('first-contentful-paint').length > 0"
LINE = {
    "offline": False,
    "latency": ROUND_TRIP_MS,
    "downloadThroughput": BITS_A_SECOND / 8,
    "uploadThroughput": BITS_A_SECOND / 8,
}


def lines(systems: list[System], asks: Asks, works: tuple[str, ...]) -> list[str]:
    """Give a line for each page and system: seconds to the first paint, and how much came over the line until all was there."""
    wanted = [work for work in PAGES if work in works]
    if not wanted:
        return []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.prepare(), args=["--no-sandbox"])
        told = [
            _line(browser.new_context(bypass_csp=True), system, work, asks.of(work)[0])
            for work in wanted
            for system in systems
        ]
        browser.close()
    return told


def _line(context, system: System, work: str, ask: Ask) -> str:
    page = context.new_page()
    page.set_extra_http_headers({"Cookie": ask.cookie} if ask.cookie else {})
    received = _counted(page)
    page.goto(f"http://127.0.0.1:{system.port}{ask.path}", timeout=PATIENCE_MS, wait_until="load")
    page.wait_for_function(SHOWN, timeout=PATIENCE_MS)
    seconds = page.evaluate(PAINTED) / 1000
    context.close()
    return f"{work} of {system.name}: first paint {seconds:.1f} s, {sum(received) / 1000:.1f} kB in {len(received)} answers"


def _counted(page: Page) -> list[int]:
    """Throttle the page's line; gives the bytes of each answer as they come in."""
    line, received = page.context.new_cdp_session(page), []
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", LINE)
    line.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    return received
