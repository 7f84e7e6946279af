package io.xiaoer.session.handoff;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The bounds of hand-off, `xiaoer.handoff.*`; what a shop chooses for itself stands in its settings.
///
/// @param awayAfter after how long without a sign of life the sessions of an agent go back to the queue
/// @param kept how long the audit of changes is kept
@ConfigurationProperties("xiaoer.handoff")
record HandOffSettings(
        @DefaultValue("2m") Duration awayAfter,
        @DefaultValue("180d") Duration kept) {

    HandOffSettings {
        if (awayAfter.toSeconds() < 1) {
            throw new IllegalArgumentException("xiaoer.handoff.away-after = " + awayAfter + " must be at least 1s");
        }
        if (kept.toDays() < 1) {
            throw new IllegalArgumentException("xiaoer.handoff.kept = " + kept + " must be at least 1d");
        }
    }
}
