package io.xiaoer.drills.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.drills.foreign.Attempt.Scope;
import io.xiaoer.drills.ledger.Breach;
import io.xiaoer.drills.load.Gateway.Reply;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A checker that never complains proves nothing: each broken promise is built here and must be told by its name.
class ForeignCheckerTest {
    private static final String SESSION = "700";

    private final Attempt read = attempt("GET", "/orders/o-1", null, false);
    private final Attempt search = attempt("POST", "/search", JSONObject.of("text", "the secret"), false);
    private final Attempt hidden = attempt("GET", "/sessions/" + SESSION, null, true);
    private final ForeignChecker checker = new ForeignChecker(
            List.of("secret", SESSION),
            List.of(read.name(), search.name(), hidden.name(), ForeignChecker.socket(Scope.SHOPPER)));

    @Test
    void denialsAndOwnThingsAreNoBreach() {
        checker.came(read, reply(200, "{\"title\":\"theirs\"}"));
        checker.came(hidden, reply(404, "{\"instance\":\"/sessions/700\"}"));
        checker.came(search, reply(200, "{\"asked\":\"the secret\"}"));
        heard("{\"type\":\"welcome\"}");
        heard("{\"type\":\"synced\",\"last\":\"0\"}");
        heard("{\"type\":\"error\",\"code\":\"not_found\",\"sid\":\"700\"}");

        assertThat(checker.breaches()).isEmpty();
        assertThat(checker.least()).isEqualTo(1);
        assertThat(checker.answers()).isEqualTo(4);
    }

    @Test
    void anAnswerThatHoldsTheSecretIsTold() {
        checker.came(read, reply(200, "{\"title\":\"secret\"}"));

        assertThat(kinds()).containsExactly(Breach.Kind.FOREIGN);
    }

    @Test
    void aRefusalThatHoldsTheSecretIsTold() {
        checker.came(read, reply(403, "{\"detail\":\"secret\"}"));
        checker.came(search, reply(503, "700"));

        assertThat(kinds()).containsExactly(Breach.Kind.FOREIGN, Breach.Kind.FOREIGN);
    }

    @Test
    void anIdOfTheOtherShopIsTold() {
        checker.came(read, reply(200, "{\"sessions\":[\"700\"]}"));

        assertThat(kinds()).containsExactly(Breach.Kind.FOREIGN);
    }

    @Test
    void aSuccessWhereTheFirstShopAloneHasSomethingIsTold() {
        checker.came(hidden, reply(200, "{}"));

        assertThat(kinds()).containsExactly(Breach.Kind.FOREIGN);
    }

    @Test
    void anAcknowledgementIntoAnotherShopsSessionIsTold() {
        heard("{\"type\":\"ack\",\"id\":\"1\",\"message_id\":\"2\"}");

        assertThat(kinds()).containsExactly(Breach.Kind.FOREIGN);
    }

    @Test
    void aFrameOfAnotherShopsSessionIsTold() {
        heard("{\"type\":\"synced\",\"sid\":\"700\",\"last\":\"9\"}");

        assertThat(kinds()).containsExactly(Breach.Kind.FOREIGN);
    }

    @Test
    void whatIsNotAsItWasIsTold() {
        checker.compare(Map.of("order", "paid", "faq", "a"), Map.of("order", "closed"));

        assertThat(kinds()).containsExactly(Breach.Kind.FOREIGN, Breach.Kind.FOREIGN);
    }

    @Test
    void whatStaysAsItWasIsNot() {
        checker.compare(Map.of("order", "paid"), Map.of("order", "paid"));

        assertThat(checker.breaches()).isEmpty();
    }

    @Test
    void failuresProveNothing() {
        checker.came(read, reply(503, ""));
        checker.came(read, reply(429, ""));
        checker.came(read, reply(401, ""));
        checker.failed();

        assertThat(checker.breaches()).isEmpty();
        assertThat(checker.failures()).isEqualTo(4);
        assertThat(checker.least()).isZero();
    }

    private List<Breach.Kind> kinds() {
        return checker.breaches().stream().map(Breach::kind).toList();
    }

    private void heard(String frame) {
        checker.heard(Scope.SHOPPER, SESSION, JSON.parseObject(frame));
    }

    private static Attempt attempt(String method, String path, @Nullable JSONObject body, boolean denied) {
        return new Attempt(Scope.MERCHANT, method, path, body, Map.of(), denied, false);
    }

    private static Reply reply(int status, String text) {
        return new Reply(status, HttpHeaders.of(Map.of(), (name, value) -> true), text);
    }
}
