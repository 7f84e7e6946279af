package io.xiaoer.bot.script;

import io.xiaoer.bot.faq.FaqDesk;
import io.xiaoer.common.access.Caller;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.Resource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// The scripts of an entry: what competes, and the report of what came of it.
@RestController
@RequestMapping("/api/v1/faqs/{id}/scripts")
class ScriptController {

    private static final int MOST = 5;
    private static final int LONGEST = 5000;
    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,32}");

    private final ScriptStore store;
    private final ScriptCopies copies;
    private final FaqDesk desk;

    ScriptController(ScriptStore store, ScriptCopies copies, FaqDesk desk) {
        this.store = store;
        this.copies = copies;
        this.desk = desk;
    }

    /// What a merchant sends.
    record Body(@Nullable List<@Nullable Wish> scripts) {}

    /// One of them.
    record Wish(
            @Nullable String id,
            @Nullable String answer,
            @Nullable Boolean approved) {}

    /// One line of the report.
    ///
    /// @param rate how often it is expected to help, with the interval in which that lies in 95 of 100 cases
    /// @param estimate how often it would have helped if it had always been said
    /// @param share the chance with which it is said now
    record Line(
            String answer,
            boolean approved,
            long shown,
            long settled,
            long solved,
            double rate,
            double low,
            double high,
            double estimate,
            double share) {}

    @GetMapping
    Answer<List<Resource<Line>>> report(Caller caller, @PathVariable String id) {
        ShopId shop = caller.requireShop();
        desk.answerOf(shop, id);
        return report(FaqDesk.reached(() -> store.list(shop, id)));
    }

    @PutMapping
    Answer<List<Resource<Line>>> put(Caller caller, @PathVariable String id, @RequestBody Body body) {
        ShopId shop = caller.requireShop();
        var wishes = body.scripts() == null ? List.<@Nullable Wish>of() : body.scripts();
        if (wishes.size() > MOST) {
            throw ProblemException.invalid("scripts", "must be at most " + MOST);
        }
        String main = desk.answerOf(shop, id);
        var wanted = new ArrayList<Script>();
        if (!wishes.isEmpty()) {
            wanted.add(Script.fresh(shop.value(), id, Script.MAIN, main, true));
        }
        var ids = new HashSet<String>();
        for (Wish wish : wishes) {
            var script = checked(shop, id, wish);
            if (!ids.add(script.id())) {
                throw ProblemException.invalid("scripts.id", "must be given once");
            }
            wanted.add(script);
        }
        var stored = FaqDesk.reached(() -> store.replace(shop, id, wanted));
        copies.refresh();
        return report(stored);
    }

    private static Script checked(ShopId shop, String entry, @Nullable Wish wish) {
        if (wish == null
                || wish.id() == null
                || !ID.matcher(wish.id()).matches()
                || wish.id().equals(Script.MAIN)) {
            throw ProblemException.invalid("scripts.id", "must be 1 to 32 of a-z 0-9 - and not " + Script.MAIN);
        }
        String answer = wish.answer() == null ? "" : wish.answer().strip();
        if (answer.isEmpty() || answer.codePointCount(0, answer.length()) > LONGEST) {
            throw ProblemException.invalid("scripts.answer", "must have 1 to " + LONGEST + " characters");
        }
        return Script.fresh(shop.value(), entry, wish.id(), answer, Boolean.TRUE.equals(wish.approved()));
    }

    private static Answer<List<Resource<Line>>> report(List<Script> scripts) {
        var competing = scripts.stream().filter(Script::approved).toList();
        return Answer.of(scripts.stream().map(script -> line(script, competing)).toList());
    }

    private static Resource<Line> line(Script script, List<Script> competing) {
        double rate = script.mean();
        return new Resource<>(
                script.id(),
                "faq_script",
                new Line(
                        script.answer(),
                        script.approved(),
                        script.shown(),
                        script.settled(),
                        script.solved(),
                        rate,
                        Math.max(0, rate - script.spread()),
                        Math.min(1, rate + script.spread()),
                        script.estimate(),
                        script.approved() && competing.size() > 1 ? Bandit.propensity(script, competing) : 0));
    }
}
