package io.xiaoer.drills.fault;

import io.xiaoer.drills.suite.DrilledSuite;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// Every pub/sub connection is closed by Redis, three times within a few seconds, so that what is published between is
/// gone and the way back is cut as well.
record SubscriptionsCut() implements Fault {
    private static final int TIMES = 3;
    private static final int LONGEST_PAUSE_MS = 2000;

    @Override
    public void strike(DrilledSuite suite, RandomGenerator chance) throws IOException, InterruptedException {
        try (var redis = suite.redis()) {
            for (var i = 0; i < TIMES; i++) {
                redis.command("CLIENT", "KILL", "TYPE", "pubsub");
                TimeUnit.MILLISECONDS.sleep(chance.nextInt(LONGEST_PAUSE_MS));
            }
        }
    }
}
