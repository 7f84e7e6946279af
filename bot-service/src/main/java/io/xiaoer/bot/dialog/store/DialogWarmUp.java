package io.xiaoer.bot.dialog.store;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Reply;
import io.xiaoer.bot.dialog.engine.Hearing;
import io.xiaoer.bot.dialog.engine.Senses;
import io.xiaoer.bot.dialog.function.Catalogue;
import io.xiaoer.bot.dialog.simulate.Script;
import io.xiaoer.bot.dialog.simulate.Simulator;
import io.xiaoer.bot.dialog.yaml.InvalidFile;
import io.xiaoer.bot.warmup.WarmUp;
import io.xiaoer.bot.words.Wording;
import io.xiaoer.common.id.ShopId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/// Goes the way of a dialog once before the first shopper does, who would otherwise wait while classes are loaded
/// and expressions compiled: a talk is played that calls nothing. It happens beside the start, which does not wait
/// for it; its failure costs the first shopper that time.
@Component
final class DialogWarmUp extends WarmUp {

    private static final Logger LOGGER = LoggerFactory.getLogger(DialogWarmUp.class);
    private static final ShopId NOBODY = new ShopId("warm-up");
    private static final String SCRIPT = "dialog/warm-up.yml";

    private final FlowCopies copies;
    private final Hearing hearing;
    private final Wording wording;
    private final Clock clock;

    /// @param wanted whether it happens by itself
    DialogWarmUp(
            FlowCopies copies,
            Hearing hearing,
            Wording wording,
            Clock clock,
            @Value("${xiaoer.bot.warm-up:true}") boolean wanted) {
        super("dialog-warm-up", wanted);
        this.copies = copies;
        this.hearing = hearing;
        this.wording = wording;
        this.clock = clock;
    }

    @Override
    protected void warm() {
        var begun = clock.instant();
        try {
            play();
        } catch (RuntimeException failure) {
            LOGGER.atWarn().setCause(failure).log("The talk that warms up dialogs could not be played");
            return;
        }
        LOGGER.atInfo()
                .addKeyValue("ms", Duration.between(begun, clock.instant()).toMillis())
                .log("Dialogs are warmed up");
    }

    /// Plays the talk.
    List<Simulator.Result> play() {
        return new Simulator(NOBODY, copies, copies.loader().catalogue(), new Unasked(), hearing, wording)
                .play(script(copies.loader().catalogue()));
    }

    private static Script script(Catalogue catalogue) {
        try {
            return Script.read(
                    SCRIPT, new ClassPathResource(SCRIPT).getContentAsString(StandardCharsets.UTF_8), catalogue);
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
