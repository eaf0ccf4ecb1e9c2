-- The journal's tables as the migrations leave them, for a journal without Django: a migration that
-- changes one of them changes this file too, and tests/store/test_scratch.py compares.
CREATE TABLE "store_session" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "code" varchar(12) NOT NULL UNIQUE,
  "epoch" varchar(16) NOT NULL,
  "last_seq" bigint NOT NULL,
  "plan" text NOT NULL,
  "created_at" bigint NOT NULL,
  "ended_at" bigint NULL,
  "fingerprint" varchar(64) NULL UNIQUE
);
CREATE TABLE "store_participant" (
  "participant" varchar(64) NOT NULL,
  "name" varchar(200) NOT NULL,
  "heads" integer unsigned NOT NULL CHECK ("heads" >= 0),
  "group" varchar(200) NULL,
  "session_id" bigint NOT NULL REFERENCES "store_session" ("id") DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY ("session_id", "participant")
);
CREATE TABLE "store_entry" (
  "seq" bigint NOT NULL,
  "at" bigint NOT NULL,
  "participant" varchar(64) NOT NULL,
  "op" varchar(64) NOT NULL,
  "run" varchar(200) NULL,
  "group" varchar(200) NULL,
  "kind" varchar(64) NOT NULL,
  "version" smallint unsigned NOT NULL CHECK ("version" >= 0),
  "body" text NOT NULL,
  "session_id" bigint NOT NULL REFERENCES "store_session" ("id") DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "entry_once" UNIQUE ("session_id", "participant", "op"),
  PRIMARY KEY ("session_id", "seq")
);
