package io.xiaoer.session.conversation;

import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.message.MessageResource;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.session.archive.History;
import io.xiaoer.session.archive.Unavailable;
import io.xiaoer.session.delivery.LogWatch;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.async.DeferredResult;

/// Sends a message and waits for its answer, without holding a thread or asking Redis while it waits.
@Component
class PromptAnswers {

    private static final Logger LOGGER = LoggerFactory.getLogger(PromptAnswers.class);
    private static final int READ_FOR_DUPLICATE = 100;

    private final LogWatch log;
    private final History history;
    private final Waiting waiting;

    PromptAnswers(LogWatch log, History history, Waiting waiting) {
        this.log = log;
        this.history = history;
        this.waiting = waiting;
    }

    /// @param wait at most [Prefer#LONGEST_WAIT]
    /// @param accept takes the message, or throws the problem
    DeferredResult<ResponseEntity<Answer<MessageView>>> ask(
            MessageRoad.Sending sending,
            Duration wait,
            Function<MessageRoad.Sending, MessageRoad.Outcome.Accepted> accept) {
        var heard = new AnswerWait();
        var gone = new CompletableFuture<Boolean>();
        var watch = wait.isZero() ? Optional.<LogWatch.Watch>empty() : watch(sending, heard, gone);
        MessageRoad.Outcome.Accepted accepted;
        try {
            accepted = accept.apply(sending);
        } catch (RuntimeException e) {
            watch.ifPresent(LogWatch.Watch::close);
            throw e;
        }
        if (!accepted.owner().equals(Owner.BOT.label())) {
            watch.ifPresent(LogWatch.Watch::close);
            return now(MessageAnswers.accepted(sending, accepted, wait));
        }
        return watch.isEmpty()
                ? now(MessageAnswers.thinking(sending, accepted, wait))
                : await(sending, wait, accepted, heard, gone, watch.get());
    }

    private static DeferredResult<ResponseEntity<Answer<MessageView>>> now(ResponseEntity<Answer<MessageView>> answer) {
        var result = new DeferredResult<ResponseEntity<Answer<MessageView>>>();
        result.setResult(answer);
        return result;
    }

    private DeferredResult<ResponseEntity<Answer<MessageView>>> await(
            MessageRoad.Sending sending,
            Duration wait,
            MessageRoad.Outcome.Accepted accepted,
            AnswerWait heard,
            CompletableFuture<Boolean> gone,
            LogWatch.Watch watch) {
        var reply = heard.of(accepted.message().id());
        if (accepted.duplicate()) {
            lookUp(sending, accepted, reply);
        }
        var call = waiting.begin(wait, () -> MessageAnswers.thinking(sending, accepted, wait), watch::close);
        gone.thenAccept(now -> waiting.end(call, () -> MessageAnswers.thinking(sending, accepted, wait)));
        reply.thenAccept(message -> waiting.end(call, () -> MessageAnswers.answered(sending, accepted, message, wait)));
        return call.result();
    }

    private Optional<LogWatch.Watch> watch(
            MessageRoad.Sending sending, AnswerWait heard, CompletableFuture<Boolean> gone) {
        try {
            return Optional.of(log.watch(sending.user(), heard::hear, () -> gone.complete(true)));
        } catch (DataAccessException e) {
            return Optional.empty();
        }
    }

    /// A question that was stored before may have been answered before.
    private void lookUp(
            MessageRoad.Sending sending,
            MessageRoad.Outcome.Accepted accepted,
            CompletableFuture<MessageResource> reply) {
        String question = accepted.message().id();
        try {
            history.after(sending.user(), question, READ_FOR_DUPLICATE).messages().stream()
                    .filter(message -> SnowflakeIds.compare(message.id(), question) > 0
                            && question.equals(message.message().replyTo()))
                    .findFirst()
                    .ifPresent(reply::complete);
        } catch (Unavailable e) {
            LOGGER.atDebug().addKeyValue("reason", e.getMessage()).log("An earlier answer could not be looked up");
        }
    }
}
