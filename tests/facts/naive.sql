-- What every finished call counts as, told the long way round: every call against every visit and every other call.
-- Moscow is three hours ahead of UTC all the year.

CREATE TEMP TABLE told AS
SELECT call.*, said.about, said.topic, said.caller_type AS said_type, said.changed_by AS employee,
    coalesce(said.comment, '') AS comment, said.call IS NOT NULL AS wrapped,
    date(call.started_at / 1000 + 10800, 'unixepoch') AS day,
    -- A call left hanging for more than a day is no talk.
    call.result = 'answered' AND min(answered_at, ended_at) >= started_at - 3600000
        AND max(answered_at, ended_at) <= started_at + 86400000 AS talked,
    coalesce(call.person, CASE (SELECT count(*) FROM person_phones AS owner WHERE owner.phone = call.phone)
        WHEN 1 THEN (SELECT person FROM person_phones AS owner WHERE owner.phone = call.phone) END) AS who
FROM calls AS call
LEFT JOIN wrapups AS said ON said.call = call.id AND said.undone_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM wrapups AS later
    WHERE later.call = said.call AND later.undone_at IS NULL AND later.revision > said.revision)
WHERE call.phase = 'ended' AND call.merged = 0 AND call.direction IN ('in', 'out');

CREATE TEMP TABLE judged AS
SELECT told.*, coalesce(said_type, own.id) AS type,
    NOT (told.direction = 'in' AND result = 'rejected') AND CASE
        WHEN said.id IS NOT NULL THEN said.counts
        WHEN own.id IS NOT NULL THEN own.counts
        ELSE coalesce(person.kind, 'patient') = 'patient' END AS counts
FROM told
LEFT JOIN people AS person ON person.id = who
LEFT JOIN caller_types AS said ON said.id = said_type
LEFT JOIN caller_types AS own ON own.sets_itself_for = person.kind;

-- Each pair of a person and a call that concerns that person's visits.
CREATE TEMP TABLE concerns AS
SELECT judged.number, who AS person FROM judged WHERE who IS NOT NULL
UNION SELECT number, about FROM judged WHERE about IS NOT NULL
UNION SELECT judged.number, owner.person FROM judged JOIN person_phones AS owner ON owner.phone = judged.phone AND who IS NULL
UNION SELECT judged.number, child.id FROM judged JOIN people AS child ON child.parent = who WHERE about IS NULL
UNION SELECT judged.number, child.id FROM judged JOIN person_phones AS owner ON owner.phone = judged.phone AND who IS NULL
    JOIN people AS child ON child.parent = owner.person WHERE about IS NULL;

CREATE TEMP TABLE near AS
SELECT deed.visit, deed.kind, deed.at, talk.number, talk.answered_at, talk.ended_at, talk.id,
    max(talk.answered_at - deed.at, deed.at - talk.ended_at, 0) AS distance
FROM visit_events AS deed
JOIN visits AS visit ON visit.id = deed.visit
JOIN concerns ON concerns.person = visit.patient
JOIN judged AS talk ON talk.number = concerns.number
WHERE talk.counts AND talk.talked
    AND distance <= CASE deed.kind WHEN 'booked' THEN 1800000 ELSE 900000 END;

CREATE TEMP TABLE owned AS
SELECT near.number, near.kind, near.at, visit.stage, visit.speciality,
    CASE visit.stage WHEN 'held' THEN visit.money ELSE 0 END AS money
FROM near JOIN visits AS visit ON visit.id = near.visit
WHERE NOT EXISTS (
    SELECT 1 FROM near AS nearer
    WHERE nearer.visit = near.visit AND nearer.kind = near.kind AND nearer.at = near.at
        AND (-nearer.distance, nearer.answered_at, nearer.ended_at, nearer.id)
            > (-near.distance, near.answered_at, near.ended_at, near.id));

