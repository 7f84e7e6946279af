package io.xiaoer.session.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.testing.SetClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KnownRepetitionsTest {

    private final SetClock clock = new SetClock(Instant.parse("2026-07-01T08:00:00Z"));
    private final SnowflakeIds ids = new SnowflakeIds(7, Clock.systemUTC());
    private final KnownRepetitions known = new KnownRepetitions(clock);
    private final UserKey user = person("anna");

    @Test
    void aMessageIsKnownForAWhile() {
        String id = ids.next();
        assertThat(known.hold(user, id)).isFalse();

        known.add(user, id);

        assertThat(known.hold(user, id)).isTrue();
        clock.pass(KnownRepetitions.KEPT.minusMillis(1));
        assertThat(known.hold(user, id)).isTrue();
        clock.pass(Duration.ofMillis(1));
        assertThat(known.hold(user, id)).isFalse();
    }

    @Test
    void aClockThatIsSetBackMakesNothingKnownForLonger() {
        String id = ids.next();
        known.add(user, id);

        clock.pass(Duration.ofHours(-1));

        assertThat(known.hold(user, id)).isFalse();
    }

    @Test
    void aMessageOfAnotherUserIsNotKnownThoughItHasThatId() {
        String id = ids.next();
        known.add(user, id);

        assertThat(known.hold(person("bob"), id)).isFalse();
        assertThat(known.hold(new UserKey(new ShopId("1002"), UserKey.Kind.USER, "anna"), id))
                .isFalse();
    }

    @Test
    void howeverManyComeSoManyAreKnownAsThereArePlaces() {
        var many =
                Stream.generate(ids::next).limit(KnownRepetitions.PLACES * 4L).toList();

        many.forEach(id -> known.add(user, id));

        assertThat(many.stream().filter(id -> known.hold(user, id)).count())
                .isLessThanOrEqualTo(KnownRepetitions.PLACES);
        assertThat(known.hold(user, many.getLast())).isTrue();
    }

    private static UserKey person(String id) {
        return new UserKey(new ShopId("1001"), UserKey.Kind.USER, id);
    }
}
