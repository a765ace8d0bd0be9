-- Calls with the outside and all the report asks of each, in the order load.rs reads. Whoever appends the
-- condition knows the scope.
SELECT call.id, call.started_at, call.direction, call.phone, call.other, person.id, person.name,
       call.line, line.channel, line.branch, call.result, said.changed_by, call.agent,
       -- What the operator chose; else what the kind of person behind the number sets by itself.
       coalesce(said.caller_type, own_type.id),
       said.topic, call.wait_ms,
       call.talk_ms + (SELECT coalesce(sum(transfer.talk_ms), 0) FROM call_transfers AS transfer
                       WHERE transfer.call = call.id),
       call.recording IS NOT NULL, coalesce(said.comment, ''), said.call IS NOT NULL,
       call.answered_at, call.ended_at, said.about,
       coalesce(said_type.counts, own_type.counts, coalesce(person.kind, 'patient') = 'patient'),
       -- Whether a visit of the patient lay ahead.
       call.answered_at IS NOT NULL AND EXISTS (
           SELECT 1 FROM visits AS visit
           WHERE visit.patient = coalesce(said.about, person.id) AND visit.starts_at > call.started_at
             AND EXISTS (SELECT 1 FROM visit_events AS deed WHERE deed.visit = visit.id
                             AND deed.kind = 'booked' AND deed.at <= call.started_at)
             AND NOT EXISTS (SELECT 1 FROM visit_events AS deed WHERE deed.visit = visit.id
                             AND deed.kind = 'cancelled' AND deed.at <= call.started_at)
       )
FROM calls AS call
JOIN call_parties AS party ON party.call = call.id
LEFT JOIN people AS person ON person.id = party.person
LEFT JOIN lines AS line ON line.number = call.line
-- The standing one, as the view standing_wrapups has it; joined by hand so that the index on the call is used.
LEFT JOIN wrapups AS said ON said.call = call.id AND said.undone_at IS NULL
    AND said.revision = (SELECT max(revision) FROM wrapups WHERE call = call.id AND undone_at IS NULL)
LEFT JOIN caller_types AS said_type ON said_type.id = said.caller_type
LEFT JOIN caller_types AS own_type ON own_type.sets_itself_for = person.kind
WHERE call.phase = 'ended' AND call.merged = 0 AND call.direction <> 'internal'
