"""A server of the instance itself, and somebody who sends files to it by plain HTTP."""

import http.client
import json
import threading
import time
from contextlib import contextmanager
from urllib.parse import urlencode

from fabrique.web.asgi import make_hub, make_server

PATIENCE = 60


@contextmanager
def serving():
    """Serve the instance of these tests; give the port."""
    server = make_server(make_hub(), "127.0.0.1", 0)
    listening = threading.Event()
    server.ready = listening.set
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    assert listening.wait(PATIENCE)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
        assert not thread.is_alive()


class Sender:
    """A browser of the animation, or of whoever holds `cookie`."""

    def __init__(self, port, code, cookie="", **headers):
        self.port, self.code, self.base = port, code, f"/s/{code}/"
        origin = {"Origin": f"http://127.0.0.1:{port}", "Accept-Language": "en"}
        self.headers = {**origin, "Cookie": cookie, **headers}

    def ask(self, method, body=None, path="media", **query):
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            where = self.base + path + (f"?{urlencode(query)}" if query else "")
            line.request(method, where, body, self.headers)
            answer = line.getresponse()
            content = answer.read()
            is_json = answer.headers["Content-Type"] == "application/json"
            return answer.status, json.loads(content) if is_json else content
        finally:
            line.close()

    def picture(self, content):
        return self.ask("POST", content, **{"as": "picture"})

    def slides(self, content, name="diapos.pdf"):
        return self.ask("POST", content, **{"as": "slides", "name": name})

    def jobs(self):
        return self.ask("GET")[1]["jobs"]

    def finished(self, job):
        """Wait for the end of a presentation; give how it went."""
        limit = time.monotonic() + PATIENCE
        while True:
            found = next(one for one in self.jobs() if one["job"] == job)
            if found["state"] in ("done", "refused"):
                return found
            assert time.monotonic() < limit, found
            time.sleep(0.05)
