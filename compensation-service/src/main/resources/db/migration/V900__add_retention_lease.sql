-- One node at a time deletes what is old.
INSERT INTO outbox_lease (name, holder, until_at) VALUES ('retention', 'nobody', '2000-01-01 00:00:00');
