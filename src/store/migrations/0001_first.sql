-- Conventions, for every table of this and later migrations:
--   id          UUIDv7 as 16 bytes, made where the fact is written: survives replication, never reused
--   *_at        INTEGER, milliseconds since 1970 UTC
--   *_ms        INTEGER, a duration in milliseconds
--   born, *_day TEXT, a calendar day as YYYY-MM-DD
--   money       INTEGER kopecks; negative is a debt
--   phone       INTEGER, E.164 without its plus
--   changed_at, changed_by   when and by whom the row was last written; nobody (NULL) is the program itself.
--               No foreign key on changed_by: an author may be written before, or replicated without, their card.

-- Directories -------------------------------------------------------------------------------------

CREATE TABLE branches (
    id         BLOB PRIMARY KEY CHECK (length(id) = 16),
    name       TEXT NOT NULL UNIQUE,
    address    TEXT NOT NULL DEFAULT '',
    position   INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by BLOB
) STRICT;

CREATE TABLE channels (
    id         BLOB PRIMARY KEY CHECK (length(id) = 16),
    name       TEXT NOT NULL UNIQUE,
    script     TEXT NOT NULL DEFAULT '',
    position   INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by BLOB
) STRICT;

CREATE TABLE lines (
    number     TEXT PRIMARY KEY,
    name       TEXT NOT NULL DEFAULT '',
    channel    BLOB REFERENCES channels (id),
    branch     BLOB REFERENCES branches (id),
    changed_at INTEGER NOT NULL,
    changed_by BLOB
) STRICT, WITHOUT ROWID;

CREATE TABLE topics (
    id         BLOB PRIMARY KEY CHECK (length(id) = 16),
    name       TEXT NOT NULL UNIQUE,
    position   INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by BLOB
) STRICT;

CREATE TABLE caller_types (
    id              BLOB PRIMARY KEY CHECK (length(id) = 16),
    name            TEXT NOT NULL UNIQUE,
    direction       TEXT CHECK (direction IN ('in', 'out')),
    sets_itself_for TEXT UNIQUE CHECK (sets_itself_for IN ('patient', 'employee', 'counterparty')),
    counts          INTEGER NOT NULL CHECK (counts IN (0, 1)),
    needs_topic     INTEGER NOT NULL CHECK (needs_topic IN (0, 1)),
    position        INTEGER NOT NULL,
    changed_at      INTEGER NOT NULL,
    changed_by      BLOB
) STRICT;

-- The same ids on every machine: they are one directory when stores are put together.
INSERT INTO caller_types (id, name, direction, sets_itself_for, counts, needs_topic, position, changed_at) VALUES
    (x'018CC251F40070008000000000000001', 'Пациент. Хочет записаться', 'in',  NULL, 1, 1, 1, 0),
    (x'018CC251F40070008000000000000002', 'Пациент. Уже записан',      'in',  NULL, 1, 1, 2, 0),
    (x'018CC251F40070008000000000000003', 'Пациент. Лист ожидания',    'out', NULL, 1, 1, 3, 0),
    (x'018CC251F40070008000000000000004', 'Пациент. Задача CRM',       'out', NULL, 1, 1, 4, 0),
    (x'018CC251F40070008000000000000005', 'Пациент. Наполнение',       'out', NULL, 1, 1, 5, 0),
    (x'018CC251F40070008000000000000006', 'Сотрудник',                 NULL, 'employee',     0, 0, 6, 0),
    (x'018CC251F40070008000000000000007', 'Прочие и контрагенты',      NULL, 'counterparty', 0, 0, 7, 0);

-- People ------------------------------------------------------------------------------------------

CREATE TABLE families (
    id         BLOB PRIMARY KEY CHECK (length(id) = 16),
    -- The family's number in the clinic's own system: what a repeated import finds it by.
    code       TEXT UNIQUE,
    changed_at INTEGER NOT NULL,
    changed_by BLOB
) STRICT;

CREATE TABLE people (
    id            BLOB PRIMARY KEY CHECK (length(id) = 16),
    -- The card's number in the clinic's own system: what a repeated import finds it by.
    code          TEXT UNIQUE,
    kind          TEXT NOT NULL CHECK (kind IN ('patient', 'employee', 'counterparty')),
    -- «Фамилия Имя Отчество», or a counterparty's name.
    name          TEXT NOT NULL,
    -- The name's first word, second word and the rest, folded (domain::name): what the search reads.
    surname_key   TEXT NOT NULL,
    given_key     TEXT NOT NULL,
    rest_key      TEXT NOT NULL,
    born          TEXT,
    family        BLOB REFERENCES families (id),
    parent        BLOB REFERENCES people (id),
    comment       TEXT NOT NULL DEFAULT '',
    extra_comment TEXT NOT NULL DEFAULT '',
    -- The call whose wrap-up made us remember this counterparty; undone together with it.
    remembered_by BLOB REFERENCES calls (id),
    changed_at    INTEGER NOT NULL,
    changed_by    BLOB
) STRICT;
CREATE INDEX people_by_surname ON people (surname_key, given_key, rest_key);
CREATE INDEX people_by_given ON people (given_key, surname_key, rest_key);
CREATE INDEX people_by_family ON people (family) WHERE family IS NOT NULL;
CREATE INDEX people_by_parent ON people (parent) WHERE parent IS NOT NULL;
CREATE INDEX people_remembered ON people (remembered_by) WHERE remembered_by IS NOT NULL;

