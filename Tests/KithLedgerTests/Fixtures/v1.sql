-- A ledger of schema v1, as it was on main from the first day: rows in every table and in every state.
CREATE TABLE ledger (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    revision INTEGER NOT NULL,
    paused_until TEXT
) STRICT;
INSERT INTO ledger (id, revision) VALUES (1, 0);

CREATE TABLE nudge (
    identity TEXT PRIMARY KEY,
    short_id TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('pending', 'delivered', 'snoozed', 'answered', 'expired')),
    answer TEXT CHECK (answer IN ('met', 'wrote', 'skip', 'evidence')),
    expiry TEXT CHECK (expiry IN ('ignored', 'withdrawn', 'past')),
    snoozed_until INTEGER,
    is_named INTEGER NOT NULL DEFAULT 0 CHECK (is_named IN (0, 1)),
    reason TEXT NOT NULL,
    mark TEXT,
    base TEXT,
    due TEXT NOT NULL,
    opened TEXT NOT NULL,
    showings INTEGER NOT NULL CHECK (showings >= 0),
    unseen INTEGER NOT NULL CHECK (unseen BETWEEN 0 AND showings),
    snoozes INTEGER NOT NULL CHECK (snoozes >= 0),
    delivered_at INTEGER,
    seen_at INTEGER,
    closed TEXT,
    CHECK ((state = 'answered') = (answer IS NOT NULL)),
    CHECK ((state = 'expired') = (expiry IS NOT NULL)),
    CHECK ((state = 'snoozed') = (snoozed_until IS NOT NULL)),
    CHECK ((state IN ('answered', 'expired')) = (closed IS NOT NULL))
) STRICT;
CREATE INDEX nudge_closed ON nudge (closed);

CREATE TABLE delivery (
    id INTEGER PRIMARY KEY,
    subject TEXT NOT NULL,
    channel TEXT NOT NULL,
    occasion TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'sent', 'failed', 'cancelled')),
    slot_start INTEGER,
    slot_end INTEGER,
    is_budgeted INTEGER NOT NULL CHECK (is_budgeted IN (0, 1)),
    planned_at INTEGER NOT NULL,
    last_attempt_at INTEGER,
    sent_at INTEGER,
    was_seen INTEGER NOT NULL DEFAULT 1 CHECK (was_seen IN (0, 1)),
    receipt TEXT,
    problem TEXT,
    UNIQUE (subject, channel, occasion),
    CHECK ((state = 'sent') = (sent_at IS NOT NULL)),
    CHECK ((slot_start IS NULL) = (slot_end IS NULL))
) STRICT;
CREATE INDEX delivery_planned ON delivery (planned_at);

