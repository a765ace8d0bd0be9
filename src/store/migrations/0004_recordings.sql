-- The sound of calls: what is known of each recording, and the places marked in it. The files stand outside.

-- Whose recordings are kept here, and from which calls on; written by whoever keeps them. Without it every imported
-- call of years past would wait for a file that nobody can fetch.
CREATE TABLE recording_sources (
    provider   TEXT PRIMARY KEY,
    since      INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by BLOB
) STRICT, WITHOUT ROWID;

CREATE TABLE recordings (
    call        BLOB PRIMARY KEY REFERENCES calls (id),
    state       TEXT NOT NULL DEFAULT 'awaited' CHECK (state IN ('awaited', 'here', 'silent', 'lost', 'deleted')),
    -- When its call began: what the age is counted from.
    called_at   INTEGER NOT NULL,
    -- Relative to the folder. Of a deleted one: still to be removed.
    file        TEXT,
    form        TEXT CHECK (form IN ('mp3', 'wav', 'ogg')),
    bytes       INTEGER,
    -- Answers of the provider that were no recording yet.
    tries       INTEGER NOT NULL DEFAULT 0,
    next_try_at INTEGER NOT NULL DEFAULT 0,
    -- Why the last try, or all, came to nothing; for people.
    reason      TEXT,
    -- 1: exempt from deletion by age.
    held        INTEGER NOT NULL DEFAULT 0 CHECK (held IN (0, 1)),
    fetched_at  INTEGER,
    deleted_at  INTEGER,
    changed_at  INTEGER NOT NULL,
    changed_by  BLOB,
    CHECK (state <> 'here' OR (file IS NOT NULL AND form IS NOT NULL AND bytes IS NOT NULL)),
    CHECK ((state = 'deleted') = (deleted_at IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX recordings_awaited ON recordings (called_at, next_try_at) WHERE state = 'awaited';
CREATE INDEX recordings_by_age ON recordings (called_at) WHERE state = 'here' AND held = 0;
CREATE INDEX recordings_to_remove ON recordings (file) WHERE state = 'deleted' AND file IS NOT NULL;
CREATE INDEX recordings_lost ON recordings (called_at) WHERE state = 'lost';

-- A mark that was taken away stays, marked.
CREATE TABLE recording_marks (
    id         BLOB PRIMARY KEY CHECK (length(id) = 16),
    call       BLOB NOT NULL REFERENCES calls (id),
    -- From the beginning of the recording.
    at_ms      INTEGER NOT NULL,
    note       TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by BLOB,
    removed_at INTEGER,
    removed_by BLOB
) STRICT;
CREATE INDEX recording_marks_by_call ON recording_marks (call, at_ms);

-- Why it was done, in a word of the program; most deeds need none.
ALTER TABLE journal ADD COLUMN reason TEXT;

-- A finished call with a recording awaits it, whoever wrote the call.
CREATE TRIGGER recording_insert AFTER INSERT ON calls
WHEN NEW.phase = 'ended' AND NEW.recording IS NOT NULL AND NEW.merged = 0
BEGIN
    INSERT OR IGNORE INTO recordings (call, called_at, changed_at)
        SELECT NEW.id, NEW.started_at, NEW.changed_at FROM recording_sources
        WHERE provider = NEW.provider AND since <= NEW.started_at;
END;
CREATE TRIGGER recording_update AFTER UPDATE OF phase, recording, started_at, merged ON calls
WHEN NEW.phase = 'ended' AND NEW.recording IS NOT NULL AND NEW.merged = 0
    AND (OLD.phase, OLD.recording, OLD.started_at, OLD.merged)
    IS NOT (NEW.phase, NEW.recording, NEW.started_at, NEW.merged)
BEGIN
    INSERT OR IGNORE INTO recordings (call, called_at, changed_at)
        SELECT NEW.id, NEW.started_at, NEW.changed_at FROM recording_sources
        WHERE provider = NEW.provider AND since <= NEW.started_at;
    UPDATE recordings SET called_at = NEW.started_at WHERE call = NEW.id AND called_at <> NEW.started_at;
    -- Another name: what was not to be had under the old one may be under this.
    UPDATE recordings SET state = 'awaited', tries = 0, next_try_at = 0, reason = NULL
        WHERE call = NEW.id AND state IN ('awaited', 'silent', 'lost') AND OLD.recording IS NOT NEW.recording;
END;

-- The report offers what can be heard, or is still to come.
CREATE TRIGGER recording_state AFTER UPDATE OF state ON recordings
WHEN (OLD.state IN ('awaited', 'here')) <> (NEW.state IN ('awaited', 'here'))
BEGIN
    UPDATE calls SET mute = NEW.state NOT IN ('awaited', 'here') WHERE id = NEW.call;
END;
