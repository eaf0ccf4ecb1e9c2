"""Judge a plan of meetings from the input file and PLAN.json alone, without our code."""

import json
import re
from pathlib import Path

PUBLIC = Path(__file__).resolve().parents[4] / "shared" / "data" / "grouping"


def instance(path: Path) -> dict:
    keys = dict(re.findall(r"(\w+)\s*=\s*(.*?);", path.read_text(), re.DOTALL))

    def sets(key: str) -> list[set[int]]:
        return [
            set(map(int, re.findall(r"\d+", one))) - {0}
            for one in re.findall(r"{(.*?)}", keys[key])
        ]

    return {
        "rows": [
            tuple(map(int, re.findall(r"\d+", row)))
            for row in keys["requested"].split("|")
            if re.search(r"\d", row)
        ],
        "forbidden": sets("forbidden"),
        "precedences": sets("precedences"),
        "fixed": list(map(int, re.findall(r"\d+", keys["fixed"]))),
        **{key: int(keys[key]) for key in keys if key[0] == "n" and keys[key].strip().isdigit()},
    }


def judge(path: Path, plan: dict) -> list[str]:
    """Say what is wrong with a plan."""
    asked, meetings = instance(path), plan["meetings"]
    if sorted(one["index"] for one in meetings) != list(range(1, len(asked["rows"]) + 1)):
        return ["not each meeting once"]
    slot = {one["index"]: one["slot"] for one in meetings}
    return [
        *(f"meeting {m}" for m in slot if not fits(asked, m, slot)),
        *(f"slot {t}" for t in set(slot.values()) if not seated(asked, t, meetings)),
        *days(asked, slot, plan["value"]["gaps"]),
        *(["status"] if (plan["status"] == "proved") != (plan["value"] == plan["bound"]) else []),
    ]


def fits(asked: dict, m: int, slot: dict[int, int]) -> bool:
    t = slot[m]
    a, b, session = asked["rows"][m - 1]
    early = t <= asked["nMorningSlots"]
    return (
        1 <= t <= asked["nTotalSlots"]
        and session in ((1, 3) if early else (2, 3))
        and asked["fixed"][m - 1] in (0, t)
        and all(slot[j] < t for j in asked["precedences"][m - 1])
        and t not in asked["forbidden"][a - 1] | asked["forbidden"][b - 1]
    )


def seated(asked: dict, t: int, meetings: list[dict]) -> bool:
    tables = [one["table"] for one in meetings if one["slot"] == t]
    return set(tables) <= set(range(1, asked["nTables"] + 1)) and len(set(tables)) == len(tables)


def days(asked: dict, slot: dict[int, int], told: int) -> list[str]:
    lines = []
    for who in range(1, asked["nBusiness"] + 1):
        day = [slot[m] for m, row in enumerate(asked["rows"], 1) if who in row[:2]]
        if len(set(day)) != len(day):
            return [f"participant {who} is in two places"]
        lines.append("".join("x" if t in day else "." for t in range(1, asked["nTotalSlots"] + 1)))
    gaps = [len(re.findall(r"x\.+(?=x)", line)) for line in lines]
    wrong = ["unfair"] if max(gaps) - min(gaps) > 2 else []
    return [*wrong, "value"] if sum(gaps) != told else wrong


def read(path: Path) -> dict:
    plan = json.loads(path.read_text())
    assert plan["format"] == "fabrique.plan/1"
    assert plan["kind"] == "meetings"
    return plan
