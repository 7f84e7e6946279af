package io.xiaoer.session.conversation;

import io.xiaoer.common.event.CommerceEvent;
import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.RecordScope;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.event.Unprocessable;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.InvalidContent;
import io.xiaoer.common.words.ShopWords;
import io.xiaoer.session.archive.Unavailable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/// Tells shoppers what happened to their orders and coupons. An event is said once, under its own nonce, and its offset
/// goes once that is durable. What merchants and shoppers wrote is in it, so its sensitive words are masked as
/// everybody's.
@Component
class CommerceNews {

    /// The fields of cards that hold somebody's own words, by the object in which they stand.
    private static final Map<String, String> WRITTEN = Map.of("coupon", "title", "after_sale", "reason");

    private final SystemVoice voice;
    private final ShopWords words;

    CommerceNews(SystemVoice voice, ShopWords words) {
        this.voice = voice;
        this.words = words;
    }

    @KafkaListener(
            id = "commerce-news",
            idIsGroup = false,
            topics = Topic.Names.COMMERCE_EVENT,
            containerFactory = NewsConfiguration.LISTENERS)
    void hear(ConsumerRecord<String, byte[]> record) throws Unavailable {
        var event = EventJson.decode(record.value(), CommerceEvent.class);
        if (event.userId() == null || !(event.body().get("content") instanceof Map<?, ?> content)) {
            return;
        }
        try (var ignored = RecordScope.of(record)) {
            var user = user(event, event.userId());
            voice.say(user, "e:" + event.id(), null, masked(user.shop(), content(content)), null);
        }
    }

    private Content masked(ShopId shop, Content content) {
        var masked = content.withTexts(text -> words.mask(shop, text));
        if (!(masked instanceof Content.Card(var card, var text, var body))) {
            return masked;
        }
        var shown = new LinkedHashMap<>(body);
        WRITTEN.forEach((object, field) -> shown.computeIfPresent(object, (_, value) -> masked(shop, value, field)));
        return new Content.Card(card, text, shown);
    }

    private Object masked(ShopId shop, Object object, String field) {
        if (!(object instanceof Map<?, ?> fields) || !(fields.get(field) instanceof String written)) {
            return object;
        }
        var shown = new LinkedHashMap<Object, Object>(fields);
        shown.put(field, words.mask(shop, written));
        return shown;
    }

    private static UserKey user(CommerceEvent event, String id) {
        try {
            return new UserKey(new ShopId(event.shopId()), UserKey.Kind.USER, id);
        } catch (IllegalArgumentException e) {
            throw new Unprocessable("invalid_event", "the event names no shopper", e);
        }
    }

    @SuppressWarnings("unchecked") // JSON objects have names for keys
    private static Content content(Map<?, ?> content) {
        try {
            return Content.parse((Map<String, ?>) content);
        } catch (InvalidContent e) {
            throw new Unprocessable("invalid_event", "the content is of no known form: " + e.field(), e);
        }
    }
}