CREATE TEMP TABLE settled AS
SELECT judged.*,
    EXISTS (SELECT 1 FROM owned WHERE owned.number = judged.number AND kind = 'booked') AS booked,
    EXISTS (SELECT 1 FROM owned WHERE owned.number = judged.number AND kind = 'moved') AS moved,
    EXISTS (SELECT 1 FROM owned WHERE owned.number = judged.number AND kind = 'cancelled') AS cancelled,
    EXISTS (SELECT 1 FROM owned WHERE owned.number = judged.number AND kind = 'booked' AND stage = 'held') AS held,
    (SELECT coalesce(sum(money), 0) FROM owned WHERE owned.number = judged.number AND kind = 'booked') AS money,
    (SELECT nullif(speciality, '') FROM owned WHERE owned.number = judged.number AND kind = 'booked'
        ORDER BY at, speciality LIMIT 1) AS speciality,
    EXISTS (SELECT 1 FROM visits AS visit WHERE patient = coalesce(about, who) AND stage = 'held'
        AND starts_at < started_at) AS known,
    answered_at IS NOT NULL AND EXISTS (SELECT 1 FROM visits AS visit
        WHERE patient = coalesce(about, who) AND starts_at > started_at
            AND EXISTS (SELECT 1 FROM visit_events WHERE visit = visit.id AND kind = 'booked' AND at <= started_at)
            AND NOT EXISTS (SELECT 1 FROM visit_events
                WHERE visit = visit.id AND kind = 'cancelled' AND at <= started_at)) AS ahead,
    -- Who calls of the same number name that day: the next of them, else the last.
    (SELECT other.who FROM judged AS other
        WHERE other.phone = judged.phone AND other.day = judged.day AND other.who IS NOT NULL
        ORDER BY (other.started_at, other.number) < (judged.started_at, judged.number),
            CASE WHEN (other.started_at, other.number) < (judged.started_at, judged.number)
                THEN -other.started_at ELSE other.started_at END,
            CASE WHEN (other.started_at, other.number) < (judged.started_at, judged.number)
                THEN -other.number ELSE other.number END
        LIMIT 1) AS named,
    (SELECT min(saved.changed_at) - judged.ended_at FROM wrapups AS saved
        WHERE saved.call = judged.id AND saved.changed_at >= judged.ended_at AND talked) AS wrap_up
FROM judged;

-- Calls that may pay the debt of a missed one.
CREATE TEMP TABLE later AS
SELECT missed.number AS missed, call.number, call.direction, call.result, call.started_at,
    call.started_at - coalesce(missed.ended_at, missed.started_at) AS waited
FROM judged AS missed JOIN judged AS call
    ON (call.phone = missed.phone OR call.who = missed.who)
    AND call.started_at > missed.started_at AND call.started_at <= missed.started_at + 86400000
WHERE missed.result = 'missed';

CREATE TEMP TABLE facts AS
SELECT number, started_at, day,
    CASE WHEN who IS NOT NULL OR phone IS NOT NULL AND named IS NOT NULL
            THEN 'person ' || (SELECT people.number FROM people WHERE people.id = coalesce(who, named))
        WHEN phone IS NOT NULL THEN 'phone ' || phone
        WHEN other IS NOT NULL THEN 'text ' || other
        ELSE 'alone' END AS party,
    CASE WHEN NOT counts THEN '-'
        WHEN result <> 'answered' THEN iif(direction = 'in', 'missed', 'not_reached')
        WHEN booked THEN 'booked' WHEN moved THEN 'moved' WHEN cancelled THEN 'cancelled'
        WHEN type = x'018CC251F40070008000000000000002' THEN 'already_booked'
        WHEN ahead AND type IS NOT x'018CC251F40070008000000000000001' THEN 'already_booked'
        ELSE 'not_booked' END AS outcome,
    coalesce(nullif(hex(employee), ''), '-') AS employee,
    coalesce(nullif(hex(topic), ''), '-') AS topic,
    coalesce(nullif(hex(type), ''), '-') AS caller_type,
    coalesce(line, '-') AS line,
    coalesce(nullif(hex(settled.channel), ''), (SELECT hex(channel) FROM lines WHERE lines.number = line AND channel IS NOT NULL), '-')
        AS channel,
    coalesce((SELECT hex(branch) FROM lines WHERE lines.number = line AND branch IS NOT NULL), '-') AS branch,
    direction, result, counts, booked, held, money, coalesce(speciality, '-') AS speciality,
    CASE WHEN NOT counts THEN '-' WHEN known THEN 'known' ELSE 'new' END AS familiarity,
    recording IS NOT NULL AND mute = 0 AS recording, comment <> '' AS commented, comment, phone, other, who, about,
    CASE WHEN result <> 'missed' THEN '-' ELSE coalesce(
        (SELECT CASE WHEN later.direction = 'in' THEN 'came_through'
                WHEN waited <= 1200000 THEN 'called_back_in_time' ELSE 'called_back_late' END
            FROM later WHERE later.missed = settled.number AND later.result = 'answered'
            ORDER BY later.started_at, later.number LIMIT 1),
        (SELECT 'attempted' FROM later WHERE later.missed = settled.number AND later.direction = 'out'),
        'open') END AS debt,
    wait_ms AS wait,
    talk_ms + (SELECT coalesce(sum(part.talk_ms), 0) FROM call_transfers AS part WHERE part.call = settled.id) AS talk,
    coalesce(min(wrap_up, 900000), '-') AS wrap_up,
    date(day, '-' || ((strftime('%w', day) + 6) % 7) || ' days') AS week,
    date(day, 'start of month') AS month,
    CAST((strftime('%w', day) + 6) % 7 AS TEXT) AS weekday,
    CAST(started_at / 3600000 % 24 + 3 - iif(started_at / 3600000 % 24 >= 21, 24, 0) AS TEXT) AS hour,
    'all' AS none
FROM settled;
