-- What was done with visits, and whose they are.
SELECT deed.kind, deed.at, visit.patient, patient.parent, visit.stage, visit.money
FROM visit_events AS deed
JOIN visits AS visit ON visit.id = deed.visit
JOIN people AS patient ON patient.id = visit.patient
