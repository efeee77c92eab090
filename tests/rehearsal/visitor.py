"""Somebody on the machine of deploy/compose.yaml: asks what anybody may, and signs in as the first official.

`python -m tests.rehearsal.visitor [LOGIN ONE-TIME-PASSWORD]`; prints one line for each thing that held, exit code 1 at the first that did not.
"""

import sys

import requests

from deploy.local.story.identity import COUNTY, PASSWORD
from deploy.local.story.person import Person
from deploy.local.story.teller import StoryFailed

BASE = "http://127.0.0.1:8080"
"""Where the file says that people come to."""

BROWSER = {"Accept": "text/html,application/xhtml+xml"}
SECONDS = 30


def look() -> None:
    """Ask the gateway whether it and everything behind it are there, and for a page. Raises StoryFailed."""
    for path, wanted in (("/readyz", "ready"), ("/healthz", "ok")):
        answer = requests.get(BASE + path, timeout=SECONDS)
        if answer.status_code != 200 or answer.json()["status"] != wanted:
            raise StoryFailed(f"GET {path} gave {answer.status_code}: {answer.text[:500]}")
        print(f"GET {path}: 200, {wanted}")
    page = requests.get(f"{BASE}/", headers=BROWSER, timeout=SECONDS)
    if page.status_code != 200 or "<html" not in page.text or "</html>" not in page.text:
        raise StoryFailed(f"GET / gave {page.status_code}: {page.text[:500]}")
    print(f"GET /: 200, a page of {len(page.content):,} bytes")


def sign_in(login: str, first: str) -> None:
    """Replace the one-time password, enrol the second factor, and see the county that was loaded. Raises StoryFailed."""
    chief = Person(BASE, "the first official").sign_in(login, PASSWORD, first=first)
    name = chief.get(f"/regions/{COUNTY}")["name"]
    print(f"{login} chose a password, enrolled a second factor and reads the region {COUNTY}: {name}")


def main(arguments: list[str]) -> int:
    """Do what the command line says; gives the exit code."""
    try:
        look()
        if arguments:
            login, first = arguments
            sign_in(login, first)
    except (StoryFailed, requests.RequestException) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
