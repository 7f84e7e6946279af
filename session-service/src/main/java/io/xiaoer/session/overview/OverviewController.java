package io.xiaoer.session.overview;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.Resource;
import io.xiaoer.session.conversation.Owner;
import io.xiaoer.session.conversation.WaitingQuestions;
import io.xiaoer.session.shop.ShopDirectory;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Shows operators how all shops stand. A part that cannot be read now is named in `missing`.
@RestController
class OverviewController {
    private static final Logger LOGGER = LoggerFactory.getLogger(OverviewController.class);
    private static final String ID = "overview";
    private static final int MOST_COUNTED = 100_000;
    private static final int MOST_SHOPS = 10_000;
    private static final int MOST_SHOWN = 50;

    private final ShopDirectory shops;
    private final WaitingQuestions questions;
    private final JdbcClient jdbc;
    private final Clock clock;

    OverviewController(ShopDirectory shops, WaitingQuestions questions, JdbcClient jdbc, Clock clock) {
        this.shops = shops;
        this.questions = questions;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /// Open sessions by owner.
    record Sessions(int bot, int queue, int agent) {}

    /// How many questions of a shop wait for the bot.
    record Waiting(String shopId, long waiting) {}

    /// The attributes.
    ///
    /// @param shops how many there are
    /// @param sessions each counted up to [#MOST_COUNTED]
    /// @param questions of the shops with the most
    /// @param missing parts that could not be read
    record Overview(
            Instant asOf,
            int shops,
            @Nullable Sessions sessions,
            @Nullable List<Waiting> questions,
            List<String> missing) {}

    @GetMapping("/api/v1/ops/overview")
    Answer<Resource<Overview>> show() {
        var missing = new ArrayList<String>();
        var sessions = read("sessions", missing, this::sessions);
        var waiting = read("questions", missing, this::waiting);
        return Answer.of(new Resource<>(
                ID, ID, new Overview(clock.instant(), shops.known().size(), sessions, waiting, missing)));
    }

    private Sessions sessions() {
        return new Sessions(count(Owner.BOT), count(Owner.QUEUE), count(Owner.AGENT));
    }

    private int count(Owner owner) {
        return jdbc.sql("SELECT COUNT(*) FROM (SELECT 1 FROM session WHERE owner = ? LIMIT ?) counted")
                .params(owner.name(), MOST_COUNTED)
                .query(Integer.class)
                .single();
    }

    private List<Waiting> waiting() {
        List<ShopId> asked = shops.known().stream().limit(MOST_SHOPS).toList();
        var sizes = questions.sizes(asked);
        return IntStream.range(0, sizes.size())
                .mapToObj(at -> new Waiting(asked.get(at).value(), sizes.get(at)))
                .filter(shop -> shop.waiting() > 0)
                .sorted(Comparator.comparingLong(Waiting::waiting).reversed())
                .limit(MOST_SHOWN)
                .toList();
    }

    private static <T> @Nullable T read(String part, List<String> missing, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (DataAccessException away) {
            LOGGER.atWarn()
                    .addKeyValue("part", part)
                    .addKeyValue("reason", away.getClass().getSimpleName())
                    .log("A part of the overview could not be read");
            missing.add(part);
            return null;
        }
    }
}
