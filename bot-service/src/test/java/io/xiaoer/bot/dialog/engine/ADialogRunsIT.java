package io.xiaoer.bot.dialog.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.bot.Neighbours.CommandReply;
import io.xiaoer.bot.RunningBot;
import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Verdict;
import io.xiaoer.bot.dialog.DialogSource;
import io.xiaoer.bot.words.Language;
import io.xiaoer.common.event.BotQuery;
import io.xiaoer.common.event.EventWriter;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.log.Append;
import io.xiaoer.common.log.AppendOutcome;
import io.xiaoer.common.log.OpenSession;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Message;
import io.xiaoer.common.message.MessageResource;
import io.xiaoer.common.message.Role;
import io.xiaoer.common.message.Sender;
import io.xiaoer.common.redis.RedisKeys;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.data.redis.core.RedisCallback;

/// Questions go into Kafka, and a dialog that a shop wrote answers them: its state moves with its replies, once each.
class ADialogRunsIT extends RunningBot {

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final EventWriter EVENTS = new EventWriter("test", Clock.systemUTC());
    private static final String FLOW = """
            flow: gift
            version: 1
            title: {zh: 礼品, en: Gift}
            start:
              examples: {zh: [我要礼品包装], en: [wrap it as a gift]}
            slots:
              kind: {type: enum, values: {RED: [红色, red], BLUE: [蓝色, blue]}}
              ok: {type: yesno}
            steps:
              - ask: kind
                say: {zh: "什么颜色？", en: "Which colour?"}
                quick: $slot.values
                retries: 0
                on_fail: {handoff: colour_unclear}
              - confirm: ok
                say: {zh: "用${kind}，确定吗？", en: "In ${kind}?"}
                no: {end: declined}
              - say: {zh: "好，用${kind}包装。", en: "Wrapped in ${kind}."}
              - end: done
            """;

    private static final String SORRY = """
            flow: sorry
            version: 1
            title: {zh: 道歉券, en: Sorry}
            start:
              examples: {zh: [我要道歉券], en: [say sorry]}
            slots:
              ok: {type: yesno}
            steps:
              - confirm: ok
                say: {zh: "发一张吗？", en: "Shall I?"}
                no: {end: declined}
              - call: coupon.policy
                with: {buyer: $buyer.id, cause: LATE}
                into: offer
                on_error: {say: {zh: "查不到。", en: "Cannot look."}, end: failed}
              - call: coupon.issue
                with: {buyer: $buyer.id, template: $offer.template, cause: LATE}
                into: given
                on_error: {say: {zh: "没有发成。", en: "It was not issued."}, end: failed}
              - say: {zh: "已发放。", en: "Issued."}
              - end: done
            """;

    private static final String QUIET = """
            flow: quiet
            version: 1
            title: {zh: 安静, en: Quiet}
            start:
              examples: {zh: [我要安静], en: [be quiet]}
            slots:
              kind: {type: enum, values: {RED: [红色, red], BLUE: [蓝色, blue]}}
            steps:
              - ask: kind
                say: {zh: "什么颜色？", en: "Which colour?"}
              - say: {zh: "好。", en: "Good."}
              - end: done
            on:
              silence: {after: 600s, say: {zh: "还在吗？", en: "Still there?"}, end_after: 3600s}
            """;

    @Autowired
    private DialogSource dialogs;

    @Autowired
    @Qualifier("questionPump")
    private SmartLifecycle intake;

    private final String shop = "s" + UUID.randomUUID().toString().substring(0, 8);
    private final UserKey shopper =
            new UserKey(new ShopId(shop), UserKey.Kind.USER, UUID.randomUUID().toString());
    private String sid = "";

    @BeforeEach
    void openSession() throws Exception {
        sid = ids.next();
        log.refill(shopper, "0", List.of(), session("bot", 1));
        put("gift", FLOW);
    }

