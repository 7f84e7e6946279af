package io.xiaoer.bot.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alibaba.fastjson2.JSON;
import io.xiaoer.bot.words.Language;
import io.xiaoer.common.event.BotQuery;
import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.MessageStored;
import io.xiaoer.common.event.ShopSettings;
import io.xiaoer.common.event.ShopSettings.SensitiveWords;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.log.Append;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Message;
import io.xiaoer.common.message.Role;
import io.xiaoer.common.message.Sender;
import io.xiaoer.common.redis.RedisKeys;
import io.xiaoer.common.redis.WaitingQuestion;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// Questions go into Kafka and come out as answers in the shopper's log and in `cs.message`.
class AnAnswerArrivesIT extends RunningIntake {

    private static final Duration LEARNT = Duration.ofSeconds(120);

    @Autowired
    private QuestionReader reader;

    @Test
    void anEntryMadeAMomentAgoAnswers() throws Exception {
        var words = "words " + UUID.randomUUID();
        var answer = "answer " + UUID.randomUUID();
        putFaq("entry-1", words, answer);

        var question = shopper.asks("  " + words.toUpperCase(java.util.Locale.ROOT) + " ?!");

        var reply = shopper.replyTo(question);
        assertThat(reply.from()).isEqualTo(Sender.BOT);
        assertThat(reply.content()).isEqualTo(new Content.Text(answer));
        assertThat(reply.answer()).isNotNull().satisfies(how -> {
            assertThat(how.source()).isEqualTo("faq");
            assertThat(how.faqId()).isEqualTo("entry-1");
            assertThat(how.confidence()).isBetween(.9, 1.);
            assertThat(how.elapsedMs()).isNotNegative();
        });
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(stored(shopper.user, question))
                        .extracting(MessageStored::id)
                        .containsOnly(reply.id()));
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(redis.keys("faq:" + shop + ":*")).isNotEmpty());

        await().atMost(SOON)
                .untilAsserted(
                        () -> { // a cache that is slow for a moment is not waited for
                            redis.keys("faq:" + shop + ":*")
                                    .forEach(
                                            key -> redis.opsForValue().set(key, "0.42 entry-1", Duration.ofMinutes(5)));
                            assertThat(shopper.replyTo(shopper.asks(words)).answer())
                                    .as("what the cache knows is asked before memory is")
                                    .isNotNull()
                                    .satisfies(
                                            how -> assertThat(how.confidence()).isEqualTo(.42));
                        });
    }

    @Test
    void anEntryTellsHowOftenItHasAnswered() throws Exception {
        var words = "words " + UUID.randomUUID();
        putFaq("entry-hit", words, "an answer");
        var question = shopper.asks(words);
        shopper.replyTo(question);
        shopper.send(question);
        shopper.replyTo(shopper.asks(words));

        await().atMost(Duration.ofSeconds(60)).until(() -> hitsOf("entry-hit") == 2);
    }

    private long hitsOf(String id) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/faqs/" + id))
                .header("Authorization", "Bearer " + ISSUERS.merchant(shop))
                .GET()
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var got = http.send(request, BodyHandlers.ofString());
            assertThat(got.statusCode()).as(got.body()).isEqualTo(200);
            return JSON.parseObject(got.body())
                    .getJSONObject("data")
                    .getJSONObject("attributes")
                    .getLongValue("hits");
        }
    }

    @Test
    void whatNobodyKnowsIsSaidSoInTheLanguageOfTheQuestion() {
        NEIGHBOURS.handingOff(409);
        var english = shopper.replyTo(shopper.asks("can a blue elephant fly"));
        assertThat(english.content())
                .isInstanceOfSatisfying(
                        Content.Choice.class,
                        offer -> assertThat(offer.prompt()).startsWith("Sorry"));
        assertThat(english.answer())
                .isNotNull()
                .extracting(io.xiaoer.common.message.Answer::source)
                .isEqualTo("none");
        assertThat(shopper.replyTo(shopper.asks("蓝色的大象会飞吗" + UUID.randomUUID())).content())
                .isInstanceOfSatisfying(Content.Choice.class, offer -> {
                    assertThat(offer.prompt()).startsWith("抱歉");
                    assertThat(offer.options().getFirst().label()).isEqualTo("转人工");
                });
    }

    @Test
    void wordsThatShowNoLanguageAreAnsweredInTheOneSpokenBefore() {
        NEIGHBOURS.handingOff(409);
        shopper.replyTo(shopper.asks("can a blue elephant fly"));
        assertThat(shopper.replyTo(shopper.asks("12-3456789")).content())
                .isInstanceOfSatisfying(
                        Content.Choice.class,
                        offer -> assertThat(Language.of(offer.prompt(), Language.ZH))
                                .isEqualTo(Language.EN));
        shopper.replyTo(shopper.asks("蓝色的大象会飞吗" + UUID.randomUUID()));
        assertThat(shopper.replyTo(shopper.asks("ok")).content())
                .isInstanceOfSatisfying(
                        Content.Text.class, nod -> assertThat(nod.text()).startsWith("好的"));
    }

    @Test
    void aGreetingShowsALanguageWhereNothingElseDoes() {
        NEIGHBOURS.handingOff(409);
        shopper.replyTo(shopper.asks("hi"));

        assertThat(shopper.replyTo(shopper.asks("12-3456789")).content())
                .isInstanceOfSatisfying(
                        Content.Choice.class,
                        offer -> assertThat(Language.of(offer.prompt(), Language.ZH))
                                .isEqualTo(Language.EN));
    }

    @Test
    void whatIsAskedBesideAnOrderIsAnsweredInTheSameMessage() throws Exception {
        putFaq("freight", "运费谁出", "质量问题由我们承担运费。");
        var number = "W" + (1_000_000 + new java.util.Random().nextInt(8_999_999));
        NEIGHBOURS.orders(
                variables -> page(order(number, shopper.user.id(), "shipped", parcel("YTO", "1", "in_transit"))));

        var both = shopper.replyTo(shopper.asks("我的快递到哪了，顺便问一下运费谁出"));

        assertThat(both.content()).isInstanceOfSatisfying(Content.Card.class, card -> {
            assertThat(card.card()).isEqualTo("order");
            assertThat(card.text()).startsWith("质量问题由我们承担运费。\n").contains(number, "运输中");
            assertThat(json(card.body()).getJSONObject("order").getString("id")).isEqualTo(number);
        });
        assertThat(both.answer()).isNotNull().satisfies(how -> {
            assertThat(how.source()).isEqualTo("order");
            assertThat(how.faqId()).isEqualTo("freight");
        });
        NEIGHBOURS.up(false);
        assertThat(shopper.replyTo(shopper.asks("运费谁出？我的快递到哪了？")).content())
                .isInstanceOfSatisfying(Content.Choice.class, offer -> {
                    assertThat(offer.text()).contains("质量问题由我们承担运费。");
                    assertThat(offer.prompt()).contains("暂时");
                });
        await().atMost(Duration.ofSeconds(60)).until(() -> hitsOf("freight") == 2);
    }

    @Test
    void aSlowQuestionOfOneUserHoldsUpNobodyElse() throws Exception {
        var slow = new CountDownLatch(1);
        NEIGHBOURS.orders(variables -> {
            try {
                assertThat(slow.await(1500, TimeUnit.MILLISECONDS)).isFalse();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return page(order("D-1", shopper.user.id(), "paid"));
        });
        putFaq("quick", "quick one", "here");
        var waiting = shopper.asks("我的快递到哪了");
        var behind = shopper.asks("quick one");
        var others = new ArrayList<Shopper>();
        for (int i = 0; i < 20; i++) {
            var other = new Shopper(UserKey.Kind.USER);
            other.warm();
            others.add(other);
        }
        var asked = others.stream().map(other -> other.asks("quick one")).toList();
        for (int i = 0; i < others.size(); i++) {
            others.get(i).replyTo(asked.get(i));
        }
        shopper.replyTo(behind);
        assertThat(SnowflakeIds.compare(
                        shopper.repliesTo(waiting).getFirst().id(),
                        shopper.repliesTo(behind).getFirst().id()))
                .as("a user's questions are answered in their order")
                .isNegative();
    }

    @Test
    void aSourceMaySeeWhatPeopleSaidBeforeTheQuestion() {
        shopper.stores(new Content.Text("is it in stock?"));
        log.writeSession(shopper.user, shopper.session("agent", 2, "anna"));
        log.append(Append.said(
                shopper.user,
                new Sender(Role.AGENT, "anna", "Anna"),
                UUID.randomUUID().toString(),
                shopper.sid,
                new Content.Text("from tomorrow on"),
                false));
        log.writeSession(shopper.user, shopper.session("bot", 3, null));
        var asked = shopper.stores(new Content.Text("and in blue?"));

        var question = reader.question(new Asked(shopper.user, shopper.sid, asked.id(), Language.EN, asked));

        assertThat(question.talk().said())
                .extracting(Message::content)
                .containsExactly(new Content.Text("is it in stock?"), new Content.Text("from tomorrow on"));
    }

    @Test
    void anAnswerIsMaskedByTheBuiltInWordsAndByThoseOfItsShop() throws Exception {
        var words = "words " + UUID.randomUUID();
        putFaq("entry-masked", words, "赌博不行，某宝也不行");
        assertThat(shopper.replyTo(shopper.asks(words)).content()).isEqualTo(new Content.Text("**不行，某宝也不行"));
        var defaults = ShopSettings.defaults(new ShopId(shop), Instant.now());
        var settings = new ShopSettings(
                shop,
                1,
                defaults.origins(),
                defaults.imageHosts(),
                defaults.hoursOfService(),
                defaults.greeting(),
                defaults.limits(),
                defaults.sourceDeadlines(),
                defaults.priceFloorPercent(),
                defaults.handOff(),
                new SensitiveWords(
                        List.of(new SensitiveWords.Category(
                                "rivals", SensitiveWords.Action.BLOCK, false, List.of("某宝"))),
                        List.of()),
                defaults.updatedAt());

        putFaq("entry-own", "怎么举报赌博 " + UUID.randomUUID(), "打电话");
        assertThat(shopper.replyTo(shopper.asks(words)).content())
                .as("a word of the shop's own questions")
                .isEqualTo(new Content.Text("赌博不行，某宝也不行"));

        produce(new ProducerRecord<>(Topic.SHOP_SETTINGS.topic(), shop, EventJson.encode(settings)));

        await().atMost(SOON)
                .until(() -> shopper.replyTo(shopper.asks(words)).content().equals(new Content.Text("赌博不行，**也不行")));
    }

    @Test
    void anEntryAnswersInOtherWordsAndSeveralThatMayBeMeantAreButtons() throws Exception {
        putFaq("hours", "门店几点开门", "每天九点。");
        putFaq("gift", "礼品卡怎么用", "结算时输入卡号。");
        putFaq("gift-lost", "礼品卡丢了怎么办", "联系客服挂失。");
        await().atMost(LEARNT)
                .until(() -> decision("请问门店是几点开门的呢").equals("answer")
                        && decision("礼品卡的问题").equals("choose"));

        assertThat(shopper.replyTo(shopper.asks("请问门店是几点开门的呢")).content()).isEqualTo(new Content.Text("每天九点。"));
        assertThat(shopper.replyTo(shopper.asks("礼品卡的问题")).content())
                .isInstanceOfSatisfying(Content.Choice.class, choice -> {
                    assertThat(choice.prompt()).startsWith("您是想问");
                    assertThat(choice.options())
                            .extracting(Content.Option::payload)
                            .contains("faq:gift", "faq:gift-lost");
                });
        assertThat(shopper.replyTo(shopper.says(new Content.Action("faq:gift-lost", "礼品卡丢了怎么办")))
                        .content())
                .isEqualTo(new Content.Text("联系客服挂失。"));
    }

    @Test
    void whatCannotBeReadGetsANoticeAndIsParked() {
        var broken = new BotQuery(shopper.user.tag(), shopper.sid, ids.next(), 1, "zh", "", "{\"no\":\"message\"}");
        shopper.send(broken);
        var reply = shopper.replyTo(broken);
        assertThat(reply.content())
                .isInstanceOfSatisfying(
                        Content.Notice.class,
                        notice -> assertThat(notice.code()).isEqualTo("cannot_process"));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(read(Topic.BOT_QUERY.deadLetter()).stream()
                                .map(value ->
                                        EventJson.decode(value, BotQuery.class).id()))
                        .contains(broken.id()));
    }

    @Test
    void aQuestionWithItsOutcomeLeavesTheQueue() {
        var question = shopper.stores(new Content.Text("anything " + UUID.randomUUID()));
        var member = new WaitingQuestion(shopper.user, shopper.sid, question.id()).member();
        redis.opsForZSet().add(RedisKeys.queue(new ShopId(shop)), member, 1);
        shopper.send(question);
        await().atMost(SOON).until(() -> redis.opsForZSet().score(RedisKeys.queue(new ShopId(shop)), member) == null);
    }

    /// What a search decides once all entries are learnt.
    private String decision(String text) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/faqs/search"))
                .header("Authorization", "Bearer " + ISSUERS.merchant(shop))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.toJSONString(Map.of("text", text))))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var found = http.send(request, BodyHandlers.ofString());
            assertThat(found.statusCode()).as(found.body()).isEqualTo(200);
            var meta = JSON.parseObject(found.body()).getJSONObject("meta");
            return meta.getBooleanValue("learning") ? "none yet" : meta.getString("decision");
        }
    }
}
