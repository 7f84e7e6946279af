package io.xiaoer.local.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.local.data.DataDirectory;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who runs is known by more than an id, and by nothing that the clock decides.
class ProcessIdTest {
    @TempDir
    Path directory;

    @Test
    void aSupervisorIsKnownAfterTheClockWasSet() throws Exception {
        var self = ProcessId.self();
        var state = JSONObject.of("complete", true, "supervisor_pid", self.pid(), "processes", new JSONArray())
                .fluentPut("supervisor_started", self.started())
                // Of this JVM's start as another JVM would tell it by now.
                .fluentPut(
                        "supervisor_started_ms",
                        startedMs() - Duration.ofHours(1).toMillis());

        assertThat(read(state).supervisor().alive()).isTrue();
    }

    @Test
    void aSupervisorOfAnEarlierBuildIsKnown() throws Exception {
        var state = JSONObject.of(
                        "complete", true, "supervisor_pid", ProcessId.self().pid())
                .fluentPut("supervisor_started_ms", startedMs())
                .fluentPut("processes", new JSONArray());

        assertThat(read(state).supervisor().alive()).isTrue();
    }

    @Test
    void aStateIsReadAsItWasWritten() throws Exception {
        var data = data();
        var process = new ProcessState("self", ProcessId.self(), 1, Health.UP, 2, "self.log");
        var state = new RunState(true, ProcessId.self(), List.of(process));
        state.write(data);

        assertThat(RunState.read(data)).contains(state);
    }

    @Test
    void anEmptyStateIsOfNothingThatRuns() throws Exception {
        var data = data();
        Files.createFile(data.state());

        assertThat(RunState.read(data)).isEmpty();
    }

    @Test
    void whereNoStateCanBeLookedForIsNotTakenForOneWithout() throws Exception {
        var file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> RunState.read(new DataDirectory(file))).isInstanceOf(FileSystemException.class);
    }

    private RunState read(JSONObject state) throws Exception {
        var data = data();
        Files.writeString(data.state(), state.toString());
        return RunState.read(data).orElseThrow();
    }

    private DataDirectory data() throws Exception {
        var data = new DataDirectory(directory.resolve("var"));
        data.lay();
        return data;
    }

    private static long startedMs() {
        return ProcessHandle.current().info().startInstant().orElseThrow().toEpochMilli();
    }
}
