-- What a second provider and outages need: whence a call came in the provider's words, whether its figures are the
-- provider's own record, when nobody told us of calls, who wrote instead of calling.

ALTER TABLE calls ADD COLUMN settled INTEGER NOT NULL DEFAULT 0 CHECK (settled IN (0, 1));
-- The channel that the call's own campaign names; NULL: the line's counts.
ALTER TABLE calls ADD COLUMN channel BLOB REFERENCES channels (id);
-- What was put on the call in the provider's own system, as a JSON array.
ALTER TABLE calls ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
-- 1: there is nothing to hear, or not any more, whatever `recording` says.
ALTER TABLE calls ADD COLUMN mute INTEGER NOT NULL DEFAULT 0 CHECK (mute IN (0, 1));

-- Somebody else's words, each NULL while not known.
CREATE TABLE call_adverts (
    call          BLOB PRIMARY KEY REFERENCES calls (id) ON DELETE CASCADE,
    campaign      TEXT,
    medium        TEXT,
    search_engine TEXT,
    search_words  TEXT,
    referrer      TEXT,
    entrance_page TEXT,
    utm_source    TEXT,
    utm_medium    TEXT,
    utm_campaign  TEXT,
    utm_term      TEXT,
    utm_content   TEXT,
    changed_at    INTEGER NOT NULL,
    changed_by    BLOB
) STRICT, WITHOUT ROWID;

-- The provider of the whole; NULL: the same as that of the part.
ALTER TABLE call_merges ADD COLUMN into_provider TEXT;

DROP TRIGGER log_call_update;
CREATE TRIGGER log_call_update
AFTER UPDATE OF direction, phone, other, line, phase, result, started_at, answered_at, ended_at, wait_ms, talk_ms,
    recording, mute, channel, person, merged ON calls
WHEN 'ended' IN (OLD.phase, NEW.phase)
    AND (OLD.direction, OLD.phone, OLD.other, OLD.line, OLD.phase, OLD.result, OLD.started_at, OLD.answered_at,
         OLD.ended_at, OLD.wait_ms, OLD.talk_ms, OLD.recording IS NULL, OLD.mute, OLD.channel, OLD.person, OLD.merged)
    IS NOT (NEW.direction, NEW.phone, NEW.other, NEW.line, NEW.phase, NEW.result, NEW.started_at, NEW.answered_at,
         NEW.ended_at, NEW.wait_ms, NEW.talk_ms, NEW.recording IS NULL, NEW.mute, NEW.channel, NEW.person, NEW.merged)
BEGIN
    INSERT INTO ledger_log (what, key, at) VALUES ('call', NEW.number, NEW.started_at);
END;

-- Times in which a source told us nothing.
CREATE TABLE gaps (
    source     TEXT NOT NULL,
    began_at   INTEGER NOT NULL,
    cause      TEXT NOT NULL CHECK (cause IN ('provider', 'listener', 'ourselves')),
    trouble    TEXT NOT NULL CHECK (trouble IN (
                   'unreachable', 'silent', 'garbled', 'login', 'key_over', 'address', 'rights', 'account', 'limit', 'server',
                   'unannounced', 'port', 'other')),
    -- In the provider's own words.
    reason     TEXT NOT NULL,
    ended_at   INTEGER,
    state      TEXT NOT NULL CHECK (state IN ('pending', 'counted', 'unknown')),
    -- Calls that the provider's record has in it, and those of them that are here as it tells them.
    found      INTEGER NOT NULL DEFAULT 0,
    whole      INTEGER NOT NULL DEFAULT 0,
    changed_at INTEGER NOT NULL,
    changed_by BLOB,
    PRIMARY KEY (source, began_at),
    CHECK (whole <= found)
) STRICT, WITHOUT ROWID;
CREATE INDEX gaps_by_time ON gaps (began_at);

-- Requests from site forms.
CREATE TABLE leads (
    id         BLOB PRIMARY KEY CHECK (length(id) = 16),
    source     TEXT NOT NULL,
    source_id  TEXT NOT NULL,
    left_at    INTEGER NOT NULL,
    phone      INTEGER,
    other      TEXT,
    name       TEXT,
    email      TEXT,
    text       TEXT NOT NULL,
    -- An Advert as JSON.
    advert     TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by BLOB,
    UNIQUE (source, source_id),
    CHECK (phone IS NULL OR other IS NULL)
) STRICT;
CREATE INDEX leads_by_phone ON leads (phone, left_at) WHERE phone IS NOT NULL;

-- Notifications that could not be understood, as they came: for whoever mends the template.
CREATE TABLE unread_notices (
    id         BLOB PRIMARY KEY CHECK (length(id) = 16),
    source     TEXT NOT NULL,
    body       TEXT NOT NULL,
    reason     TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by BLOB
) STRICT;
CREATE INDEX unread_notices_by_time ON unread_notices (changed_at);
