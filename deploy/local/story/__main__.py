"""Tell the story on the running platform; exit 0 where every step held, 1 where one did not."""

import os
import sys
import uuid

import requests

from deploy.local.story import affairs, identity, integrity, market, pages, statistics
from deploy.local.story.department import Reader
from deploy.local.story.teller import StoryFailed, Teller
from services.civic.settings import CivicSettings
from services.identity.officials.staff.appoint import appoint

Accounts = dict[str, tuple[str, str]]
"""Login and password of somebody to look around with, by what they are."""


def tell(base: str, settings: CivicSettings, teller: Teller) -> Accounts:
    """Tell all six chapters and give accounts; raises StoryFailed at the first step that does not hold."""
    login = f"story-{uuid.uuid4().hex[:10]}"
    account = appoint(settings, login, "county_administrator", identity.COUNTY)
    staff = identity.officials(base, teller, login, account["password"])
    credentials = statistics.subscribes(teller, staff, base)
    with Reader(settings.amqp_uri, credentials) as reader:
        tellers = statistics.Told(teller, reader)
        tellers.chapter("1. A resident of 黑虎村 registers")
        her, entered = identity.registers(base, teller)
        affairs.too_early(teller, her)
        market.too_early(teller, her)
        tellers.chapter("2. Her village vouches for her")
        identity.certified(teller, staff, her, base)
        identity.keeps_her_account(base, teller, her, entered)
        tellers.chapter("3. She gets 高龄津贴 without travelling")
        affairs.applies(teller, staff, her, entered)
        pages.opens(base, teller, entered)
        tellers.chapter("4. She sells 猕猴桃")
        buyers = market.sells(teller, staff, her, base)
        tellers.chapter("5. Somebody reports the village head")
        told = integrity.reports(teller, staff, base)
        tellers.chapter("6. What the statistics department has received")
        statistics.received(teller, reader, [entered, *buyers], told)
    offices = {"clerk": "clerk", "village": "village administrator"}
    officials = {words: (staff[what].login, identity.PASSWORD) for what, words in offices.items()}
    return {"resident": (entered["phone"], entered["password"]), **officials}


def main() -> int:
    """Find the platform and tell the story on it."""
    settings = CivicSettings.from_environment()
    base = os.environ.get("STORY_URL") or f"http://127.0.0.1:{os.environ.get('PORT', '8080')}"
    teller = Teller(lambda line: print(line, flush=True))
    try:
        accounts = tell(base, settings, teller)
    except StoryFailed as failure:
        print(f"\nThe story failed after step {teller.steps}: {failure}", file=sys.stderr)
        return 1
    except requests.ConnectionError:
        print(f"Nothing answers at {base}: start the platform with `make run` first.", file=sys.stderr)
        return 1
    print(f"\nLook around yourself: {base}/")
    for what, (login, password) in accounts.items():
        print(f"  {what:<24}{login}  {password}")
    print(f"\nThe story is told: {teller.steps} steps held.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
