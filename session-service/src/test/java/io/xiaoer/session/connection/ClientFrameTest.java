package io.xiaoer.session.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.xiaoer.common.message.Content;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The form of every frame that a client may send, and of what is refused.
class ClientFrameTest {

    @Test
    void everyFrameOfAClientIsRead() throws BadFrame {
        assertThat(ClientFrame.parse(
                        "{'type':'send','id':'a-_Z9','ts':5,'sid':'7','content':{'kind':'text','text':'hi'},'later':{}}"
                                .replace('\'', '"'),
                        false))
                .isEqualTo(new ClientFrame.Send("a-_Z9", 5, "7", new Content.Text("hi"), null));
        assertThat(parse("{'type':'sync','after':'0'}")).isEqualTo(new ClientFrame.Sync("0", null));
        assertThat(parse("{'type':'sync','after':'5','sid':'7'}")).isEqualTo(new ClientFrame.Sync("5", "7"));
        assertThat(parse("{'type':'typing','sid':'7','on':false}")).isEqualTo(new ClientFrame.Typing("7", false));
        assertThat(parse("{'type':'read','sid':'7','up_to':'9'}")).isEqualTo(new ClientFrame.Read("7", "9"));
        assertThat(parse("{'type':'auth','token':'t'}")).isEqualTo(new ClientFrame.Auth("t"));
        assertThat(parse("{'type':'ping','unknown':[1]}")).isEqualTo(new ClientFrame.Ping());
        assertThat(parse("{'type':'ping','unknown':{'$ref':'..'}}")).isEqualTo(new ClientFrame.Ping());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "7", "'text'", "{", "{'type':", "{}", "{'type':5}", "{'type':null}"})
    void whatIsNoFrameIsInvalid(String text) {
        refused(text, FrameError.INVALID_FRAME, null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'type':'dance'}", "{'type':'SEND'}", "{'type':''}", "{'type':'welcome'}"})
    void anUnknownTypeIsTold(String text) {
        refused(text, FrameError.UNKNOWN_TYPE, null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'sync'}",
                "{'type':'sync','after':5}",
                "{'type':'sync','after':'x'}",
                "{'type':'sync','after':'9223372036854775808'}",
                "{'type':'typing','sid':'7'}",
                "{'type':'typing','sid':'7','on':'yes'}",
                "{'type':'typing','on':true}",
                "{'type':'read','sid':'7'}",
                "{'type':'read','up_to':'7'}",
                "{'type':'auth'}",
                "{'type':'auth','token':''}",
            })
    void aFieldThatIsMissingOrOfAnotherFormIsInvalid(String text) {
        refused(text, FrameError.INVALID_FRAME, null);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'ts':'5','sid':'7','content':{'kind':'text','text':'x'}        | INVALID_FRAME
            'sid':'7','content':{'kind':'text','text':'x'}                 | INVALID_FRAME
            'ts':5,'content':{'kind':'text','text':'x'}                    | INVALID_FRAME
            'ts':5,'sid':'7'                                               | INVALID_FRAME
            'ts':5,'sid':'7','content':'x'                                 | INVALID_FRAME
            'ts':5,'sid':'7','content':{'kind':'text','text':''}           | INVALID_FRAME
            'ts':5,'sid':'7','content':{'kind':'text','text':'a\\ud83d'}    | INVALID_FRAME
            'ts':5,'sid':'7','content':{'kind':'card','card':'order'}      | INVALID_FRAME
            'ts':5,'sid':'7','content':{'kind':'choice','prompt':'x'}      | INVALID_FRAME
            'ts':5,'sid':'7','content':{'kind':'song'}                     | INVALID_FRAME
            """)
    void aBadSendIsAnsweredUnderItsId(String fields, FrameError error) {
        refused("{'type':'send','id':'mine'," + fields + '}', error, "mine");
    }

    @Test
    void textIsCountedInCodePoints() throws BadFrame {
        assertThat(parse(text("😀".repeat(500)))).isInstanceOf(ClientFrame.Send.class);
        refused(text("😀".repeat(501)), FrameError.TOO_LONG, "mine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:b", "中"})
    void anIdOfAnotherFormIsInvalid(String id) {
        refused(
                "{'type':'send','id':'" + id + "','ts':5,'sid':'7','content':{'kind':'text','text':'x'}}",
                FrameError.INVALID_FRAME,
                null);
    }

    @Test
    void whatIsNestedTooDeeplyNeverReachesTheParser() {
        refused("{'type':'ping','x':" + "[".repeat(30_000) + "]".repeat(30_000) + '}', FrameError.INVALID_FRAME, null);
    }

    @Test
    void aTextThatHoldsAFrameIsNone() {
        refused("'{\\'type\\':\\'ping\\'}'", FrameError.INVALID_FRAME, null);
    }

    private static String text(String text) {
        return "{'type':'send','id':'mine','ts':5,'sid':'7','content':{'kind':'text','text':'" + text + "'}}";
    }

    private static ClientFrame parse(String text) throws BadFrame {
        return ClientFrame.parse(text.replace('\'', '"'), false);
    }

    private static void refused(String text, FrameError error, @org.jspecify.annotations.Nullable String id) {
        assertThatExceptionOfType(BadFrame.class).isThrownBy(() -> parse(text)).satisfies(bad -> {
            assertThat(bad.error()).isEqualTo(error);
            assertThat(bad.id()).isEqualTo(id);
        });
    }
}
