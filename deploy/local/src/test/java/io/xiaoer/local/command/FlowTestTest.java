package io.xiaoer.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSON;
import org.junit.jupiter.api.Test;

/// A script says which dialog it is about, and what became of it is told talk by talk.
class FlowTestTest {

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
