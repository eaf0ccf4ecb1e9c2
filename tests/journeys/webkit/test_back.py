"""A server that stops and comes back, seen from WebKit."""

from tests.journeys.plan import IDEAS


def test_what_was_typed_and_sent_meanwhile_is_kept(fragile):
    fragile.holds(IDEAS)
    phone = fragile.phone
    fragile.open("ideas")
    phone.write("Une idée commencée")
    fragile.instance.stop()
    phone.sees("#line p")
    phone.write(" et finie")
    fragile.instance.start()
    phone.sees_no("#line p")
    phone.is_at("ideas")
    phone.send()
    phone.sees(".idea", "Une idée commencée et finie")

    fragile.instance.stop()
    phone.sees("#line p")
    phone.write("Dite dans le noir")
    phone.send()
    phone.sees("#line", "1 réponse en attente")
    fragile.instance.start()
    phone.sees(".idea", "Dite dans le noir")
    phone.has_nothing_waiting()
    assert fragile.texts("ideas.answer") == ["Une idée commencée et finie", "Dite dans le noir"]
