import threading

from fabrique.jobs.rounds import rounds


def test_what_waits_is_done_at_once_and_what_breaks_is_written_down(caplog):
    stop, did = threading.Event(), []

    def once(_stop):
        did.append(len(did))
        if len(did) == 2:
            raise ValueError("broken")
        if len(did) == 4:
            stop.set()
        return True

    rounds(once, stop, 0.01)
    assert did == [0, 1, 2, 3]
    assert "broken" in caplog.text


def test_nobody_hurries_where_nothing_waits():
    stop = threading.Event()
    threading.Timer(0.3, stop.set).start()
    looks = []
    rounds(lambda _stop: bool(looks.append(1)), stop, 0.1)
    assert 1 <= len(looks) <= 5
