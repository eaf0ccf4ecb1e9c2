"""What the journal says to SQLite."""

ALLOT = """UPDATE store_session SET last_seq = last_seq + ?, ended_at = coalesce(?, ended_at)
 WHERE id = ? AND last_seq = ? RETURNING last_seq"""
# One statement a batch: the interpreter's lock is released once, not once a line.
INSERT = """INSERT INTO store_entry(session_id, seq, at, participant, op, run, kind, version, body)
 SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7,
 value->>8 FROM json_each(?)"""
NAME = """INSERT INTO store_participant(session_id, participant, name, heads, "group")
 SELECT value->>0, value->>1, value->>2, value->>3, value->>4 FROM json_each(?) WHERE true
 ON CONFLICT DO NOTHING"""
READ = """SELECT seq, at, participant, op, run, kind, version, body FROM store_entry
 WHERE session_id = ? AND seq > ? ORDER BY seq"""
PREPARED = """SELECT seq, at, participant, op, run, kind, version, body FROM store_entry
 WHERE session_id = ? AND participant = '' AND kind IN (SELECT value FROM json_each(?))
 ORDER BY +seq"""  # "+": found by who wrote them, not by walking the whole session
MENTIONS = """SELECT plan FROM store_session WHERE instr(plan, ?) UNION ALL
 SELECT body FROM store_entry WHERE participant = '' AND instr(body, ?)"""
DATED = """SELECT id FROM store_session s WHERE ended_at IS NULL AND EXISTS (SELECT 1
 FROM store_entry WHERE session_id = s.id AND participant = '' AND kind = 'session.dated')"""
LIVELY = """SELECT s.id FROM store_session s JOIN store_entry e ON e.session_id = s.id
 AND e.seq = s.last_seq WHERE s.ended_at IS NULL AND e.at >= ? LIMIT 1"""
UNNAME = """UPDATE store_participant SET name = '' WHERE session_id = ? AND participant = (
 SELECT participant FROM store_entry
 WHERE session_id = ? AND seq = ? AND kind = 'session.joined')"""
UNNAME_ONE = "UPDATE store_participant SET name = '' WHERE session_id = ? AND participant = ?"
ERASE = "UPDATE store_entry SET run = NULL, kind = ?, version = 1, body = '{}' "
ERASE += "WHERE session_id = ? AND seq = ?"
CREATE = """INSERT INTO store_session(code, epoch, last_seq, plan, created_at, fingerprint)
 VALUES (?, ?, 0, ?, ?, ?) RETURNING id"""
HEAD = """SELECT id, code, epoch, last_seq, plan, created_at, ended_at, fingerprint
 FROM store_session """
EMPTY = (
    "DELETE FROM store_entry WHERE session_id = ?",
    "DELETE FROM store_participant WHERE session_id = ?",
)
REMOVE = "DELETE FROM store_session WHERE id = ? AND last_seq = ? RETURNING id"
