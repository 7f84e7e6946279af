package io.xiaoer.bot.intake;

import io.xiaoer.bot.neighbour.Neighbours;
import io.xiaoer.common.id.UserKey;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Asks session-service to fill the log of a user whom Redis does not know.
@Component
class Warming {

    private final Neighbours neighbours;

    Warming(Neighbours neighbours) {
        this.neighbours = neighbours;
    }

    /// Returns when the user is warm, after some seconds at most.
    ///
    /// @throws Neighbours.Away if session-service cannot do it now
    void warm(UserKey user) {
        neighbours.post(Neighbours.Service.SESSION, "/internal/warm", user.shop(), Map.of("user", user.tag()));
    }
}
