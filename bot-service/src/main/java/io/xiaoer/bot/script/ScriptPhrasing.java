package io.xiaoer.bot.script;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.bot.decide.Listener;
import io.xiaoer.bot.decide.Phrasing;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Reply;
import io.xiaoer.bot.decide.Source;
import io.xiaoer.bot.words.WordFilter;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.message.Content;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/// Says what an entry answers in the words of one of its scripts, and notes which once that stands in the log. Nothing
/// competes with an answer that was changed since: what was approved was approved for the old one.
///
/// `xiaoer.bot.scripts{choice}` counts what was said: `best`, or `other` for what was tried.
@Component
final class ScriptPhrasing implements Phrasing, Listener {

    /// The most choices that wait for their answer to be stored, and the most trials that wait to be written.
    private static final int MOST = 10_000;

    private static final Logger LOGGER = LoggerFactory.getLogger(ScriptPhrasing.class);

    private final ScriptCopies copies;
    private final ScriptStore store;
    private final WordFilter words;
    private final Clock clock;
    private final MeterRegistry registry;
    private final RandomGenerator chance;
    private final Map<String, Bandit.Choice> chosen = Collections.synchronizedMap(new Recent());
    private final ConcurrentLinkedQueue<Trial> said = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    @Autowired
    ScriptPhrasing(ScriptCopies copies, ScriptStore store, WordFilter words, Clock clock, MeterRegistry registry) {
        this(
                copies,
                store,
                words,
                clock,
                registry,
                () -> ThreadLocalRandom.current().nextLong());
    }

    /// @param chance what decides
    ScriptPhrasing(
            ScriptCopies copies,
            ScriptStore store,
            WordFilter words,
            Clock clock,
            MeterRegistry registry,
            RandomGenerator chance) {
        this.copies = copies;
        this.store = store;
        this.words = words;
        this.clock = clock;
        this.registry = registry;
        this.chance = chance;
    }

    @Override
    public Reply phrased(Question question, Reply reply) {
        String entry = reply.origin();
        if (reply.source() != Source.FAQ || entry == null || !(reply.content() instanceof Content.Text(var text))) {
            return reply;
        }
        var shop = question.shop();
        var scripts = copies.of(shop.value(), entry);
        var main = main(scripts);
        if (main == null || !words.mask(shop, main.answer()).equals(text)) {
            return reply;
        }
        var choice = Bandit.choose(scripts, chance);
        chosen.put(question.id(), choice);
        return choice.script().isMain()
                ? reply
                : reply.with(new Content.Text(words.mask(shop, choice.script().answer())));
    }

    private static @Nullable Script main(List<Script> scripts) {
        return scripts.stream().filter(Script::isMain).findFirst().orElse(null);
    }

    @Override
    public void answered(Question question, Reply reply) {
        var choice = chosen.remove(question.id());
        if (choice == null || waiting.get() >= MOST) {
            return;
        }
        var script = choice.script();
        Counter.builder("xiaoer.bot.scripts")
                .description("Answers of the FAQ that were said in one of several ways")
                .tag("choice", choice.propensity() > Bandit.EXPLORED ? "best" : "other")
                .register(registry)
                .increment();
        waiting.incrementAndGet();
        said.add(new Trial(
                script.shopId(),
                Long.parseLong(question.id()),
                Long.parseLong(question.sessionId()),
                script.faqId(),
                script.id(),
                choice.propensity(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS)));
    }

    @Override
    public void handedOff(Question question, String reason) {
        // The session tells of it, whoever asked for the person.
    }

    @PreDestroy
    @Scheduled(fixedDelayString = "${xiaoer.bot.scripts-write:PT1S}")
    void write() {
        var byShop = new HashMap<String, List<Trial>>();
        for (Trial trial = said.poll(); trial != null; trial = said.poll()) {
            waiting.decrementAndGet();
            byShop.computeIfAbsent(trial.shopId(), shop -> new ArrayList<>()).add(trial);
        }
        byShop.forEach((shop, trials) -> write(new ShopId(shop), trials));
    }

    private void write(ShopId shop, List<Trial> trials) {
        try {
            store.add(shop, trials);
        } catch (DataAccessException | TransactionException e) {
            waiting.addAndGet(trials.size());
            said.addAll(trials);
            LOGGER.atDebug().addKeyValue("shop_id", shop).setCause(e).log("What was said is noted later");
        }
    }

    private static final class Recent extends LinkedHashMap<String, Bandit.Choice> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bandit.Choice> eldest) {
            return size() > MOST;
        }
    }
}
