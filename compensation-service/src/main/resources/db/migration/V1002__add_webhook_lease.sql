-- One node at a time deletes old deliveries and what is left of endpoints.
INSERT INTO outbox_lease (name, holder, until_at) VALUES ('webhooks', 'nobody', '2000-01-01 00:00:00');
