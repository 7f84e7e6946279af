package io.xiaoer.bot.intake;

import io.lettuce.core.RedisCommandExecutionException;
import io.xiaoer.bot.decide.Voice;
import io.xiaoer.bot.neighbour.Neighbours;
import io.xiaoer.common.event.EventWriter;
import io.xiaoer.common.event.MessageStored;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.event.Unprocessable;
import io.xiaoer.common.log.Append;
import io.xiaoer.common.log.AppendOutcome;
import io.xiaoer.common.log.ConversationLog;
import io.xiaoer.common.log.Promptness;
import io.xiaoer.common.message.MessageResource;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/// Puts an outcome into the shopper's log and makes it durable, and does not let go before both are done: while
/// Redis, Kafka or session-service is away it tries again, with growing pauses. What became durable late is looked for
/// in the log again, see [Promptness]. What comes too late is a draft: it travels in the record of the notice that
/// stands in its place, so that neither is there without the other.
@Component
final class Delivery implements Voice {

    private static final Logger LOGGER = LoggerFactory.getLogger(Delivery.class);
    private static final Pattern PASSING =
            Pattern.compile("-(READONLY|OOM|MISCONF|LOADING|MASTERDOWN|NOREPLICAS|CLUSTERDOWN|TRYAGAIN)\\b");
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    /// More than the producer's own patience, so that its verdict is heard.
    private static final Duration KAFKA_PATIENCE = Duration.ofSeconds(3);

    private final ConversationLog log;
    private final Warming warming;
    private final KafkaTemplate<String, byte[]> kafka;
    private final EventWriter events;
    private final Patience patience;
    private final Clock clock;

    Delivery(
            ConversationLog log,
            Warming warming,
            KafkaTemplate<String, byte[]> kafka,
            EventWriter events,
            Patience patience,
            Clock clock) {
        this.log = log;
        this.warming = warming;
        this.kafka = kafka;
        this.events = events;
        this.patience = patience;
        this.clock = clock;
    }

    /// What became of an outcome.
    enum Outcome {
        /// It stands in the log.
        STORED,
        /// An earlier try had stored it.
        ALREADY_STORED,
        /// A person holds the session: it became a draft.
        FENCED,
        /// The question was erased with its user, or was never acknowledged and is lost: there is nobody to answer.
        ERASED
    }

    /// Delivers.
    ///
    /// @throws Unprocessable if no further try can succeed
    /// @throws InterruptedException at a stop; whether it was delivered is then unknown
    Outcome deliver(String question, Append outcome) throws InterruptedException {
        var append = outcome;
        var pause = FIRST_PAUSE;
        while (true) {
            try {
                var promptness = Promptness.begin();
                switch (log.append(append)) {
                    case AppendOutcome.Stored stored -> {
                        produce(append, stored.message(), MessageStored.of(append.user(), stored));
                        if (promptness.suffices(stored)
                                || log.holds(append.user(), stored.message().id())) {
                            return stored.duplicate() ? Outcome.ALREADY_STORED : Outcome.STORED;
                        }
                    }
                    case AppendOutcome.Fenced(var notice, var nonce, var hash) -> {
                        if (notice == null) {
                            return Outcome.FENCED;
                        }
                        produce(append, notice, MessageStored.of(append.user(), notice, nonce, hash));
                        if (log.holds(append.user(), notice.id())) {
                            return Outcome.FENCED;
                        }
                    }
                    case AppendOutcome.Cold _ -> {
                        warming.warm(append.user());
                        if (pause.compareTo(FIRST_PAUSE) == 0) {
                            pause = pause.multipliedBy(2);
                            continue;
                        }
                    }
                    // The guest who asked became a user since: the outcome belongs into the user's log.
                    case AppendOutcome.Moved(var to, var _) -> {
                        append = append.movedTo(to);
                        continue;
                    }
                    case AppendOutcome.Erased _ -> {
                        return Outcome.ERASED;
                    }
                    case AppendOutcome.Conflict _,
                            AppendOutcome.Closed _,
                            AppendOutcome.Forbidden _,
                            AppendOutcome.Refused _,
                            AppendOutcome.Limited _ ->
                        throw new Unprocessable("reply_refused", "the log does not take the reply");
                }
            } catch (DataAccessException e) {
                if (isPermanent(e)) {
                    throw new Unprocessable("reply_refused", "the log does not take the reply", e);
                }
                say("redis", question, e);
            } catch (Neighbours.Away e) {
                say("session-service", question, e);
            } catch (KafkaException | ExecutionException | java.util.concurrent.TimeoutException e) {
                if (e.getCause() instanceof RecordTooLargeException) {
                    throw new Unprocessable("reply_too_large", "the reply is larger than a record may be", e);
                }
                say("kafka", question, e);
            }
            patience.pause(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    @Override
    public Said say(Append words) {
        try {
            if (log.append(words) instanceof AppendOutcome.Stored stored) {
                produce(words, stored.message(), MessageStored.of(words.user(), stored));
                return Said.STANDING;
            }
            return Said.REFUSED;
        } catch (DataAccessException | KafkaException | ExecutionException | java.util.concurrent.TimeoutException e) {
            LOGGER.atInfo().addKeyValue("cause", String.valueOf(e)).log("Words that nobody asked for are not said now");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Said.UNKNOWN;
    }

    private void produce(Append append, MessageResource standing, MessageStored stored)
            throws InterruptedException, ExecutionException, java.util.concurrent.TimeoutException {
        var event = append.isRefusedBy(standing) ? stored.withDraft(append.body(clock.instant())) : stored;
        kafka.send(events.record(Topic.CS_MESSAGE, append.user().tag(), event.user() + '/' + event.id(), event))
                .get(KAFKA_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Redis 6.2 wraps what a script's own call was answered into an `ERR`: a replica that is about to be promoted, or
    /// memory that is full, passes.
    private static boolean isPermanent(DataAccessException failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at.getClass() == RedisCommandExecutionException.class) {
                String reason = String.valueOf(at.getMessage());
                return reason.startsWith("WRONGTYPE")
                        || reason.startsWith("ERR") && !PASSING.matcher(reason).find();
            }
        }
        return false;
    }

    private static void say(String waitsFor, String question, Exception cause) {
        LOGGER.atWarn()
                .addKeyValue("waits_for", waitsFor)
                .addKeyValue("message_id", question)
                .addKeyValue("cause", String.valueOf(cause))
                .log("An answer waits to be delivered");
    }
}
