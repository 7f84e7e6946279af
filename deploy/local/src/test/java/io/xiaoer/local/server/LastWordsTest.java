package io.xiaoer.local.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSONObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastWordsTest {
    private static final String ANALYSED = """

        ***************************
        APPLICATION FAILED TO START
        ***************************

        Description:

        The database was made by another build.

        Action:

        Start with an empty data directory.
        """;

    @TempDir
    private Path directory;

    @Test
    void aFailureThatTheServiceKnowsIsToldWithItsCureAndWithoutItsFrame() {
        var lines = List.of(
                structured("INFO", "Starting").toString(),
                structured("ERROR", ANALYSED).toString(),
                structured("INFO", "Connections are closed").toString());

        assertThat(LastWords.of(lines))
                .contains("The database was made by another build. Start with an empty data directory.");
    }

    @Test
    void theReasonThatStandsBesideTheSentenceIsTold() {
        var line = structured("ERROR", "The schema cannot be brought up to date, and the process ends")
                .fluentPut("need", "mariadb")
                .fluentPut("reason", "A migration failed.");

        assertThat(LastWords.of(List.of(line.toString())))
                .contains("The schema cannot be brought up to date, and the process ends: A migration failed.");
    }

    @Test
    void ofAnExceptionTheRootIsTold() {
        var trace = "a.B: no bean\n\tat a.B.c(B.java:1)\nCaused by: a.C: no file\n\tat a.C.d(C.java:2)\n\t... 3 more\n";
        var line = structured("ERROR", "Application run failed")
                .fluentPut("error", JSONObject.of("message", "no bean", "stack_trace", trace));

        assertThat(LastWords.of(List.of(line.toString()))).contains("Application run failed: a.C: no file");
    }

    @Test
    void withoutAnErrorTheLastWarningIsToldAndWithoutThatTheLastLine() {
        var info = structured("INFO", "Starting").toString();

        assertThat(LastWords.of(List.of(
                        structured("WARN", "one").toString(),
                        structured("WARN", "two").toString(),
                        info)))
                .contains("two");
        assertThat(LastWords.of(List.of("first", info))).contains("Starting");
        assertThat(LastWords.of(List.of("", " "))).isEmpty();
    }

    @Test
    void plainLinesOfOtherServersAreUnderstood() {
        assertThat(LastWords.of(List.of(
                        "2026-01-01  0:00:00 0 [ERROR] InnoDB: Unable to lock ./ibdata1 error: 11",
                        "2026-01-01  0:00:00 0 [ERROR] Aborting",
                        "2026-01-01  0:00:00 0 [Note] bye")))
                .contains("2026-01-01  0:00:00 0 [ERROR] InnoDB: Unable to lock ./ibdata1 error: 11");
        assertThat(LastWords.of(List.of(
                        "[2026-01-01] ERROR Exiting Kafka (kafka.Kafka$)",
                        "java.lang.IllegalArgumentException: No log directory",
                        "\tat kafka.Some.Exception(Some.java:1)")))
                .contains("java.lang.IllegalArgumentException: No log directory");
        assertThat(LastWords.of(List.of("{\"cut", "*** FATAL CONFIG FILE ERROR ***", "'port' is no number")))
                .contains("*** FATAL CONFIG FILE ERROR ***");
    }

    @Test
    void onlyTheEndOfALongLogIsReadAndOnlyTheBeginOfALongSentenceIsTold() throws Exception {
        var log = directory.resolve("long.log");
        Files.writeString(log, "ERROR first\n" + "x".repeat(1 << 20) + "\nERROR " + "y".repeat(5_000) + "\n");

        assertThat(LastWords.of(log, 0))
                .hasValueSatisfying(
                        told -> assertThat(told).startsWith("ERROR yyy").hasSizeLessThan(1_100));
    }

    @Test
    void aLogThatWasEmptiedMeanwhileIsReadFromItsBegin() throws Exception {
        var log = directory.resolve("emptied.log");
        Files.writeString(log, "ERROR now\n");

        assertThat(LastWords.of(log, 1_000)).contains("ERROR now");
        assertThat(LastWords.of(log, Files.size(log))).isEmpty();
        assertThat(LastWords.of(directory.resolve("none.log"), 0)).isEmpty();
    }

    private static JSONObject structured(String level, String message) {
        return JSONObject.of("@timestamp", "2026-01-01T00:00:00Z", "log", JSONObject.of("level", level))
                .fluentPut("message", message);
    }
}
