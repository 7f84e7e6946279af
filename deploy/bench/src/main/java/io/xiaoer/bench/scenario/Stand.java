package io.xiaoer.bench.scenario;

import io.xiaoer.bench.Wishes;
import io.xiaoer.bench.measure.Usage;
import io.xiaoer.bench.report.Progress;
import io.xiaoer.drills.suite.DrilledSuite;
import io.xiaoer.local.data.Secrets;
import java.io.IOException;

/// The suite that is measured, what is wished, and who watches.
public record Stand(DrilledSuite suite, Wishes wishes, Progress progress) {

    String shop() {
        return wishes.shop().orElse(Secrets.DEMO_SHOPS.getFirst());
    }

    String merchant() throws IOException, InterruptedException {
        return suite.merchant(shop());
    }

    Usage usage() throws IOException {
        return Usage.of(suite.state().processes());
    }
}
