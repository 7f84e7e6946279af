package io.xiaoer.common.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

/// The built-in list is for shops: what their shoppers ordinarily say is let be.
class BenignMessagesTest {

    private static final int MESSAGES = 20_000;
    private static final int MOST_ALARMS = MESSAGES / 1000;

    @Test
    void atMostOneInAThousandBenignMessagesIsTakenForABadOne() {
        var messages = new BenignMessages(20261126).make(MESSAGES);

        var alarms = new ArrayList<String>();
        for (String message : messages) {
            var findings = WordList.BUILT_IN.look(message);
            if (findings != null) {
                WordList.BUILT_IN.each(
                        findings.categories(), (name, known, action) -> alarms.add(name + ": " + message));
            }
        }

        assertThat(new HashSet<>(messages)).hasSize(MESSAGES);
        assertThat(alarms).as(alarms.size() + " false alarms").hasSizeLessThanOrEqualTo(MOST_ALARMS);
    }
}