CREATE TABLE person_phones (
    person     BLOB NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    phone      INTEGER NOT NULL CHECK (phone > 0),
    is_primary INTEGER NOT NULL CHECK (is_primary IN (0, 1)),
    changed_at INTEGER NOT NULL,
    changed_by BLOB,
    PRIMARY KEY (person, phone)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX person_phones_primary ON person_phones (person) WHERE is_primary = 1;
-- A phone is shared by a family: not unique.
CREATE INDEX person_phones_by_phone ON person_phones (phone);
-- Search by last digits: the last three choose a thousandth of the index.
CREATE INDEX person_phones_by_tail ON person_phones (phone % 1000, phone);

CREATE TABLE employees (
    person     BLOB PRIMARY KEY REFERENCES people (id),
    extension  TEXT,
    branch     BLOB REFERENCES branches (id),
    -- 0: left. Their name still stands in reports, their extension is free.
    active     INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    changed_at INTEGER NOT NULL,
    changed_by BLOB
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX employees_by_extension ON employees (extension) WHERE active = 1;

-- What the clinic's accounts say of a patient; no row is all zeros.
CREATE TABLE accounts (
    person          BLOB PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    balance         INTEGER NOT NULL DEFAULT 0,
    treatment_total INTEGER NOT NULL DEFAULT 0,
    insured_total   INTEGER NOT NULL DEFAULT 0,
    changed_at      INTEGER NOT NULL,
    changed_by      BLOB
) STRICT, WITHOUT ROWID;

CREATE TABLE policies (
    id         BLOB PRIMARY KEY CHECK (length(id) = 16),
    person     BLOB NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    insurer    TEXT NOT NULL,
    number     TEXT NOT NULL,
    from_day   TEXT NOT NULL,
    until_day  TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by BLOB,
    UNIQUE (person, insurer, number)
) STRICT;

-- Visits and tasks --------------------------------------------------------------------------------

CREATE TABLE visits (
    id         BLOB PRIMARY KEY CHECK (length(id) = 16),
    -- The visit's number in the clinic's own system.
    code       TEXT UNIQUE,
    patient    BLOB NOT NULL REFERENCES people (id),
    branch     BLOB REFERENCES branches (id),
    doctor     TEXT NOT NULL,
    speciality TEXT NOT NULL DEFAULT '',
    starts_at  INTEGER NOT NULL,
    minutes    INTEGER NOT NULL CHECK (minutes >= 0),
    stage      TEXT NOT NULL CHECK (stage IN ('booked', 'confirmed', 'held', 'cancelled', 'lost')),
    money      INTEGER NOT NULL DEFAULT 0,
    comment    TEXT NOT NULL DEFAULT '',
    changed_at INTEGER NOT NULL,
    changed_by BLOB
) STRICT;
CREATE INDEX visits_by_patient ON visits (patient, starts_at);
CREATE INDEX visits_by_time ON visits (starts_at);

-- Append-only. What links a visit to a call is when it was booked, moved or cancelled; each move is a row.
CREATE TABLE visit_events (
    visit      BLOB NOT NULL REFERENCES visits (id) ON DELETE CASCADE,
    kind       TEXT NOT NULL CHECK (kind IN ('booked', 'moved', 'cancelled')),
    at         INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by BLOB,
    PRIMARY KEY (visit, kind, at)
) STRICT, WITHOUT ROWID;
CREATE INDEX visit_events_by_time ON visit_events (at);

CREATE TABLE tasks (
    id         BLOB PRIMARY KEY CHECK (length(id) = 16),
    code       TEXT UNIQUE,
    person     BLOB NOT NULL REFERENCES people (id),
    text       TEXT NOT NULL,
    due_at     INTEGER NOT NULL,
    done_at    INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by BLOB
) STRICT;
CREATE INDEX tasks_by_person ON tasks (person, due_at);

-- Calls -------------------------------------------------------------------------------------------

CREATE TABLE calls (
    id           BLOB PRIMARY KEY CHECK (length(id) = 16),
    provider     TEXT NOT NULL,
    provider_id  TEXT NOT NULL,
    direction    TEXT NOT NULL CHECK (direction IN ('in', 'out', 'internal')),
    -- The other side: a number, or text that is none, or (both NULL) withheld.
    phone        INTEGER,
    other        TEXT,
    name         TEXT,
    line         TEXT,
    queue        TEXT,
    phase        TEXT NOT NULL CHECK (phase IN ('ringing', 'waiting', 'talking', 'on_hold', 'ended')),
    result       TEXT CHECK (result IN ('answered', 'missed', 'no_answer', 'busy', 'failed', 'agent_no_answer', 'rejected')),
    agent        TEXT,
    holder       TEXT,
    -- Extensions whose phones ring now, as a JSON array; read only while the call is live.
    ringing      TEXT NOT NULL DEFAULT '[]',
    started_at   INTEGER NOT NULL,
    answered_at  INTEGER,
    ended_at     INTEGER,
    wait_ms      INTEGER NOT NULL,
    -- With the first agent; what transfers add stands in call_transfers.
    talk_ms      INTEGER NOT NULL,
    hold_ms      INTEGER NOT NULL,
    recording    TEXT,
    -- Who it was: the standing wrap-up's «Кто», else the only person who had the number when the call was
    -- first written. NULL: not known then; the view call_parties also looks who has the number now.
    person       BLOB REFERENCES people (id),
    -- 1: turned out to be a part of another call (see call_merges); never counted, never shown.
    merged       INTEGER NOT NULL DEFAULT 0 CHECK (merged IN (0, 1)),
    changed_at   INTEGER NOT NULL,
    changed_by   BLOB,
    UNIQUE (provider, provider_id),
    CHECK (phone IS NULL OR other IS NULL),
    CHECK ((phase = 'ended') = (result IS NOT NULL))
) STRICT;
CREATE INDEX calls_live ON calls (started_at) WHERE phase <> 'ended';
CREATE INDEX calls_by_start ON calls (started_at);
CREATE INDEX calls_by_end ON calls (ended_at);
CREATE INDEX calls_by_phone ON calls (phone, started_at);
CREATE INDEX calls_by_person ON calls (person, started_at);

CREATE TABLE call_transfers (
    call       BLOB NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('blind', 'attended')),
    target     TEXT NOT NULL,
    talk_ms    INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by BLOB,
    PRIMARY KEY (call, position)
) STRICT, WITHOUT ROWID;

-- By the provider's ids, so that a merge may come before either call does.
CREATE TABLE call_merges (
    provider   TEXT NOT NULL,
    gone       TEXT NOT NULL,
    into_id    TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by BLOB,
    PRIMARY KEY (provider, gone)
) STRICT, WITHOUT ROWID;

-- Wrap-ups ----------------------------------------------------------------------------------------

-- Every save is a row and stays one; an undo only marks it. The standing one is in standing_wrapups.
CREATE TABLE wrapups (
    call        BLOB NOT NULL REFERENCES calls (id),
    revision    INTEGER NOT NULL,
    who         BLOB REFERENCES people (id),
    who_text    TEXT NOT NULL,
    about       BLOB REFERENCES people (id),
    caller_type BLOB REFERENCES caller_types (id),
    topic       BLOB REFERENCES topics (id),
    comment     TEXT NOT NULL,
    -- «Сотрудник» of the report, and the time of «Сохранить».
    changed_at  INTEGER NOT NULL,
    changed_by  BLOB,
    undone_at   INTEGER,
    undone_by   BLOB,
    PRIMARY KEY (call, revision)
) STRICT, WITHOUT ROWID;
CREATE INDEX wrapups_by_who ON wrapups (who) WHERE who IS NOT NULL;
CREATE INDEX wrapups_by_about ON wrapups (about) WHERE about IS NOT NULL;

CREATE TABLE drafts (
    call        BLOB PRIMARY KEY REFERENCES calls (id),
    who         BLOB REFERENCES people (id),
    who_text    TEXT NOT NULL,
    about       BLOB REFERENCES people (id),
    caller_type BLOB REFERENCES caller_types (id),
    topic       BLOB REFERENCES topics (id),
    comment     TEXT NOT NULL,
    changed_at  INTEGER NOT NULL,
    changed_by  BLOB
) STRICT, WITHOUT ROWID;

CREATE VIEW standing_wrapups AS
    SELECT * FROM wrapups AS latest
    WHERE undone_at IS NULL
      AND revision = (SELECT max(revision) FROM wrapups WHERE call = latest.call AND undone_at IS NULL);

-- Whom a call was with, late identification included: an unknown number is nobody until exactly one person has it.
CREATE VIEW call_parties AS
    SELECT id AS call,
           coalesce(person, (SELECT min(owner.person) FROM person_phones AS owner
                             WHERE owner.phone = calls.phone HAVING count(*) = 1)) AS person
    FROM calls;

-- The rest ----------------------------------------------------------------------------------------

-- Who did what to whose data; ids only, no personal data. Append-only.
CREATE TABLE journal (
    id         BLOB PRIMARY KEY CHECK (length(id) = 16),
    action     TEXT NOT NULL,
    subject    TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by BLOB
) STRICT;
CREATE INDEX journal_by_subject ON journal (subject, changed_at);

-- How far a provider has been read. Written in the transaction of the data it speaks of.
CREATE TABLE cursors (
    name       TEXT PRIMARY KEY,
    value      TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by BLOB
) STRICT, WITHOUT ROWID;
