package io.xiaoer.bench.scenario;

import io.xiaoer.bench.report.Result;
import java.io.IOException;

/// Something that can be measured.
public interface Scenario {

    String name();

    /// What is measured, in a sentence.
    String about();

    /// Whether a suite must run.
    default boolean needsSuite() {
        return true;
    }

    /// Measures it, against a suite that runs and that it leaves running.
    Result run(Stand stand) throws IOException, InterruptedException;
}
