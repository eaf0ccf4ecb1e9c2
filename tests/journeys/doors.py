"""The pages around a session, on the tour: the way in, what leads it, what remains."""

from playwright.sync_api import expect

from tests.journeys.people import PATIENCE

PREVIEWED = ("questionnaire", "board", "slides")
PLAN = "Nom;Table\nPersonne 1;2\nPersonne 2;1\nZoé;1\n"


def before(tour):
    """Give the pages that lead to a session."""
    tour.world.watch.allow("status of 40")
    fresh = tour.instance.make("links", session=tour.made.session)
    paths = {
        "home": "/",
        "enter": f"/enter/{fresh['link']}",
        "unknown code": "/s/ZZZZZZ/",
        "closed door": f"/enter/{tour.made.look}",
    }
    for language, screens in tour.pages.items():
        page = screens["other"]
        for name, path in paths.items():
            page.goto(path)
            yield f"{language} {name}", page
        stranger = tour.stranger(language)
        stranger.goto(tour.made.join)
        yield f"{language} join", stranger
        page.goto(f"/enter/{fresh[f'organise_{language}']}")
        yield f"{language} organise", page
        page.locator("main form button.go").click()
        page.wait_for_url("**/prepare/")
        yield f"{language} methods", page
        page.locator("main button[name=method]").first.click()
        page.wait_for_url("**/s/*/prepare")
        expect(page.locator(".step-form:not([hidden])")).to_be_attached(timeout=PATIENCE)
        yield f"{language} prepare", page
        page.locator("[data-pane=preview]").last.evaluate("(pane) => pane.click()")
        yield f"{language} prepare, preview", page


def after(tour):
    """Give what remains of a session."""
    for language, screens in tour.pages.items():
        screens["other"].goto(tour.made.report)
        yield f"{language} report", screens["other"]
        screens["other"].goto(f"{tour.made.join}mine")
        yield f"{language} mine", screens["other"]
        stranger = tour.stranger(language)
        stranger.goto(tour.made.join)
        yield f"{language} join ended", stranger


def beside(tour):
    """Give the pages of those who lead, beside the console."""
    for language, screens in tour.pages.items():
        page = screens["other"]
        page.goto(f"{tour.made.join}groups")
        yield f"{language} seating", page
        file = {"name": "plan.csv", "mimeType": "text/csv", "buffer": PLAN.encode()}
        page.locator("input[type=file]").set_input_files(file)
        page.locator("form[enctype] button").click()
        expect(page.locator(".warning").first).to_be_visible(timeout=PATIENCE)
        yield f"{language} seating, from a file", page
        for step in PREVIEWED:
            for screen in ("phone", "stage"):
                page.goto(f"{tour.made.join}preview?screen={screen}&step={step}")
                page.evaluate("() => document.body.removeAttribute('inert')")  # axe would skip it
                yield f"{language} preview of {step}, {screen}", page
