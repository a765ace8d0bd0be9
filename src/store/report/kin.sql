-- Everybody whose visits may belong to a call with ?1, and everybody whose calls they may belong to instead.
WITH near (person) AS (
    SELECT ?1
    UNION SELECT id FROM people WHERE parent = ?1
    UNION SELECT about FROM wrapups WHERE who = ?1 AND about IS NOT NULL
    UNION SELECT who FROM wrapups WHERE about = ?1 AND who IS NOT NULL
),
kin (person) AS (
    SELECT person FROM near
    UNION SELECT parent FROM people JOIN near ON near.person = people.id WHERE parent IS NOT NULL
)
