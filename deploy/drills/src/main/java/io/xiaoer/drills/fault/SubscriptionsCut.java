package io.xiaoer.drills.fault;

import io.xiaoer.drills.suite.DrilledSuite;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// Every pub/sub connection of the services to Redis dies without a word: what is published is gone, and nobody is
/// told. It is over when as many subscribe anew.
record SubscriptionsCut() implements Fault {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long LOOK_AGAIN_MS = 50;

    @Override
    public void strike(DrilledSuite suite, RandomGenerator chance) throws IOException, InterruptedException {
        var relay = suite.relay();
        var before = relay.subscriptions();
        if (before == 0) {
            throw new IOException("No service has subscribed through the relay");
        }
        relay.silenceSubscriptions();
        var until = System.nanoTime() + PATIENCE.toNanos();
        while (relay.subscriptions() < before) {
            if (System.nanoTime() > until) {
                throw new IOException("The services have not subscribed anew in %d s".formatted(PATIENCE.toSeconds()));
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MS);
        }
    }
}
