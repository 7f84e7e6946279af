package io.xiaoer.session.handoff;

import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.MessageResource;
import io.xiaoer.common.redis.RedisKeys;
import io.xiaoer.session.archive.Unavailable;
import io.xiaoer.session.conversation.Change;
import io.xiaoer.session.conversation.Owner;
import io.xiaoer.session.conversation.OwnershipObserver;
import io.xiaoer.session.conversation.SessionRow;
import io.xiaoer.session.conversation.Spoken;
import io.xiaoer.session.conversation.SystemVoice;
import io.xiaoer.session.presence.Presence;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/// Tells of a change of owner: the queue, the shopper's notice, the shopper's devices, and on every node the agents
/// of the shop, whose connections begin or end to follow the session with it. All of it may happen twice; the notice
/// stands in the log once.
@Component
class OwnershipNews implements OwnershipObserver {

    private final WaitingLine line;
    private final SystemVoice voice;
    private final Spoken spoken;
    private final Presence presence;
    private final StringRedisTemplate redis;

    OwnershipNews(WaitingLine line, SystemVoice voice, Spoken spoken, Presence presence, StringRedisTemplate redis) {
        this.line = line;
        this.voice = voice;
        this.spoken = spoken;
        this.presence = presence;
        this.redis = redis;
    }

    @Override
    public void changed(SessionRow row) throws Unavailable {
        if (row.changedHow() == Change.CREATED) {
            return;
        }
        line.show(row);
        var content = notice(row);
        var said = content == null ? null : voice.say(row.user(), Notices.nonce(row), row.sid(), content, null);
        var state = StateFrame.of(row);
        presence.relay(row.user(), "", state);
        redis.convertAndSend(RedisKeys.ALL_NODES, push(row, said, state));
    }

    /// Null where whoever changed it tells the shopper, or the shopper did it.
    private @Nullable Content notice(SessionRow row) {
        return switch (row.changedHow()) {
            case ACCEPTED, ASSIGNED, TRANSFERRED -> Notices.joined(spoken.in(row), row.holderName());
            case RETURNED ->
                Notices.queuedAgain(spoken.in(row), line.position(row).orElse(1));
            case RELEASED -> Notices.backToBot(spoken.in(row));
            case ENDED -> Notices.closed(spoken.in(row));
            case CREATED, HANDED_OFF, CLOSED -> null;
        };
    }

    /// For [io.xiaoer.session.delivery.NodeDelivery]: `o`, shop, session, number, shopper, holder, the id after which
    /// the holder follows, frame.
    private static String push(SessionRow row, @Nullable MessageResource said, String state) {
        return String.join(
                "\n",
                "o",
                row.shopId(),
                row.sid(),
                Long.toString(row.number()),
                row.user().tag(),
                row.owner() == Owner.AGENT && row.holder() != null ? row.holder() : "",
                said == null ? "" : said.prev(),
                state);
    }
}
