package io.xiaoer.drills.fault;

import io.xiaoer.drills.suite.DrilledSuite;
import io.xiaoer.drills.suite.RedisAdmin;
import io.xiaoer.drills.suite.Signal;
import io.xiaoer.drills.suite.Undoing;
import io.xiaoer.local.server.ChildProcess;
import io.xiaoer.local.server.Ports;
import io.xiaoer.local.server.RedisServer;
import io.xiaoer.local.server.StartFailedException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// A failover to a replica that lags: what Redis acknowledged in between is gone, and what is left is older.
///
/// A replica follows Redis and is cut off from it; the load goes on. Then Redis is killed, and what the supervisor
/// starts in its place takes over the replica's data and becomes a master with them: empty for a moment, then
/// read-only, then writable and older than what its clients have seen.
record OlderReplica(Duration lag) implements Fault {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    @Override
    public void strike(DrilledSuite suite, RandomGenerator chance) throws IOException, InterruptedException {
        var password = suite.secrets().redisPassword();
        var server = new RedisServer(suite.data().of("redis-replica"), Ports.free(), password);
        server.prepare();
        var process = ChildProcess.launch(server, suite.data().log("redis-replica"));
        try (var _ = Undoing.by(process::close)) {
            process.awaitReady(PATIENCE);
            try (var replica = new RedisAdmin(server.port(), password.value())) {
                follow(replica, suite.process("redis").port(), password.value());
                replica.command("REPLICAOF", "NO", "ONE");
                TimeUnit.MILLISECONDS.sleep(lag.toMillis());
                var victim = suite.process("redis");
                Signal.KILL.send(victim.process().pid());
                Killed.awaitReturn(suite, List.of(victim));
            }
            try (var promoted = suite.redis()) {
                follow(promoted, server.port(), password.value());
                promoted.command("REPLICAOF", "NO", "ONE");
            }
        } catch (StartFailedException e) {
            throw new IOException(e);
        }
    }

    private static void follow(RedisAdmin follower, int leader, String password)
            throws IOException, InterruptedException {
        follower.command("CONFIG", "SET", "masterauth", password);
        follower.command("REPLICAOF", "127.0.0.1", Integer.toString(leader));
        var until = System.nanoTime() + PATIENCE.toNanos();
        while (!follower.command("INFO", "replication").contains("master_link_status:up")) {
            if (System.nanoTime() > until) {
                throw new IOException("Redis did not follow its leader in time");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN.toMillis());
        }
    }
}
