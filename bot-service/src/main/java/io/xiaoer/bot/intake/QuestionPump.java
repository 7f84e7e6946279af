package io.xiaoer.bot.intake;

import io.xiaoer.bot.generate.Writings;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.stereotype.Component;

/// Fetches questions, gives each to the lane of its user and commits behind those that have ended. Stops fetching
/// while as many are under way as may be. Lives through the absence of Kafka, and may be stopped and started again.
@Component
final class QuestionPump implements SmartLifecycle {

    private final ConsumerFactory<String, byte[]> consumers;
    private final Answering answering;
    private final Writings writings;
    private final IntakeSettings settings;
    private final Patience patience;
    private volatile @Nullable PumpRun run;

    QuestionPump(
            ConsumerFactory<String, byte[]> consumers,
            Answering answering,
            Writings writings,
            IntakeSettings settings,
            Patience patience,
            IntakeMeters meters) {
        this.consumers = consumers;
        this.answering = answering;
        this.writings = writings;
        this.settings = settings;
        this.patience = patience;
        meters.watch(
                () -> ofRun(PumpRun::underWay), () -> ofRun(PumpRun::lanes), () -> ofRun(now -> now.isFull() ? 1 : 0));
    }

    private int ofRun(ToIntFunction<PumpRun> figure) {
        var now = run;
        return now == null ? 0 : figure.applyAsInt(now);
    }

    /// Whether this instance is, or once was since its start, a member of the group.
    boolean hasJoined() {
        var now = run;
        return now != null && now.hasJoined();
    }

    @Override
    public void start() {
        var fresh = new PumpRun(consumers, answering, writings, settings, patience);
        run = fresh;
        fresh.begin();
    }

    @Override
    public void stop() {
        var last = run;
        if (last != null) {
            last.end();
            run = null;
        }
    }

    @Override
    public boolean isRunning() {
        return run != null;
    }

    /// After everything that answers stands, and before it goes.
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 4096;
    }
}
