package io.xiaoer.bot.dialog.store;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Reply;
import io.xiaoer.bot.dialog.engine.Hearing;
import io.xiaoer.bot.dialog.engine.Senses;
import io.xiaoer.bot.dialog.simulate.Script;
import io.xiaoer.bot.dialog.simulate.Simulator;
import io.xiaoer.bot.dialog.yaml.InvalidFile;
import io.xiaoer.bot.neighbour.Neighbours;
import io.xiaoer.bot.words.Wording;
import io.xiaoer.common.id.ShopId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/// Goes the way of a dialog once before the first shopper does, who would otherwise wait while classes are loaded,
/// expressions compiled, instances looked for, a token signed and its key fetched. A talk is played that calls
/// nothing, and order-sync-service is asked for an order of a shop that has none. Both happen beside the start, which
/// waits for neither; their failure costs the first shopper that time.
@Component
final class DialogWarmUp implements ApplicationRunner, DisposableBean {

    private static final Logger LOGGER = LoggerFactory.getLogger(DialogWarmUp.class);
    private static final ShopId NOBODY = new ShopId("warm-up");
    private static final String SCRIPT = "dialog/warm-up.yml";
    private static final Map<String, String> NOTHING = Map.of("query", "{ order(id: \"none\") { id } }");
    /// Services of one machine start together, and the others may be ready later than this one.
    private static final int TRIES = 30;
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final FlowCopies copies;
    private final Hearing hearing;
    private final Wording wording;
    private final Neighbours neighbours;
    private final Clock clock;
    private final boolean wanted;
    private volatile @Nullable Thread thread;

    /// @param wanted whether it happens by itself
    DialogWarmUp(
            FlowCopies copies,
            Hearing hearing,
            Wording wording,
            Neighbours neighbours,
            Clock clock,
            @Value("${xiaoer.bot.warm-up:true}") boolean wanted) {
        this.copies = copies;
        this.hearing = hearing;
        this.wording = wording;
        this.neighbours = neighbours;
        this.clock = clock;
        this.wanted = wanted;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (wanted) {
            thread = Thread.ofPlatform().daemon().name("dialog-warm-up").start(this::warm);
        }
    }

    @Override
    public void destroy() {
        var running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    private void warm() {
        var begun = clock.instant();
        try {
            play();
        } catch (RuntimeException failure) {
            LOGGER.atWarn().setCause(failure).log("The talk that warms up dialogs could not be played");
        }
        var played = clock.instant();
        for (int i = 0; i < TRIES && !Thread.currentThread().isInterrupted(); i++) {
            if (isAsked()) {
                LOGGER.atInfo()
                        .addKeyValue(
                                "played_ms", Duration.between(begun, played).toMillis())
                        .addKeyValue(
                                "asked_ms",
                                Duration.between(played, clock.instant()).toMillis())
                        .log("Dialogs are warmed up");
                return;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /// Plays the talk.
    List<Simulator.Result> play() {
        return new Simulator(NOBODY, copies, copies.loader().catalogue(), new Unasked(), hearing, wording)
                .play(script());
    }

    /// Whether order-sync-service answers, by the way that dialogs call it.
    boolean isAsked() {
        try {
            neighbours.post(Neighbours.Service.ORDER_SYNC, "/graphql", NOBODY, NOTHING);
            return true;
        } catch (Neighbours.Away away) {
            LOGGER.atDebug().setCause(away).log("order-sync-service does not answer yet");
            return false;
        }
    }

    private static Script script() {
        try {
            return Script.read(SCRIPT, new ClassPathResource(SCRIPT).getContentAsString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InvalidFile e) {
            throw new IllegalStateException("the talk that warms up dialogs is not valid", e);
        }
    }

    /// Nobody is asked beside the script: a shop that is none has nothing to be learnt.
    private record Unasked() implements Senses {

        @Override
        public @Nullable String person(Question question, Deadline deadline) {
            return null;
        }

        @Override
        public @Nullable Reply faq(Question question, Deadline deadline) {
            return null;
        }

        @Override
        public @Nullable Wanted flow(Question question, Deadline deadline) {
            return null;
        }
    }
}
