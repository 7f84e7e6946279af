package io.xiaoer.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alibaba.fastjson2.JSON;
import io.xiaoer.local.data.DataDirectory;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A script says which dialog it is about, and what became of it is told talk by talk.
class FlowTestTest {
    @TempDir
    Path directory;

    @Test
    void aDirectoryIsRefusedInASentence() {
        var test = new FlowTest(new DataDirectory(directory), directory, Optional.empty());

        assertThatThrownBy(test::run).isInstanceOf(Refusal.class).hasMessageContaining("is a directory");
    }

    @Test
    void aScriptSaysWhichFlowItIsAbout() {
        assertThat(FlowTest.flowOf("# a comment\nflow: return_order\ncases: []"))
                .contains("return_order");
        assertThat(FlowTest.flowOf("\"flow\": \"gift\"")).contains("gift");
        assertThat(FlowTest.flowOf("flow: gift # of ours\nsteps: []")).contains("gift");
        assertThat(FlowTest.flowOf("flow: 退货\n")).isEmpty();
        assertThat(FlowTest.flowOf("flow: gift退货\n")).isEmpty();
        assertThat(FlowTest.flowOf("cases:\n  - {flow: inner}")).isEmpty();
    }

    @Test
    void aFileWithStepsAndWithoutTalksIsADialog() {
        assertThat(FlowTest.isDialog("flow: gift\nsteps:\n  - end: done\n")).isTrue();
        assertThat(FlowTest.isDialog("flow: gift\ncases: []\n")).isFalse();
        assertThat(FlowTest.isDialog("flow: gift\nyaml: |\n  steps: []\ncases: []\n"))
                .isFalse();
    }

    @Test
    void aFaultIsToldWithTheFileAsItsUserKnowsIt() {
        assertThat(FlowTest.placed("script:7", "gift", "talks.yml")).isEqualTo("talks.yml:7");
        assertThat(FlowTest.placed("gift.yml:9", "gift", "mine.yml")).isEqualTo("mine.yml:9");
        assertThat(FlowTest.placed("flow", "gift", "mine.yml")).isEqualTo("flow");
    }

    @Test
    void whatBecameOfATalkIsToldLineByLine() {
        var told = FlowTest.told(JSON.parseObject("""
                {"passed": false, "cases": [
                  {"name": "one", "passed": true, "failures": []},
                  {"name": "two", "passed": false, "failures": ["line 7: the bot said `x`, not `y`"]}]}
                """));

        assertThat(told)
                .containsExactly(
                        "ok    one",
                        "FAILED two",
                        "      line 7: the bot said `x`, not `y`",
                        "1 of 2 talks went as expected");
    }
}
