package io.xiaoer.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.local.data.DataDirectory;
import io.xiaoer.local.suite.Addresses;
import io.xiaoer.local.supervise.Health;
import io.xiaoer.local.supervise.ProcessId;
import io.xiaoer.local.supervise.ProcessState;
import io.xiaoer.local.supervise.RunState;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The status as programs read it.
class StatusTest {
    private static final Addresses ADDRESSES =
            new Addresses("http://localhost:8080", "http://localhost:9000", "http://localhost:9001");

    @TempDir
    Path directory;

    @Test
    void itHasTheFieldsThatProgramsRead() throws Exception {
        var json = json(state(true, Health.UP));
        assertThat(json.getString("state")).isEqualTo("up");
        assertThat(json.keySet()).containsExactly("state", "gateway", "identity", "demo_shop", "processes", "demo");
        assertThat(json.getJSONArray("processes").getJSONObject(0).keySet())
                .containsExactly("name", "pid", "port", "health", "restarts", "log");
        var demo = json.getJSONObject("demo");
        assertThat(demo.getJSONArray("shops").getJSONObject(0).keySet())
                .containsExactly("shop_id", "client_id", "client_secret");
        assertThat(demo.getJSONObject("ops").keySet()).containsExactly("client_id", "client_secret");
        assertThat(demo.getJSONArray("agents").getJSONObject(0).keySet()).containsExactly("shop_id", "name");
    }

    @Test
    void theSuiteIsStartingWhileAProcessIs() throws Exception {
        assertThat(json(state(true, Health.STARTING)).getString("state")).isEqualTo("starting");
        assertThat(json(state(false, Health.UP)).getString("state")).isEqualTo("starting");
    }

    @Test
    void theSuiteIsDownWithoutItsSupervisor() throws Exception {
        var orphaned = new RunState(true, ProcessId.NONE, List.of());
        assertThat(json(orphaned).getString("state")).isEqualTo("down");
    }

    private JSONObject json(RunState state) throws Exception {
        var data = new DataDirectory(directory.resolve("var"));
        data.lay();
        return new Status(data, true, false).json(state, ADDRESSES);
    }

    private static RunState state(boolean complete, Health health) {
        var process = new ProcessState("redis", ProcessId.self(), 6379, health, 0, "redis.log");
        return new RunState(complete, ProcessId.self(), List.of(process));
    }
}
