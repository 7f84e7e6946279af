package io.xiaoer.compensation.webhook.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.compensation.webhook.delivery.Lane.Endpoint;
import org.junit.jupiter.api.Test;

/// Who may send how much at one time.
class SlotsTest {
    private final Slots slots = new Slots(32, 4);

    @Test
    void anEndpointHasItsShareAndOneThatAnswersBadlyAQuarterOfIt() {
        var endpoint = endpoint("1001", 1);
        assertThat(taken(endpoint, 10)).isEqualTo(4);
        slots.give(endpoint);
        assertThat(slots.take(endpoint)).isTrue();
        for (int i = 0; i < 4; i++) {
            slots.give(endpoint);
        }
        slots.answered(endpoint, false);
        assertThat(taken(endpoint, 10)).isEqualTo(1);
        slots.answered(endpoint, true);
        assertThat(taken(endpoint, 10)).isEqualTo(3);
    }

    @Test
    void aShopHasAQuarterOfAllHoweverManyEndpointsItHas() {
        int all = 0;
        for (int number = 0; number < 10; number++) {
            all += taken(endpoint("1001", number), 10);
        }
        assertThat(all).isEqualTo(8);
        assertThat(slots.room(endpoint("1002", 1))).isEqualTo(4);
    }

    @Test
    void whoeverAnswersBadlyLeavesHalfToTheOthers() {
        int bad = 0;
        for (int shop = 0; shop < 100; shop++) {
            slots.answered(endpoint("bad-" + shop, 1), false);
            bad += taken(endpoint("bad-" + shop, 1), 10);
        }
        assertThat(bad).isEqualTo(16);
        int good = 0;
        for (int shop = 0; shop < 100; shop++) {
            good += taken(endpoint("good-" + shop, 1), 10);
        }
        assertThat(good).isEqualTo(16);
        assertThat(slots.taken()).isEqualTo(32);
    }

    private int taken(Endpoint endpoint, int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += slots.take(endpoint) ? 1 : 0;
        }
        return taken;
    }

    private static Endpoint endpoint(String shop, int number) {
        return new Endpoint(new ShopId(shop), Integer.toString(number));
    }
}
