package io.xiaoer.ordersync.source;

import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.Resource;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// Takes what platforms push. The address names the source by a long random id and says nothing of its shop; the
/// signature alone proves the sender, and nothing of the body is read before it does.
@RestController
class EventsController {

    private final Sources sources;
    private final Platforms platforms;
    private final SourceNotes notes;
    private final SourceIntake intake;
    private final DeliveryRate rate;
    private final SourceMeters meters;
    private final Clock clock;

    EventsController(
            Sources sources,
            Platforms platforms,
            SourceNotes notes,
            SourceIntake intake,
            DeliveryRate rate,
            SourceMeters meters,
            Clock clock) {
        this.sources = sources;
        this.platforms = platforms;
        this.notes = notes;
        this.intake = intake;
        this.rate = rate;
        this.meters = meters;
        this.clock = clock;
    }

    /// The attributes of an event in answers.
    record EventView(Outcome outcome) {}

    @PostMapping("/api/v1/sources/{source}/events")
    Answer<Resource<EventView>> take(
            @PathVariable String source, @RequestBody byte[] body, HttpServletRequest request) {
        var found = sources.byEvents(source)
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such source"));
        if (!rate.admits(found.eventsId())) {
            meters.refused(found.platform(), "rate");
            throw new ProblemException(ProblemCode.RATE_LIMITED, "Too many events of this source")
                    .header(HttpHeaders.RETRY_AFTER, "1");
        }
        var platform = platforms.of(found);
        var delivery = new Delivery(body, request::getHeader);
        if (!platform.isGenuine(delivery, sources.proof(found), clock.instant())) {
            meters.refused(found.platform(), "signature");
            throw new ProblemException(ProblemCode.UNAUTHORIZED, "The signature is missing, wrong or too old");
        }
        var id = platform.id(delivery);
        var outcome = id != null && notes.isTaken(found, id) ? Outcome.DUPLICATE : taken(found, platform, delivery);
        if (id != null && outcome != Outcome.DUPLICATE) {
            notes.addTaken(found, id);
        }
        meters.told(found.platform(), SourceMeters.PUSH, outcome);
        return Answer.of(new Resource<>(
                id == null ? outcome.name().toLowerCase(Locale.ROOT) : id, "source_event", new EventView(outcome)));
    }

    private Outcome taken(SourceRow source, Platform platform, Delivery delivery) {
        var event = platform.read(delivery);
        if (platform instanceof PulledPlatform) {
            return intake.take(source, event);
        }
        try {
            return intake.takeAtOnce(source, event);
        } catch (ProblemException refused) {
            // 404 would say that the source is unknown.
            throw refused.code() == ProblemCode.NOT_FOUND
                    ? new ProblemException(ProblemCode.CONFLICT, "There is no such order yet", refused)
                    : refused;
        }
    }
}
