package io.xiaoer.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSON;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuestionsTest {
    private static final int IN_TEN_MINUTES = 500;

    @Test
    void aShopperSaysNothingTwiceInTenMinutes() throws Exception {
        var speech = Questions.ofTheDemoShop(70).of("s", new SplittableRandom(7));

        var said = new ArrayList<String>();
        for (var i = 0; i < IN_TEN_MINUTES; i++) {
            said.add(speech.next());
        }

        assertThat(said).doesNotContainNull().doesNotHaveDuplicates();
    }

    @Test
    void eachShopperHasAnOrderAndParcelsUnderIdsOfTheirOwn() throws Exception {
        var shoppers = IntStream.range(0, 1_201).mapToObj(n -> "s-" + n).toList();

        var batches = Questions.orders("R", shoppers);

        assertThat(batches).hasSize(2);
        var orders =
                batches.stream().flatMap(String::lines).map(JSON::parseObject).toList();
        assertThat(orders).extracting(order -> order.getString("user_id")).isEqualTo(shoppers);
        var ids = new HashSet<String>(List.of());
        orders.forEach(order -> {
            assertThat(ids.add(order.getString("order_id"))).isTrue();
            for (var i = 0; i < order.getJSONArray("shipments").size(); i++) {
                var parcel = order.getJSONArray("shipments").getJSONObject(i);
                assertThat(ids.add(parcel.getString("tracking_no"))).isTrue();
            }
        });
    }
}
