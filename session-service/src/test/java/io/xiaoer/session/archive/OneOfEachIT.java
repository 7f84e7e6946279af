package io.xiaoer.session.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.log.LogLimits;
import io.xiaoer.common.message.MessageResource;
import io.xiaoer.session.SessionServiceTest;
import io.xiaoer.session.conversation.Shopper;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/// Two rows of one nonce: a message that was said again, or two messages.
@SessionServiceTest
class OneOfEachIT {

    private static final int KEPT = LogLimits.CONTRACT.kept();

    @LocalServerPort
    private int port;

    @Autowired
    private Archive archive;

    @Autowired
    private JdbcTemplate jdbc;

    private final long first = Long.parseLong(SnowflakeIds.atTime(Instant.now().minus(Duration.ofDays(20))));

    @SuppressWarnings("NullAway.Init")
    private Shopper shopper;

    @BeforeEach
    void aShopper() {
        shopper = Shopper.alone(port);
    }

    @Test
    void aLateRowOfWhatWasSaidAgainIsNotRead() {
        rows(1, KEPT - 1);
        row(first, "same");
        row(first + KEPT, "same");

        assertThat(ids()).hasSize(KEPT).doesNotContain(Long.toString(first)).endsWith(Long.toString(first + KEPT));
        var oldest = archive.readBefore(shopper.key(), Long.toString(first + 2), 10);
        assertThat(oldest).extracting(MessageResource::id).containsExactly(Long.toString(first + 1));
        assertThat(oldest).extracting(MessageResource::prev).containsExactly("0");
    }

    @Test
    void aNonceThatIsUsedAnewOnceItsMessageHasLeftTheLogIsAnotherMessage() {
        row(first, "same");
        rows(1, KEPT);
        row(first + KEPT + 1, "same");

        assertThat(ids()).hasSize(KEPT + 2).startsWith(Long.toString(first)).endsWith(Long.toString(first + KEPT + 1));
    }

    @Test
    void aNonceThatIsUsedAnewAWeekLaterIsAnotherMessage() {
        long later = Long.parseLong(
                SnowflakeIds.atTime(SnowflakeIds.timeOf(Long.toString(first)).plus(LogLimits.CONTRACT.life())));
        row(first, "same");
        row(later, "same");

        assertThat(ids()).containsExactly(Long.toString(first), Long.toString(later));
    }

    @Test
    void whatTwoSendersChoseAlikeAreTwoMessages() {
        row(first, "same");
        jdbc.update(
                "INSERT INTO message (shop_id, user_id, id, sender, client_id, hash, body)"
                        + " VALUES (?, ?, ?, 'agent:lin', 'same', 'h', '{}')",
                shopper.shop(),
                shopper.key().name(),
                first + 1);

        assertThat(ids()).hasSize(2);
    }

    private List<String> ids() {
        return archive.read(shopper.key(), "0", 2 * KEPT).stream()
                .map(MessageResource::id)
                .toList();
    }

    private void rows(int from, int count) {
        for (int i = from; i < from + count; i++) {
            row(first + i, "c" + i);
        }
    }

    private void row(long id, String clientId) {
        jdbc.update(
                "INSERT INTO message (shop_id, user_id, id, sender, client_id, hash, body)"
                        + " VALUES (?, ?, ?, 'user:x', ?, 'h', '{}')",
                shopper.shop(),
                shopper.key().name(),
                id,
                clientId);
    }
}
