package io.xiaoer.common.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Headers come back as they were.
class HeaderTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "r-1", "中文 😀", "base64:AAAA", "\0base64:AAAA", "\0"})
    void aTextComesBackAsItWas(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(HeaderText.bytes(HeaderText.of(bytes))).isEqualTo(bytes);
    }

    @Test
    void anyBytesComeBackAsTheyWere() {
        var random = new Random(7);
        for (int length = 0; length < 200; length++) {
            var bytes = new byte[length];
            random.nextBytes(bytes);
            assertThat(HeaderText.bytes(HeaderText.of(bytes))).isEqualTo(bytes);
        }
    }

    @Test
    void textIsKeptAsTextAndBytesAreShownWithoutTheMark() {
        assertThat(HeaderText.of("r-1".getBytes(StandardCharsets.UTF_8))).isEqualTo("r-1");
        assertThat(HeaderText.shown(HeaderText.of(new byte[] {(byte) 0xff, 0}))).isEqualTo("base64:/wA=");
    }
}
