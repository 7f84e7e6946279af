package io.xiaoer.common.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Ids come with a request, and what is none is replaced.
class RequestContextTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @ParameterizedTest
    @ValueSource(strings = {"00-" + TRACE, "01-" + TRACE, "01-" + TRACE + "-what a later version adds"})
    void aTraceIsTaken(String traceparent) {
        var context = RequestContext.of("id", traceparent);

        assertThat(context.traceparent()).isEqualTo(traceparent);
        assertThat(context.traceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "ff-" + TRACE,
                "00-" + TRACE + "-more",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            })
    void whatIsNoTraceIsReplaced(String traceparent) {
        assertThat(RequestContext.of("id", traceparent).traceparent())
                .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01")
                .isNotEqualTo(traceparent);
    }

    @Test
    void anIdHasAtMost128PrintableCharacters() {
        assertThat(RequestContext.of("a".repeat(128), null).requestId()).isEqualTo("a".repeat(128));
        for (var other : new String[] {"a".repeat(129), "", "  ", "a\nb", "编号", null}) {
            assertThat(RequestContext.of(other, null).requestId()).matches("[0-9a-f-]{36}");
        }
    }
}
