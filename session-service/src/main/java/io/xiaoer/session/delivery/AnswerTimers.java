package io.xiaoer.session.delivery;

import com.alibaba.fastjson2.JSON;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.message.MessageResource;
import io.xiaoer.session.presence.Presence;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// Tells a shopper that an answer is on its way: `typing` after a moment, `thinking` after a long one. Both are shown
/// and never stored; the node that took the question drives them, and the answer that passes through it ends them.
///
/// A user with many questions under way is shown `typing` for one of them at a time: after an outage they come all at
/// once, and the signs of work would be more work than the answers.
///
/// A best effort: a question more than the wheel's bound, or a node that dies, goes without.
public final class AnswerTimers implements NodeDelivery.PushObserver {

    private static final Logger LOGGER = LoggerFactory.getLogger(AnswerTimers.class);
    private static final int ANSWERS_REMEMBERED = 4096;
    private static final String REPLY_TO = "\"reply_to\":\"";
    private static final String THINKING = "正在思考中";

    private final NodeDelivery delivery;
    private final Presence presence;
    private final Executor executor;
    private final Duration typingAfter;
    private final Duration thinkingAfter;
    private final ConcurrentMap<String, Timeout> waiting = new ConcurrentHashMap<>();
    /// To whom `typing` is shown, and for which question: until its answer comes or `thinking` takes its place.
    private final ConcurrentMap<UserKey, String> typing = new ConcurrentHashMap<>();
    private final Map<String, Boolean> answered = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > ANSWERS_REMEMBERED;
        }
    };
    private final HashedWheelTimer wheel;

    public AnswerTimers(
            NodeDelivery delivery,
            Presence presence,
            Executor executor,
            HashedWheelTimer wheel,
            Duration typingAfter,
            Duration thinkingAfter) {
        this.delivery = delivery;
        this.presence = presence;
        delivery.observe(this);
        this.executor = executor;
        this.wheel = wheel;
        this.typingAfter = typingAfter;
        this.thinkingAfter = thinkingAfter;
    }

    /// A question was taken for the bot. If nobody of the user is here, the answer would not be seen either, and
    /// nothing is shown.
    void asked(UserKey user, String sessionId, String question) {
        if (delivery.following(user) == 0 || isAnswered(question)) {
            return;
        }
        start(question, typingAfter, () -> late(user, sessionId, question));
        forgetAnswered(user, question);
    }

    private void late(UserKey user, String sessionId, String question) {
        boolean timed = start(question, thinkingAfter.minus(typingAfter), () -> {
            waiting.remove(question);
            typing.remove(user, question);
            relay(user, thinking(question));
        });
        if (timed && typing.putIfAbsent(user, question) == null) {
            relay(user, typing(sessionId));
        }
        forgetAnswered(user, question);
    }

    /// The answer may come while a timer is set.
    private void forgetAnswered(UserKey user, String question) {
        if (isAnswered(question)) {
            cancel(user, question);
        }
    }

    private boolean start(String question, Duration delay, Runnable task) {
        try {
            var timeout = wheel.newTimeout(fired -> task.run(), delay.toMillis(), TimeUnit.MILLISECONDS);
            waiting.put(question, timeout);
            return true;
        } catch (RejectedExecutionException | IllegalStateException e) {
            LOGGER.atDebug().log("A question goes without timers");
            return false;
        }
    }

    private void relay(UserKey user, String frame) {
        if (delivery.following(user) == 0) {
            return;
        }
        executor.execute(() -> {
            try {
                presence.relay(user, "", frame);
            } catch (DataAccessException e) {
                LOGGER.atDebug().log("A sign of work was not shown, Redis does not answer");
            }
        });
    }

    @Override
    public void pushed(UserKey user, MessageResource message) {
        int at = message.body().lastIndexOf(REPLY_TO);
        if (at < 0) {
            return;
        }
        int from = at + REPLY_TO.length();
        int to = message.body().indexOf('"', from);
        String question = message.body().substring(from, Math.max(from, to));
        synchronized (answered) {
            answered.put(question, true);
        }
        cancel(user, question);
    }

    private boolean isAnswered(String question) {
        synchronized (answered) {
            return answered.containsKey(question);
        }
    }

    private void cancel(UserKey user, String question) {
        typing.remove(user, question);
        Timeout timeout = waiting.remove(question);
        if (timeout != null) {
            timeout.cancel();
        }
    }

    private static String typing(String sessionId) {
        var frame = new LinkedHashMap<String, Object>();
        frame.put("type", "typing");
        frame.put("sid", sessionId);
        frame.put("on", true);
        frame.put("from", "bot");
        return JSON.toJSONString(frame);
    }

    private static String thinking(String question) {
        var frame = new LinkedHashMap<String, Object>();
        frame.put("type", "thinking");
        frame.put("reply_to", question);
        frame.put("text", THINKING);
        return JSON.toJSONString(frame);
    }
}
