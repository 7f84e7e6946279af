package io.xiaoer.drills.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.drills.load.Gateway.Reply;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class CallsTest {

    @Test
    void whatEachGaveComesInTheirOrder() throws Exception {
        var second = new CountDownLatch(1);
        List<Callable<String>> calls = List.of(() -> second.await(30, TimeUnit.SECONDS) ? "first" : "never", () -> {
            second.countDown();
            return "second";
        });

        assertThat(Calls.inParallel(calls)).containsExactly("first", "second");
    }

    @Test
    void theFirstThatFailsEndsTheOthers() throws Exception {
        var begun = new CountDownLatch(1);
        var ended = new AtomicBoolean();
        List<Callable<String>> calls = List.of(
                () -> {
                    begun.countDown();
                    try {
                        TimeUnit.SECONDS.sleep(30);
                    } catch (InterruptedException e) {
                        ended.set(true);
                        throw e;
                    }
                    return "waited in vain";
                },
                () -> {
                    begun.await(30, TimeUnit.SECONDS);
                    throw new IOException("no");
                });

        assertThatThrownBy(() -> Calls.inParallel(calls))
                .isInstanceOf(IOException.class)
                .hasMessage("no");
        assertThat(ended).isTrue();
    }

    @Test
    void aLineThatFailedOrIsMissingIsTold() {
        var applied = "{\"line\":1,\"order_id\":\"A\",\"status\":\"applied\"}\n";
        var failed = "{\"line\":2,\"order_id\":\"B\",\"status\":\"failed\",\"code\":\"invalid_request\"}\n";

        assertThatCode(() -> Calls.allDone(applied, 1, "orders")).doesNotThrowAnyException();
        assertThatThrownBy(() -> Calls.allDone(applied + failed, 2, "orders"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("invalid_request");
        assertThatThrownBy(() -> Calls.allDone(applied, 2, "orders"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("1 came back");
    }

    @Test
    void aQuestionIsFoundWhenItIsTheBestAndNothingIsLeftToLearn() {
        assertThat(Calls.finds(search("q", false), "q")).isTrue();
        assertThat(Calls.finds(search("another", false), "q")).isFalse();
        assertThat(Calls.finds(reply("{\"data\":[],\"meta\":{\"learning\":false}}"), "q"))
                .isFalse();
        assertThat(Calls.hasLearnt(search("q", false))).isTrue();
        assertThat(Calls.hasLearnt(search("q", true))).isFalse();
    }

    private static Reply search(String best, boolean learning) {
        var candidate = JSONObject.of("id", "1", "attributes", JSONObject.of("question", best));
        return reply(JSONObject.of("data", List.of(candidate), "meta", JSONObject.of("learning", learning))
                .toString());
    }

    private static Reply reply(String text) {
        return new Reply(200, HttpHeaders.of(Map.of(), (name, value) -> true), text);
    }
}
