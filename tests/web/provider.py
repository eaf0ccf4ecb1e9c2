"""A stand-in for an OpenID Connect provider, on loopback: the three answers of its protocol."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import jwt


class Provider(BaseHTTPRequestHandler):
    def answer(self, said, status=200):
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        base = self.server.base
        if self.path.endswith("/.well-known/openid-configuration"):
            self.answer(
                {
                    "issuer": base,
                    "authorization_endpoint": f"{base}/authorize",
                    "token_endpoint": f"{base}/token",
                    "userinfo_endpoint": f"{base}/userinfo",
                    "jwks_uri": f"{base}/keys",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            )
        elif self.path == "/userinfo":
            ok = self.headers["Authorization"] == "Bearer good"
            self.answer(self.server.who if ok else {}, 200 if ok else 401)
        else:
            self.answer({}, 404)

    def do_POST(self):
        size = int(self.headers["Content-Length"])
        given = {key: value[0] for key, value in parse_qs(self.rfile.read(size).decode()).items()}
        self.server.asked.append(given)
        if given.get("code") != "right" or given.get("client_secret") != "s3cret":
            self.answer({"error": "invalid_grant"}, 400)
            return
        who = {**self.server.who, "iss": self.server.base, "aud": "fabrique"}
        signed = jwt.encode(who, "k" * 32, algorithm="HS256")
        self.answer({"access_token": "good", "token_type": "Bearer", "id_token": signed})

    def log_message(self, *_):
        pass


@contextmanager
def provider(who):
    """Serve who is signed in there; give the server, which keeps what it was asked."""
    server = HTTPServer(("127.0.0.1", 0), Provider)
    server.base = f"http://127.0.0.1:{server.server_port}"
    server.who, server.asked = who, []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
