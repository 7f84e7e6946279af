package io.xiaoer.bench.scenario;

import io.xiaoer.bench.Wishes;
import io.xiaoer.bench.measure.Precedence;
import io.xiaoer.bench.measure.Usage;
import io.xiaoer.bench.report.Progress;
import io.xiaoer.drills.suite.DrilledSuite;
import io.xiaoer.local.data.Secrets;
import io.xiaoer.local.supervise.ProcessState;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// The suite that is measured, what is wished, and who watches.
///
/// @param counted whose processor time and memory count
/// @param precedence that the generator takes when a window begins; empty if it runs as all others do
public record Stand(
        DrilledSuite suite, Wishes wishes, Progress progress, Counted counted, Optional<Precedence> precedence) {

    /// All processes of the suite count.
    public Stand(DrilledSuite suite, Wishes wishes, Progress progress, Optional<Precedence> precedence) {
        this(suite, wishes, progress, () -> suite.state().processes(), precedence);
    }

    /// Processes as they are at the moment.
    @FunctionalInterface
    public interface Counted {
        List<ProcessState> now() throws IOException;
    }

    /// The same, where others count.
    Stand counting(Counted others) {
        return new Stand(suite, wishes, progress, others, precedence);
    }

    String shop() {
        return wishes.shop().orElse(Secrets.DEMO_SHOPS.getFirst());
    }

    String merchant() throws IOException, InterruptedException {
        return suite.merchant(shop());
    }

    /// What was used when a window begins.
    Usage begin() throws IOException, InterruptedException {
        if (precedence.isPresent() && !precedence.get().claim()) {
            progress.tell("The generator may be late: it could not be put before other programs (chrt, as root)");
        }
        return usage();
    }

    Usage usage() throws IOException {
        return Usage.of(counted.now());
    }
}
