-- Work that one node does at a time.
INSERT INTO outbox_lease (name, holder, until_at) VALUES
  ('retention', 'nobody', '2000-01-01 00:00:00'),
  ('expiry', 'nobody', '2000-01-01 00:00:00');
