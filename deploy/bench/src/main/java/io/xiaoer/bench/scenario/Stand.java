package io.xiaoer.bench.scenario;

import io.xiaoer.bench.Wishes;
import io.xiaoer.bench.measure.Usage;
import io.xiaoer.bench.report.Progress;
import io.xiaoer.drills.suite.DrilledSuite;
import io.xiaoer.local.data.Secrets;
import io.xiaoer.local.supervise.ProcessState;
import java.io.IOException;
import java.util.List;

/// The suite that is measured, what is wished, and who watches.
///
/// @param counted whose processor time and memory count
public record Stand(DrilledSuite suite, Wishes wishes, Progress progress, Counted counted) {

    /// All processes of the suite count.
    public Stand(DrilledSuite suite, Wishes wishes, Progress progress) {
        this(suite, wishes, progress, () -> suite.state().processes());
    }

    /// Processes as they are at the moment.
    @FunctionalInterface
    public interface Counted {
        List<ProcessState> now() throws IOException;
    }

    /// The same, where others count.
    Stand counting(Counted others) {
        return new Stand(suite, wishes, progress, others);
    }

    String shop() {
        return wishes.shop().orElse(Secrets.DEMO_SHOPS.getFirst());
    }

    String merchant() throws IOException, InterruptedException {
        return suite.merchant(shop());
    }

    Usage usage() throws IOException {
        return Usage.of(counted.now());
    }
}
