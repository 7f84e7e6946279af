package io.xiaoer.session.conversation;

import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.message.MessageResource;
import io.xiaoer.common.message.Role;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.session.archive.History;
import io.xiaoer.session.archive.Unavailable;
import io.xiaoer.session.delivery.LogWatch;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.springframework.dao.DataAccessException;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.async.DeferredResult;

/// Reads a log, or waits until there is something to read, without holding a thread or asking Redis while it waits.
@Component
class LongPolls {

    private final LogWatch log;
    private final History history;
    private final Waiting waiting;

    LongPolls(LogWatch log, History history, Waiting waiting) {
        this.log = log;
        this.history = history;
        this.waiting = waiting;
    }

    /// What stands after an id, as soon as something does; nothing if the wait passes without.
    ///
    /// @param reader whose call it is, `user` or `agent`
    /// @param readable what of a page the caller may read still, or throws; asked when something came
    ///     after a wait
    /// @throws Unavailable if the log cannot be read
    DeferredResult<ResponseEntity<Answer<List<MessageView>>>> poll(
            UserKey user, Role reader, String after, int limit, Duration wait, UnaryOperator<History.Page> readable)
            throws Unavailable {
        var page = history.after(user, after, limit);
        if (!page.messages().isEmpty() || wait.isZero()) {
            return at(page, reader);
        }
        var next = new CompletableFuture<MessageResource>();
        var gone = new CompletableFuture<Boolean>();
        var watch = watch(user, after, next, gone);
        if (SnowflakeIds.compare(watch.last(), after) > 0) {
            watch.close();
            return at(history.after(user, after, limit), reader);
        }
        var call = waiting.begin(wait, () -> MessageAnswers.page(page, reader), watch::close);
        gone.thenAccept(now -> waiting.end(call, LongPolls::nothingThere));
        next.thenAccept(message -> waiting.end(call, () -> {
            var came = since(user, after, limit, message);
            // After it was read: what is answered was there while it could be read.
            return MessageAnswers.page(readable.apply(came), reader);
        }));
        return call.result();
    }

    private LogWatch.Watch watch(
            UserKey user, String after, CompletableFuture<MessageResource> next, CompletableFuture<Boolean> gone)
            throws Unavailable {
        try {
            return log.watch(
                    user,
                    message -> {
                        if (SnowflakeIds.compare(message.id(), after) > 0) {
                            next.complete(message);
                        }
                    },
                    () -> gone.complete(true));
        } catch (DataAccessException e) {
            throw new Unavailable("Redis does not answer", e);
        }
    }

    private static ResponseEntity<Answer<List<MessageView>>> nothingThere() {
        throw Problems.noSuchSession();
    }

    /// The message alone if nothing stands between it and what the caller has, else all of it.
    private History.Page since(UserKey user, String after, int limit, MessageResource message) {
        if (SnowflakeIds.compare(message.prev(), after) <= 0) {
            return new History.Page(message.id(), true, List.of(message));
        }
        try {
            return history.after(user, after, limit);
        } catch (Unavailable e) {
            throw Problems.unavailable(e);
        }
    }

    private static DeferredResult<ResponseEntity<Answer<List<MessageView>>>> at(History.Page page, Role reader) {
        var now = new DeferredResult<ResponseEntity<Answer<List<MessageView>>>>();
        now.setResult(MessageAnswers.page(page, reader));
        return now;
    }
}
