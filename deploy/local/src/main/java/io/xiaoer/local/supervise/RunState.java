package io.xiaoer.local.supervise;

import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONException;
import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.local.data.DataDirectory;
import io.xiaoer.local.server.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;

/// What runs, as the supervisor last wrote it to `run/state.json`. The file is gone when nothing runs any more.
public record RunState(boolean complete, ProcessId supervisor, List<ProcessState> processes) {

    public RunState {
        processes = List.copyOf(processes);
    }

    /// Of a supervisor, this process, that has launched nothing yet.
    public static RunState beginning() {
        return new RunState(false, ProcessId.self(), List.of());
    }

    public void write(DataDirectory data) throws IOException {
        var all = new JSONArray();
        processes.forEach(process -> all.add(process.toJson()));
        var json = JSONObject.of("complete", complete, "processes", all);
        supervisor.to(json, "supervisor_");
        PrivateFiles.write(data.state(), json.toString());
    }

    /// @throws IOException also if it is somebody else's, so that nobody takes it for none
    public static Optional<RunState> read(DataDirectory data) throws IOException {
        try {
            var json = JSONObject.parseObject(Files.readString(data.state()));
            if (json == null) {
                // Empty: the machine went down before the disk had it, and everything with it.
                return Optional.empty();
            }
            var supervisor = ProcessId.from(json, "supervisor_");
            var processes = json.getJSONArray("processes").toJavaList(JSONObject.class).stream()
                    .map(ProcessState::from)
                    .map(ProcessState::asFound)
                    .toList();
            return Optional.of(new RunState(json.getBooleanValue("complete"), supervisor, processes));
        } catch (NoSuchFileException nothingRuns) {
            return Optional.empty();
        } catch (JSONException e) {
            throw new IOException(data.state() + " is not readable", e);
        }
    }

    /// Whether anything of it still runs.
    public boolean anythingAlive() {
        return supervisor.alive()
                || processes.stream().anyMatch(state -> state.process().alive());
    }
}
