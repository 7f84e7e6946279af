package io.xiaoer.bot.script;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.tenant.Tenant;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Scripts and trials in MariaDB.
///
/// | table | meaning | who deletes |
/// |---|---|---|
/// | `faq_script` | a way of saying an entry's answer, with its counts | its merchant; the sweep, once the entry is
/// gone |
/// | `faq_trial` | that one was said, with which chance and what came of it | the sweep, after 90 days |
///
/// A trial is settled by a guarded update, and its script's counts grow in the same transaction: once, however often an
/// event comes.
@Component
class ScriptStore {

    private static final Duration KEPT = Duration.ofDays(90);

    private final ScriptMapper mapper;
    private final Clock clock;

    ScriptStore(ScriptMapper mapper, Clock clock) {
        this.mapper = mapper;
        this.clock = clock;
    }

    List<Script> list(ShopId shop, String faqId) {
        return Tenant.call(shop, () -> mapper.list(shop.value(), faqId));
    }

    /// All scripts of all shops, as far as an instance keeps them.
    List<Script> all(int limit) {
        return mapper.listOfAllShops(limit);
    }

    /// Replaces the scripts of an entry; the counts of those whose words stay the same go on.
    @Transactional
    public List<Script> replace(ShopId shop, String faqId, List<Script> wanted) {
        return Tenant.call(shop, () -> {
            var known = byId(mapper.lock(shop.value(), faqId));
            var wishes = byId(wanted);
            for (Script old : known.values()) {
                var wish = wishes.get(old.id());
                if (wish == null || !wish.answer().equals(old.answer())) {
                    mapper.delete(shop.value(), faqId, old.id());
                    mapper.deleteOpenTrials(shop.value(), faqId, old.id());
                }
            }
            for (Script wish : wanted) {
                var old = known.get(wish.id());
                if (old == null || !old.answer().equals(wish.answer())) {
                    mapper.insert(wish);
                } else if (old.approved() != wish.approved()) {
                    mapper.approve(shop.value(), faqId, wish.id(), wish.approved());
                }
            }
            return mapper.list(shop.value(), faqId);
        });
    }

    /// Notes what was said.
    @Transactional
    public void add(ShopId shop, List<Trial> trials) {
        Tenant.call(shop, () -> {
            lock(shop, trials);
            trials.stream()
                    .sorted(Comparator.comparing(Trial::faqId).thenComparing(Trial::scriptId))
                    .filter(trial -> mapper.addTrial(trial) == 1)
                    .forEach(trial -> mapper.addShown(shop.value(), trial.faqId(), trial.scriptId()));
            return trials.size();
        });
    }

    /// Settles what is open of a session.
    ///
    /// @return how many trials were
    @Transactional
    public int settle(ShopId shop, long session, boolean solved) {
        return Tenant.call(shop, () -> settle(shop, mapper.openTrials(shop.value(), session), solved));
    }

    /// Settles trials, each once.
    @Transactional
    public int settleAll(ShopId shop, List<Trial> trials, boolean solved) {
        return Tenant.call(shop, () -> settle(shop, trials, solved));
    }

    /// Scripts before their trials, as [#replace] has to: the other way round the two would wait for each other.
    private void lock(ShopId shop, List<Trial> trials) {
        trials.stream().map(Trial::faqId).distinct().sorted().forEach(faqId -> mapper.lock(shop.value(), faqId));
    }

    private int settle(ShopId shop, List<Trial> trials, boolean solved) {
        lock(shop, trials);
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        int reward = solved ? 1 : 0;
        int settled = 0;
        for (Trial trial : trials) {
            if (mapper.settle(shop.value(), trial.questionId(), reward, now) == 1) {
                mapper.addReward(shop.value(), trial.faqId(), trial.scriptId(), reward, 1 / trial.propensity());
                settled++;
            }
        }
        return settled;
    }

    /// Open trials that are older than this, of all shops.
    List<Trial> open(Duration older, int limit) {
        return mapper.openTrialsOfAllShops(clock.instant().minus(older).truncatedTo(ChronoUnit.MILLIS), limit);
    }

    /// Deletes a step of what nobody needs any more.
    ///
    /// @return whether there may be more
    boolean deleteOld(int step) {
        int orphans = mapper.deleteOrphans(step);
        return mapper.deleteTrialsOlder(clock.instant().minus(KEPT).truncatedTo(ChronoUnit.MILLIS), step) == step
                || orphans == step;
    }

    private static Map<String, Script> byId(List<Script> scripts) {
        return scripts.stream().collect(Collectors.toMap(Script::id, Function.identity()));
    }
}
