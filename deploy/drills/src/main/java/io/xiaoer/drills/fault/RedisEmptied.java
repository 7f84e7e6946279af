package io.xiaoer.drills.fault;

import io.xiaoer.drills.suite.DrilledSuite;
import java.io.IOException;
import java.util.random.RandomGenerator;

/// `FLUSHALL`: the process stays, everything in it is gone.
public record RedisEmptied() implements Fault {

    @Override
    public void strike(DrilledSuite suite, RandomGenerator chance) throws IOException {
        try (var redis = suite.redis()) {
            redis.command("FLUSHALL");
        }
    }
}
