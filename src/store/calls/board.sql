-- What of the calls stands on the board: the live ones, and of those that ended since ?1 the ones that still want
-- something of somebody. The end of a query on `calls`.
WHERE merged = 0 AND direction <> 'internal' AND rowid IN (
    SELECT rowid FROM calls WHERE phase <> 'ended'
    UNION ALL
    SELECT call.rowid FROM calls AS call
    WHERE call.ended_at >= ?1 AND call.phase = 'ended'
      AND NOT EXISTS (SELECT 1 FROM wrapups WHERE wrapups.call = call.id AND undone_at IS NULL)
      AND CASE call.result
          -- A wrap-up, unless everybody with the number is an employee or a counterparty: their type sets itself.
          WHEN 'answered' THEN
              NOT EXISTS (SELECT 1 FROM person_phones WHERE phone = call.phone)
              OR EXISTS (SELECT 1 FROM person_phones JOIN people ON people.id = person
                         WHERE phone = call.phone AND kind = 'patient')
          -- To be called back, until a later call with the number, the person or another number of theirs is answered.
          WHEN 'missed' THEN
              NOT EXISTS (SELECT 1 FROM calls AS later
                          WHERE later.phone = call.phone AND later.started_at > call.started_at
                            AND later.answered_at IS NOT NULL AND later.merged = 0)
              AND NOT EXISTS (SELECT 1 FROM call_parties AS party JOIN calls AS later ON later.person = party.person
                              WHERE party.call = call.id AND later.started_at > call.started_at
                                AND later.answered_at IS NOT NULL AND later.merged = 0)
              AND NOT EXISTS (SELECT 1 FROM call_parties AS party
                              JOIN person_phones AS other ON other.person = party.person
                              JOIN calls AS later ON later.phone = other.phone
                              WHERE party.call = call.id AND later.started_at > call.started_at
                                AND later.answered_at IS NOT NULL AND later.merged = 0)
          -- Not reached, busy, refused by the dialplan: whoever dialled knows, nobody waits for us.
          ELSE 0 END
)
ORDER BY started_at DESC, id DESC
