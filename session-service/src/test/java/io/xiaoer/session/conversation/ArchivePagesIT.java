package io.xiaoer.session.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.common.log.LogLimits;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.redis.RedisKeys;
import io.xiaoer.session.SessionServiceTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.redis.core.StringRedisTemplate;

/// A log that is longer than what Redis keeps of it.
@SessionServiceTest
class ArchivePagesIT {

    private static final int MESSAGES = LogLimits.CONTRACT.kept() + 130;
    private static final int PAGE = 200;

    @LocalServerPort
    private int port;

    @Autowired
    private SystemVoice voice;

    @Autowired
    private StringRedisTemplate redis;

    @Test
    void beforePagesBackToTheFirstMessageAndAfterPagesForward() throws Exception {
        var shopper = Shopper.alone(port);
        var sid = shopper.session();
        var said = new ArrayList<String>();
        for (int i = 0; i < MESSAGES; i++) {
            said.add(voice.say(shopper.key(), "t:" + i, sid, new Content.Text("message " + i), null)
                    .id());
        }
        assertThat(redis.opsForStream().size(RedisKeys.chat(shopper.key()))).isEqualTo(LogLimits.CONTRACT.kept());

        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(pagedBack(shopper, sid)).isEqualTo(said));

        assertThat(pagedForward(shopper, sid)).isEqualTo(said);
        var first =
                shopper.read(sid, "?limit=1&before=" + said.get(1)).json("data").get(0);
        assertThat(first.at("/attributes/prev").asString()).isEqualTo("0");
        var early = shopper.read(sid, "?limit=1&before=" + said.get(100))
                .json("data")
                .get(0);
        assertThat(early.at("/attributes/prev").asString()).isEqualTo(said.get(98));
        assertThat(shopper.ids(sid, "?before=" + said.getFirst())).isEmpty();
        assertThat(shopper.read(sid, "?before=soon").status()).isEqualTo(400);
        assertThat(shopper.read(sid, "?before=5&last_message_id=4").status()).isEqualTo(400);
        assertThat(shopper.read(sid, "?before=5&limit=201").status()).isEqualTo(400);
    }

    private static List<String> pagedBack(Shopper shopper, String sid) {
        var all = new ArrayList<String>();
        String before = Long.toString(Long.MAX_VALUE);
        while (true) {
            var page = shopper.ids(sid, "?limit=" + PAGE + "&before=" + before);
            if (page.isEmpty()) {
                return all;
            }
            all.addAll(0, page);
            before = page.getFirst();
        }
    }

    private static List<String> pagedForward(Shopper shopper, String sid) {
        var all = new ArrayList<String>();
        String after = "0";
        while (true) {
            var page = shopper.ids(sid, "?limit=" + PAGE + "&last_message_id=" + after);
            if (page.isEmpty()) {
                return all;
            }
            all.addAll(page);
            after = page.getLast();
        }
    }
}
