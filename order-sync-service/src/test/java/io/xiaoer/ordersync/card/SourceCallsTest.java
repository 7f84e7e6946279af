package io.xiaoer.ordersync.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.xiaoer.common.circuit.CircuitSettings;
import io.xiaoer.common.circuit.Circuits;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.ordersync.order.BrokenRule;
import io.xiaoer.ordersync.order.Rules;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// What stands between an answer and its sources.
class SourceCallsTest {

    private static final ShopId SHOP = new ShopId("1001");

    private final CountDownLatch never = new CountDownLatch(1);
    private final SourceCalls calls = new SourceCalls(
            new CardSettings(Duration.ofSeconds(5), 1, false),
            (shop, source) -> source == CardSource.SHIPMENTS ? Duration.ofMillis(50) : Duration.ofSeconds(5),
            new Circuits(new CircuitSettings(20, 10, Duration.ofMinutes(1), 1), new SimpleMeterRegistry()));

    @AfterEach
    void end() {
        never.countDown();
        calls.stop();
    }

    @Test
    void whatASourceGivesIsGiven() {
        assertThat(calls.call(CardSource.ORDERS, SHOP, () -> "order").join()).isEqualTo("order");
    }

    @Test
    void aSourceThatHangsIsToldAsTimeout() {
        assertThatThrownBy(
                        () -> calls.call(CardSource.SHIPMENTS, SHOP, this::hang).join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        SourceAway.class, away -> assertThat(away.code()).isEqualTo(ProblemCode.TIMEOUT));
    }

    @Test
    void aCallThatDoesNotEndByItselfIsInterruptedAtLast() throws InterruptedException {
        var interrupted = new CountDownLatch(1);
        var call = calls.call(CardSource.SHIPMENTS, SHOP, () -> {
            try {
                return hang();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        });
        assertThatThrownBy(call::join).isInstanceOf(CompletionException.class);
        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theTimeThatWasSpentBeforeCountsToo() {
        assertThatThrownBy(() -> calls.call(CardSource.ORDERS, SHOP, Duration.ofSeconds(5), this::hang)
                        .join())
                .cause()
                .isInstanceOfSatisfying(
                        SourceAway.class, away -> assertThat(away.code()).isEqualTo(ProblemCode.TIMEOUT));
    }

    @Test
    void aSourceThatHadLittleTimeLeftHasNotFailed() {
        for (int i = 0; i < 12; i++) {
            assertThatThrownBy(() -> calls.call(CardSource.SHIPMENTS, SHOP, Duration.ofMillis(40), this::hang)
                            .join())
                    .cause()
                    .isInstanceOfSatisfying(
                            SourceAway.class, away -> assertThat(away.code()).isEqualTo(ProblemCode.TIMEOUT));
        }
    }

    @Test
    void whatALogSaysOfASourceNamesTheRequest() {
        var logger = (Logger) LoggerFactory.getLogger(SourceCalls.class);
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        logger.addAppender(lines);
        MDC.put("request_id", "r-1");
        try {
            assertThatThrownBy(() ->
                            calls.call(CardSource.SHIPMENTS, SHOP, this::hang).join())
                    .isInstanceOf(CompletionException.class);
        } finally {
            MDC.remove("request_id");
            logger.detachAppender(lines);
        }
        assertThat(lines.list)
                .isNotEmpty()
                .allMatch(line -> "r-1".equals(line.getMDCPropertyMap().get("request_id")));
    }

    @Test
    void aSourceThatHangsLeavesTheOthersTheirTurns() {
        for (int i = 0; i < 10; i++) {
            var unused = calls.call(CardSource.COUPONS, SHOP, this::hang);
            var judged = calls.call(CardSource.PERMISSIONS, SHOP, this::hang);
        }
        assertThat(calls.call(CardSource.ORDERS, SHOP, () -> "order").join()).isEqualTo("order");
    }

    @Test
    void aSourceThatFailsIsAway() {
        assertThatThrownBy(() -> calls.call(CardSource.ORDERS, SHOP, () -> {
                            throw new IllegalStateException("no connection");
                        })
                        .join())
                .cause()
                .isInstanceOfSatisfying(
                        SourceAway.class, away -> assertThat(away.code()).isEqualTo(ProblemCode.UNAVAILABLE));
    }

    @Test
    void aSourceThatFailsAgainAndAgainIsNotAskedForThatShopAlone() {
        var asked = new AtomicInteger();
        for (int i = 0; i < 30; i++) {
            var call = calls.call(CardSource.ORDERS, SHOP, () -> {
                asked.incrementAndGet();
                throw new IllegalStateException("no connection");
            });
            assertThatThrownBy(call::join)
                    .cause()
                    .isInstanceOfSatisfying(
                            SourceAway.class, away -> assertThat(away.code()).isEqualTo(ProblemCode.UNAVAILABLE));
        }
        assertThat(asked).hasValue(10);
        assertThat(calls.call(CardSource.ORDERS, new ShopId("1002"), () -> "order")
                        .join())
                .isEqualTo("order");
        assertThat(calls.call(CardSource.COUPONS, SHOP, () -> "coupon").join()).isEqualTo("coupon");
    }

    @Test
    void questionsThatBreakRulesDoNotCountAsFailures() {
        for (int i = 0; i < 30; i++) {
            assertThatThrownBy(() -> calls.call(CardSource.ORDERS, SHOP, () -> Rules.range("first", 0, 1, 200))
                            .join())
                    .cause()
                    .isInstanceOf(BrokenRule.class);
        }
    }

    @Test
    void aQuestionThatBreaksARuleKeepsItsReason() {
        assertThatThrownBy(() -> calls.call(CardSource.ORDERS, SHOP, () -> Rules.range("first", 0, 1, 200))
                        .join())
                .cause()
                .isInstanceOf(BrokenRule.class);
    }

    private String hang() throws InterruptedException {
        never.await();
        return "too late";
    }
}
