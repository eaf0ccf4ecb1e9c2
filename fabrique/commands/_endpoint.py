"""The language model that the environment names: the one place where a draft leaves the house."""

from __future__ import annotations

import os

from fabrique.domain.completion import Ask
from fabrique.domain.text import Invalid, Text
from fabrique.jobs.endpoint import Endpoint, asking

URL, MODEL, KEY = "FABRIQUE_MODEL_URL", "FABRIQUE_MODEL", "FABRIQUE_MODEL_KEY"


def endpoint(faults: list[Text] | None = None) -> Ask:
    """Give what carries a request to the endpoint; raise `Invalid` where none is named."""
    url, model = os.environ.get(URL, ""), os.environ.get(MODEL, "")
    if not (url.startswith(("http://", "https://")) and model):
        named = {"url": URL, "model": MODEL}
        raise Invalid(
            Text("No language model is named: {url} gives its address, {model} its name.", named)
        )
    # Whoever types the command names the address themselves, wherever it is.
    found = Endpoint(url.rstrip("/"), model, os.environ.get(KEY, ""), local=True)
    return asking(found, faults=faults)
