package io.xiaoer.bot.dialog.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.dialog.Flows;
import io.xiaoer.bot.dialog.ShopFunctions;
import io.xiaoer.bot.words.Language;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Functions are compared with their catalogue, and called within their bounds.
class MethodFunctionsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    /// A range of time.
    public record Range(Instant from, Instant to) {}

    /// What is asked.
    public record In(
            String order,
            int limit,
            @Nullable Range created,
            @Nullable BigDecimal amount) {}

    /// What comes back.
    public record Out(String no, boolean ok, @Nullable String why, List<String> items) {}

    /// Functions for the tests.
    public static final class Bean {
        private boolean fails;
        private @Nullable CountDownLatch hold;
        private @Nullable In given;

        @DialogFunction("a.read")
        Out read(In in, Call call) throws InterruptedException {
            given = in;
            if (fails) {
                throw new CallFailed(CallFailed.Reason.UNAVAILABLE, "away");
            }
            if (hold != null) {
                hold.await();
            }
            return new Out(in.order(), true, null, List.of("x"));
        }
    }

    private final Bean bean = new Bean();

    private MethodFunctions functions(String catalogue) {
        return MethodFunctions.of(List.of(bean), "functions.yml", catalogue, new FunctionMeters(registry));
    }

    private static String read(String rest) {
        return "a.read: {effect: read, in: {order: order_ref, limit: \"int=6\", created: \"daterange?\", amount: \"number?\"}, out: Out"
                + (rest.contains("timeout") ? rest : rest + ", timeout: 10s") + "}";
    }

    private static Call call(Duration patience) {
        return new Call(
                new UserKey(new ShopId("shop"), UserKey.Kind.USER, "u1"),
                "1",
                "1:2",
                Language.ZH,
                Deadline.in(patience, Clock.systemUTC()));
    }

    private static Object called(MethodFunctions functions, Map<String, Object> with) {
        return Objects.requireNonNull(functions.call(
                Objects.requireNonNull(functions.catalogue().get("a.read")), with, call(Duration.ofSeconds(30))));
    }

    @Test
    void theExampleCatalogueFitsItsMethods() {
        assertThat(Flows.functions(new ShopFunctions()).catalogue().all()).hasSize(7);
    }

    @Test
    void plainDataBecomesARecordAndBack() {
        var functions = functions(read(""));

        var out = called(
                functions,
                Map.of(
                        "order",
                        Map.of("no", "1001", "title", "shoes"),
                        "created",
                        Map.of("from", "2026-11-01T00:00:00Z", "to", "2026-11-02T00:00:00Z"),
                        "amount",
                        "12.50"));

        assertThat(out).isEqualTo(Map.of("no", "1001", "ok", true, "items", List.of("x")));
        assertThat(bean.given)
                .isEqualTo(new In(
                        "1001",
                        6,
                        new Range(Instant.parse("2026-11-01T00:00:00Z"), Instant.parse("2026-11-02T00:00:00Z")),
                        new BigDecimal("12.50")));
    }

    @Test
    void argumentsThatDoNotFitAreRefused() {
        var functions = functions(read(""));

        var failure = catchThrowableOfType(
                CallFailed.class, () -> called(functions, Map.of("order", "1", "created", Map.of("from", "tomorrow"))));

        assertThat(failure.reason()).isEqualTo(CallFailed.Reason.REFUSED);
    }

    static Stream<String> writtenTooLong() {
        return Stream.of("1e900000000", "1e-900000000", "9".repeat(200_000));
    }

    @ParameterizedTest
    @MethodSource("writtenTooLong")
    void anArgumentOfTooManyFiguresIsRefused(String amount) {
        var functions = functions(read(""));

        var failure =
                catchThrowableOfType(CallFailed.class, () -> called(functions, Map.of("order", "1", "amount", amount)));

        assertThat(failure.reason()).isEqualTo(CallFailed.Reason.REFUSED);
        assertThat(bean.given).isNull();
    }

    /// What a counting function returns.
    public record Count(Number count) {}

    /// A function that returns what it has.
    public record Counter(Number has) {
        @DialogFunction("a.read")
        Count count(In in, Call call) {
            return new Count(has);
        }
    }

    static Stream<Number> tooLong() {
        return Stream.of(new BigDecimal("1e900000000"), BigInteger.TEN.pow(40));
    }

    @ParameterizedTest
    @MethodSource("tooLong")
    void aCallThatBringsANumberOfTooManyFiguresHasFailed(Number has) {
        var functions = MethodFunctions.of(
                List.of(new Counter(has)),
                "functions.yml",
                read("").replace("out: Out", "out: Count"),
                new FunctionMeters(registry));

        var failure = catchThrowableOfType(CallFailed.class, () -> called(functions, Map.of("order", "1")));

        assertThat(failure.reason()).isEqualTo(CallFailed.Reason.UNAVAILABLE);
    }

    @Test
    void aFailureIsCountedAndToldAsItIs() {
        bean.fails = true;

        var failure = catchThrowableOfType(CallFailed.class, () -> called(functions(read("")), Map.of("order", "1")));

        assertThat(failure.reason()).isEqualTo(CallFailed.Reason.UNAVAILABLE);
        assertThat(registry.get("xiaoer.bot.dialog.call")
                        .tags("function", "a.read", "outcome", "unavailable")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aFunctionThatNeverAnswersIsLeftAtItsTimeout() {
        bean.hold = new CountDownLatch(1);

        var failure = catchThrowableOfType(
                CallFailed.class, () -> called(functions(read(", timeout: 50ms")), Map.of("order", "1")));

        assertThat(failure.reason()).isEqualTo(CallFailed.Reason.UNAVAILABLE);
    }

    @Test
    void whatTheCatalogueAndTheMethodsDifferInIsTold() {
        assertThatThrownBy(() -> functions("{}"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a.read is not in the catalogue");
        assertThatThrownBy(() -> functions(read("") + "\nb.write: {effect: read, in: {}, out: Out}"))
                .hasMessageContaining("b.write has no method");
        assertThatThrownBy(() -> functions("a.read: {effect: read, in: {order: order_ref}, out: Out}"))
                .hasMessageContaining("takes [amount, created, limit, order]");
        assertThatThrownBy(() -> functions(read("").replace("int=6", "int?")))
                .hasMessageContaining("limit must be @Nullable");
        assertThatThrownBy(() -> functions(read("").replace("out: Out", "out: \"Out[]\"")))
                .hasMessageContaining("returns another type");
    }

    @Test
    void aCatalogueThatIsWrongIsToldWithItsLine() {
        assertThatThrownBy(() -> functions("a.read:\n  effect: sometimes\n  in: {order: order_ref}\n  out: Out"))
                .hasMessageContaining("functions.yml:2");
        assertThatThrownBy(() -> functions(read("").replace("effect: read", "effect: write")))
                .hasMessageContaining("add idempotent");
    }
}
