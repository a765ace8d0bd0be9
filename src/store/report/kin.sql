-- Everybody whose visits may belong to a call with ?1, and everybody whose calls they may belong to instead. Too
-- many do no harm.
WITH own (call) AS (
    SELECT id FROM calls WHERE person = ?1
    UNION SELECT id FROM calls WHERE phone IN (SELECT phone FROM person_phones WHERE person_phones.person = ?1)
    UNION SELECT call FROM wrapups WHERE who = ?1
    UNION SELECT call FROM wrapups WHERE about = ?1
),
near (person) AS (
    SELECT ?1
    UNION SELECT id FROM people WHERE parent = ?1
    UNION SELECT about FROM own JOIN wrapups ON wrapups.call = own.call WHERE about IS NOT NULL
    UNION SELECT calls.person FROM own JOIN calls ON calls.id = own.call WHERE calls.person IS NOT NULL
    UNION SELECT owner.person FROM own JOIN calls ON calls.id = own.call
          JOIN person_phones AS owner ON owner.phone = calls.phone
),
kin (person) AS (
    SELECT person FROM near
    UNION SELECT parent FROM people JOIN near ON near.person = people.id WHERE parent IS NOT NULL
)
