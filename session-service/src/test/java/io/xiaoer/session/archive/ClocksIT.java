package io.xiaoer.session.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.log.Append;
import io.xiaoer.common.log.AppendOutcome;
import io.xiaoer.common.log.ConversationLog;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Message;
import io.xiaoer.common.message.MessageResource;
import io.xiaoer.common.message.Sender;
import io.xiaoer.session.SessionServiceTest;
import io.xiaoer.session.conversation.Shopper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/// A node whose clock is ahead said something just before Redis was emptied. Whoever comes after it by a clock that is
/// behind would be given the id after it, which somebody may have been given before the loss.
@SessionServiceTest
class ClocksIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @LocalServerPort
    private int port;

    @Autowired
    private ConversationLog log;

    @Autowired
    private Warmth warmth;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private Clock clock;

    @ParameterizedTest
    @ValueSource(longs = {0, 900})
    void idsGivenAfterARefillAreAboveAllThatAnyNodeCouldGiveBefore(long aheadMs) {
        var shopper = Shopper.alone(port);
        var newest = archived(shopper, Duration.ofMillis(aheadMs));

        warm(shopper);
        var next = append(shopper);

        assertThat(next.prev()).isEqualTo(newest);
        assertThat(SnowflakeIds.timeOf(next.id()))
                .isAfterOrEqualTo(SnowflakeIds.timeOf(newest).plus(SnowflakeIds.CLOCKS_DIFFER));
    }

    @Test
    void aClockThatIsFarAheadMakesNobodyWaitForIt() {
        var shopper = Shopper.alone(port);
        var newest = archived(shopper, Duration.ofHours(1));

        warm(shopper);

        assertThat(append(shopper).prev()).isEqualTo(newest);
    }

    /// As who calls again while it is not possible in time.
    private void warm(Shopper shopper) {
        await().atMost(PATIENCE).ignoreExceptionsInstanceOf(Unavailable.class).until(() -> {
            warmth.warm(shopper.key());
            return true;
        });
    }

    private MessageResource append(Shopper shopper) {
        var news = Append.notice(shopper.key(), "e:next", null, new Content.Notice("news", "news"), null);
        return ((AppendOutcome.Stored) log.append(news)).message();
    }

    /// @return the id
    private String archived(Shopper shopper, Duration ahead) {
        Instant now = clock.instant();
        String id = SnowflakeIds.atTime(now.plus(ahead));
        var message = new Message(id, null, Sender.SYSTEM, now, new Content.Notice("news", "news"), null, null);
        jdbc.update(
                "INSERT INTO message (shop_id, user_id, id, sender, client_id, hash, body)"
                        + " VALUES (?, ?, ?, 'system:system', 'e:1', 'h', ?)",
                shopper.shop(),
                shopper.key().name(),
                id,
                message.body());
        return id;
    }
}
