-- What counts once, with what it counts as: `facts` of the period that the filter keeps, together by `:kind`. The
-- best outcome of a contact stands for it, the later call on a tie.
CREATE TEMP TABLE counted AS
WITH kept AS (
    SELECT *, CASE
        WHEN :kind = 'calls' OR party = 'alone' THEN 'call ' || number
        ELSE day || party END AS contact
    FROM facts WHERE day BETWEEN :from AND :to AND (/* filter */)
)
SELECT *,
    row_number() OVER (PARTITION BY contact ORDER BY
        instr('booked moved cancelled already_booked not_booked missed not_reached -', outcome),
        started_at DESC, number DESC) AS place,
    max(result = 'answered') OVER contact AS any_taken,
    max(result = 'missed') OVER contact AS any_missed,
    sum(wait) OVER contact AS all_wait, sum(talk) OVER contact AS all_talk,
    max(booked) OVER contact AS any_booked, max(held) OVER contact AS any_held, sum(money) OVER contact AS all_money
FROM kept WINDOW contact AS (PARTITION BY contact);
