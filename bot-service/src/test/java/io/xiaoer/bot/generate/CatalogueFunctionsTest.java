package io.xiaoer.bot.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.dialog.function.Call;
import io.xiaoer.bot.dialog.function.DialogFunction;
import io.xiaoer.bot.dialog.function.FunctionMeters;
import io.xiaoer.bot.dialog.function.MethodFunctions;
import io.xiaoer.bot.words.Language;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.message.Content;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A model may call what reads, for the shopper who asks, and nothing else.
class CatalogueFunctionsTest {

    private static final String CATALOGUE = """
            orders.find: {effect: read, in: {buyer: string, word: string, limit: "int=6"}, out: Found, timeout: 10s}
            coupon.issue: {effect: write, in: {buyer: string}, out: Issued, timeout: 10s, idempotent: "${session.id}:${flow.runId}"}
            """;

    private final List<String> done = new ArrayList<>();
    private final MethodFunctions methods = MethodFunctions.of(
            List.of(new Shop()), "functions.yml", CATALOGUE, new FunctionMeters(new SimpleMeterRegistry()));
    private final CatalogueFunctions functions = new CatalogueFunctions(methods);

    @AfterEach
    void close() {
        methods.close();
    }

    @Test
    void onlyReadsAreOfferedAndNoBuyerIsAskedFor() {
        assertThat(functions.offered()).singleElement().satisfies(offered -> {
            assertThat(offered.name()).isEqualTo("orders_find");
            assertThat(offered.parameters())
                    .isEqualTo(Map.of(
                            "type",
                            "object",
                            "properties",
                            Map.of("word", Map.of("type", "string"), "limit", Map.of("type", "number")),
                            "required",
                            List.of("word")));
        });
    }

    @Test
    void aReadIsMadeForTheAskerWhateverBuyerIsNamed() {
        assertThat(call("orders_find", "{\"word\":\"鞋\",\"buyer\":\"somebody-else\",\"more\":1}", UserKey.Kind.USER))
                .isEqualTo("{\"text\":\"mine/鞋/6\"}");
        assertThat(done).containsExactly("find");
    }

    @Test
    void whatIsNotOfferedOrDoesNotFitIsNotCalled() {
        for (String name : List.of("coupon_issue", "coupon.issue", "orders.find", "")) {
            assertThat(call(name, "{}", UserKey.Kind.USER)).isEqualTo("there is no such function");
        }
        assertThat(call("orders_find", "{}", UserKey.Kind.USER)).isEqualTo("the arguments do not fit");
        assertThat(call("orders_find", "no JSON", UserKey.Kind.USER)).isEqualTo("the arguments are no JSON object");
        assertThat(call("orders_find", "{\"word\":\"鞋\"}", UserKey.Kind.GUEST))
                .isEqualTo("the shopper is not logged in");
        assertThat(done).isEmpty();
    }

    private String call(String name, String arguments, UserKey.Kind kind) {
        var user = new UserKey(new ShopId("1001"), kind, "mine");
        var question = new Question("1", user, "2", 1, new Content.Text("?"), Language.ZH, null, Instant.EPOCH);
        return functions.call(name, arguments, question, Deadline.in(Duration.ofSeconds(30), Clock.systemUTC()));
    }

    private record Sought(String buyer, String word, int limit) {}

    private record Found(String text) {}

    private record For(String buyer) {}

    private record Issued(String id) {}

    private final class Shop {

        @DialogFunction("orders.find")
        Found find(Sought sought, Call call) {
            done.add("find");
            return new Found(sought.buyer() + '/' + sought.word() + '/' + sought.limit());
        }

        @DialogFunction("coupon.issue")
        Issued issue(For buyer, Call call) {
            done.add("issue");
            return new Issued(call.idempotencyKey());
        }
    }
}
