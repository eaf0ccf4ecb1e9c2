"""Bytes on a socket, for what no well-bred client sends."""

import os
import socket
import struct

KEY = "dGhlIHNhbXBsZSBub25jZQ=="


def request(port, path="/live/ABC234", method="GET", **headers):
    """A request for an upgrade; a header given as None is left out."""
    every = {
        "Host": f"127.0.0.1:{port}",
        "Origin": f"http://127.0.0.1:{port}",
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": KEY,
    }
    every |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"{name}: {value}" for name, value in every.items() if value is not None]
    return "\r\n".join([f"{method} {path} HTTP/1.1", *lines, "", ""]).encode()


def dial(port):
    connection = socket.create_connection(("127.0.0.1", port), timeout=10)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def opened(port, **headers):
    """A connection after its handshake."""
    connection = dial(port)
    connection.sendall(request(port, **headers))
    answer = b""
    while not answer.endswith(b"\r\n\r\n"):
        answer += connection.recv(1)
    assert b" 101 " in answer, answer
    return connection


def status(port, **headers):
    """The HTTP status of a handshake."""
    connection = dial(port)
    connection.sendall(request(port, **headers))
    answer = connection.recv(4096)
    connection.close()
    return int(answer.split()[1])


def frame(payload, opcode=1, *, fin=True, masked=True, rsv=0, size=None):
    first = (0x80 if fin else 0) | rsv << 4 | opcode
    length = len(payload) if size is None else size
    mark = 0x80 if masked else 0
    if length < 126:
        head = bytes((first, mark | length))
    elif length < 65536:
        head = bytes((first, mark | 126)) + struct.pack("!H", length)
    else:
        head = bytes((first, mark | 127)) + struct.pack("!Q", length)
    if not masked:
        return head + payload
    mask = os.urandom(4)
    return head + mask + bytes(byte ^ mask[n % 4] for n, byte in enumerate(payload))


def hear(connection, wanted):
    """The bytes received until `wanted` is among them."""
    heard = b""
    while wanted not in heard:
        chunk = connection.recv(65536)
        assert chunk, heard
        heard += chunk
    return heard


def read_frames(connection):
    """Every frame until the other side closes, as (opcode, payload)."""
    data = b""
    try:
        while chunk := connection.recv(65536):
            data += chunk
    except ConnectionError:
        pass
    while len(data) >= 2:
        size, at = data[1] & 127, 2
        if size == 126:
            size, at = struct.unpack("!H", data[2:4])[0], 4
        yield data[0] & 15, data[at : at + size]
        data = data[at + size :]


def close_code(connection):
    """How the server closed, None if it did not say."""
    frames = list(read_frames(connection))
    connection.close()
    said = [payload for opcode, payload in frames if opcode == 8]
    return struct.unpack("!H", said[0][:2])[0] if said and said[0] else None
