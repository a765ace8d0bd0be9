-- Ended calls with the outside, each as many times as something was saved of it, in the order told.rs reads. Whoever
-- appends the condition knows the scope; the order is that of time, and of revisions within a call.
SELECT call.number, call.id, call.started_at, call.direction, call.phone, call.other, call.line, call.result,
       call.answered_at, call.ended_at, call.wait_ms, call.talk_ms, call.recording IS NOT NULL, call.person,
       said.changed_at, said.undone_at IS NULL, said.changed_by, said.about, said.caller_type, said.topic,
       said.comment <> ''
FROM calls AS call LEFT JOIN wrapups AS said ON said.call = call.id
WHERE call.phase = 'ended' AND call.merged = 0 AND call.direction <> 'internal'
