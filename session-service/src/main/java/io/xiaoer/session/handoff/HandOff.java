package io.xiaoer.session.handoff;

import io.xiaoer.common.event.ShopSettings;
import io.xiaoer.common.event.ShopSettings.HandOff.WhenUnsure;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Message;
import io.xiaoer.common.message.Sender;
import io.xiaoer.common.text.Despair;
import io.xiaoer.session.archive.Unavailable;
import io.xiaoer.session.conversation.Change;
import io.xiaoer.session.conversation.HandOffs;
import io.xiaoer.session.conversation.Owner;
import io.xiaoer.session.conversation.SessionRow;
import io.xiaoer.session.conversation.SessionStore;
import io.xiaoer.session.conversation.SessionStore.Passing;
import io.xiaoer.session.conversation.Sessions;
import io.xiaoer.session.conversation.Spoken;
import io.xiaoer.session.conversation.SystemVoice;
import io.xiaoer.session.shop.ShopDirectory;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/// Passes a shopper from the bot to the queue for a person. Repeatable: the row, Redis and the notice each change once.
/// Who is in despair waits before all others, whether anybody is there or not.
@Component
class HandOff implements HandOffs {

    /// Reasons of the bot of which the shopper said nothing, and for which the shop may leave the session to it.
    private static final Set<String> UNASKED = Set.of("low_confidence", "sensitive");

    private static final int TRIES = 5;

    private final Sessions sessions;
    private final SessionStore store;
    private final SystemVoice voice;
    private final Spoken spoken;
    private final WaitingLine line;
    private final Estimates estimates;
    private final AgentPresence agents;
    private final ShopDirectory shops;
    private final HandOffMeters meters;
    private final Clock clock;

    HandOff(
            Sessions sessions,
            SessionStore store,
            SystemVoice voice,
            Spoken spoken,
            WaitingLine line,
            Estimates estimates,
            AgentPresence agents,
            ShopDirectory shops,
            HandOffMeters meters,
            Clock clock) {
        this.sessions = sessions;
        this.store = store;
        this.voice = voice;
        this.spoken = spoken;
        this.line = line;
        this.estimates = estimates;
        this.agents = agents;
        this.shops = shops;
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public Place handOff(
            SessionRow row,
            @Nullable String reason,
            @Nullable String nonce,
            @Nullable String question,
            @Nullable String brief)
            throws Unavailable {
        // The bot alone knows of despair: what a shopper gives as a reason is theirs.
        boolean despair = question != null && Despair.REASON.equals(reason);
        return handOff(row, reason, nonce, question, brief, despair);
    }

    @Override
    public void hasten(UserKey user, String sid) throws Unavailable {
        try {
            var row = store.find(user.shop(), sid)
                    .filter(found -> found.user().equals(user) && found.owner() == Owner.QUEUE);
            if (row.isPresent()) {
                handOff(row.get(), Despair.REASON, null, null, null, true);
            }
        } catch (DataAccessException e) {
            throw new Unavailable("MariaDB does not answer", e);
        }
    }

    private Place handOff(
            SessionRow row,
            @Nullable String reason,
            @Nullable String nonce,
            @Nullable String question,
            @Nullable String brief,
            boolean despair)
            throws Unavailable {
        try {
            boolean unasked = question != null && reason != null && UNASKED.contains(reason);
            if (row.owner() == Owner.BOT && unasked && !isWanted(row.shop())) {
                return placed(row);
            }
            var queued = queue(row, reason, despair);
            var place = placed(queued);
            if (queued.isOpen()) {
                var now = clock.instant();
                var tongue = spoken.in(queued);
                var opening = estimates.opening(row.shop(), now);
                var notice = opening.isAfter(now) && place.position() > 0
                        ? Notices.leaveAMessage(tongue, opening.atZone(zone(row.shop())))
                        : Notices.queued(tongue, place.position());
                voice.say(
                        queued.user(),
                        nonce == null ? Notices.nonce(queued) : nonce,
                        queued.sid(),
                        despair ? Notices.kindly(tongue, notice) : notice,
                        question,
                        brief == null ? null : draft(queued, question, brief));
            }
            return place;
        } catch (DataAccessException | TransactionException e) {
            throw new Unavailable("Redis or MariaDB does not answer", e);
        }
    }

    @Override
    public Optional<Place> placeOf(SessionRow row) {
        return row.owner() == Owner.QUEUE ? Optional.of(placed(row)) : Optional.empty();
    }

    /// What the bot knows, in the form of something that it says.
    private String draft(SessionRow row, @Nullable String question, String brief) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return new Message("", row.sid(), Sender.BOT, now, new Content.Text(brief), question, null).body();
    }

    private Place placed(SessionRow row) {
        int position = line.position(row).orElse(0);
        return new Place(row, position, estimates.of(row.shop(), position));
    }

    /// @param front whether it stands before all that wait already
    private SessionRow queue(SessionRow row, @Nullable String reason, boolean front) throws Unavailable {
        var now = row;
        for (int i = 0; i < TRIES && (now.owner() == Owner.BOT || (front && waitsBehind(now))); i++) {
            boolean isNew = now.owner() == Owner.BOT;
            if (store.pass(now, new Passing(Owner.QUEUE, null, null, reason, front, Change.HANDED_OFF, null))
                    && isNew) {
                meters.changed(Change.HANDED_OFF);
            }
            now = store.find(row.shop(), row.sid()).orElse(now);
        }
        if (now.changedHow() == Change.HANDED_OFF && now.owner() == Owner.QUEUE) {
            sessions.settle(now);
        }
        return now;
    }

    private static boolean waitsBehind(SessionRow row) {
        return row.owner() == Owner.QUEUE && !row.isInFront();
    }

    /// Whether the shop wants a shopper passed on who did not ask for it.
    private boolean isWanted(ShopId shop) {
        var when = shops.find(shop)
                .map(settings -> settings.handOff().whenUnsure())
                .orElse(ShopSettings.HandOff.DEFAULTS.whenUnsure());
        return when == WhenUnsure.ALWAYS || (when == WhenUnsure.PRESENT && agents.countHere(shop) > 0);
    }

    private java.time.ZoneId zone(ShopId shop) {
        return java.time.ZoneId.of(shops.require(shop).hoursOfService().timeZone());
    }
}
