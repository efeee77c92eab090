"""A process killed in the middle of a transaction leaves it open on the server: its events wait, nothing is given up."""

from events_place import event, eventually

from services.chassis.amqp.topology import DEAD_LETTERS


def test_an_event_held_by_an_abandoned_transaction_burns_no_attempt_and_is_applied_when_it_ends(
    declared, listener
):
    database = declared.database("echo")
    counted = event("held-open", 1, verb="counted")
    with database.client.start_session() as session:
        session.start_transaction()
        row = {"_id": f"echo.boxed.v1|{counted.source}|{counted.id}"}
        database.inbox.insert_one(row, session=session)
        declared.publish(counted)
        eventually(lambda: listener.said("waiting for an outage to end"))
        assert not listener.said("failed: again") and not listener.said("given up")
        session.abort_transaction()
    eventually(lambda: database.effects.find_one({"_id": "boxed|held-open:1"}))
    assert database.effects.find_one({"_id": "boxed|held-open:1"})["times"] == 1
    assert declared.depth(DEAD_LETTERS) == 0
