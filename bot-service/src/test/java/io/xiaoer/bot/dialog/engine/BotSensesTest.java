package io.xiaoer.bot.dialog.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.bot.decide.AnswerSource;
import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Reply;
import io.xiaoer.bot.decide.Source;
import io.xiaoer.bot.decide.Stage;
import io.xiaoer.bot.decide.Verdict;
import io.xiaoer.bot.words.Language;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.message.Content;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What several entries may answer is told apart by what the dialog is about, and by nothing else.
class BotSensesTest {

    private final Map<String, Content> faq = new HashMap<>();
    private final Map<String, String> answeredBy = new HashMap<>();
    private final BotSenses senses = new BotSenses(
            () -> List.of(AnswerSource.at(Stage.FAQ, this::found)), () -> null, (s, p) -> null, () -> null);

    @Test
    void theBestOfSeveralAnswersIfItIsSureWithinTheDialog() {
        offers("who pays the shipping", "en-return-freight", "en-ship-fee");
        answers("Return an item: who pays the shipping", "en-return-freight");
        assertThat(origin("who pays the shipping")).isEqualTo("en-return-freight");
    }

    @Test
    void anotherEntryThanTheBestOrOneThatIsNearNothingAloneDoesNot() {
        offers("how long will it take", "en-ship-when", "en-return-window");
        answers("Return an item: how long will it take", "en-return-window");
        answers("Return an item: what is the weather", "en-return-how");
        assertThat(origin("how long will it take")).isNull();
        assertThat(origin("what is the weather")).isNull();
    }

    @Test
    void whatIsSureAloneNeedsNoDialog() {
        answers("is it free", "en-ship-fee");
        answers("Return an item: is it free", "en-return-freight");
        assertThat(origin("is it free")).isEqualTo("en-ship-fee");
    }

    @Test
    void theNumberOfAnOrderDoesNotHideWhatIsWished() {
        var known = new BotSenses(
                List::of, () -> null, (shop, plain) -> plain.equals("取消订单") ? "cancel_order" : null, () -> null);

        assertThat(flow(known, "取消W10001")).isEqualTo("cancel_order");
        assertThat(flow(known, "W10001")).isNull();
    }

    @Test
    void aNumberBesideWordsThatWishNothingBeginsNothing() {
        var known = new BotSenses(
                List::of,
                () -> null,
                (shop, plain) -> plain.replace(" ", "").equals("wordsmyorder") ? "urge" : null,
                () -> null);

        assertThat(flow(known, "words e316ce82-1521")).isNull();
    }

    @Test
    void whatWasOrderedMayBeWishedSomethingOfByItsName() {
        var ordered = new OrderAnswers() {
            @Override
            public boolean areWanted(String text) {
                return false;
            }

            @Override
            public @Nullable Reply about(Question question, Deadline deadline) {
                return null;
            }

            @Override
            public @Nullable String inGeneral(Question question, Deadline deadline) {
                return question.text().contains("保温杯") ? question.text().replace("保温杯", "订单") : null;
            }
        };
        var known = new BotSenses(
                List::of, () -> null, (shop, plain) -> plain.equals("取消订单") ? "cancel_order" : null, () -> ordered);

        assertThat(flow(known, "取消保温杯")).isEqualTo("cancel_order");
        assertThat(flow(known, "取消会员")).isNull();
        assertThat(flow(known, "保温杯")).isNull();
    }

    @Test
    void ordersAreToldOfUnlessTheFaqHasTheVeryWords() {
        var told = Reply.of(new Content.Text("it is on its way"), Source.ORDER, 1, null);
        var known = new BotSenses(
                () -> List.of(AnswerSource.at(Stage.FAQ_CACHE, this::found)),
                () -> null,
                (shop, plain) -> null,
                () -> new OrderAnswers() {
                    @Override
                    public boolean areWanted(String text) {
                        return text.contains("where");
                    }

                    @Override
                    public Reply about(Question question, Deadline deadline) {
                        return told;
                    }

                    @Override
                    public @Nullable String inGeneral(Question question, Deadline deadline) {
                        return null;
                    }
                });
        answers("where is it, usually", "en-where");
        var deadline = Deadline.in(Duration.ofSeconds(5), Clock.systemUTC());

        assertThat(known.asksForOrders(question("where is it"))).isTrue();
        assertThat(known.asksForOrders(question("who pays"))).isFalse();
        assertThat(known.orders(question("where is it"), deadline)).isEqualTo(told);
        assertThat(known.orders(question("where is it, usually"), deadline)).isNull();
    }

    private static Question question(String text) {
        var user = new UserKey(new ShopId("1001"), UserKey.Kind.USER, "somebody");
        return new Question("1", user, "2", 1, new Content.Text(text), Language.EN, null, Instant.EPOCH);
    }

    private static @Nullable String flow(BotSenses senses, String text) {
        var user = new UserKey(new ShopId("1001"), UserKey.Kind.USER, "somebody");
        var question = new Question("1", user, "2", 1, new Content.Text(text), Language.ZH, null, Instant.EPOCH);
        var wanted = senses.flow(question, Deadline.in(Duration.ofSeconds(5), Clock.systemUTC()));
        return wanted == null ? null : wanted.flow();
    }

    private void offers(String text, String... entries) {
        var options = Stream.of(entries)
                .map(entry -> new Content.Option(entry, "faq:" + entry, null))
                .toList();
        faq.put(text, new Content.Choice("Which one?", null, options));
    }

    private void answers(String text, String entry) {
        faq.put(text, new Content.Text("an answer"));
        answeredBy.put(text, entry);
    }

    private Verdict found(Question question, Deadline deadline) {
        var content = faq.get(question.text());
        return content == null
                ? Verdict.PASSED
                : new Verdict.Answered(Reply.of(content, Source.FAQ, .8, answeredBy.get(question.text())));
    }

    private @Nullable String origin(String text) {
        var user = new UserKey(new ShopId("1001"), UserKey.Kind.USER, "somebody");
        var question = new Question("1", user, "2", 1, new Content.Text(text), Language.EN, null, Instant.EPOCH);
        var reply = senses.faq(question, "Return an item", Deadline.in(Duration.ofSeconds(5), Clock.systemUTC()));
        return reply == null ? null : reply.origin();
    }
}