    private void put(String name, String flow) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/flows/" + name))
                .header("Authorization", "Bearer " + ISSUERS.merchant(shop))
                .header("Content-Type", "application/yaml")
                .PUT(BodyPublishers.ofString(flow))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var put = http.send(request, BodyHandlers.ofString());
            assertThat(put.statusCode()).as(put.body()).isEqualTo(201);
        }
    }

    @AfterEach
    void mend() {
        NEIGHBOURS.handingOff(200);
        NEIGHBOURS.orders(variables -> Map.of());
        NEIGHBOURS.warming(user -> {});
        NEIGHBOURS.commands(call -> new CommandReply(404, Map.of()));
    }

    private OpenSession session(String owner, long number) {
        return new OpenSession(sid, owner, number, null, Instant.now().plusSeconds(3600), "zh", null);
    }

    private BotQuery asks(Content content) {
        var outcome = log.append(Append.said(
                shopper,
                new Sender(Role.USER, shopper.id(), null),
                UUID.randomUUID().toString(),
                sid,
                content,
                false));
        var question = BotQuery.of(shopper, sid, (AppendOutcome.Stored) outcome);
        send(question);
        return question;
    }

    private void send(BotQuery question) {
        produce(EVENTS.record(Topic.BOT_QUERY, shopper.tag(), question.id(), question));
    }

    private Message answered(BotQuery question) {
        await().atMost(SOON).until(() -> !repliesTo(question).isEmpty());
        return repliesTo(question).getFirst();
    }

    private Message says(String text) {
        return answered(asks(new Content.Text(text)));
    }

    private Message presses(Message message, String label) {
        var options = ((Content.Choice) message.content()).options();
        var option = options.stream()
                .filter(each -> each.label().equals(label))
                .findFirst()
                .orElseThrow();
        return answered(asks(new Content.Action(option.payload(), option.label())));
    }

    private List<Message> repliesTo(BotQuery question) {
        return log.read(shopper, "0", 500).messages().stream()
                .map(MessageResource::message)
                .filter(message -> question.id().equals(message.replyTo()))
                .toList();
    }

    private static String words(Message message) {
        return Objects.requireNonNull(
                        message.content().toMap().get("prompt") == null
                                ? message.content().toMap().get("text")
                                : message.content().toMap().get("prompt"))
                .toString();
    }

    private @Nullable DialogState state() {
        Map<Object, Object> stored = redis.opsForHash().entries(RedisKeys.dialog(shopper));
        return stored.get("state") instanceof String json ? DialogState.parse(json) : null;
    }

    @Test
    void aShopsDialogAnswersByWordsAndByButtons() {
        var asked = says("我要礼品包装");
        assertThat(words(asked)).isEqualTo("什么颜色？");
        assertThat(Objects.requireNonNull(asked.answer()).source()).isEqualTo("dialog");
        assertThat(asked.answer().flow()).isEqualTo("gift");
        assertThat(Objects.requireNonNull(state()).turn()).isEqualTo(1);

        var confirm = says("红色吧");
        assertThat(words(confirm)).contains("用红色");
        var done = presses(confirm, "是");

        assertThat(words(done)).isEqualTo("好，用红色包装。");
        assertThat(state()).isNull();
    }

    @Test
    void aQuestionThatComesAgainMovesNothingAndIsAnsweredOnce() {
        says("我要礼品包装");
        var colour = asks(new Content.Text("红色"));
        answered(colour);
        var before = state();

        send(colour);
        var faq = asks(new Content.Text("嗯嗯 " + UUID.randomUUID()));
        answered(faq);

        assertThat(repliesTo(colour)).hasSize(1);
        assertThat(Objects.requireNonNull(state()).turn())
                .isEqualTo(Objects.requireNonNull(before).turn() + 1);
        assertThat(Objects.requireNonNull(state()).stack().getLast().values()).containsEntry("kind", "RED");
    }

    @Test
    void aYesThatComesAgainAtTheNextConfirmIsNoYesThere() {
        says("我要礼品包装");
        says("红色");
        var yes = asks(new Content.Text("是的"));
        answered(yes);
        says("我要礼品包装");
        says("蓝色");
        var before = state();

        send(yes);
        answered(asks(new Content.Text("看情况 " + UUID.randomUUID())));

        assertThat(repliesTo(yes)).hasSize(1);
        assertThat(Objects.requireNonNull(state()).stack().getLast().step())
                .isEqualTo(Objects.requireNonNull(before).stack().getLast().step());
    }

    @Test
    void aButtonOfAnEarlierTurnBringsTheQuestionAgain() {
        var asked = says("我要礼品包装");
        presses(asked, "红色");

        var stale = presses(asked, "蓝色");

        assertThat(words(stale)).contains("用红色");
        assertThat(Objects.requireNonNull(state()).stack().getLast().values()).containsEntry("kind", "RED");
    }

    @Test
    void aDialogThatIsOverHasNoButtons() {
        var asked = says("我要礼品包装");
        says("算了");

        assertThat(state()).isNull();
        assertThat(words(presses(asked, "红色"))).contains("已经结束");
    }

    @Test
    void whatIsNotUnderstoodGoesToAPersonAndTheDialogIsOverThen() {
        says("我要礼品包装");

        var unclear = asks(new Content.Text("紫色的 " + UUID.randomUUID()));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(NEIGHBOURS.handOffs()).anySatisfy(call -> {
                    assertThat(call.getString("question")).isEqualTo(unclear.id());
                    assertThat(call.getString("reason")).isEqualTo("colour_unclear");
                    assertThat(call.getString("brief")).isEqualTo("gift@1 ← kind");
                }));
        log.writeSession(shopper, session("bot", 3));
        assertThat(Objects.requireNonNull(says("红色").answer()).source()).isNotEqualTo("dialog");
    }

    @Test
    void whereNobodyTakesOverTheDialogSaysSoAndIsOver() {
        NEIGHBOURS.handingOff(409);
        says("我要礼品包装");

        assertThat(words(says("紫色的"))).contains("无法为您转接");
        assertThat(state()).isNull();
    }

    @Test
    void anEmptiedRedisLosesTheDialogAndNothingElse() {
        says("我要礼品包装");
        redis.delete(RedisKeys.dialog(shopper));

        assertThat(words(says("我要礼品包装"))).isEqualTo("什么颜色？");
    }

    @Test
    void nothingIsWrittenOnceAPersonTookTheSessionWhileTheQuestionWasDealtWith() throws Exception {
        var sent = commandsEnd("applied", "");
        offering(() -> log.writeSession(shopper, session("agent", 2)));
        confirmed();

        assertThat(notice(says("是的"))).isEqualTo("handed_off");
        assertThat(sent).isEmpty();
    }

    @Test
    void nothingIsWrittenForAQuestionThatHasItsOverdueNotice() throws Exception {
        var sent = commandsEnd("applied", "");
        offering(() -> {
            String question = log.read(shopper, "0", 500).messages().getLast().id();
            log.append(Append.notice(
                    shopper, Append.replyNonce(question), sid, new Content.Notice("overdue", "late"), question));
        });
        confirmed();

        var yes = asks(new Content.Text("是的"));
        assertThat(notice(answered(yes))).isEqualTo("overdue");
        answered(asks(new Content.Text("嗯嗯 " + UUID.randomUUID())));
        assertThat(sent).isEmpty();
        assertThat(repliesTo(yes)).hasSize(1);
    }

    @Test
    void aWriteThatIsRefusedIsNoneOfTheDay() throws Exception {
        offering(() -> {});
        var refused = commandsEnd("failed", "out_of_stock");
        confirmed();
        assertThat(words(says("是的"))).isEqualTo("没有发成。");
        assertThat(redis.opsForSet().members(RedisKeys.writes(shopper))).isEmpty();

        var sent = commandsEnd("applied", "");
        says("我要道歉券");
        assertThat(words(says("是的"))).isEqualTo("已发放。");
        says("我要道歉券");
        var third = asks(new Content.Text("是的"));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(NEIGHBOURS.handOffs()).anySatisfy(call -> {
                    assertThat(call.getString("question")).isEqualTo(third.id());
                    assertThat(call.getString("reason")).isEqualTo("sorry_too_many");
                }));
        assertThat(Set.copyOf(refused)).hasSize(1);
        assertThat(Set.copyOf(sent)).hasSize(1);
    }

    @Test
    void aProcessThatDiesBetweenTheCommandAndItsAnswerAppliesItOnceAndAnswersOnce() throws Exception {
        var stamp = Objects.requireNonNull(redis.opsForValue().get(RedisKeys.warm(shopper)));
        var tried = new CountDownLatch(1);
        var sent = new CopyOnWriteArrayList<String>();
        offering(() -> {});
        NEIGHBOURS.warming(user -> tried.countDown());
        NEIGHBOURS.commands(call -> {
            sent.add(call.key());
            if (sent.size() == 1) {
                redis.delete(RedisKeys.warm(shopper)); // no reply can be stored from here on
            }
            return CommandReply.of(200, "77", "applied", "");
        });
        confirmed();
        var yes = asks(new Content.Text("是的"));
        assertThat(tried.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();

        intake.stop();
        try {
            redis.opsForValue().set(RedisKeys.warm(shopper), stamp);
            assertThat(repliesTo(yes)).isEmpty();
        } finally {
            intake.start();
        }

        assertThat(words(answered(yes))).isEqualTo("已发放。");
        answered(asks(new Content.Text("嗯嗯 " + UUID.randomUUID())));
        assertThat(repliesTo(yes)).hasSize(1);
        assertThat(sent).hasSizeGreaterThan(1).containsOnly(sent.getFirst());
        assertThat(redis.opsForSet().size(RedisKeys.writes(shopper))).isEqualTo(1);
    }

    @Test
    void aRedisThatPausesDoesNotLetAnotherDialogTakeThePlaceOfTheOneUnderWay() {
        says("我要礼品包装");
        says("红色");
        var outcome = log.append(Append.said(
                shopper,
                new Sender(Role.USER, shopper.id(), null),
                UUID.randomUUID().toString(),
                sid,
                new Content.Text("我要礼品包装"),
                false));
        redis.execute((RedisCallback<Boolean>) connection -> {
            connection.execute("CLIENT", "PAUSE".getBytes(UTF_8), "1500".getBytes(UTF_8));
            return true;
        });
        var again = BotQuery.of(shopper, sid, (AppendOutcome.Stored) outcome);
        send(again);

        await().atMost(SOON).ignoreExceptions().until(() -> !repliesTo(again).isEmpty());
        assertThat(words(repliesTo(again).getFirst())).contains("用红色");
    }

    @Test
    void whoWouldBeginADialogGoesOnWithTheOneUnderWay() {
        says("我要礼品包装");
        says("红色");
        var question =
                new Question(ids.next(), shopper, sid, 1, new Content.Text("我要礼品包装"), Language.ZH, null, Instant.now());

        var verdict = dialogs.begin(question, Deadline.in(SOON, Clock.systemUTC()));

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Answered.class,
                        answered -> assertThat(
                                        answered.reply().content().toMap().toString())
                                .contains("用红色"));
    }

    @Test
    void theSilenceOfAShopperIsBrokenOnceAndTheDialogGoesOn() throws Exception {
        put("quiet", QUIET);
        says("我要安静");
        await().atMost(SOON).until(this::isAwaited);
        assertThat(asides()).isEmpty();

        letTimePass();
        await().atMost(SOON).until(() -> !isAwaited());
        letTimePass();
        await().atMost(SOON).until(() -> !isAwaited());

        assertThat(asides()).containsExactly("还在吗？");
        assertThat(words(says("红色"))).isEqualTo("好。");
        await().atMost(SOON).until(() -> !isAwaited());
    }

    @Test
    void nobodySpeaksIntoASilenceThatIsNoneOrIsAnothers() throws Exception {
        put("quiet", QUIET);
        says("我要安静");
        await().atMost(SOON).until(this::isAwaited);
        log.append(Append.said(
                shopper,
                new Sender(Role.USER, shopper.id(), null),
                UUID.randomUUID().toString(),
                sid,
                new Content.Text("等一下"),
                false));
        letTimePass();
        await().atMost(SOON).until(() -> !isAwaited());

        says("我要安静");
        await().atMost(SOON).until(this::isAwaited);
        log.writeSession(shopper, session("agent", 2));
        letTimePass();
        await().atMost(SOON).until(() -> !isAwaited());

        assertThat(asides()).isEmpty();
        assertThat(log.drafts(shopper)).isEmpty();
    }

    /// Ages what the dialog said last, so that the silence is due.
    private void letTimePass() {
        await().atMost(SOON).until(() -> state() != null);
        var state = String.valueOf(redis.opsForHash().get(RedisKeys.dialog(shopper), "state"));
        var earlier = "\"at\":" + Instant.now().minusSeconds(700).toEpochMilli();
        redis.opsForHash().put(RedisKeys.dialog(shopper), "state", state.replaceFirst("\"at\":\\d+", earlier));
        redis.opsForZSet().add(RedisKeys.SILENCES, shopper.tag(), 0);
    }

    /// Whether a silence of the shopper is still to be looked at.
    private boolean isAwaited() {
        return redis.opsForZSet().score(RedisKeys.SILENCES, shopper.tag()) != null;
    }

    /// What the bot said that answers nothing.
    private List<String> asides() {
        return log.read(shopper, "0", 500).messages().stream()
                .map(MessageResource::message)
                .filter(message -> message.from().role() == Role.BOT && message.replyTo() == null)
                .map(ADialogRunsIT::words)
                .toList();
    }

    /// Up to the confirm of the coupon.
    private void confirmed() throws Exception {
        put("sorry", SORRY);
        assertThat(words(says("我要道歉券"))).isEqualTo("发一张吗？");
    }

    /// The shop offers a coupon, and something happens while it is asked.
    private void offering(Runnable meanwhile) {
        NEIGHBOURS.orders(variables -> {
            if (variables.getString("cause") == null) {
                return Map.of("data", Map.of("coupons", List.of()));
            }
            meanwhile.run();
            return Map.of(
                    "data",
                    Map.of(
                            "compensation",
                            Map.of(
                                    "allowed",
                                    true,
                                    "template_id",
                                    "sorry-5",
                                    "title",
                                    "券",
                                    "value",
                                    Map.of("amount_minor", 500, "currency", "CNY"))));
        });
    }

    /// Commands end so at once; gives the keys of those that are sent.
    private List<String> commandsEnd(String state, String reason) {
        var sent = new CopyOnWriteArrayList<String>();
        NEIGHBOURS.commands(call -> {
            sent.add(call.key());
            return CommandReply.of(200, "77", state, reason);
        });
        return sent;
    }

    private static String notice(Message message) {
        return message.content() instanceof Content.Notice(var code, var _) ? code : String.valueOf(message.content());
    }
}
