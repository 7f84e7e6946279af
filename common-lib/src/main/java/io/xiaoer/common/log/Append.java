package io.xiaoer.common.log;

import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.message.Answer;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Message;
import io.xiaoer.common.message.MessageResource;
import io.xiaoer.common.message.Role;
import io.xiaoer.common.message.Sender;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One message that asks for its place in a log.
///
/// @param user whose log
/// @param from who says it
/// @param nonce the sender's own id of it; one made by the suite contains `:` and never conflicts
/// @param sessionId the session it belongs to, null for none
/// @param number the ownership number it was made under; null is not fenced
/// @param limited whether it counts against the user's limit
/// @param dialog how the running dialog moves with it
/// @param checked what a check of its words came to, null if none was found
public record Append(
        UserKey user,
        Sender from,
        String nonce,
        @Nullable String sessionId,
        Content content,
        @Nullable String replyTo,
        @Nullable Answer answer,
        @Nullable Long number,
        boolean limited,
        @Nullable DialogMove dialog,
        @Nullable Checked checked) {

    /// What nobody has to look over.
    public Append(
            UserKey user,
            Sender from,
            String nonce,
            @Nullable String sessionId,
            Content content,
            @Nullable String replyTo,
            @Nullable Answer answer,
            @Nullable Long number,
            boolean limited,
            @Nullable DialogMove dialog) {
        this(user, from, nonce, sessionId, content, replyTo, answer, number, limited, dialog, null);
    }

    /// What a check of words came to.
    ///
    /// @param original the content as its sender gave it, by which a repetition is known whatever lists say by then
    /// @param flags the categories that agents are told of
    /// @param refused whether it is not to be stored, unless it was before
    public record Checked(Content original, List<String> flags, boolean refused) {}

    /// What a reply does to the dialog: it moves exactly when the reply is stored.
    ///
    /// @param state the new state as JSON, null drops the dialog
    public record DialogMove(@Nullable String state) {}

    /// A shopper's or an agent's message.
    public static Append said(
            UserKey user, Sender from, String nonce, String sessionId, Content content, boolean limited) {
        return new Append(user, from, nonce, sessionId, content, null, null, null, limited, null);
    }

    /// This append, fenced by an ownership number; null leaves it as it is.
    public Append under(@Nullable Long held) {
        return held == null
                ? this
                : new Append(user, from, nonce, sessionId, content, replyTo, answer, held, limited, dialog, checked);
    }

    /// This append with other content in the place of what was said.
    public Append masked(Content masked, List<String> flags, boolean refused) {
        return new Append(
                user,
                from,
                nonce,
                sessionId,
                masked,
                replyTo,
                answer,
                number,
                limited,
                dialog,
                new Checked(content, flags, refused));
    }

    /// The bot's one reply to a question, under the number it was asked under.
    public static Append reply(
            UserKey user, String sessionId, String question, long number, Content content, Answer answer) {
        return new Append(
                user, Sender.BOT, replyNonce(question), sessionId, content, question, answer, number, false, null);
    }

    /// A word from the suite; it goes through whoever owns the session.
    ///
    /// @param nonce contains `:`
    public static Append notice(
            UserKey user, String nonce, @Nullable String sessionId, Content content, @Nullable String replyTo) {
        return new Append(user, Sender.SYSTEM, nonce, sessionId, content, replyTo, null, null, false, null);
    }

    /// The nonce of whatever answers a question, so that a redelivered question has one outcome.
    public static String replyNonce(String question) {
        return "r:" + question;
    }

    /// This message for the log of a user that the guest's log became part of. What the guest said, the user says.
    public Append movedTo(UserKey to) {
        var speaker = from.role() == Role.USER ? new Sender(Role.USER, to.id(), from.name()) : from;
        return new Append(to, speaker, nonce, sessionId, content, replyTo, answer, number, limited, dialog, checked);
    }

    /// The stored form of it.
    ///
    /// @param at when it is said
    public String body(Instant at) {
        return body(from, content, answer, at, checked == null ? List.of() : checked.flags());
    }

    /// The stored form of what somebody else says in its place.
    String body(Sender speaker, Content words, @Nullable Answer how, Instant at) {
        return body(speaker, words, how, at, List.of());
    }

    private String body(Sender speaker, Content words, @Nullable Answer how, Instant at, List<String> flags) {
        return new Message("", sessionId, speaker, at.truncatedTo(ChronoUnit.MILLIS), words, replyTo, how, flags)
                .body();
    }

    /// What a repetition is told by.
    Content original() {
        return checked == null ? content : checked.original();
    }

    boolean isRefused() {
        return checked != null && checked.refused();
    }

    /// Whether this is a reply of the bot, and what stands under its nonce is the notice that it came too late: then it
    /// is a draft, at the first try and at each later one.
    public boolean isRefusedBy(MessageResource standing) {
        if (from.role() != Role.BOT) {
            return false;
        }
        var message = standing.message();
        return message.from().role() == Role.SYSTEM
                && message.content() instanceof Content.Notice notice
                && ConversationLog.isFence(notice);
    }

    /// The field of the nonce hash. The outcome of a question is one, whether the bot or the suite speaks.
    public String nonceField() {
        return nonce.startsWith("r:") ? nonceField(nonce) : from.role().label() + ':' + from.id() + ':' + nonce;
    }

    /// The field of a question's outcome.
    static String nonceField(String replyNonce) {
        return "bot:bot:" + replyNonce;
    }
}
