"""Every screen in every state, language, look and width, under axe."""

from __future__ import annotations

from bench.axe import violations
from bench.weigh import Scales


def barriers(scales: Scales) -> list[str]:
    """Give every violation."""
    from tests.journeys.looks import LOOKS, show  # noqa: PLC0415 - the journeys know the pages
    from tests.journeys.tour import Tour  # noqa: PLC0415
    from tests.journeys.world import World  # noqa: PLC0415

    found = []
    with World(scales.browser, scales.instance) as world:
        world.watch = scales.watch
        for name, page in Tour(world):
            for look, width in LOOKS:
                show(page, look, width)
                found += [f"{name} {look} {width}: {one}" for one in violations(page)]
    return found
