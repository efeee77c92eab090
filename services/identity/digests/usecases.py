"""What is done in the morning."""

from services.identity.digests.model import DUTIES, morning_of, sentence


def tell_officials(mornings, waiting, officials, wants, tell, is_working, call) -> int:
    """Tell every active official what waits in the own region; gives how many were told.

    Once for each day, however many processes do it and however often they are killed: the notice's id is the official's and the
    day's. `officials(roles)` gives those in office, `wants(official_id)` whether one wants it, `tell(official, day, text, call)`
    gives False where the notice is there already.
    """
    day = morning_of(call.now, is_working)
    if day is None or mornings.is_done(day):
        return 0
    told = 0
    for official in officials(tuple(DUTIES)):
        text = sentence(waiting.counts(official.region, DUTIES[official.role]))
        if text and wants(official.id):
            told += tell(official, day, text, call)
    mornings.done(day, call.now)
    return told
