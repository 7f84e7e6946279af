package io.xiaoer.common.masking;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.annotation.Configuration;

class LogMaskTest {

    @ParameterizedTest
    @CsvSource({
        "call 13812345678 now, call 138****5678 now",
        "手机13812345678。, 手机138****5678。",
        "phone=+8613812345678, phone=+86138****5678",
        "+86 138 1234 5678, +86 138****5678",
        "138-1234-5678, 138****5678",
        "id 11010519491231002X, id 110105********002X",
        "card 6222020200112233446, card ****3446",
        "card 4111111111111111, card ****1111",
        "mail james.li@example.com sent, mail j****@example.com sent",
        "Authorization: Bearer abcdefghijklmnop, Authorization: Bearer ****",
        "Basic bWVyY2hhbnQ6c2VjcmV0, Basic ****",
        "t=eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln end, t=eyJ**** end",
        "t=eyJhbGciOiJSUzI1NiJ9 end, t=eyJ**** end",
        "secret whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw, secret whsec_****"
    })
    void personalDataAndTokensAreMasked(String text, String masked) {
        assertThat(LogMask.mask(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "order W2611340",
                "1732104812345",
                "911726894563786752",
                "took 12345678901 ns",
                "2026-11-20T12:00:00.123456789Z",
                "SF1381234567890",
                "550e8400-e29b-41d4-a716-446655440000",
                "x138123456789",
                "6222020200112233447",
                "u.james_li_5688@1001"
            })
    void idsTimesAndNumbersStay(String text) {
        assertThat(LogMask.mask(text)).isEqualTo(text);
    }

    /// What makes a matcher that goes back again and again, or one call deeper for each repetition, give up.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.",
                "a@",
                "a@a.",
                "eyJ",
                "eyJabcdefgh.",
                "bearer ",
                "whsec_",
                "\u0301",
                "1",
                "0086-",
                "138 1234 "
            })
    void longHostileTextIsMaskedInBoundedTime(String piece) {
        var hostile = "e@" + piece.repeat(100_000 / piece.length());
        var text = "from james.li@example.com " + hostile + " to 13812345678";
        var threads = ManagementFactory.getThreadMXBean();
        var before = threads.getCurrentThreadCpuTime();

        var masked = LogMask.mask(text);

        assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - before))
                .as("CPU time, whatever else runs here")
                .isLessThan(Duration.ofSeconds(15));
        assertThat(masked).startsWith("from j****@example.com ").endsWith(" to 138****5678");
    }

    @Test
    void bothFormsOfTheLogAreMaskedAndIdsStay(@TempDir Path directory) throws Exception {
        for (var format : new String[] {"", "ecs"}) {
            var file = directory.resolve("log" + format);
            LoggingSystem.get(getClass().getClassLoader()).cleanUp(); // another test's context may have set it up
            var application = new SpringApplication(Nothing.class);
            application.setWebApplicationType(WebApplicationType.NONE);
            application.setDefaultProperties(java.util.Map.of(
                    "logging.file.name",
                    file.toString(),
                    "logging.structured.format.file",
                    format,
                    "spring.main.banner-mode",
                    "off"));
            try (var ignored = application.run()) {
                MDC.put("request_id", "13812345678");
                LoggerFactory.getLogger("test")
                        .atInfo()
                        .setCause(new IllegalStateException("no 13912345678"))
                        .addKeyValue("message_id", "4111111111111111")
                        .addKeyValue("card", 4111111111111111L)
                        .addKeyValue("phone", "13712345678")
                        .log("Somebody wrote 13612345678");
                MDC.clear();
            }
            var log = Files.readString(file);

            assertThat(log)
                    .contains("136****5678", "137****5678", "139****5678", "4111111111111111", "****1111")
                    .doesNotContain("13612345678", "13712345678", "13912345678");
        }
    }

    /// Nothing to run.
    @Configuration(proxyBeanMethods = false)
    static class Nothing {}
}
