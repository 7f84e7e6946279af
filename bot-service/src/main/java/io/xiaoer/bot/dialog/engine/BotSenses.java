package io.xiaoer.bot.dialog.engine;

import io.xiaoer.bot.decide.AnswerSource;
import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.decide.Decider;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Reply;
import io.xiaoer.bot.decide.Stage;
import io.xiaoer.bot.decide.Verdict;
import io.xiaoer.bot.faq.FaqDecision;
import io.xiaoer.bot.slots.Declines;
import io.xiaoer.bot.slots.Mentions;
import io.xiaoer.bot.understand.Meaning;
import io.xiaoer.bot.understand.Understanding;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.text.PlainText;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The senses of the bot: its own sources for a person, for orders and for the FAQ, what it understands
/// for flows. The very words of an example start their flow without more ado.
public final class BotSenses implements Senses {

    private static final String FAQ = "faq:";

    /// What is to be bought is no order yet.
    private static final Pattern BUYS = Pattern.compile("想买|要买|再买|推荐|想要(个|一)");

    private final Supplier<List<AnswerSource>> sources;
    private final Supplier<@Nullable Understanding> understanding;
    private final Examples examples;
    private final Supplier<@Nullable OrderAnswers> orders;

    /// @param sources those of the bot, asked for late since dialogs are one of them
    /// @param understanding null where none stands
    /// @param orders null where nobody knows of any; asked for late as well
    public BotSenses(
            Supplier<List<AnswerSource>> sources,
            Supplier<@Nullable Understanding> understanding,
            Examples examples,
            Supplier<@Nullable OrderAnswers> orders) {
        this.sources = sources;
        this.understanding = understanding;
        this.examples = examples;
        this.orders = orders;
    }

    /// Knows which flow words start.
    @FunctionalInterface
    public interface Examples {

        /// The flow that has an example of this plain form, null if none has.
        @Nullable
        String flowOf(ShopId shop, String plain);
    }

    @Override
    public @Nullable String person(Question question, Deadline deadline) {
        return first(Stage.PERSON_WANTED, question, deadline) instanceof Verdict.HandOff(var reason, var _, var _)
                ? reason
                : null;
    }

    @Override
    public @Nullable Reply faq(Question question, Deadline deadline) {
        for (Stage stage : List.of(Stage.FAQ_CACHE, Stage.FAQ)) {
            if (first(stage, question, deadline) instanceof Verdict.Answered(var reply)
                    && reply.content() instanceof Content.Text
                    && reply.origin() != null) {
                return reply;
            }
        }
        return null;
    }

    @Override
    public @Nullable Reply faq(Question question, String about, Deadline deadline) {
        Reply alone = faq(question, deadline);
        String best = alone == null ? bestOfSeveral(question, deadline) : null;
        if (best == null) {
            return alone;
        }
        Reply within = faq(question.saying(new Content.Text(about + ": " + question.text())), deadline);
        return within != null && best.equals(FAQ + within.origin()) ? within : null;
    }

    /// What the button of the best entry gives where several may be meant, null if they are not offered.
    private @Nullable String bestOfSeveral(Question question, Deadline deadline) {
        return first(Stage.FAQ, question, deadline) instanceof Verdict.Answered(var reply)
                        && reply.content() instanceof Content.Choice choice
                ? choice.options().stream()
                        .map(Content.Option::payload)
                        .filter(payload -> payload.startsWith(FAQ))
                        .findFirst()
                        .orElse(null)
                : null;
    }

    @Override
    public boolean asksForOrders(Question question) {
        var known = orders.get();
        return known != null && question.payload() == null && known.areWanted(question.text());
    }

    @Override
    public @Nullable Reply orders(Question question, Deadline deadline) {
        var known = orders.get();
        return known == null || first(Stage.FAQ_CACHE, question, deadline) instanceof Verdict.Answered
                ? null
                : known.about(question, likeOutside(deadline));
    }

    @Override
    public @Nullable Wanted flow(Question question, Deadline deadline) {
        String flow = examples.flowOf(question.shop(), PlainText.of(question.text()));
        if (flow != null) {
            return new Wanted(flow, 1);
        }
        var near = near(question, deadline);
        var started = near.started();
        if (started != null) {
            return new Wanted(started.flow(), started.score());
        }
        if (!mayBeSaidInGeneral(question.text()) || near.decision() instanceof FaqDecision.Answer) {
            return null;
        }
        String general = Mentions.inGeneral(question.text());
        return general.equals(question.text())
                ? ofThing(question, deadline)
                : Clauses.isWish(general) ? flow(question.saying(new Content.Text(general)), deadline) : null;
    }

    /// A number, or the name of an article, beside words that wish nothing may be anything.
    private static boolean mayBeSaidInGeneral(String text) {
        return Clauses.isWish(text) || !Mentions.inGeneral(text).equals(text);
    }

    /// What is started by words that name an article which the shopper has ordered: 取消保温杯 says 取消订单.
    private @Nullable Wanted ofThing(Question question, Deadline deadline) {
        var known = orders.get();
        String text = question.text();
        String general = known == null
                        || Declines.something(text)
                        || Rewording.isQuestion(text)
                        || BUYS.matcher(text).find()
                ? null
                : known.inGeneral(question, likeOutside(deadline));
        if (general == null) {
            return null;
        }
        String flow = examples.flowOf(question.shop(), PlainText.of(general));
        var started = flow == null
                ? near(question.saying(new Content.Text(general)), deadline).started()
                : null;
        return flow != null
                ? new Wanted(flow, 1)
                : started == null ? null : new Wanted(started.flow(), started.score());
    }

    @Override
    public Meaning near(Question question, Deadline deadline) {
        Understanding known = understanding.get();
        return known == null
                ? Meaning.NOTHING
                : known.of(question.shop(), question.text(), question.language(), deadline);
    }

    /// No more time than the question would have outside a dialog: the turn may go on to make calls of
    /// its own.
    private static Deadline likeOutside(Deadline deadline) {
        return deadline.left().compareTo(Decider.PATIENCE) > 0 ? deadline.own(Decider.PATIENCE) : deadline;
    }

    private Verdict first(Stage stage, Question question, Deadline deadline) {
        for (AnswerSource source : sources.get()) {
            if (source.stage() == stage) {
                var verdict = source.consider(question, deadline);
                if (verdict instanceof Verdict.Answered || verdict instanceof Verdict.HandOff) {
                    return verdict;
                }
            }
        }
        return Verdict.PASSED;
    }
}
