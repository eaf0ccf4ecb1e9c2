"""Judges a plan of tables from the file of people and the plan alone, by the public forms."""

from __future__ import annotations

import csv
import json
from itertools import combinations


def people_of(file):
    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    key = "id" if "id" in rows[0] else next(iter(rows[0]))
    return {row.pop(key): row for row in rows}


def repeats_of(rounds):
    met = {}
    for tables in rounds:
        for table in tables:
            for pair in combinations(sorted(table), 2):
                met[pair] = met.get(pair, 0) + 1
    return sum(times - 1 for times in met.values())


def mix_of(people, rounds, weights):
    return sum(
        weights[name]
        for tables in rounds
        for table in tables
        for one, other in combinations(table, 2)
        for name in weights
        if people[one][name] and people[one][name] == people[other][name]
    )


def faults(file, plan_file, tables, rounds, weights=None):
    """Say what is wrong with a plan that was not repaired; nothing where it is right."""
    people = people_of(file)
    plan = json.loads(plan_file.read_text(encoding="utf-8"))
    names = next(iter(people.values()))
    weights = dict.fromkeys(names, 1) if weights is None else weights
    found = []
    if (plan["format"], plan["kind"]) != ("fabrique.plan/1", "tables"):
        found.append("form")
    if len(plan["rounds"]) != rounds or any(len(one) != tables for one in plan["rounds"]):
        found.append("shape")
    for turn in plan["rounds"]:
        if sorted(one for table in turn for one in table) != sorted(people):
            found.append("people")
        if max(map(len, turn)) - min(map(len, turn)) > 1:
            found.append("sizes")
    if plan["value"]["repeats"] != repeats_of(plan["rounds"]):
        found.append("repeats")
    if "people" not in found and plan["value"]["mix"] != mix_of(people, plan["rounds"], weights):
        found.append("mix")
    if any(plan["bound"][name] > plan["value"][name] for name in ("repeats", "mix")):
        found.append("bound")
    if (plan["status"] == "proved") != (plan["bound"] == plan["value"]):
        found.append("status")
    return found
