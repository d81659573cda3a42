-- SPDX-License-Identifier: Apache-2.0
-- The registry, version 1. The log (logs, events) is the truth; documents stand beside it under
-- salted digests, and so do its signed checkpoints; every other table is a projection that
-- `octroi audit` recomputes from the log.
-- No sequences, triggers or views, so that another engine can hold the same tables.

-- One row per log: how many events it has, the SHA-256 of the last one's text (zeros before the
-- first) and its time. A writer changes this row with every event, which orders the writers.
CREATE TABLE logs (
  log    INTEGER PRIMARY KEY,
  origin TEXT NOT NULL UNIQUE,
  size   INTEGER NOT NULL CHECK (size >= 0),
  head   BLOB NOT NULL CHECK (length(head) = 32),
  at     TEXT NOT NULL
) STRICT;

-- The exact text of every event (PASETO v4.public), by position.
CREATE TABLE events (
  log   INTEGER NOT NULL REFERENCES logs (log),
  seq   INTEGER NOT NULL CHECK (seq >= 0),
  id    TEXT NOT NULL UNIQUE,
  token TEXT NOT NULL,
  PRIMARY KEY (log, seq)
) STRICT;

-- The hashes of the RFC 6962 tree whose leaves are the events' texts, one after another as they
-- became known (lib/merkle/node.hpp): a leaf, then the subtrees that it completes.
CREATE TABLE tree_hashes (
  log      INTEGER NOT NULL REFERENCES logs (log),
  position INTEGER NOT NULL CHECK (position >= 0),
  hash     BLOB NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (log, position)
) STRICT, WITHOUT ROWID;

-- Signed heads of the tree (C2SP tlog-checkpoint) with the cosignatures of witnesses. They are
-- evidence, not a projection: `octroi audit` checks each signature and root.
CREATE TABLE checkpoints (
  log  INTEGER NOT NULL REFERENCES logs (log),
  size INTEGER NOT NULL CHECK (size > 0),
  note TEXT NOT NULL,
  PRIMARY KEY (log, size)
) STRICT;

-- Documents by digest: SHA-256("octroi/document/1" || 0x00 || salt || bytes).
CREATE TABLE documents (
  digest BLOB PRIMARY KEY CHECK (length(digest) = 32),
  kind   TEXT NOT NULL,
  salt   BLOB NOT NULL,
  bytes  BLOB NOT NULL
) STRICT;

-- The charter in force.
CREATE TABLE charters (
  log          INTEGER PRIMARY KEY REFERENCES logs (log),
  document     BLOB NOT NULL,
  majority     TEXT NOT NULL,
  seats        INTEGER NOT NULL,
  present_min  INTEGER NOT NULL,
  endorsements INTEGER NOT NULL -- how many secretaries endorse a release before it is issued
) STRICT;

-- Every key that the registry ever knew, and when it signs: seals, log keys and members' keys. A key
-- has one use and one owner for ever.
CREATE TABLE keys (
  kid              TEXT PRIMARY KEY,
  use              TEXT NOT NULL, -- seal, log or member
  owner            TEXT NOT NULL, -- the member's id; '' for a seal or log key
  key              TEXT NOT NULL,
  valid_from       TEXT NOT NULL,
  valid_until      TEXT,
  compromised_from TEXT,
  previous         TEXT,          -- the kid that it follows
  proof            TEXT,          -- its own signature of the statement about the succession
  handover         TEXT,          -- that of the key before it
  seq              INTEGER NOT NULL
) STRICT;

CREATE TABLE members (
  id          TEXT PRIMARY KEY,
  kid         TEXT NOT NULL UNIQUE,
  key         TEXT NOT NULL,
  roles       TEXT NOT NULL, -- sorted, separated by commas
  added_at    TEXT NOT NULL,
  retired_at  TEXT,
  -- Where releases take several secretaries, adding and retiring one takes two: who began it.
  proposed_by TEXT, -- while a second secretary has not added them too: no secretary yet
  retiring_by TEXT  -- who asked first that they be retired
) STRICT;

