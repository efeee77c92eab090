"""The materials of an application as pages show them: each with what was said of it and the photos that came for it."""

from datetime import datetime

from services.chassis.core.calls import utc_now

FILES_COME = ("submitted", "materials_missing", "supplemented")


def of(one: dict) -> list[dict]:
    """Give the materials that the matter asks for, by their number: {number, name, note, came, photos, said, files}.

    `note` is None where nothing was said of it. Who only ticked one says that it is at hand; `photos` counts what came. The state of a
    file that was kept until its end is `over`.
    """
    notes = {each["name"]: each["note"] for each in one["materials"]}
    found = []
    for number, name in enumerate(one["required"] or [], 1):
        files = [_as_it_is_now(each) for each in one["files"] if each["material"] == name]
        photos = sum(each["state"] != "infected" for each in files)
        said = "（已交）" if photos else "（申请人说备好了）" if name in notes else ""
        told = {"note": notes.get(name), "came": name in notes or photos > 0, "photos": photos, "said": said}
        found.append({"number": number, "name": name, **told, "files": files})
    return found


def beyond(one: dict) -> list[dict]:
    """Give what was said to be handed in and is on no list."""
    return [each for each in one["materials"] if each["name"] not in (one["required"] or [])]


def _as_it_is_now(file: dict) -> dict:
    until = file["kept_until"]
    return {**file, "state": "over"} if until and datetime.fromisoformat(until) <= utc_now() else file
