"""A language model on loopback, over real sockets: it answers as it is told, well or badly."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

GOOD = "Nous avons compté trente lieux qui prêtent leur matériel"


def sentence(text="Trente lieux prêtent leur matériel.", ref="t:2", quote=GOOD, kind="statement"):
    return {"text": text, "kind": kind, "cites": [{"ref": ref, "quote": quote}]}


def answer(*sentences):
    content = json.dumps({"sentences": list(sentences)})
    return reply(content)


def reply(content):
    return 200, json.dumps({"choices": [{"message": {"content": content}}]}).encode()


class Model:
    """`answers` is called with each body asked; it gives (status, content), or hangs."""

    def __init__(self, answers):
        self.answers, self.asked, self.headers = answers, [], []
        self.stopped = threading.Event()
        model = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                size = int(self.headers["Content-Length"])
                model.asked.append(json.loads(self.rfile.read(size)))
                model.headers.append(dict(self.headers))
                model.answers(self)

            def do_GET(self):
                model.asked.append("GET")

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, args=[0.05], daemon=True)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_port}/v1"

    @property
    def host(self):
        return f"127.0.0.1:{self.server.server_port}"

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stopped.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


def says(status, content, **headers):
    def act(handler):
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    return act


def hangs(model_of):
    def act(_handler):
        model_of().stopped.wait(60)

    return act


def drips(model_of):
    """A byte now and then, for ever: each read is answered in time, the whole never."""

    def act(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", "1000000")
        handler.end_headers()
        while not model_of().stopped.wait(0.1):
            try:
                handler.wfile.write(b" ")
                handler.wfile.flush()
            except OSError:
                return

    return act


def pours(handler):
    """More than anybody reads."""
    handler.send_response(200)
    handler.end_headers()
    try:
        for _ in range(200):
            handler.wfile.write(b"x" * 65536)
    except OSError:
        pass


def breaks(handler):
    """Half an answer, then the line goes."""
    handler.send_response(200)
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b'{"choices": [{"message": {"content": "{\\"sent')
    time.sleep(0.05)
    handler.connection.close()
