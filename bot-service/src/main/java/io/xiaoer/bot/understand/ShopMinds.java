package io.xiaoer.bot.understand;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.faq.FaqChanged;
import io.xiaoer.bot.faq.FaqCopies;
import io.xiaoer.bot.faq.FaqCopy;
import io.xiaoer.bot.understand.vector.QuestionVectors;
import io.xiaoer.bot.words.Language;
import io.xiaoer.common.id.ShopId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Keeps the minds of shops up with their FAQ and dialogs while questions go on: what changed is learnt
/// in the background and takes the place of the old whole, first as texts that are compared, then with
/// what is fitted to them. Questions to a small shop that has no mind
/// yet wait for it a moment, each once; no other question waits. Without models, which is told of once,
/// nothing is understood and equal words alone are found.
@Component
final class ShopMinds implements SmartLifecycle, TextVectors {

    /// Nobody waits for a shop with more entries.
    static final int WAITED_FOR = 500;

    private static final Logger LOGGER = LoggerFactory.getLogger(ShopMinds.class);

    private final FaqCopies copies;
    private final ObjectProvider<FlowExamples> flows;
    private final UnderstandingSettings settings;
    private final UnderstandingMeters meters;
    private final Minds minds;
    private volatile @Nullable LearningRun run;

    ShopMinds(
            FaqCopies copies,
            ObjectProvider<FlowExamples> flows,
            UnderstandingSettings settings,
            UnderstandingMeters meters) {
        this.copies = copies;
        this.flows = flows;
        this.settings = settings;
        this.meters = meters;
        this.minds = new Minds(settings.memory().toBytes());
        meters.watch(() -> run == null ? 0 : 1, () -> minds.all().size(), minds::rows, minds::size, () -> {
            var now = run;
            return now == null ? 0 : now.waiting();
        });
    }

    /// What a text may mean in a shop, by the newest mind that the shop has.
    Meaning meaning(ShopId shop, String text, Language fallback, Deadline deadline) {
        var key = QuestionVectors.Key.of(text, fallback);
        var now = run;
        if (now == null || !key.isWords()) {
            return Meaning.NOTHING;
        }
        Mind mind = mind(now, shop, deadline);
        return mind == null ? Meaning.NOTHING : now.meaning(mind, key);
    }

    @Override
    public long @Nullable [] of(String text, Language fallback) {
        var now = run;
        return now == null ? null : now.vector(QuestionVectors.Key.of(text, fallback));
    }

    @Override
    public long @Nullable [] remembered(String text, Language fallback) {
        var now = run;
        return now == null ? null : now.remembered(QuestionVectors.Key.of(text, fallback));
    }

    private @Nullable Mind mind(LearningRun now, ShopId shop, Deadline deadline) {
        Mind mind = minds.get(shop);
        try {
            if (mind == null) {
                now.want(shop, true);
                return copies.of(shop).size() <= WAITED_FOR ? minds.await(shop, deadline.toWait()) : null;
            }
            if (isBehind(shop, mind)) {
                now.want(shop, true);
            }
        } catch (FaqCopies.Unavailable e) {
            LOGGER.atDebug().addKeyValue("shop_id", shop).log("A shop's mind may be behind its FAQ");
        }
        return mind;
    }

    /// Whether what a shop's FAQ says is still being learnt; never without models.
    boolean isLearning(ShopId shop, FaqCopy copy) {
        Mind mind = minds.get(shop);
        return run != null && (mind == null || mind.faq() != copy.revision() || !mind.trained());
    }

    private boolean isBehind(ShopId shop, Mind mind) {
        return mind.faq() != copies.of(shop).revision() || mind.flows() != flowsRevision(shop);
    }

    private long flowsRevision(ShopId shop) {
        var examples = flows.getIfAvailable();
        return examples == null ? 0 : examples.revision(shop);
    }

    /// What there is to learn of a shop now.
    ///
    /// @throws FaqCopies.Unavailable if its FAQ cannot be read
    Learning.Lesson lesson(ShopId shop) {
        var examples = flows.getIfAvailable();
        if (examples == null) {
            return new Learning.Lesson(copies.of(shop), 0, Map.of());
        }
        long revision = examples.revision(shop);
        var byLanguage = new EnumMap<Language, Map<String, List<String>>>(Language.class);
        for (Language language : Language.values()) {
            byLanguage.put(language, examples.of(shop, language));
        }
        return new Learning.Lesson(copies.of(shop), revision, byLanguage);
    }

    /// Learns what changed; of shops that nobody asked yet as many as there is room for.
    @EventListener
    void changed(FaqChanged event) {
        var now = run;
        if (now != null && (minds.has(event.shop()) || minds.hasRoom())) {
            now.want(event.shop(), false);
        }
    }

    /// Looks for dialogs that changed, of which nobody tells.
    @Scheduled(fixedDelayString = "${xiaoer.bot.understand.refresh:PT1S}")
    void follow() {
        var now = run;
        if (now == null) {
            return;
        }
        try {
            minds.all().forEach((shop, mind) -> {
                if (isBehind(shop, mind)) {
                    now.want(shop, false);
                }
            });
        } catch (FaqCopies.Unavailable e) {
            LOGGER.atDebug().log("The FAQ cannot be read, minds stay as they are");
        }
    }

    @Override
    public void start() {
        try {
            run = new LearningRun(this::lesson, minds, settings, meters);
        } catch (RuntimeException | LinkageError e) {
            LOGGER.atError().setCause(e).log("The models cannot be loaded, equal words alone are found");
        }
    }

    @Override
    public void stop() {
        var last = run;
        if (last != null) {
            run = null;
            last.close();
        }
    }

    @Override
    public boolean isRunning() {
        return run != null;
    }

    /// Before the intake, which asks.
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 8192;
    }
}
