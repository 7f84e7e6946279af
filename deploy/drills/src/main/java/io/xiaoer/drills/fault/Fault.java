package io.xiaoer.drills.fault;

import io.xiaoer.drills.suite.DrilledSuite;
import java.io.IOException;
import java.util.random.RandomGenerator;

/// Something that breaks under load.
@FunctionalInterface
public interface Fault {

    /// Breaks it, and returns when the processes that it hit are back. Chance comes from the seed alone.
    void strike(DrilledSuite suite, RandomGenerator chance) throws IOException, InterruptedException;
}
