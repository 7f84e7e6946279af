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
import io.xiaoer.session.archive.Unavailable;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/// Tells shoppers what happened to their orders and coupons. An event is said once, under its own nonce, and its offset
/// goes once that is durable.
@Component
class CommerceNews {

    private final SystemVoice voice;

    CommerceNews(SystemVoice voice) {
        this.voice = voice;
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
            voice.say(user(event, event.userId()), "e:" + event.id(), null, content(content), null);
        }
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
