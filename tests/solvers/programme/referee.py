"""The rules of the judge as published, by themselves: shares nothing with the solver."""

import io
from itertools import combinations

from python_calamine import CalamineWorkbook

WEIGHTS = (
    "tracks_sessions tracks_rooms sessions_rooms similar rooms parallel consecutive zones order "
    "own_sessions own_rooms presenters attendees chairs presenters_slot attendees_slot"
).split()


class Referee:
    """The judge's rules as the README of the data writes them; reads the workbook by itself."""

    def __init__(self, content):
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        self.sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
        parameters = self.sheets["parameters"]
        self.weight = {name: parameters[n][4] or 0 for n, name in enumerate(WEIGHTS, 1)}
        self.home = self.away(parameters[1][1])
        self.suit = [self.clock(parameters[n][1]) for n in (3, 4)]
        self.less = [self.clock(parameters[n][1]) for n in (6, 7)]
        self.small, self.big = parameters[8][1], parameters[10][1]
        self.sessions = [row[0] for row in self.sheets["sessions"][1:]]
        self.slots = {row[0]: int(row[1]) for row in self.sheets["sessions"][1:]}
        self.hours = {
            row[0]: (self.clock(row[3]), self.clock(row[4])) for row in self.sheets["sessions"][1:]
        }
        self.rooms = [row[0] for row in self.sheets["rooms"][1:]]
        self.chairs = {row[0]: self.people(row[1]) for row in self.sheets["tracks"][1:]}
        head = self.sheets["submissions"][0]
        self.subs = {}
        for row in self.sheets["submissions"][1:]:
            one = dict(zip(head, row, strict=True))
            self.subs[str(row[0])] = {
                "track": row[1],
                "need": int(row[2]),
                "order": int(row[3] or 0),
                "away": self.away(row[4]),
                "presenters": self.people(row[5]),
                "attendees": self.people(row[6]),
                "cost": {name: one[name] or 0 for name in (*self.sessions, *self.rooms)},
            }

    @staticmethod
    def people(cell):
        return {one.strip() for one in str(cell).split(",") if one.strip()}

    @staticmethod
    def clock(cell):
        return cell.hour * 60 + cell.minute

    @staticmethod
    def away(cell):
        return 60 * int(str(cell).removeprefix("GMT") or 0)

    def table(self, name):
        head, *rows = self.sheets[name]
        return {(row[0], head[n]): row[n] or 0 for row in rows for n in range(1, len(row))}

    def judge(self, placed):
        """The objective of a plan; an assertion where it is neither feasible nor valid."""
        cells, at = {}, {}
        for one in placed:
            session, index = one["slot"].rsplit(" ", 1)
            index = int(index)
            assert 1 <= index <= self.slots[session]
            assert one["room"] in self.rooms
            at.setdefault(one["item"], []).append((session, one["room"], index))
            track = self.subs[one["item"]]["track"]
            assert cells.setdefault((session, one["room"]), track) == track
        taken = [place for places in at.values() for place in places]
        assert len(taken) == len(set(taken))
        assert set(at) == set(self.subs)
        for name, places in at.items():
            places.sort()
            session, room, first = places[0]
            need = self.subs[name]["need"]
            assert places == [(session, room, first + n) for n in range(need)]
        measures = self.of_cells(cells) | self.of_tracks(cells, at) | self.of_pairs(at)
        measures |= self.of_submissions(at)
        return sum(self.weight[name] * value for name, value in measures.items())

    def of_cells(self, cells):
        tables = [
            self.table(f"{name}|penalty")
            for name in ("tracks_sessions", "tracks_rooms", "sessions_rooms")
        ]
        return {
            "tracks_sessions": sum(tables[0][track, s] for (s, _), track in cells.items()),
            "tracks_rooms": sum(tables[1][track, r] for (_, r), track in cells.items()),
            "sessions_rooms": sum(tables[2][cell] for cell in cells),
        }

    def of_tracks(self, cells, at):
        found = dict.fromkeys(("rooms", "parallel", "consecutive", "similar", "chairs", "order"), 0)
        alike = self.table("similar tracks")
        for track in set(cells.values()):
            mine = [cell for cell, owner in cells.items() if owner == track]
            when = sorted({self.sessions.index(s) for s, _ in mine})
            found["rooms"] += len({r for _, r in mine}) - 1
            found["parallel"] += len(mine) - len(when)
            found["consecutive"] += when != list(range(when[0], when[-1] + 1))
            found["order"] += self.disorder(track, at)
        for session in self.sessions:
            present = {track for (s, _), track in cells.items() if s == session}
            for a, b in combinations(sorted(present), 2):
                found["similar"] += alike[a, b] or alike[b, a]
                found["chairs"] += bool(self.chairs[a] & self.chairs[b])
        return found

    def disorder(self, track, at):
        mine = [name for name, one in self.subs.items() if one["track"] == track]
        rank = {
            name: (
                self.sessions.index(at[name][0][0]),
                self.rooms.index(at[name][0][1]),
                at[name][0][2],
            )
            for name in mine
        }
        mine.sort(key=rank.get)
        wrong = sum(
            self.subs[name]["order"] not in (0, place) for place, name in enumerate(mine, 1)
        )
        ordered = [name for name in mine if self.subs[name]["order"]]
        slots = {name: {(s, n) for s, _, n in at[name]} for name in ordered}
        return wrong + sum(bool(slots[a] & slots[b]) for a, b in combinations(ordered, 2))

    def of_submissions(self, at):
        found = dict.fromkeys(("own_sessions", "own_rooms", "zones"), 0)
        for name, places in at.items():
            one = self.subs[name]
            for session, room, _ in places:
                found["own_sessions"] += one["cost"][session]
                found["own_rooms"] += one["cost"][room]
                start, end = ((m + one["away"] - self.home) % 1440 for m in self.hours[session])
                if start < self.less[0] or end > self.less[1] or end < self.less[0]:
                    found["zones"] += self.big
                elif start < self.suit[0] or end > self.suit[1]:
                    found["zones"] += self.small
        return found

    def of_pairs(self, at):
        found = dict.fromkeys(("presenters", "attendees", "presenters_slot", "attendees_slot"), 0)
        for a, b in combinations(at, 2):
            (s, r, _), (t, q, _) = at[a][0], at[b][0]
            if s != t or r == q:
                continue
            one, other = self.subs[a], self.subs[b]
            apart = one["track"] != other["track"]
            mine = self.chairs[one["track"]] if apart else set()
            theirs = self.chairs[other["track"]] if apart else set()
            presenters = bool(
                one["presenters"] & (other["presenters"] | theirs) or other["presenters"] & mine
            )
            attendees = bool(
                one["attendees"] & (other["attendees"] | other["presenters"] | theirs)
                or other["attendees"] & (one["presenters"] | mine)
            )
            slots = len({n for *_, n in at[a]} & {n for *_, n in at[b]})
            found["presenters"] += presenters
            found["attendees"] += attendees
            found["presenters_slot"] += presenters * slots
            found["attendees_slot"] += attendees * slots
        return found
