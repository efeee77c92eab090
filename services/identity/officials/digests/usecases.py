"""What is done in the morning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.identity.officials.digests.model import DUTIES, for_a_stand_in, morning_of, sentence

if TYPE_CHECKING:
    from services.civic.calls import Call
    from services.identity.officials.digests.ports import (
        IsWorking,
        OfficialsInOffice,
        ReaderOf,
        TellDigest,
        WantsDigest,
    )
    from services.identity.officials.digests.store import Mornings, Waiting


def tell_officials(
    mornings: Mornings,
    waiting: Waiting,
    officials: OfficialsInOffice,
    reader_of: ReaderOf,
    wants: WantsDigest,
    tell: TellDigest,
    is_working: IsWorking,
    call: Call,
) -> int:
    """Tell every active official what waits in the own region; gives how many were told.

    Once for each day, however many processes do it and however often they are killed: the notice's id is the official's and the
    day's.
    """
    day = morning_of(call.now, is_working)
    if day is None or mornings.is_done(day):
        return 0
    told = 0
    for official in officials(tuple(DUTIES)):
        text = sentence(waiting.counts(official.region, DUTIES[official.role]))
        reader = reader_of(official.id, call.now)
        if text and wants(reader):
            text = text if reader == official.id else for_a_stand_in(text)
            told += tell(official, reader, day, text, call)
    mornings.done(day, call.now)
    return told
