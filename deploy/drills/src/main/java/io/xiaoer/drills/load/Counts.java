package io.xiaoer.drills.load;

import java.util.concurrent.atomic.LongAdder;

/// How far all shoppers together are, for who watches.
public final class Counts {
    private final LongAdder said = new LongAdder();
    private final LongAdder answered = new LongAdder();

    Counts() {}

    void says() {
        said.increment();
    }

    void sawAnAnswer() {
        answered.increment();
    }

    public long said() {
        return said.sum();
    }

    public long answered() {
        return answered.sum();
    }
}
