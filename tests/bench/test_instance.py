"""A server of a benchmark or a journey ends with it, however it began."""

import urllib.error
import urllib.request

import pytest

from bench.instance import Instance


class Late(Instance):
    """One that answers when nobody waits any more."""

    def start(self):
        super().start()
        raise TimeoutError


def test_a_server_that_was_too_slow_to_start_is_ended(tmp_path):
    late = Late(tmp_path)
    with pytest.raises(TimeoutError), late:
        pass
    assert late.server is None
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(f"http://127.0.0.1:{late.port}/", timeout=5)
