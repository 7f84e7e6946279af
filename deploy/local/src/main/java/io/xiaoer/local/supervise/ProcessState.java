package io.xiaoer.local.supervise;

import com.alibaba.fastjson2.JSONObject;

/// What is known of one supervised process at a moment.
public record ProcessState(String name, ProcessId process, int port, Health health, int restarts, String log) {

    JSONObject toJson() {
        var json = JSONObject.of("name", name, "port", port)
                .fluentPut("health", health.label())
                .fluentPut("restarts", restarts)
                .fluentPut("log", log);
        process.to(json, "");
        return json;
    }

    static ProcessState from(JSONObject json) {
        return new ProcessState(
                json.getString("name"),
                ProcessId.from(json, ""),
                json.getIntValue("port"),
                Health.of(json.getString("health")),
                json.getIntValue("restarts"),
                json.getString("log"));
    }

    /// The same, down if its process is gone: the supervisor may have died before it could write that.
    ProcessState asFound() {
        return process.alive() ? this : new ProcessState(name, ProcessId.NONE, port, Health.DOWN, restarts, log);
    }
}