CREATE TABLE delivery_nudge (
    delivery INTEGER NOT NULL REFERENCES delivery (id) ON DELETE CASCADE,
    nudge TEXT NOT NULL REFERENCES nudge (identity),
    occasion TEXT NOT NULL,
    is_live INTEGER NOT NULL CHECK (is_live IN (0, 1)),
    PRIMARY KEY (delivery, nudge)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX one_key_an_occasion ON delivery_nudge (nudge, occasion) WHERE is_live;
CREATE TRIGGER delivery_lives AFTER UPDATE OF state ON delivery BEGIN
    UPDATE delivery_nudge SET is_live = NEW.state IN ('pending', 'sent') WHERE delivery = NEW.id;
END;

CREATE TABLE attempt (
    delivery INTEGER NOT NULL REFERENCES delivery (id) ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number >= 1),
    at INTEGER NOT NULL,
    outcome TEXT CHECK (outcome IN ('sent', 'failed', 'refused')),
    problem TEXT,
    PRIMARY KEY (delivery, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE answer (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('met', 'wrote', 'skip', 'evidence')),
    nudge TEXT REFERENCES nudge (identity),
    state_before TEXT CHECK (state_before IN ('pending', 'delivered', 'snoozed')),
    until_before INTEGER,
    named_before INTEGER NOT NULL DEFAULT 0,
    journal_uid TEXT,
    at INTEGER NOT NULL,
    day TEXT NOT NULL,
    is_undone INTEGER NOT NULL DEFAULT 0 CHECK (is_undone IN (0, 1)),
    CHECK ((nudge IS NULL) = (state_before IS NULL))
) STRICT;
CREATE TABLE answer_contact (
    answer INTEGER NOT NULL REFERENCES answer (id) ON DELETE CASCADE,
    contact TEXT NOT NULL,
    PRIMARY KEY (answer, contact)
) STRICT, WITHOUT ROWID;

CREATE TABLE first_seen (contact TEXT PRIMARY KEY, day TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE source (
    path TEXT PRIMARY KEY,
    items INTEGER NOT NULL CHECK (items >= 0),
    gone_since INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO grdb_migrations VALUES ('v1');

UPDATE ledger SET revision = 41, paused_until = '2026-02-14';

INSERT INTO nudge VALUES
    ('reconnect/met-2025-12-09/ana%40example.org', 'n0000001', 'pending', NULL, NULL, NULL, 0, 'due', 'met-2025-12-09', 'met-2025-12-09', '2026-01-20', '2026-01-20', 0, 0, 0, NULL, NULL, NULL),
    ('reconnect/wrote-2025-12-01/ben', 'n0000002', 'delivered', NULL, NULL, NULL, 0, 'late', 'wrote-2025-12-01', 'wrote-2025-12-01', '2026-01-02', '2026-01-02', 2, 1, 0, 1769504400, 1769504400, NULL),
    ('reconnect/kept-2025-11-01/c', 'n0000003', 'snoozed', NULL, NULL, 1769600000, 1, 'dormant', 'kept-2025-11-01', 'kept-2025-11-01', '2026-01-10', '2026-01-10', 1, 0, 2, 1769400000, 1769400000, NULL),
    ('reconnect/ignored-2026-01-01/d', 'n0000004', 'snoozed', NULL, NULL, 1769700000, 0, 'chance', 'ignored-2026-01-01', 'met-2025-10-01', '2026-01-11', '2026-01-11', 3, 3, 1, 1769300000, NULL, NULL),
    ('reconnect/met-2025-06-01/e', 'n0000005', 'answered', 'met', NULL, NULL, 0, 'due', 'met-2025-06-01', 'met-2025-06-01', '2025-07-13', '2025-07-13', 1, 0, 0, 1752400000, 1752400000, '2025-07-14'),
    ('reconnect/skip-2025-06-02/f', 'n0000006', 'answered', 'wrote', NULL, NULL, 0, 'due', 'skip-2025-06-02', 'skip-2025-06-02', '2025-07-14', '2025-07-14', 1, 0, 0, 1752500000, 1752500000, '2025-07-15'),
    ('reconnect/again-2025-06-03/g', 'n0000007', 'answered', 'skip', NULL, NULL, 0, 'due', 'again-2025-06-03', 'met-2025-01-03', '2025-07-15', '2025-07-15', 1, 0, 0, 1752600000, 1752600000, '2025-07-16'),
    ('reconnect/withdrawn-2025-06-04/h', 'n0000008', 'answered', 'evidence', NULL, NULL, 0, 'due', 'withdrawn-2025-06-04', 'met-2025-01-04', '2025-07-16', '2025-07-16', 1, 0, 0, 1752700000, 1752700000, '2025-07-17'),
    ('birthday/2026/i%2Fj', 'n0000009', 'expired', NULL, 'past', NULL, 0, 'birthday', NULL, NULL, '2026-01-05', '2025-12-26', 0, 0, 0, NULL, NULL, '2026-01-09'),
    ('anniversary/2025/i%2Fj', 'n000000a', 'expired', NULL, 'withdrawn', NULL, 0, 'anniversary', NULL, NULL, '2025-09-05', '2025-08-26', 0, 0, 0, NULL, NULL, '2025-08-30'),
    ('reconnect/met-2025-01-05/k', 'n000000b', 'expired', NULL, 'ignored', NULL, 0, 'late', 'met-2025-01-05', 'met-2025-01-05', '2025-02-16', '2025-02-16', 1, 0, 0, 1739700000, 1739700000, '2025-03-02'),
    ('reconnect/met-2015-01-05/k', 'n000000c', 'expired', NULL, 'ignored', NULL, 0, 'late', 'met-2015-01-05', 'met-2015-01-05', '2015-02-16', '2015-02-16', 1, 0, 0, 1424100000, 1424100000, '2015-03-02');

INSERT INTO delivery VALUES
    (1, 'reconnect/wrote-2025-12-01/ben', 'desktop', '1', 'sent', 1767600000, 1767601800, 1, 1767600000, 1767600005, 1767600005, 0, '7@:1.42', NULL),
    (2, 'reconnect/wrote-2025-12-01/ben', 'desktop', '2', 'sent', 1769504400, 1769506200, 0, 1769504400, 1769504401, 1769504401, 1, '9@:1.42', NULL),
    (3, 'reconnect/kept-2025-11-01/c', 'desktop', '1', 'failed', 1769400000, 1769401800, 1, 1769400000, 1769400900, NULL, 1, NULL, 'no notification server'),
    (4, 'reconnect/kept-2025-11-01/c', 'email', '1', 'sent', NULL, NULL, 1, 1769400901, 1769400902, 1769400902, 1, '<x@kith>', NULL),
    (5, 'digest/2026-W05', 'email', 'week', 'pending', NULL, NULL, 0, 1769412600, 1769416200, NULL, 1, NULL, 'msmtp: cannot connect'),
    (6, 'source/2026-01-20//media/cal', 'desktop', 'gone', 'cancelled', NULL, NULL, 0, 1769100000, NULL, NULL, 1, NULL, 'the source is back'),
    (7, 'reconnect/met-2015-01-05/k', 'desktop', '1', 'sent', NULL, NULL, 1, 1424100000, 1424100000, 1424100000, 1, NULL, NULL),
    (8, 'reconnect/met-2025-12-09/ana%40example.org', 'desktop', '1', 'pending', 1769504400, 1769506200, 1, 1769504400, NULL, NULL, 1, NULL, NULL);
INSERT INTO delivery_nudge VALUES
    (1, 'reconnect/wrote-2025-12-01/ben', '1', 1), (2, 'reconnect/wrote-2025-12-01/ben', '2', 1),
    (3, 'reconnect/kept-2025-11-01/c', '1', 0), (4, 'reconnect/kept-2025-11-01/c', '1', 1),
    (7, 'reconnect/met-2015-01-05/k', '1', 1), (8, 'reconnect/met-2025-12-09/ana%40example.org', '1', 1);
INSERT INTO attempt VALUES
    (1, 1, 1767600005, 'sent', NULL), (2, 1, 1769504401, 'sent', NULL),
    (3, 1, 1769400000, 'failed', 'no notification server'), (3, 2, 1769400900, 'refused', 'no notification server'),
    (4, 1, 1769400902, 'sent', NULL), (5, 1, 1769412600, 'failed', 'msmtp: cannot connect'), (5, 2, 1769416200, NULL, NULL),
    (7, 1, 1424100000, 'sent', NULL);

INSERT INTO answer VALUES
    (1, 'met', 'reconnect/met-2025-06-01/e', 'delivered', NULL, 0, 'e1@kith', 1752486400, '2025-07-14', 0),
    (2, 'wrote', 'reconnect/skip-2025-06-02/f', 'snoozed', 1752490000, 1, 'f1@kith', 1752572800, '2025-07-15', 0),
    (3, 'skip', 'reconnect/again-2025-06-03/g', 'pending', NULL, 0, NULL, 1752659200, '2025-07-16', 0),
    (4, 'skip', NULL, NULL, NULL, 0, NULL, 1752000000, '2025-07-08', 1),
    (5, 'skip', NULL, NULL, NULL, 0, NULL, 1748820000, '2025-06-02', 0),
    (6, 'evidence', NULL, NULL, NULL, 0, NULL, 1752000000, '2025-07-08', 1);
INSERT INTO answer_contact VALUES (1, 'e'), (2, 'f'), (3, 'g'), (4, 'g'), (5, 'f'), (5, 'o''brien'), (6, 'h');

INSERT INTO first_seen VALUES ('ana@example.org', '2025-06-01'), ('c', '2025-11-01');
INSERT INTO source VALUES ('/home/ada/calendars', 1204, NULL), ('/media/cal', 12, 1768900000);
