"""Every kind of answer from a phone whose browser is WebKit, as those of Apple are."""

from tests.journeys.plan import BOARD, CHOICE, CLOUD, IDEAS, QUESTIONNAIRE, TRAP

TYPED = TRAP.removesuffix(" 🎭")  # the driver has no key for what is beyond 16 bits


def test_a_questionnaire_is_found_again_and_shown(room):
    room.holds(QUESTIONNAIRE)
    phone = room.phone
    phone.sees("main", "Un café, une heure, un sujet.")
    run = room.open("questionnaire")
    phone.choose("answer.choice", "2")
    phone.send()
    phone.sees('.question[data-question="essai"]')
    phone.write(TYPED, '.question [name="answer.text"]')
    phone.send()
    phone.sees('.question[data-question="frein"]')
    phone.choose("answer.choice", "0")
    phone.choose("answer.choice", "2")
    assert not phone.shown(".question label:has(input[value='0']:checked)")
    phone.send()
    rank_first(phone, 2)
    phone.send()
    phone.sees('.question[data-question="note"]')
    phone.choose("answer.value", "5")
    phone.write("Plus clair", '.question [name="answer.comment"]')
    phone.send()
    phone.sees("[data-end]")
    phone.has_nothing_waiting()
    room.then("close", run, "questionnaire")
    for _ in range(2):
        phone.sees("[data-answer]", times=5)
        for said in ("on essaie", TYPED, "rien de tout cela", "5 / 5"):
            phone.sees("[data-answer] li", said)
        phone.reload()
    room.then("reveal", run, "questionnaire")
    phone.sees("main", "Plus clair")


def rank_first(phone, index):
    """Chance may have put it there already: down and up again."""
    item = f'.question li[data-index="{index}"]'
    phone.sees(item)
    if not phone.shown(f"{item}:first-child"):
        phone.tap(f'{item} button[data-to="top"]')
    phone.sees(f"{item}:first-child")
    phone.tap(f'{item} button[data-to="down"]')
    phone.sees(f"{item}:nth-child(2)")
    phone.tap(f'{item} button[data-to="up"]')
    phone.sees(f"{item}:first-child")


def test_a_vote_changed_is_counted_once(room):
    room.holds(CHOICE)
    phone = room.phone
    run = room.open("ville")
    phone.choose("choice", "0")
    phone.send()
    phone.is_kept("Vote enregistré")
    phone.choose("choice", "2")
    phone.sees(".activity form button.go", "Modifier mon vote")
    phone.send()
    phone.is_kept("Modifié 1 fois, compté 1 fois")
    phone.reload()
    phone.sees('.activity form label:has(input[value="2"]:checked)')
    room.then("close", run, "ville")
    phone.sees("[data-answer] li", "Sète", times=1)
    room.then("reveal", run, "ville")
    phone.sees("main", "1 réponse")


def test_words_ideas_notes_and_messages_with_those_of_others(room):
    room.holds(CLOUD, IDEAS, BOARD)
    phone, other = room.phone, room.somebody()
    run = room.open("word_cloud")
    for word in ("élan", "café"):
        phone.write(word)
        phone.send()
        phone.sees(".mine li:not(.pending)", word)
    room.then("reveal", run, "word_cloud")
    phone.sees("main", "2 mots envoyés")

    run = room.open("ideas")
    phone.write(TYPED)
    phone.send()
    phone.sees(".idea", TYPED)
    room.does(other, "answer", run=run, text="🎭 médiation")
    phone.tap('.idea .like[aria-label*="médiation"]')
    phone.sees('.idea .like[aria-pressed=true][aria-label*="médiation"]', "1")
    room.then("reveal", run, "ideas")
    phone.sees(".idea", "🎭 médiation")

    run = room.open("board")
    phone.write("Une liste")
    phone.choose("column", "1")
    phone.send()
    phone.sees('[data-column="1"] .note', "Une liste")
    phone.tap(".note", "Une liste")
    phone.tap('.sheet [data-sheet-do=move][data-column="0"]')
    phone.sees('[data-column="0"] .note', "Une liste")
    room.does(other, "answer", run=run, text=TRAP, column=1)
    phone.tap(".note", TRAP)
    phone.tap(".sheet [data-sheet-do=like]")
    phone.sees('.note[data-likes="1"]', TRAP)
    room.then("reveal", run, "board")

    phone.tap(".chat summary")
    phone.write("Bonjour", ".chat textarea")
    phone.tap(".chat form button")
    phone.sees(".chat .thread li", "Bonjour")