CREATE TABLE datasets (
  id       TEXT NOT NULL,
  version  INTEGER NOT NULL,
  holder   TEXT NOT NULL,
  document BLOB NOT NULL,
  added_at TEXT NOT NULL,
  PRIMARY KEY (id, version)
) STRICT;

CREATE TABLE providers (
  id       TEXT NOT NULL,
  version  INTEGER NOT NULL,
  document BLOB NOT NULL,
  added_at TEXT NOT NULL,
  PRIMARY KEY (id, version)
) STRICT;

CREATE TABLE hierarchies (
  id       TEXT NOT NULL,
  version  INTEGER NOT NULL,
  document BLOB NOT NULL,
  added_at TEXT NOT NULL,
  PRIMARY KEY (id, version)
) STRICT;

-- Adoptions of rulebooks. On a day, of each id the last adoption that has begun applies, until it ends.
CREATE TABLE rulebooks (
  seq           INTEGER PRIMARY KEY,
  id            TEXT NOT NULL,
  sha256        TEXT NOT NULL,
  document      BLOB NOT NULL,
  applies_from  TEXT NOT NULL,
  applies_until TEXT,
  adopted_at    TEXT NOT NULL
) STRICT;

CREATE TABLE requests (
  id        TEXT PRIMARY KEY,
  version   INTEGER NOT NULL,
  state     TEXT NOT NULL,
  submitter TEXT NOT NULL REFERENCES members (id)
) STRICT;

CREATE TABLE request_versions (
  request      TEXT NOT NULL REFERENCES requests (id),
  version      INTEGER NOT NULL,
  document     BLOB NOT NULL,
  submitted_at TEXT NOT NULL,
  PRIMARY KEY (request, version)
) STRICT;

CREATE TABLE assessments (
  seq      INTEGER PRIMARY KEY,
  request  TEXT NOT NULL REFERENCES requests (id),
  version  INTEGER NOT NULL,
  as_of    TEXT NOT NULL,
  verdict  TEXT NOT NULL,
  document BLOB NOT NULL,
  sha256   TEXT NOT NULL
) STRICT;

-- What an assessment said of each dataset of the request, and who holds it.
CREATE TABLE assessment_datasets (
  assessment INTEGER NOT NULL REFERENCES assessments (seq),
  dataset    TEXT NOT NULL,
  verdict    TEXT NOT NULL,
  holder     TEXT NOT NULL,
  PRIMARY KEY (assessment, dataset)
) STRICT;

-- The findings an assessment referred to the board; dataset is '' for one about the whole request.
CREATE TABLE assessment_referrals (
  assessment INTEGER NOT NULL REFERENCES assessments (seq),
  finding    TEXT NOT NULL,
  dataset    TEXT NOT NULL,
  PRIMARY KEY (assessment, finding)
) STRICT;

CREATE TABLE decisions (
  id               TEXT PRIMARY KEY,
  request          TEXT NOT NULL REFERENCES requests (id),
  version          INTEGER NOT NULL,
  result           TEXT NOT NULL,
  decided_on       TEXT NOT NULL,
  valid_until      TEXT,
  votes_for        INTEGER NOT NULL,
  votes_against    INTEGER NOT NULL,
  votes_abstaining INTEGER NOT NULL,
  votes_absent     INTEGER NOT NULL,
  minutes_sha256   TEXT NOT NULL,
  document         BLOB NOT NULL,
  recorded_by      TEXT NOT NULL REFERENCES members (id),
  recorded_at      TEXT NOT NULL,
  seq              INTEGER NOT NULL
) STRICT;

-- The datasets a decision is about; for a grant, those it grants.
CREATE TABLE decision_datasets (
  decision TEXT NOT NULL REFERENCES decisions (id),
  dataset  TEXT NOT NULL,
  PRIMARY KEY (decision, dataset)
) STRICT;

