import socket

import pytest

from tests.commands.test_replay import fabrique


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_port_that_is_taken_is_said_before_anything_is_made(tmp_path, command):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = fabrique(command, "--port", port, data=tmp_path / "data", fresh=True)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert f"127.0.0.1:{port} : un autre programme" in done.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http"])
def test_a_port_that_is_none_is_said_in_one_line(tmp_path, port):
    done = fabrique("serve", "--port", port, data=tmp_path / "data")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
