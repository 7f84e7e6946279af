-- What was said of several ways, with which chance, and whether the shopper was helped; 90 days.
CREATE TABLE faq_trial (
  shop_id     VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  question_id BIGINT      NOT NULL,
  session_id  BIGINT      NOT NULL,
  faq_id      VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  script_id   VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  propensity  DOUBLE      NOT NULL,
  shown_at    DATETIME(3) NOT NULL,
  reward      INT         NULL,
  settled_at  DATETIME(3) NULL,
  PRIMARY KEY (shop_id, question_id),
  KEY faq_trial_by_session (shop_id, session_id),
  KEY faq_trial_by_script (shop_id, faq_id, script_id),
  KEY faq_trial_open (reward, shown_at),
  KEY faq_trial_age (shown_at)
);