-- The referred findings a decision resolves.
CREATE TABLE decision_resolutions (
  decision TEXT NOT NULL REFERENCES decisions (id),
  finding  TEXT NOT NULL,
  PRIMARY KEY (decision, finding)
) STRICT;

CREATE TABLE tokens (
  id         TEXT PRIMARY KEY,
  request    TEXT NOT NULL REFERENCES requests (id),
  decision   TEXT NOT NULL REFERENCES decisions (id),
  holder     TEXT NOT NULL,
  sha256     TEXT NOT NULL UNIQUE,
  not_before TEXT NOT NULL,
  expires    TEXT NOT NULL,
  document   BLOB NOT NULL,
  UNIQUE (decision, holder)
) STRICT;

-- The entry of each token in the status lists, chosen at random.
CREATE TABLE status_entries (
  list  INTEGER NOT NULL CHECK (list >= 1),
  idx   INTEGER NOT NULL CHECK (idx BETWEEN 0 AND 65535),
  token TEXT NOT NULL UNIQUE REFERENCES tokens (id),
  PRIMARY KEY (list, idx)
) STRICT;

-- What was done to each token after its issue; document is the reason in words.
CREATE TABLE token_acts (
  seq          INTEGER NOT NULL,
  token        TEXT NOT NULL REFERENCES tokens (id),
  act          TEXT NOT NULL,
  reason       TEXT NOT NULL,
  applies_from TEXT NOT NULL,
  recorded_at  TEXT NOT NULL,
  recorded_by  TEXT NOT NULL REFERENCES members (id),
  document     BLOB,
  PRIMARY KEY (token, seq)
) STRICT;

-- The status lists that were published.
CREATE TABLE status_lists (
  seq         INTEGER PRIMARY KEY,
  list        INTEGER NOT NULL,
  sha256      TEXT NOT NULL UNIQUE,
  document    BLOB NOT NULL,
  issued_at   TEXT NOT NULL,
  next_update TEXT NOT NULL,
  expires     TEXT NOT NULL
) STRICT;

-- Who said beside the decision that a release may be issued, and the SHA-256 of the event's text.
CREATE TABLE endorsements (
  seq        INTEGER PRIMARY KEY,
  request    TEXT NOT NULL REFERENCES requests (id),
  version    INTEGER NOT NULL,
  decision   TEXT NOT NULL REFERENCES decisions (id),
  assessment TEXT NOT NULL, -- SHA-256 of its canonical bytes
  member     TEXT NOT NULL REFERENCES members (id),
  kid        TEXT NOT NULL,
  at         TEXT NOT NULL,
  event      BLOB NOT NULL CHECK (length(event) = 32),
  UNIQUE (decision, assessment, member)
) STRICT;

-- Documents whose bytes and salts are gone for good, and why.
CREATE TABLE erasures (
  document  BLOB PRIMARY KEY CHECK (length(document) = 32),
  kind      TEXT NOT NULL,
  reason    TEXT NOT NULL,
  authority TEXT NOT NULL,
  member    TEXT NOT NULL REFERENCES members (id),
  at        TEXT NOT NULL,
  seq       INTEGER NOT NULL
) STRICT;

-- What happened to each request, for people to read.
CREATE TABLE request_history (
  request TEXT NOT NULL REFERENCES requests (id),
  seq     INTEGER NOT NULL,
  at      TEXT NOT NULL,
  type    TEXT NOT NULL,
  member  TEXT NOT NULL,
  note    TEXT NOT NULL,
  PRIMARY KEY (request, seq)
) STRICT;

-- How many requests and decisions each year has: the next of their numbers.
CREATE TABLE counters (
  series TEXT PRIMARY KEY,
  last   INTEGER NOT NULL
) STRICT;

CREATE INDEX requests_by_state ON requests (state);
CREATE INDEX assessments_by_request ON assessments (request, version, seq);
CREATE INDEX decisions_by_request ON decisions (request, version, seq);
CREATE INDEX tokens_by_request ON tokens (request);
CREATE INDEX request_versions_by_document ON request_versions (document);
