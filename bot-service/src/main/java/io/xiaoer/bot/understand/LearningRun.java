package io.xiaoer.bot.understand;

import io.xiaoer.bot.faq.FaqCopies;
import io.xiaoer.bot.understand.vector.OncePerKey;
import io.xiaoer.bot.understand.vector.QuestionVectors;
import io.xiaoer.bot.understand.vector.SentenceModels;
import io.xiaoer.common.id.ShopId;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The models and the threads that learn shops, from a start to a stop. What is new is compared with questions as soon
/// as it has vectors, and classifiers are fitted to it on a thread of their own: nobody waits for those. Another
/// thread does both for shops of which thousands of texts are new, so that shops of which little changed never wait
/// for them.
final class LearningRun implements AutoCloseable {

    /// From so many new texts on a shop is learnt apart.
    private static final int LARGE = 400;

    private static final Duration END = Duration.ofSeconds(5);
    private static final Logger LOGGER = LoggerFactory.getLogger(LearningRun.class);

    private final Function<ShopId, Learning.Lesson> lessons;
    private final Minds minds;
    private final UnderstandingMeters meters;
    private final SentenceModels models;
    private final QuestionVectors questions;
    private final Learning learning;
    private final OncePerKey<Asked, Meaning> meanings;
    private final WaitingShops waiting = new WaitingShops();
    private final WaitingShops waitingApart = new WaitingShops();
    private final WaitingShops toTrain = new WaitingShops();
    private final List<Thread> threads;

    LearningRun(
            Function<ShopId, Learning.Lesson> lessons,
            Minds minds,
            UnderstandingSettings settings,
            UnderstandingMeters meters) {
        this.lessons = lessons;
        this.minds = minds;
        this.meters = meters;
        this.models = SentenceModels.open();
        this.questions = new QuestionVectors(
                models, new OncePerKey<>(settings.questions(), meters::known, meters::computed), meters::embedded);
        this.learning = new Learning(models, questions);
        this.meanings = new OncePerKey<>(settings.meanings(), () -> {}, () -> {});
        this.threads = List.of(
                thread("learning", waiting, shop -> {
                    if (compared(shop, false)) {
                        toTrain.add(shop, false);
                    }
                }),
                thread("training", toTrain, this::train),
                thread("learning-apart", waitingApart, shop -> {
                    if (compared(shop, true)) {
                        train(shop);
                    }
                }));
    }

    /// A question to a mind.
    private record Asked(long mind, QuestionVectors.Key key) {}

    /// What is done with a shop that waits.
    private interface Step {
        void take(ShopId shop) throws InterruptedException;
    }

    private Thread thread(String name, WaitingShops shops, Step step) {
        return Thread.ofPlatform().name(name).daemon().start(() -> takeAll(shops, step));
    }

    /// Has a shop learnt, if it is behind.
    ///
    /// @param urgent somebody asks
    void want(ShopId shop, boolean urgent) {
        waiting.add(shop, urgent);
    }

    /// How many shops wait.
    int waiting() {
        return waiting.size() + waitingApart.size() + toTrain.size();
    }

    /// What a question means to a mind.
    Meaning meaning(Mind mind, QuestionVectors.Key key) {
        Known known = Mind.of(mind, key.language());
        return known == null
                ? Meaning.NOTHING
                : meanings.get(new Asked(mind.number(), key), () -> known.meaning(key.text(), questions.of(key)));
    }

    /// The vector of a question.
    long[] vector(QuestionVectors.Key key) {
        return questions.of(key);
    }

    /// The vector of a question if it is remembered.
    long @Nullable [] remembered(QuestionVectors.Key key) {
        return questions.known(key);
    }

    private void takeAll(WaitingShops shops, Step step) {
        try {
            while (true) {
                take(shops.take(), step);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(ShopId shop, Step step) throws InterruptedException {
        try {
            step.take(shop);
        } catch (FaqCopies.Unavailable e) {
            LOGGER.atDebug().addKeyValue("shop_id", shop).log("A shop cannot be learnt while its FAQ cannot be read");
        } catch (RuntimeException e) {
            meters.failed();
            LOGGER.atWarn().addKeyValue("shop_id", shop).setCause(e).log("A shop could not be learnt");
            if (!minds.has(shop)) {
                minds.put(shop, Mind.empty());
            }
        }
    }

    /// Has questions compared with what a shop says now.
    ///
    /// @return whether that is new and there is something to be fitted to it
    private boolean compared(ShopId shop, boolean apart) throws InterruptedException {
        var lesson = lessons.apply(shop);
        Mind earlier = minds.get(shop);
        if (earlier != null && earlier.faq() == lesson.faq().revision() && earlier.flows() == lesson.flowsRevision()) {
            return false;
        }
        var rows = learning.rows(lesson);
        if (!apart && Learning.missing(rows, earlier) > LARGE) {
            waitingApart.add(shop, true);
            return false;
        }
        minds.put(shop, learning.untrained(lesson, rows, earlier));
        return true;
    }

    private void train(ShopId shop) throws InterruptedException {
        Mind mind = minds.get(shop);
        if (mind != null && !mind.trained()) {
            long begun = System.nanoTime();
            minds.trained(shop, mind, learning.trained(mind));
            meters.learnt(Duration.ofNanos(System.nanoTime() - begun));
        }
    }

    /// Ends the threads and lets the models go.
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                thread.join(END);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        models.close();
    }
}
