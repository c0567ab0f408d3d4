import GRDB

/// The tables, in the order in which they came to be.
///
/// A migration that was on main is never changed.
///
/// What must hold is held by the schema first: identities and delivery keys are unique, a state is one of its words, an attempt
/// has its delivery, and no occasion of a nudge stands under two live keys.
enum Schema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("v1") { try $0.execute(sql: first) }
        migrator.registerMigration("v2") { try $0.execute(sql: second) }
        return migrator
    }

    private static let first = """
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
        """

    /// What chance drew, and the moments that digests named.
    private static let second = """
        CREATE TABLE draw (week TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
        CREATE TABLE draw_contact (
            week TEXT NOT NULL REFERENCES draw (week) ON DELETE CASCADE,
            place INTEGER NOT NULL CHECK (place >= 0),
            contact TEXT NOT NULL,
            PRIMARY KEY (week, place),
            UNIQUE (week, contact)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE announcement (
            nudge TEXT PRIMARY KEY REFERENCES nudge (identity) ON DELETE CASCADE,
            start INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """
}
