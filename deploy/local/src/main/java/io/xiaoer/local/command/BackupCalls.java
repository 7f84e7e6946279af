package io.xiaoer.local.command;

import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.local.api.Api;
import io.xiaoer.local.api.Reply;
import io.xiaoer.local.data.DataDirectory;
import io.xiaoer.local.data.Secrets;
import io.xiaoer.local.suite.Addresses;
import io.xiaoer.local.supervise.RunState;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;

/// What session-service is asked about backups, as the operator, on its own port: the gateway has no route to it.
record BackupCalls(Secrets secrets, String session, String identity) {
    private static final String BACKUPS = "/operator/backups";
    private static final int NOT_FOUND = 404;

    static BackupCalls of(DataDirectory data) throws Refusal, IOException {
        var suite = RunningSuite.of(data);
        var session = RunState.read(data)
                .flatMap(Addresses::session)
                .orElseThrow(() -> new Refusal("session-service does not run; see ./xiaoer status"));
        return new BackupCalls(suite.secrets(), session, suite.addresses().identity());
    }

    Reply make() throws Refusal, InterruptedException {
        return done(call((api, token) -> api.postForLong(BACKUPS, token)));
    }

    /// Empty if the suite's store has no backup of that name.
    Optional<Reply> restore(String name) throws Refusal, InterruptedException {
        if (!name.matches("[0-9A-Za-z-]{1,40}")) {
            throw new Refusal("'%s' is neither a directory nor the name of a backup".formatted(name));
        }
        var reply = call((api, token) -> api.postForLong(BACKUPS + "/" + name + "/restore", token));
        if (reply.status() == NOT_FOUND && !isKept(name)) {
            return Optional.empty();
        }
        return Optional.of(done(reply));
    }

    private boolean isKept(String name) throws Refusal, InterruptedException {
        return done(call((api, token) -> api.get(BACKUPS, token))).resources("data").stream()
                .anyMatch(backup -> name.equals(backup.getString("id")));
    }

    /// `12 message, 3 session`, for people.
    static String counted(JSONObject rows) {
        return rows.keySet().stream()
                .map(table -> rows.getLongValue(table) + " " + table)
                .collect(Collectors.joining(", "));
    }

    /// One call with the operator's token.
    private interface Call {
        Reply by(Api api, String token) throws IOException, InterruptedException;
    }

    private static Reply done(Reply reply) throws Refusal {
        if (!reply.ok()) {
            throw new Refusal(reply.reason());
        }
        return reply;
    }

    private Reply call(Call call) throws Refusal, InterruptedException {
        try (var api = new Api(session, identity)) {
            return call.by(api, api.token(secrets.ops()));
        } catch (IOException e) {
            throw new Refusal(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }
}
