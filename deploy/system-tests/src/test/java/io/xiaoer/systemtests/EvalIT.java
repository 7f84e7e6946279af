package io.xiaoer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// `./xiaoer eval` finds what it runs: classes of tests, out of the service's own jar.
class EvalIT {

    @Test
    void whatAQuestionCostsIsToldByTheCodeThatAnswersShoppers() throws Exception {
        var process = new ProcessBuilder(Suite.file("xiaoer").toString(), "eval", "--cpu")
                .redirectErrorStream(true)
                .start();

        var told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        // It ends with 1 where the machine is too slow for its bars.
        assertThat(process.waitFor()).as(told).isIn(0, 1);
        assertThat(told).contains("own questions, English", "words never heard", "a turn of a dialog");
    }
}
