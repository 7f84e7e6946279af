package io.xiaoer.ordersync.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NewCommandTest {

    @Test
    void whatAsksForTheSameIsTheSameTextInWhateverOrderItsMapsAre() {
        var one = command(map("reason", "r", "totals", List.of(map("amount_minor", 1L, "currency", "CNY"))));
        var other = command(map("totals", List.of(map("currency", "CNY", "amount_minor", 1L)), "reason", "r"));

        assertThat(one.canonical()).isEqualTo(other.canonical());
    }

    @Test
    void whatAsksForSomethingElseIsAnotherText() {
        assertThat(command(map("amount_minor", 1L, "currency", "CNY")).canonical())
                .isNotEqualTo(
                        command(map("amount_minor", 2L, "currency", "CNY")).canonical());
    }

    private static NewCommand command(Map<String, Object> arguments) {
        return new NewCommand("price", null, arguments);
    }

    private static Map<String, Object> map(String first, Object one, String second, Object two) {
        var map = new LinkedHashMap<String, Object>();
        map.put(first, one);
        map.put(second, two);
        return map;
    }
}
