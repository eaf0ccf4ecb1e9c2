"""What a journey needs: pages for as many people as it takes, all of them watched."""

from contextlib import ExitStack

from bench.browser import Watch
from tests.journeys.people import LAPTOP, PHONE, WALL, Console, Phone, Stage
from tests.journeys.plan import plan


class World:
    def __init__(self, browser, instance, post=None):
        self.browser = browser
        self.instance = instance
        self.post = post  # what its mail server caught; none: its mails lie in a folder
        self.watch = Watch()
        self.left = ExitStack()

    def __enter__(self):
        return self

    def __exit__(self, kind, *_rest):
        self.left.close()
        if kind is None:
            self.watch.check()

    def context(self, device, proxy=None, **options):
        """A browser of somebody's own; by another line than the instance's if one is given."""
        address = (proxy or self.instance).address
        self.watch.hosts.add(address.removeprefix("http://"))
        calm = {"base_url": address, "locale": "fr-FR", "reduced_motion": "reduce"}
        options = {**calm, **device, **options}
        context = self.browser.new_context(**options)
        self.left.callback(context.close)
        return self.watch.over(context)

    def page(self, device=LAPTOP, proxy=None, **options):
        return self.context(device, proxy, **options).new_page()

    def session(self, *steps, **more):
        return self.instance.session(plan(*steps, **more))

    def phone(self, made, name="", proxy=None, **options):
        return Phone.join(self.page(PHONE, proxy, **options), made.join, name)

    def console(self, made, **options):
        return Console.enter(self.page(LAPTOP, **options), made.enter)

    def stage(self, made, **options):
        page = self.page(WALL, **options)
        page.goto(made.stage)
        return Stage(page)
