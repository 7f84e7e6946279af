package io.xiaoer.session.canary;

import io.xiaoer.common.access.Caller;
import io.xiaoer.common.canary.Canary;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.Resource;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Where operators say which shoppers a new version serves.
@RestController
@RequestMapping("/api/v1/ops/canary")
class CanaryController {
    private static final Logger LOGGER = LoggerFactory.getLogger(CanaryController.class);
    private static final String ID = "canary";

    private final CanaryTable table;
    private final Clock clock;

    CanaryController(CanaryTable table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    /// The body of a `PUT`; without tails it takes nobody.
    record CanaryWish(boolean enabled, List<Integer> tails) {}

    /// The attributes in answers.
    ///
    /// @param updatedAt null if nobody has said anything yet
    record CanaryView(
            boolean enabled, List<Integer> tails, @Nullable Instant updatedAt) {}

    @GetMapping
    Answer<Resource<CanaryView>> show() {
        return table.find().map(said -> answer(said.canary(), said.at())).orElseGet(() -> answer(Canary.OFF, null));
    }

    /// The row is all: every instance shows it to the gateways within a second.
    @PutMapping
    Answer<Resource<CanaryView>> put(Caller caller, @RequestBody CanaryWish wish) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var canary = canary(wish);
        table.put(canary, now);
        LOGGER.atInfo()
                .addKeyValue("actor", caller.subject())
                .addKeyValue("enabled", canary.enabled())
                .addKeyValue("tails", canary.tails())
                .log("The canary was set");
        return answer(canary, now);
    }

    private static Canary canary(CanaryWish wish) {
        try {
            return new Canary(wish.enabled(), wish.tails());
        } catch (IllegalArgumentException broken) {
            throw ProblemException.invalid("tails", "must be numbers from 0 to 9");
        }
    }

    private static Answer<Resource<CanaryView>> answer(Canary canary, @Nullable Instant at) {
        return Answer.of(new Resource<>(ID, ID, new CanaryView(canary.enabled(), canary.tails(), at)));
    }
}
