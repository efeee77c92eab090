"""What is done in the morning."""

from services.identity.officials.digests.model import DUTIES, for_a_stand_in, morning_of, sentence


def tell_officials(mornings, waiting, officials, reader_of, wants, tell, is_working, call) -> int:
    """Tell every active official what waits in the own region; gives how many were told.

    Once for each day, however many processes do it and however often they are killed: the notice's id is the official's and the
    day's. `officials(roles)` gives those in office, `reader_of(official_id, now)` who reads it (the stand-in of who is away),
    `wants(official_id)` whether one wants it, `tell(official, reader, day, text, call)` gives False where the notice is there
    already.
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
