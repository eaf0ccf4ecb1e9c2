from fabrique.domain.run import Run
from fabrique.domain.session import Plan, Session
from fabrique.live.asks import closing
from tests.laws.rooms import START


def test_time_closes_no_run_whose_opening_was_erased():
    run = Run("r1", None, None, START, None, closes_at=START)
    session = Session(Plan(title="", kind="", language="fr", starts_at=START))
    ask = closing(run, 0)
    assert not ask.when(session)
    session.runs["r1"] = run
    assert ask.when(session)
