-- What the ledger stands on: short numbers of calls and people, a log of what bears on its facts, and the words of
-- comments. Run with foreign keys off: tables that others refer to are rebuilt.

DROP VIEW standing_wrapups;
DROP VIEW call_parties;

-- Numbers -----------------------------------------------------------------------------------------

-- `number`: given in the order of writing, never used again, this file's own (never replicated).

CREATE TABLE numbered_people (
    number        INTEGER PRIMARY KEY AUTOINCREMENT,
    id            BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
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
INSERT INTO numbered_people (id, code, kind, name, surname_key, given_key, rest_key, born, family, parent,
    comment, extra_comment, remembered_by, changed_at, changed_by)
SELECT id, code, kind, name, surname_key, given_key, rest_key, born, family, parent,
    comment, extra_comment, remembered_by, changed_at, changed_by FROM people ORDER BY rowid;
DROP TABLE people;
ALTER TABLE numbered_people RENAME TO people;
CREATE INDEX people_by_surname ON people (surname_key, given_key, rest_key);
CREATE INDEX people_by_given ON people (given_key, surname_key, rest_key);
CREATE INDEX people_by_family ON people (family) WHERE family IS NOT NULL;
CREATE INDEX people_by_parent ON people (parent) WHERE parent IS NOT NULL;
CREATE INDEX people_remembered ON people (remembered_by) WHERE remembered_by IS NOT NULL;

CREATE TABLE numbered_calls (
    number       INTEGER PRIMARY KEY AUTOINCREMENT,
    id           BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
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
INSERT INTO numbered_calls (id, provider, provider_id, direction, phone, other, name, line, queue, phase, result,
    agent, holder, ringing, started_at, answered_at, ended_at, wait_ms, talk_ms, hold_ms, recording, person, merged,
    changed_at, changed_by)
SELECT id, provider, provider_id, direction, phone, other, name, line, queue, phase, result,
    agent, holder, ringing, started_at, answered_at, ended_at, wait_ms, talk_ms, hold_ms, recording, person, merged,
    changed_at, changed_by FROM calls ORDER BY rowid;
DROP TABLE calls;
ALTER TABLE numbered_calls RENAME TO calls;
CREATE INDEX calls_live ON calls (started_at) WHERE phase <> 'ended';
CREATE INDEX calls_by_start ON calls (started_at);
CREATE INDEX calls_by_end ON calls (ended_at);
CREATE INDEX calls_by_phone ON calls (phone, started_at);
CREATE INDEX calls_by_person ON calls (person, started_at);
CREATE INDEX calls_by_other ON calls (other) WHERE other IS NOT NULL;

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

-- The log -----------------------------------------------------------------------------------------

-- Everything that bears on the ledger's facts leaves a row here in the transaction of the change, written by
-- triggers: whoever knows the facts as of a `seq` finds what to look at again. Only a hint where to look, so one row
-- too many does no harm; one too few does. The row 'mark' stands for all before it: what the cache that was saved last
-- is known by.
CREATE TABLE ledger_log (
    seq  INTEGER PRIMARY KEY AUTOINCREMENT,
    what TEXT NOT NULL CHECK (what IN ('call', 'person', 'phone', 'line', 'types', 'mark')),
    -- A call's number, a person's id, a phone, a line's number; 0 of the types.
    key  ANY NOT NULL,
    -- Only calls about this time are concerned; NULL: of all times.
    at   INTEGER
) STRICT;

CREATE TRIGGER log_call_insert AFTER INSERT ON calls WHEN NEW.phase = 'ended' BEGIN
    INSERT INTO ledger_log (what, key, at) VALUES ('call', NEW.number, NEW.started_at);
END;
CREATE TRIGGER log_call_update
AFTER UPDATE OF direction, phone, other, line, phase, result, started_at, answered_at, ended_at, wait_ms, talk_ms,
    recording, person, merged ON calls
WHEN 'ended' IN (OLD.phase, NEW.phase)
    AND (OLD.direction, OLD.phone, OLD.other, OLD.line, OLD.phase, OLD.result, OLD.started_at, OLD.answered_at,
         OLD.ended_at, OLD.wait_ms, OLD.talk_ms, OLD.recording IS NULL, OLD.person, OLD.merged)
    IS NOT (NEW.direction, NEW.phone, NEW.other, NEW.line, NEW.phase, NEW.result, NEW.started_at, NEW.answered_at,
         NEW.ended_at, NEW.wait_ms, NEW.talk_ms, NEW.recording IS NULL, NEW.person, NEW.merged)
BEGIN
    INSERT INTO ledger_log (what, key, at) VALUES ('call', NEW.number, NEW.started_at);
END;
-- Where it was before: whoever it leaves does without it.
CREATE TRIGGER log_call_leaves AFTER UPDATE OF phone, started_at, person ON calls
WHEN OLD.phase = 'ended'
    AND (OLD.phone, OLD.started_at, OLD.person) IS NOT (NEW.phone, NEW.started_at, NEW.person)
BEGIN
    INSERT INTO ledger_log (what, key, at) SELECT 'person', OLD.person, OLD.started_at WHERE OLD.person IS NOT NULL;
    INSERT INTO ledger_log (what, key, at) SELECT 'phone', OLD.phone, OLD.started_at
        WHERE (OLD.phone, OLD.started_at) IS NOT (NEW.phone, NEW.started_at) AND OLD.phone IS NOT NULL;
    INSERT INTO ledger_log (what, key, at) SELECT 'person', about, OLD.started_at FROM wrapups
        WHERE call = OLD.id AND about IS NOT NULL AND OLD.started_at <> NEW.started_at;
END;
CREATE TRIGGER log_call_delete AFTER DELETE ON calls WHEN OLD.phase = 'ended' BEGIN
    INSERT INTO ledger_log (what, key, at) VALUES ('call', OLD.number, OLD.started_at);
    INSERT INTO ledger_log (what, key, at) SELECT 'person', OLD.person, OLD.started_at WHERE OLD.person IS NOT NULL;
    INSERT INTO ledger_log (what, key, at) SELECT 'phone', OLD.phone, OLD.started_at WHERE OLD.phone IS NOT NULL;
END;

CREATE TRIGGER log_transfer_insert AFTER INSERT ON call_transfers BEGIN
    INSERT INTO ledger_log (what, key, at)
        SELECT 'call', number, started_at FROM calls WHERE id = NEW.call AND phase = 'ended';
END;
CREATE TRIGGER log_transfer_update AFTER UPDATE OF call, talk_ms ON call_transfers
WHEN (OLD.call, OLD.talk_ms) IS NOT (NEW.call, NEW.talk_ms)
BEGIN
    INSERT INTO ledger_log (what, key, at)
        SELECT 'call', number, started_at FROM calls WHERE id IN (OLD.call, NEW.call) AND phase = 'ended';
END;
CREATE TRIGGER log_transfer_delete AFTER DELETE ON call_transfers BEGIN
    INSERT INTO ledger_log (what, key, at)
        SELECT 'call', number, started_at FROM calls WHERE id = OLD.call AND phase = 'ended';
END;

CREATE TRIGGER log_wrapup_insert AFTER INSERT ON wrapups BEGIN
    INSERT INTO ledger_log (what, key, at)
        SELECT 'call', number, started_at FROM calls WHERE id = NEW.call AND phase = 'ended';
END;
CREATE TRIGGER log_wrapup_update AFTER UPDATE ON wrapups BEGIN
    INSERT INTO ledger_log (what, key, at)
        SELECT 'call', number, started_at FROM calls WHERE id IN (OLD.call, NEW.call) AND phase = 'ended';
    INSERT INTO ledger_log (what, key, at)
        SELECT 'person', OLD.about, started_at FROM calls WHERE id = OLD.call AND OLD.about IS NOT NULL;
END;
CREATE TRIGGER log_wrapup_delete AFTER DELETE ON wrapups BEGIN
    INSERT INTO ledger_log (what, key, at)
        SELECT 'call', number, started_at FROM calls WHERE id = OLD.call AND phase = 'ended';
    INSERT INTO ledger_log (what, key, at)
        SELECT 'person', OLD.about, started_at FROM calls WHERE id = OLD.call AND OLD.about IS NOT NULL;
END;

CREATE TRIGGER log_phone_insert AFTER INSERT ON person_phones BEGIN
    INSERT INTO ledger_log (what, key) VALUES ('phone', NEW.phone);
END;
CREATE TRIGGER log_phone_update AFTER UPDATE OF person, phone ON person_phones
WHEN (OLD.person, OLD.phone) IS NOT (NEW.person, NEW.phone)
BEGIN
    INSERT INTO ledger_log (what, key)
        VALUES ('phone', OLD.phone), ('person', OLD.person), ('phone', NEW.phone), ('person', NEW.person);
END;
CREATE TRIGGER log_phone_delete AFTER DELETE ON person_phones BEGIN
    INSERT INTO ledger_log (what, key) VALUES ('phone', OLD.phone), ('person', OLD.person);
END;

-- One who was just written has no calls yet; their phones are told by themselves.
CREATE TRIGGER log_person_update AFTER UPDATE OF kind, parent ON people
WHEN (OLD.kind, OLD.parent) IS NOT (NEW.kind, NEW.parent)
BEGIN
    INSERT INTO ledger_log (what, key) VALUES ('person', OLD.id);
    INSERT INTO ledger_log (what, key) SELECT 'person', OLD.parent WHERE OLD.parent IS NOT NULL;
    INSERT INTO ledger_log (what, key) SELECT 'person', NEW.parent WHERE NEW.parent IS NOT NULL;
END;
CREATE TRIGGER log_person_delete AFTER DELETE ON people BEGIN
    INSERT INTO ledger_log (what, key) VALUES ('person', OLD.id);
    INSERT INTO ledger_log (what, key) SELECT 'person', OLD.parent WHERE OLD.parent IS NOT NULL;
END;

CREATE TRIGGER log_visit_insert AFTER INSERT ON visits BEGIN
    INSERT INTO ledger_log (what, key) VALUES ('person', NEW.patient);
END;
CREATE TRIGGER log_visit_update AFTER UPDATE OF patient, speciality, starts_at, stage, money ON visits
WHEN (OLD.patient, OLD.speciality, OLD.starts_at, OLD.stage, OLD.money)
    IS NOT (NEW.patient, NEW.speciality, NEW.starts_at, NEW.stage, NEW.money)
BEGIN
    INSERT INTO ledger_log (what, key) VALUES ('person', NEW.patient);
    INSERT INTO ledger_log (what, key) SELECT 'person', OLD.patient WHERE OLD.patient <> NEW.patient;
    INSERT INTO ledger_log (what, key, at)
        SELECT 'person', OLD.patient, at FROM visit_events WHERE visit = OLD.id AND OLD.patient <> NEW.patient;
END;
-- Before: afterwards nobody knows any more whose its events were.
CREATE TRIGGER log_visit_delete BEFORE DELETE ON visits BEGIN
    INSERT INTO ledger_log (what, key) VALUES ('person', OLD.patient);
    INSERT INTO ledger_log (what, key, at) SELECT 'person', OLD.patient, at FROM visit_events WHERE visit = OLD.id;
END;

CREATE TRIGGER log_event_insert AFTER INSERT ON visit_events BEGIN
    INSERT INTO ledger_log (what, key) SELECT 'person', patient FROM visits WHERE id = NEW.visit;
END;
CREATE TRIGGER log_event_update AFTER UPDATE ON visit_events BEGIN
    INSERT INTO ledger_log (what, key, at) SELECT 'person', patient, OLD.at FROM visits WHERE id = OLD.visit;
    INSERT INTO ledger_log (what, key) SELECT 'person', patient FROM visits WHERE id IN (OLD.visit, NEW.visit);
END;
CREATE TRIGGER log_event_delete AFTER DELETE ON visit_events BEGIN
    INSERT INTO ledger_log (what, key, at) SELECT 'person', patient, OLD.at FROM visits WHERE id = OLD.visit;
    INSERT INTO ledger_log (what, key) SELECT 'person', patient FROM visits WHERE id = OLD.visit;
END;

CREATE TRIGGER log_line_insert AFTER INSERT ON lines BEGIN
    INSERT INTO ledger_log (what, key) VALUES ('line', NEW.number);
END;
CREATE TRIGGER log_line_update AFTER UPDATE OF number, channel, branch ON lines
WHEN (OLD.number, OLD.channel, OLD.branch) IS NOT (NEW.number, NEW.channel, NEW.branch)
BEGIN
    INSERT INTO ledger_log (what, key) VALUES ('line', OLD.number), ('line', NEW.number);
END;
CREATE TRIGGER log_line_delete AFTER DELETE ON lines BEGIN
    INSERT INTO ledger_log (what, key) VALUES ('line', OLD.number);
END;

CREATE TRIGGER log_type_insert AFTER INSERT ON caller_types BEGIN
    INSERT INTO ledger_log (what, key) VALUES ('types', 0);
END;
CREATE TRIGGER log_type_update AFTER UPDATE OF id, sets_itself_for, counts ON caller_types BEGIN
    INSERT INTO ledger_log (what, key) VALUES ('types', 0);
END;
CREATE TRIGGER log_type_delete AFTER DELETE ON caller_types BEGIN
    INSERT INTO ledger_log (what, key) VALUES ('types', 0);
END;

-- Words of comments -------------------------------------------------------------------------------

-- The standing wrap-up's comment by its call's number, ё written е; calls without one are not here.
CREATE VIRTUAL TABLE call_comments USING fts5 (comment, content = '', contentless_delete = 1, tokenize = 'unicode61');

CREATE VIEW standing_comments AS
    SELECT calls.id AS call, calls.number, replace(replace(comment, 'ё', 'е'), 'Ё', 'Е') AS comment
    FROM standing_wrapups JOIN calls ON calls.id = standing_wrapups.call
    WHERE comment <> '';

INSERT INTO call_comments (rowid, comment) SELECT number, comment FROM standing_comments;

-- Calls whose words are to be looked at again before the transaction ends (store/comments.rs): an index of words that
-- is written to between other writes costs ten times as much.
CREATE TABLE unread_comments (
    number INTEGER PRIMARY KEY
) STRICT;

CREATE TRIGGER comment_insert AFTER INSERT ON wrapups WHEN NEW.comment <> '' OR NEW.revision > 1 BEGIN
    INSERT OR IGNORE INTO unread_comments SELECT number FROM calls WHERE id = NEW.call;
END;
CREATE TRIGGER comment_update AFTER UPDATE OF call, revision, comment, undone_at ON wrapups BEGIN
    INSERT OR IGNORE INTO unread_comments SELECT number FROM calls WHERE id IN (OLD.call, NEW.call);
END;
CREATE TRIGGER comment_delete AFTER DELETE ON wrapups BEGIN
    INSERT OR IGNORE INTO unread_comments SELECT number FROM calls WHERE id = OLD.call;
END;
CREATE TRIGGER comment_call_delete AFTER DELETE ON calls BEGIN
    INSERT OR IGNORE INTO unread_comments VALUES (OLD.number);
END;

-- What desks keep ---------------------------------------------------------------------------------

-- Reports saved by name, for every desk: the one line that holds such a report's state.
CREATE TABLE saved_views (
    name       TEXT PRIMARY KEY,
    line       TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by BLOB
) STRICT, WITHOUT ROWID;

-- What an operator's desk wants to find again, by its own names.
CREATE TABLE memory (
    -- x'' of nobody: a desk without an operator.
    employee   BLOB NOT NULL,
    name       TEXT NOT NULL,
    value      TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by BLOB,
    PRIMARY KEY (employee, name)
) STRICT, WITHOUT ROWID;
