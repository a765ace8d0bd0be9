-- Details of calls by their numbers, in the order asked, as report.rs reads them.
SELECT call.number, call.id, call.started_at, call.direction, call.phone, call.other, person.id, person.name,
       call.line, coalesce(call.channel, line.channel), line.branch, call.result, said.changed_by, call.agent,
       -- What the operator chose; else what the kind of person behind the number sets by itself.
       coalesce(said.caller_type, own_type.id),
       said.topic, call.wait_ms,
       call.talk_ms + (SELECT coalesce(sum(transfer.talk_ms), 0) FROM call_transfers AS transfer
                       WHERE transfer.call = call.id),
       call.recording IS NOT NULL AND call.mute = 0, coalesce(said.comment, ''), said.call IS NOT NULL
FROM json_each(?1) AS wanted
CROSS JOIN calls AS call ON call.number = wanted.value
CROSS JOIN call_parties AS party ON party.call = call.id
LEFT JOIN people AS person ON person.id = party.person
LEFT JOIN lines AS line ON line.number = call.line
-- The standing one, as the view standing_wrapups has it; joined by hand so that the index on the call is used.
LEFT JOIN wrapups AS said ON said.call = call.id AND said.undone_at IS NULL
    AND said.revision = (SELECT max(revision) FROM wrapups WHERE call = call.id AND undone_at IS NULL)
LEFT JOIN caller_types AS own_type ON own_type.sets_itself_for = person.kind
WHERE call.phase = 'ended' AND call.merged = 0
ORDER BY wanted.key
