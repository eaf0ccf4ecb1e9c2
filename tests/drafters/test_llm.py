"""A model that answers well, badly, or not at all: what it wrote stands, or extracts do."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest

from fabrique.domain.citations import check
from fabrique.domain.completion import Answer
from fabrique.domain.material import gather
from fabrique.domain.registry import discover
from fabrique.domain.transcript import Cue, Transcript
from fabrique.drafters.llm.chunks import MOST_TIME, MOST_WORDS, chunks

LLM = discover("fabrique.drafters")["llm"]
TALK = (
    ("Ana", "Nous proposons de reporter la rencontre de Lyon au 12 mai, faute de salle."),
    ("Bo", "D’accord, et il faudra prévenir les quarante personnes inscrites avant vendredi."),
    ("Ana", "Je ne peux pas le faire cette semaine, quelqu’un d’autre doit écrire."),
)


def material(talk=TALK):
    cues = [Cue(n * 8000, n * 8000 + 7000, text, who) for n, (who, text) in enumerate(talk)]
    return gather(Transcript(tuple(cues)), None, {})


def sentence(text="Ana propose de reporter la rencontre.", ref="t:1", quote=None, kind="proposal"):
    said = "Nous proposons de reporter la rencontre de Lyon" if quote is None else quote
    return {"text": text, "kind": kind, "cites": [{"ref": ref, "quote": said}]}


def answer(*sentences, around="{}"):
    told = json.dumps({"sentences": list(sentences)})
    return reply(around.replace("{}", told))


def reply(words, status=200):
    message = {"choices": [{"message": {"role": "assistant", "content": words}}]}
    return Answer(status, json.dumps(message).encode())


class Model:
    """Gives the answers in turn, the last for ever, and keeps what it was asked."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []

    def __call__(self, request):
        self.asked.append(request.body)
        one = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(one, Exception):
            raise one
        return one

    @property
    def forms(self):
        return [body.get("response_format", {}).get("type", "plain") for body in self.asked]


def drafted(model, talk=TALK):
    made = material(talk)
    draft = LLM.draft(made, model)
    for one in draft.sentences:
        assert not [found for found in check(one, made.sources) if found.blocks]
    return draft


def told(draft):
    return [(one.kind, one.text) for one in draft.sentences]


def fell_back(draft):
    assert draft.sentences
    assert {one.kind for one in draft.sentences} == {"extract"}
    assert len(draft.remarks) == 1
    return True


def test_a_good_answer_is_taken_and_nothing_more_is_asked():
    model = Model(answer(sentence()))
    draft = drafted(model)
    assert told(draft) == [("proposal", "Ana propose de reporter la rencontre.")]
    assert (draft.drafter, draft.remarks) == ("llm", ())
    assert model.forms == ["json_schema"]


def test_only_the_ids_of_the_part_may_be_cited():
    model = Model(answer(sentence()))
    drafted(model)
    schema = model.asked[0]["response_format"]["json_schema"]["schema"]
    item = schema["properties"]["sentences"]["items"]["properties"]["cites"]["items"]
    assert item["properties"]["ref"]["enum"] == ["t:1", "t:2", "t:3"]
    assert "[t:2] Bo: D’accord" in model.asked[0]["messages"][1]["content"]


@pytest.mark.parametrize(
    "bad",
    [
        Answer(400, b'{"error": "response_format is not known"}'),
        Answer(500, b""),
        Answer(200, b""),
        Answer(200, b"<html>"),
        Answer(200, b'{"choices": []}'),
        Answer(200, b'{"choices": [{"message": {"content": null}}]}'),
        Answer(200, b"x" * 2_000_000),
        reply(""),
        reply("{" * 5000),
        reply("[" * 100_000),
        reply("Voici le résumé."),
        reply('{"titre": "aucun"}'),
    ],
)
def test_the_ladder_goes_down_and_then_extracts_stand(bad):
    model = Model(bad)
    assert fell_back(drafted(model))
    assert model.forms == ["json_schema", "json_object", "plain"]
    model = Model(bad, bad, answer(sentence(), around="Voici :\n```json\n{}\n```\nBien à vous."))
    assert told(drafted(model)) == [("proposal", "Ana propose de reporter la rencontre.")]


