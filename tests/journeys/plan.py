"""A running order with every kind of activity and question, small enough to be played in full."""

from datetime import UTC, datetime

TRAP = "<b>=1+1</b> & « œuvre » 🎭"  # shown as typed, everywhere


def step(kind, title, **more):
    return {"id": more.pop("id", kind), "kind": kind, "title": title, **more}


CHALLENGE = step(
    "challenge",
    "À quelle date la feuille de route a-t-elle été publiée ?",
    settings={"answer": "date", "accepted": ["26/09/2022"], "placeholder": "jj/mm/aaaa"},
)
SINGLE = {
    "id": "stade",
    "kind": "single",
    "title": "Où en est votre structure ?",
    "options": ["pas commencé", "on y réfléchit", "on essaie"],
}
QUESTIONS = [
    SINGLE,
    {
        "id": "essai",
        "kind": "open",
        "title": "Qu’avez-vous essayé ?",
        "instruction": "Ce qui n’a pas marché nous intéresse autant.",
        "show_if": {"question": "stade", "choice": [2]},
    },
    {
        "id": "frein",
        "kind": "multiple",
        "title": "Qu’est-ce qui vous freine ?",
        "options": ["le temps", "l’argent", "rien de tout cela"],
        "settings": {"exclusive": [2]},
    },
    {
        "id": "suivi",
        "kind": "ranking",
        "title": "Comment suivez-vous le réseau ?",
        "options": ["lettre", "liste", "site", "groupe"],
    },
    {
        "id": "note",
        "kind": "rating",
        "title": "La nouvelle version du site ?",
        "settings": {"scale": 5, "comments": True},
    },
]
QUESTIONNAIRE = step("questionnaire", "Et chez vous ?", questions=QUESTIONS)
CLOUD = step("word_cloud", "Deux mots pour votre rentrée ?", settings={"words": 2})
IDEAS = step(
    "ideas", "Où le numérique compte-t-il le plus ?", settings={"likes": True}, instruction=TRAP
)
BOARD = step(
    "board",
    "Ce que le réseau m’apporte",
    columns=["Une communauté", "Des ressources"],
    settings={"move": "any", "likes": True},
)
SCALE = step("vote", "Votre avis sur ce café ?", id="avis", settings={"scale": 5})
CHOICE = step("vote", "Quelle ville en mars ?", id="ville", options=["Lille", "Nantes", "Sète"])
PAUSE = step("pause", "On en parle", instruction="Micros ouverts : trois récits de cinq minutes.")
CHAT = step("chat", "Fil de discussion")
SLIDES = step("slides", "Développement du réseau", pages=3)
DOT = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwAD"
    "hgGAWjR9awAAAABJRU5ErkJggg=="
)
STEPS = [CHALLENGE, QUESTIONNAIRE, CLOUD, IDEAS, BOARD, PAUSE, SCALE, CHOICE]


def plan(*steps, beside=(CHAT, SLIDES), **more):
    return {
        "title": "Café des réseaux",
        "kind": "cafe",
        "language": "fr",
        "starts_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "facilitator": "Équipe du réseau",
        "introduction": "Un café, une heure, un sujet.",
        "steps": list(steps or STEPS),
        "beside": list(beside),
        **more,
    }
