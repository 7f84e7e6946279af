-- What retention looks for. Ids are time-ordered, so the index of messages grows at its end.
CREATE INDEX message_age ON message (id);
CREATE INDEX session_ended ON session (ended_at);
