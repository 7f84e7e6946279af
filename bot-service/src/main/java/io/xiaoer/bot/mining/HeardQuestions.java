package io.xiaoer.bot.mining;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.bot.decide.Listener;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Reply;
import io.xiaoer.bot.decide.Source;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.text.PlainText;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/// Hears which questions nobody knew: those that were answered with an honest "I don't know", and those
/// that were passed on for it. Gathered in memory and written every few seconds; what a process has
/// heard since is lost with it.
@Component
final class HeardQuestions implements Listener {

    /// The most different questions that are gathered between two writings; more are not heard.
    private static final int MOST = 5000;

    private static final String UNSURE = "low_confidence";
    private static final Logger LOGGER = LoggerFactory.getLogger(HeardQuestions.class);

    private final UnansweredStore store;
    private final Clock clock;
    private final Counter heard;
    private final ConcurrentMap<Key, Unanswered> gathered = new ConcurrentHashMap<>();

    HeardQuestions(UnansweredStore store, Clock clock, MeterRegistry registry) {
        this.store = store;
        this.clock = clock;
        this.heard = Counter.builder("xiaoer.bot.unanswered")
                .description("Questions that nobody knew and that were kept for a person")
                .register(registry);
    }

    private record Key(ShopId shop, String id) {}

    @Override
    public void answered(Question question, Reply reply) {
        if (reply.source() == Source.NONE) {
            hear(question);
        }
    }

    @Override
    public void handedOff(Question question, String reason) {
        if (reason.equals(UNSURE)) {
            hear(question);
        }
    }

    private void hear(Question question) {
        if (!(question.content() instanceof Content.Text(var said))) {
            return;
        }
        String text = Anonymous.text(said);
        String plain = PlainText.of(text);
        if (!isWorthKeeping(plain)) {
            return;
        }
        String language = question.language().tag();
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var id = Anonymous.digest(language + '\n' + plain);
        add(question.shop(), new Unanswered(question.shop().value(), id, language, text, 1, false, now, now));
        heard.increment();
    }

    /// Two letters at least, or it is no question.
    private static boolean isWorthKeeping(String plain) {
        return plain.codePoints().filter(Character::isLetter).limit(2).count() == 2;
    }

    private void add(ShopId shop, Unanswered more) {
        var key = new Key(shop, more.id());
        if (gathered.size() < MOST || gathered.containsKey(key)) {
            gathered.merge(
                    key,
                    more,
                    (known, next) -> new Unanswered(
                            known.shopId(),
                            known.id(),
                            known.language(),
                            known.text(),
                            known.asked() + next.asked(),
                            false,
                            known.firstAt(),
                            next.lastAt()));
        }
    }

    /// Writes what was heard. One caller at a time: whoever comes back from it, as the end of the service does, finds
    /// all written that was heard before, though another had begun to write it.
    @PreDestroy
    @Scheduled(fixedDelayString = "${xiaoer.bot.unanswered-write:PT10S}")
    synchronized void write() {
        Map<ShopId, List<Unanswered>> byShop = new HashMap<>();
        for (Key key : gathered.keySet()) {
            var question = gathered.remove(key);
            if (question != null) {
                byShop.computeIfAbsent(key.shop(), shop -> new ArrayList<>()).add(question);
            }
        }
        byShop.forEach(this::write);
    }

    private void write(ShopId shop, List<Unanswered> questions) {
        try {
            store.add(shop, questions);
        } catch (DataAccessException | TransactionException e) {
            questions.forEach(question -> add(shop, question));
            LOGGER.atDebug().addKeyValue("shop_id", shop).setCause(e).log("Unanswered questions are written later");
        }
    }
}
