"""One middleware for all browsers of a process, as a server has: read anew when a setting changes.

Django's test client builds it for each browser, and WhiteNoise then looks at every static file:
that took longer than to answer.
"""

from django.core.signals import setting_changed
from django.test.client import ClientHandler

PARTS = (
    "_middleware_chain",
    "_view_middleware",
    "_template_response_middleware",
    "_exception_middleware",
)
_built = ClientHandler.load_middleware
_shared = {}


def share():
    """Have it so for the rest of this process."""
    ClientHandler.load_middleware = _lent
    setting_changed.connect(_forgotten)


def _lent(handler):
    if not _shared:
        _built(handler)
        _shared.update({name: getattr(handler, name) for name in PARTS})
    vars(handler).update(_shared)


def _forgotten(**_change):
    _shared.clear()
