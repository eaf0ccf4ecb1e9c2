"""Every screen in every state, language, look and width, under axe."""

from __future__ import annotations

from bench.axe import violations
from bench.weigh import Scales


def barriers(scales: Scales) -> list[str]:
    """Give every violation."""
    from tests.journeys.tour import LOOKS, Tour  # noqa: PLC0415 - pages are known by the journeys
    from tests.journeys.world import World  # noqa: PLC0415

    found = []
    with World(scales.browser, scales.instance) as world:
        world.watch = scales.watch
        for name, page in Tour(world):
            for scheme, width in LOOKS:
                page.emulate_media(color_scheme=scheme)
                page.set_viewport_size({"width": width, "height": 900})
                found += [f"{name} {scheme} {width}: {one}" for one in violations(page)]
    return found