def test_the_step_that_worked_is_kept_for_the_next_part():
    long = [("Ana", "Nous proposons de reporter la rencontre de Lyon en mai.")] * 200
    model = Model(Answer(400, b""), answer(sentence()))
    drafted(model, long)
    assert len(chunks(material(long))) > 1
    assert model.forms[:3] == ["json_schema", "json_object", "json_object"]


def test_an_endpoint_that_is_not_there_is_asked_once():
    model = Model(ConnectionError("no route"))
    long = [("Ana", "Nous proposons de reporter la rencontre de Lyon en mai.")] * 200
    assert fell_back(drafted(model, long))
    assert len(model.asked) == 1
    assert fell_back(drafted(None))


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        (sentence(ref="t:77"), "t:77"),
        (sentence(ref="a:r1"), "a:r1"),
        (sentence(quote="Nous proposons d’annuler la rencontre"), "not found"),
        (sentence(quote="Lyon"), "four words"),
        (sentence(quote=""), "no quote"),
        (sentence(text="Ana propose le 13 mai."), "13"),
        (sentence(text="12 personnes viendront, dit Ana."), ""),
        (sentence(kind="result"), "form"),
        (sentence(kind="written"), "form"),
        ({**sentence(), "cites": []}, "cites nothing"),
        ({**sentence(), "text": "x" * 601}, "form"),
        ({"text": "Sans rien."}, "form"),
        ("Une phrase.", "form"),
        (None, "form"),
    ],
)
def test_what_does_not_stand_is_asked_again_twice_and_left_out(bad, fault):
    model = Model(answer(sentence(), bad))
    draft = drafted(model)
    kept = [one for one in draft.sentences if "12 personnes" not in one.text]
    assert [one.text for one in kept] == ["Ana propose de reporter la rencontre."]
    if fault:
        assert len(model.asked) == 3
        assert fault in model.asked[1]["messages"][-1]["content"]
        assert model.asked[1]["messages"][-2]["role"] == "assistant"


def test_a_repaired_sentence_is_taken():
    good = sentence("Quelqu’un d’autre écrira.", "t:3", "quelqu’un d’autre doit écrire", "action")
    model = Model(answer(sentence(ref="t:9")), answer(good))
    assert told(drafted(model)) == [("action", "Quelqu’un d’autre écrira.")]
    assert len(model.asked) == 2


def test_a_name_that_the_model_signs_with_is_dropped():
    model = Model(answer({**sentence(), "by": "Ana", "section": "x"}))
    (one,) = drafted(model).sentences
    assert (one.by, one.section) == ("", "")


def test_nothing_but_sentences_that_do_not_stand_leaves_extracts():
    assert fell_back(drafted(Model(answer(sentence(ref="t:77")))))
    assert fell_back(drafted(Model(answer())))


def test_parts_are_short_whole_and_share_a_turn_with_their_neighbours():
    talk = [(f"V{n // 3 % 4}", "Un mot après l’autre, encore. " * (n % 9)) for n in range(700)]
    made = material(talk)
    parts = chunks(made)
    own = [number for part in parts for number in range(part.first, part.own_end)]
    assert own == sorted(set(own))
    spoken = {n for n, (_, text) in enumerate(talk, 1) if text.strip()}
    assert spoken <= set(own), "nothing that was said is left out"
    for part in parts:
        cues = [made.sources.cues[n - 1] for n in range(part.first, part.own_end)]
        assert sum(len(one.text.split()) for one in cues) <= MOST_WORDS
        assert cues[-1].end - cues[0].start <= MOST_TIME
    for before, after in pairwise(parts):
        assert after.cues[0][0] < after.first, "the turn before"
        assert before.cues[-1][0] >= before.own_end, "the turn after"


def test_a_turn_longer_than_a_part_is_cut():
    endless = [("Ana", "Je parle encore et encore de tout. " * 40)] * 30
    assert len(chunks(material(endless))) > 3
