-- Ended calls with the outside, as told.rs reads them. Whoever appends the condition knows the scope.
SELECT number, id, started_at, direction, phone, other, line, result, answered_at, ended_at, wait_ms, talk_ms,
       recording IS NOT NULL AND mute = 0, channel, person
FROM calls
WHERE phase = 'ended' AND merged = 0 AND direction <> 'internal'
