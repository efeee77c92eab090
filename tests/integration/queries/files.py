"""Photos of a listing, of an application and of a mandate in the made county: of each one that is kept and one that is being received; and a paper that is used again."""

import base64
import hashlib
from datetime import timedelta

from services.affairs.matters.ratings.model import Rating, RatingTerms
from services.affairs.matters.ratings.store import RatingStore
from services.affairs.matters.results.model import Result
from services.affairs.matters.results.store import ResultStore
from services.affairs.matters.reusable_papers.model import ReusablePaper
from services.affairs.matters.reusable_papers.store import ReusablePaperStore
from services.affairs.matters.reviews.model import Review, ReviewTerms
from services.affairs.matters.reviews.store import ReviewStore
from services.civic.actor import SYSTEM
from services.civic.calls import Call
from services.civic.capability import store_of
from services.civic.files.receiving import FilePurpose, ReceivedFiles
from services.civic.files.store import FileStore, StoredPieces
from services.civic.working_days import published_working_days
from tests.photos import photo


def make_files(database, application: dict) -> tuple[str, str]:
    """Write both for an application; gives their ids."""
    of = FilePurpose(
        "application_file", application["_id"], application["applicant_id"], application["region"]
    )
    kept, begun, measures = _made(store_of("affairs", FileStore)(database), database, of)
    named = {"material": "居民身份证", "round": 0, "added_at": application["submitted_at"], "looks": []}
    database.applications.update_one(
        {"_id": application["_id"]}, {"$set": {"files": [{"id": kept, **named, **measures}]}}
    )
    return kept, begun


def make_paper(database, application: dict) -> str:
    """Write a paper that was verified in an application; gives its id."""
    verified = application["submitted_at"]
    paper = ReusablePaper(
        id="paper-1",
        region=application["region"],
        holder_id=application["applicant_id"],
        application_id=application["_id"],
        material="居民身份证",
        matter_name=application["matter_name"],
        matter_kind="20",
        office="邛崃市民政局",
        verified_at=verified,
        valid_until=verified + timedelta(days=3650),
        files=["file-1"],
        forget_at=verified + timedelta(days=3650),
    )
    ReusablePaperStore(database).add(paper, [], Call({}, SYSTEM))
    return paper.id


def make_rating(database, application: dict) -> str:
    """Write a bad rating of an application that waits for a call; gives its id."""
    store, at = RatingStore(database), application["submitted_at"]
    rating = Rating(
        id=application["_id"],
        region=application["region"],
        applicant_id=application["applicant_id"],
        application_id=application["_id"],
        matter_id=application["matter_id"],
        matter_name=application["matter_name"],
        matter_kind="20",
        office="邛崃市民政局",
        official_id="official-1",
        level=1,
        channel="page",
        comment=None,
        rated_at=at,
        month="2026-11",
        ask_at=at,
    )
    rating.receive(RatingTerms(), published_working_days())
    store.add(rating, [], Call({}, SYSTEM))
    return rating.id


def make_review(database, application: dict) -> str:
    """Write a review of a decision on an application that waits for somebody; gives its id."""
    store, at = ReviewStore(database), application["submitted_at"]
    review = Review(
        id=application["_id"],
        region=application["region"],
        applicant_id=application["applicant_id"],
        application_id=application["_id"],
        matter_id=application["matter_id"],
        matter_name=application["matter_name"],
        matter_kind="20",
        office="邛崃市民政局",
        decision="refused",
        decided_at=at,
        handlers=["official-1"],
        asked_at=at,
    )
    review.ask("材料是齐的", ReviewTerms(), published_working_days())
    store.add(review, [], Call({}, SYSTEM))
    return review.id


RESULT_NUMBER = "邛崃市民政局〔2026〕1号"


def make_result(database, application: dict) -> str:
    """Write the paper of an application, whose applicant will fetch it, with its file; gives its id."""
    store, at = ResultStore(database), application["submitted_at"]
    of = FilePurpose("result", "result-1", application["applicant_id"], application["region"])
    files = ReceivedFiles(store_of("affairs", FileStore)(database), StoredPieces(database))
    result = Result(
        id="result-1",
        region=application["region"],
        applicant_id=application["applicant_id"],
        application_id=application["_id"],
        matter_id=application["matter_id"],
        matter_name=application["matter_name"],
        matter_kind="20",
        office="邛崃市民政局",
        kind="准予决定书",
        holder_name="测甲子",
        submitted_at=at,
        decided_at=at,
        series="510183",
        year=2026,
        numbered_at=at,
        issued_by="official-1",
        token="t" * 43,
        token_hash=store.token_hash("t" * 43),
        check_hash=store.check_hash("ABCD2345"),
        due=None,
        delivery="pick_up",
    )
    result.take_number(1)
    result.issue(files.keep_made(of, b"%PDF", Call({}, SYSTEM)).id, "f" * 64, at)
    store.add(result, [], Call({}, SYSTEM))
    return result.id


def make_photos(database, listing: dict) -> tuple[str, str]:
    """Write both; gives their ids."""
    of = FilePurpose("listing_photo", listing["_id"], listing["seller_id"], listing["region"])
    kept, begun, measures = _made(store_of("market", FileStore)(database), database, of)
    database.listings.update_one({"_id": listing["_id"]}, {"$set": {"photos": [{"id": kept, **measures}]}})
    return kept, begun


def make_mandate_photos(database, mandate: dict) -> tuple[str, str]:
    """Write both for a mandate that has another photo besides; gives their ids."""
    of = FilePurpose("mandate_photo", mandate["_id"], mandate["ward_id"], mandate["region"])
    kept, begun, measures = _made(store_of("identity", FileStore)(database), database, of)
    named = {"added_at": mandate["offered_at"], "added_by": "an-official", **measures}
    photos = [{"id": id, **named} for id in (kept, "another-photo")]
    database.mandates.update_one(
        {"_id": mandate["_id"]}, {"$set": {"photos": photos, "photos_missing": False}}
    )
    return kept, begun


def _made(store: FileStore, database, of: FilePurpose) -> tuple[str, str, dict]:
    """Keep one file and begin another one; gives their ids and the measures of the first."""
    files = ReceivedFiles(store, StoredPieces(database))
    kept, begun = (files.begin(of, Call({}, SYSTEM, key=key)).id for key in ("kept", "begun"))
    raw = photo()
    files.put(kept, of, 0, base64.b64encode(raw).decode())
    files.finish(kept, of, len(raw), hashlib.sha256(raw).hexdigest(), Call({}, SYSTEM))
    return kept, begun, {"width": 20, "height": 40, "thumbnail_width": 20, "thumbnail_height": 40}
