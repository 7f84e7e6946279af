package io.xiaoer.bot.generate;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Reply;
import io.xiaoer.bot.decide.Source;
import io.xiaoer.bot.decide.Verdict;
import io.xiaoer.bot.faq.FaqCandidate;
import io.xiaoer.bot.generate.ModelFailure.Reason;
import io.xiaoer.bot.words.WordFilter;
import io.xiaoer.common.message.Content;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets a model write an answer: finds its grounds, takes room and budget, lets the model speak and call functions for
/// some rounds, shows what is written and keeps it only if it is whole and names its grounds. Whatever goes wrong, the
/// next source is asked. When the session is the bot's no more the writing ends, and what there is of it is a draft.
final class ModelGenerator implements Generator {

    static final int MOST_ROUNDS = 3;

    private static final Logger LOGGER = LoggerFactory.getLogger(ModelGenerator.class);
    private static final String PART = "generation";
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    private final GenerationSettings settings;
    private final ChatClient client;
    private final Grounds grounds;
    private final ReadFunctions functions;
    private final Payment payment;
    private final Previews previews;
    private final Claim claim;
    private final WordFilter words;
    private final GenerationMeters meters;
    private final Clock clock;
    private final Semaphore room;

    ModelGenerator(
            GenerationSettings settings,
            ChatClient client,
            Grounds grounds,
            ReadFunctions functions,
            Payment payment,
            Previews previews,
            Claim claim,
            WordFilter words,
            GenerationMeters meters,
            Clock clock) {
        this.settings = settings;
        this.client = client;
        this.grounds = grounds;
        this.functions = functions;
        this.payment = payment;
        this.previews = previews;
        this.claim = claim;
        this.words = words;
        this.meters = meters;
        this.clock = clock;
        this.room = new Semaphore(settings.atOnce());
        meters.underWay(() -> settings.atOnce() - room.availablePermits());
    }

    @Override
    public Verdict write(Question question, Deadline deadline) {
        if (question.payload() != null || question.text().isBlank()) {
            return Verdict.PASSED;
        }
        var sources = grounds.of(question, deadline);
        if (sources.isEmpty()) {
            return passed("no_grounds");
        }
        if (!room.tryAcquire()) {
            return passed("full");
        }
        try {
            return written(question, sources, deadline.own(deadline.leftWithin(settings.whole())));
        } catch (ModelFailure e) {
            return failed(question, e.reason());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Verdict.PASSED;
        } finally {
            room.release();
        }
    }

    private Verdict passed(String outcome) {
        meters.outcome(outcome);
        return Verdict.PASSED;
    }

    private Verdict failed(Question question, Reason reason) {
        meters.outcome(reason.label());
        LOGGER.atInfo()
                .addKeyValue("message_id", question.id())
                .addKeyValue("reason", reason.label())
                .log("The model gave no answer that can be used");
        return reason.isOfEndpoint() ? new Verdict.Failed(PART) : Verdict.PASSED;
    }

    private Verdict written(Question question, List<FaqCandidate> sources, Deadline deadline)
            throws ModelFailure, InterruptedException {
        var prompt =
                Prompt.of(question, sources.stream().map(FaqCandidate::entry).toList());
        var offered = functions.offered();
        for (int round = 0; round <= MOST_ROUNDS; round++) {
            var heard = new Heard(question, sources.size());
            if (claim.isLost(question)) {
                return overtaken(heard);
            }
            long cost = prompt.tokens() + settings.maxTokens();
            if (!payment.take(question, cost)) {
                return passed("spent");
            }
            ChatTurn turn;
            try {
                turn = payment.pay(question, cost, () -> client.ask(prompt.body(settings, offered), deadline, heard));
            } catch (ModelFailure e) {
                if (e.reason() == Reason.OVERTAKEN) {
                    return overtaken(heard);
                }
                throw e;
            }
            if (turn.calls().isEmpty()) {
                var verdict = answered(heard.text, sources);
                heard.pieces.end();
                return verdict;
            }
            prompt.called(turn, results(turn, offered, question, deadline));
        }
        throw new ModelFailure(Reason.LOOPED);
    }

    /// Hears one turn of the model: shows it, tells how long its first piece took, and ends it when the session is
    /// another's.
    private final class Heard implements ChatClient.Listener {

        private final Question question;
        private final CitedText text;
        private final PreviewPieces pieces;
        private final Instant asked = clock.instant();
        private Instant looked = asked;
        private boolean begins = true;

        Heard(Question question, int sources) {
            this.question = question;
            this.text = new CitedText(sources);
            this.pieces = new PreviewPieces(question, previews, words);
        }

        @Override
        public void said(String piece) throws ModelFailure {
            if (begins) {
                begins = false;
                meters.first(Duration.between(asked, clock.instant()));
            }
            pieces.add(text.take(piece));
        }

        @Override
        public void waits() throws ModelFailure {
            var now = clock.instant();
            if (Duration.between(looked, now).compareTo(BETWEEN_LOOKS) >= 0) {
                looked = now;
                if (claim.isLost(question)) {
                    throw new ModelFailure(Reason.OVERTAKEN);
                }
            }
        }
    }

    /// What the log refuses and keeps for whoever holds the session: as far as it was written.
    private Verdict overtaken(Heard heard) {
        meters.outcome(Reason.OVERTAKEN.label());
        var content = new Content.Text(heard.text.soFar() + "…");
        return new Verdict.Answered(Reply.of(content, Source.MODEL, 0, settings.model()));
    }

    private Verdict answered(CitedText text, List<FaqCandidate> sources) throws ModelFailure {
        var content = new Content.Text(text.text());
        var cited = text.cited().stream().map(sources::get).toList();
        double score = cited.stream().mapToDouble(FaqCandidate::score).max().orElse(0);
        var ids = cited.stream().map(each -> each.entry().id()).toList();
        meters.outcome("answered");
        return new Verdict.Answered(
                new Reply(content, Source.MODEL, Math.clamp(score, 0, 1), settings.model(), null, ids));
    }

    private List<String> results(
            ChatTurn turn, List<ReadFunctions.Offered> offered, Question question, Deadline deadline) {
        var results = new ArrayList<String>();
        for (var call : turn.calls()) {
            boolean known = offered.stream().anyMatch(each -> each.name().equals(call.name()));
            results.add(known ? result(call, question, deadline) : "there is no such function");
            if (!known) {
                meters.called("refused");
            }
        }
        return results;
    }

    private String result(ChatTurn.Call call, Question question, Deadline deadline) {
        try {
            String found = functions.call(call.name(), call.arguments(), question, deadline);
            meters.called("done");
            return found;
        } catch (RuntimeException e) {
            LOGGER.atInfo()
                    .addKeyValue("message_id", question.id())
                    .addKeyValue("cause", e.getClass().getSimpleName())
                    .log("A function that the model called failed");
            meters.called("failed");
            return "the function does not answer";
        }
    }
}
